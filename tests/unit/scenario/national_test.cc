#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "simulator/scenario/build_demand.h"
#include "simulator/scenario/scenario.h"
#include "tests/support/text_files.h"

namespace suanwang::scenario {
namespace {

using workload::DemandGenerator;

Scenario Load(const std::string& file, const std::vector<std::string>& with = {}, const std::vector<std::string>& set = {}) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  std::optional<Scenario> scenario = LoadScenario({file, with, set, ""}, sources, diagnostics);
  EXPECT_EQ(text::Render(diagnostics, sources), "");
  return scenario ? std::move(*scenario) : Scenario{};
}

class NationalTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists("scenarios/national/week.yaml")) GTEST_SKIP() << "no scenarios/national";
  }
  static Scenario National(const std::vector<std::string>& with = {}, const std::vector<std::string>& set = {}) {
    return Load("scenarios/national/week.yaml", with, set);
  }
};

std::uint32_t LargestDomain(const Inventory& inventory, const std::string& ecosystem) {
  std::uint32_t largest = 0;
  for (const Pool& pool : inventory.pools) {
    if (inventory.accelerators[pool.accelerator.value()].ecosystem != ecosystem) continue;
    const std::uint32_t nodes = pool.shape.domain_nodes == 0 ? pool.shape.nodes : pool.shape.domain_nodes;
    largest = std::max(largest, nodes * pool.shape.accelerators_per_node);
  }
  return largest;
}

TEST_F(NationalTest, MayScheduleTheTwentiethThatTheTableOfPoolsStates) {
  const Scenario scenario = National();

  std::map<std::string, std::uint32_t> stated;
  for (const v1::Pool& pool : scenario.text.message.pools()) stated[pool.name()] = pool.schedulable_nodes();
  std::uint64_t nodes = 0, accelerators = 0;
  for (const Pool& pool : scenario.inventory.pools) {
    EXPECT_EQ(pool.shape.nodes, stated[pool.name]) << pool.name;
    nodes += pool.shape.nodes;
    accelerators += pool.shape.total_milli() / kMilli;
  }
  EXPECT_EQ(scenario.inventory.centers.size(), 33u);
  EXPECT_EQ(scenario.inventory.pools.size(), 120u);
  EXPECT_EQ(nodes, 27'038u);
  EXPECT_EQ(accelerators, 219'504u);
  EXPECT_NEAR(scenario.schedulable_eflops, 79.5, 0.005);
  EXPECT_NEAR(scenario.installed_eflops, 1590, 0.5);
}

TEST_F(NationalTest, ScalesSupplyWithTheFractionAndLeavesDemand) {
  const Scenario at5 = National();
  const Scenario at20 = National({"schedulable-20-percent"});
  const Scenario at40_eflops = National({"schedulable-40-eflops"});

  EXPECT_NEAR(at20.schedulable_eflops, 318.0, 0.05);
  EXPECT_NEAR(at40_eflops.schedulable_eflops, 39.8, 0.05);
  for (const Scenario* scenario : {&at5, &at20, &at40_eflops}) {
    EXPECT_NEAR(std::get<DemandGenerator>(scenario->work).spec().total_eflops, 47.7, 1e-9);
  }
  EXPECT_NEAR(at5.offered_load, 0.6, 0.0005);
  EXPECT_NEAR(at20.offered_load, 0.15, 0.0005);
}

TEST_F(NationalTest, HoldsGangsOf4608CannAnd2048CudaAccelerators) {
  const Scenario scenario = National();

  EXPECT_EQ(LargestDomain(scenario.inventory, "cann"), 4608u);
  EXPECT_EQ(LargestDomain(scenario.inventory, "cuda"), 2048u);
  for (const workload::FamilyShare& family : std::get<DemandGenerator>(scenario.work).spec().families) {
    EXPECT_EQ(family.largest_gang, family.name == "cuda-only" ? 2048u : 4608u) << family.name;
  }
}

TEST_F(NationalTest, OffersTheWorkOfTheMixWithinTwoPercentByWorkload) {
  for (const std::string mix : {"mix-base", "inference-40", "inference-70"}) {
    const Scenario scenario = National({mix});
    const auto& demand = std::get<DemandGenerator>(scenario.work);
    std::size_t workloads = 0;
    for (const v1::WorkShare& row : scenario.text.message.workload_mix()) {
      if (row.mix_id() != scenario.text.message.workload().generated().mix()) continue;
      const double target = 47.7 * 168 * static_cast<double>(row.share_ppm()) / 1e6;
      EXPECT_NEAR(demand.ExpectedOfferedEflopsHours(row.workload()), target, 0.02 * target) << row.name();
      ++workloads;
    }
    EXPECT_EQ(workloads, 5u);
    EXPECT_GE(demand.ExpectedJobsPerWeek(), 300'000);
  }
}

TEST_F(NationalTest, DrawsTheJobsOfAWeekWithinASecondAndAHalf) {
  const auto begin = std::chrono::steady_clock::now();
  const Scenario scenario = National();
  text::Diagnostics diagnostics;
  const std::optional<RunJobs> jobs = MakeJobs(scenario, 1, diagnostics);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  RecordProperty("seconds", std::to_string(seconds));
  std::printf("%.3f s, %zu jobs, %.0f jobs a week expected\n", seconds, jobs->jobs.size(), std::get<DemandGenerator>(scenario.work).ExpectedJobsPerWeek());

  EXPECT_GE(jobs->jobs.size(), 300'000u);
}

}  // namespace
}  // namespace suanwang::scenario
