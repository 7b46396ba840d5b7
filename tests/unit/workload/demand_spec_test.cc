#include "simulator/workload/demand_spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "tests/unit/workload/national_demand.h"

namespace suanwang::workload {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> PathsOf(const DemandSpec& spec) {
  std::vector<std::string> paths;
  for (const DemandProblem& problem : ProblemsOf(spec)) paths.push_back(problem.path);
  return paths;
}

TEST(DemandSpecTest, TheNationalDemandIsRight) {
  for (const char* mix : {"base", "inference-40", "inference-70"}) EXPECT_THAT(PathsOf(NationalDemand(mix)), IsEmpty());
}

TEST(DemandSpecTest, TellsEverythingThatIsWrongAtOnce) {
  DemandSpec spec = NationalDemand();
  spec.classes[0].accelerators = {2, 1, 4};
  spec.classes[1].duration_s = {0, 1, 2};
  spec.classes[2].demand_class = "nobody";
  spec.classes[3].day_shape.fill(0);
  spec.classes[4].bursts = {.factor = 20, .share = 0.5, .mean_length = Hours(1)};
  spec.classes[5].weekend = -1;
  spec.families[0].share = 0.4;
  spec.scale = std::numeric_limits<double>::quiet_NaN();
  spec.window = Duration();

  EXPECT_THAT(PathsOf(spec),
              ElementsAre("classes[pretrain].accelerators", "classes[finetune].duration_s",
                          "classes[eval-dev].demand_class", "classes[chat].day_shape", "classes[long-context].bursts",
                          "classes[voice-avatar].weekend", "families", "scale", "window"));
}

TEST(DemandSpecTest, SharesThatDoNotSumToOneAreNamedWithTheirSum) {
  DemandSpec spec = NationalDemand();
  spec.mix[0].share = 0.6;
  spec.origins[0].share = 0.32;

  EXPECT_THAT(ProblemsOf(spec),
              ElementsAre(DemandProblem{"origins[consumer-inference]", "shares sum to 1.100000 (1 is right)"},
                          DemandProblem{"mix", "shares sum to 1.050000 (1 is right)"}));
}

TEST(DemandSpecTest, AWorkloadOfTheMixWithoutClassesIsMissed) {
  DemandSpec spec = NationalDemand();
  std::erase_if(spec.classes, [](const ClassSpec& job_class) { return job_class.workload == "simulation"; });

  EXPECT_THAT(PathsOf(spec), ElementsAre("mix[simulation].classes"));
}

TEST(DemandSpecTest, AClassThatAFamilyCannotHoldAtAllIsAnError) {
  DemandSpec spec = NationalDemand();
  spec.families[0].largest_gang = 512;

  EXPECT_THAT(ProblemsOf(spec), ElementsAre(DemandProblem{
                                    "classes[pretrain].accelerators",
                                    "the least size, 1024, is beyond the 512 accelerators that 'cuda-only' can hold"}));
}

TEST(DemandSpecTest, TooFewAndTooManyJobsAreErrors) {
  DemandSpec few = NationalDemand();
  few.min_jobs_per_week = 5e6;
  DemandSpec many = NationalDemand();
  many.scale = 1000;

  EXPECT_THAT(PathsOf(few), ElementsAre("min_jobs_per_week"));
  EXPECT_THAT(PathsOf(many), ElementsAre("classes"));
}

TEST(DemandSpecTest, TwoClassesOfOneNameAreAnError) {
  DemandSpec spec = NationalDemand();
  spec.classes[1].name = "pretrain";

  EXPECT_THAT(PathsOf(spec), ElementsAre("classes[pretrain]"));
}

}  // namespace
}  // namespace suanwang::workload
