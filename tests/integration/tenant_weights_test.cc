// The weights of tenants that a scenario states, from its text to what the tenants get.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "simulator/record/schedule.h"
#include "simulator/run/scenario_run.h"
#include "simulator/scenario/show.h"

namespace suanwang {
namespace {

using ::testing::HasSubstr;

constexpr int kJobs = 170;  // of each tenant; the pool runs 180 jobs until the end
constexpr double kAccelerators = 6;
constexpr double kHours = 30;

// A pool of six accelerators, and three tenants who ask for more than there is the whole time, in jobs of one hour.
class TenantWeightsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "suanwang_tenant_weights_" + ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
    std::ofstream file(folder_ + "/base.yaml", std::ios::binary);
    file << "until: 30 h\n"
            "sites: {here: {}}\n"
            "accelerators: {a800: {ecosystem: cuda, fp16: 312 TFLOPS, memory: 80 GB}}\n"
            "centers: {here: {site: here}}\n"
            "pools: {p: {center: here, accelerator: a800, installed_nodes: 6, accelerators_per_node: 1}}\n"
            "policy: {name: list, knobs: {order: fair-share}}\n"
            "workload:\n  jobs:\n";
    for (int i = 0; i < kJobs; ++i) {
      for (const char* tenant : {"lab", "portal", "plant"}) {
        file << "    " << tenant << "-" << i << ": {submit: 0 s, duration: 1 h, accelerators: 1, tenant: " << tenant << "}\n";
      }
    }
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  scenario::Scenario With(const std::string& lines, std::vector<std::string> sets = {}) {
    std::ofstream(folder_ + "/scenario.yaml", std::ios::binary) << "extends: base.yaml\n" << lines;
    text::Sources sources;
    text::Diagnostics diagnostics;
    auto scenario = scenario::LoadScenario({folder_ + "/scenario.yaml", {}, std::move(sets), ""}, sources, diagnostics);
    EXPECT_EQ(text::Render(diagnostics, sources), "");
    origins_ = scenario::ShowOrigins(scenario->text.tree, sources);
    return std::move(*scenario);
  }

  // Accelerator-hours that each tenant has had until the end.
  static std::map<std::string, double> HoursOf(const scenario::Scenario& scenario, const PolicySpec& policy) {
    const scenario::RunJobs jobs = scenario::MakeJobs(scenario, 1);
    record::RunRecord record;
    record::Schedule schedule;
    record.AddSink(&schedule);
    EXPECT_TRUE(std::holds_alternative<run::RunOutcome>(run::Run(run::ExperimentOf(scenario, jobs, policy, 1), run::MakeLocalPort, record)));
    std::map<std::string, double> hours;
    for (const workload::SimJob& job : jobs.jobs) {
      const record::ScheduledJob& seen = schedule.jobs()[job.job.id.value()];
      if (seen.state == EndState::kCompleted) hours[jobs.tenants[job.job.tenant.value()]] += job.duration.seconds() / 3600;
    }
    return hours;
  }

  std::string folder_;
  std::string origins_;
};

// All accelerators are taken all the time, and what a tenant had over its weight is kept equal, to a job on each
// accelerator: weights w give w/Σw of it all. Usages decay alike, which changes no ratio that is constant.
TEST_F(TenantWeightsTest, DivideASaturatedPoolInTheirProportion) {
  const scenario::Scenario scenario = With("tenants: {portal: 2, lab: 3}\n");

  std::map<std::string, double> hours = HoursOf(scenario, scenario.policy);

  const double all = kAccelerators * kHours;
  EXPECT_NEAR(hours["lab"], all * 3 / 6, kAccelerators);
  EXPECT_NEAR(hours["portal"], all * 2 / 6, kAccelerators);
  EXPECT_NEAR(hours["plant"], all * 1 / 6, kAccelerators);
  EXPECT_DOUBLE_EQ(hours["lab"] + hours["portal"] + hours["plant"], all) << "the pool is saturated";
}

TEST_F(TenantWeightsTest, TwoToOneGivesTwiceAsMuch) {
  const scenario::Scenario scenario = With("set: {}\ntenants: {portal: 2}\n", {"workload.jobs.plant-*=null"});

  std::map<std::string, double> hours = HoursOf(scenario, scenario.policy);

  EXPECT_NEAR(hours["portal"], kAccelerators * kHours * 2 / 3, kAccelerators);
  EXPECT_NEAR(hours["lab"], kAccelerators * kHours * 1 / 3, kAccelerators);
}

TEST_F(TenantWeightsTest, AKnobGivenExplicitlyWins) {
  const scenario::Scenario scenario = With("tenants: {portal: 2, lab: 3}\n");

  std::map<std::string, double> hours = HoursOf(scenario, {"list", {{"order", "fair-share"}, {"weights", "2:3"}}});

  EXPECT_NEAR(hours["plant"] / hours["portal"], 3, 0.3);
  EXPECT_NEAR(hours["lab"] / hours["portal"], 1, 0.2);
}

TEST_F(TenantWeightsTest, AreTakenByAPolicyNamedInsteadOfTheScenariosOwn) {
  const scenario::Scenario scenario = With("policy: {name: fifo}\ntenants: {portal: 4}\n");

  std::map<std::string, double> hours = HoursOf(scenario, {"list", {{"order", "fair-share"}, {"score", "best-fit"}}});

  EXPECT_NEAR(hours["portal"] / hours["lab"], 4, 0.5);
}

TEST_F(TenantWeightsTest, SayWhereTheyCameFrom) {
  const scenario::Scenario scenario = With("tenants: {portal: 2, lab: 3}\n", {"tenants.lab=5"});

  EXPECT_THAT(origins_, HasSubstr("tenants.portal: 2  # " + folder_ + "/scenario.yaml:2:19"));
  EXPECT_THAT(origins_, HasSubstr("tenants.lab: 5  # --set"));
  EXPECT_THAT(scenario.grounds.remarks, ::testing::Contains("tenants in fair-share orders: lab 5, portal 2; all others 1"));
}

TEST_F(TenantWeightsTest, ChangeTheResultAndSoTheHashOfInputs) {
  EXPECT_NE(With("tenants: {portal: 2}\n").input_hash, With("tenants: {portal: 3}\n").input_hash);
}

}  // namespace
}  // namespace suanwang
