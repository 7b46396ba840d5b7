#include <gmock/gmock.h>

#include <algorithm>
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

// What day_types.csv says of the week from 16 February 2026: an evening at 1.45, six days at a fifth for two shifts.
TEST_F(NationalTest, TheSpringFestivalBringsWhatItsDayTypesSay) {
  const Scenario ordinary = National(), festival = National({"spring-festival"});
  const auto& before = std::get<workload::DemandGenerator>(ordinary.work);
  const auto& then = std::get<workload::DemandGenerator>(festival.work);
  const auto days_of = [&](const std::string& name) {
    return std::ranges::find(then.spec().classes, name, &workload::ClassSpec::name)->special_days;
  };

  ASSERT_EQ(days_of("vision").size(), 8u);
  for (std::size_t day = 0; day < 8; ++day) {
    EXPECT_EQ(days_of("vision")[day].day, static_cast<std::int64_t>(day));
    EXPECT_EQ(days_of("vision")[day].multipliers[12], day == 0 ? 1 : 0.2);
  }
  EXPECT_EQ(days_of("chat")[0].multipliers[19], 1);
  EXPECT_EQ(days_of("chat")[0].multipliers[20], 1.45);
  EXPECT_EQ(days_of("chat")[1].multipliers[20], 1);
  EXPECT_TRUE(std::get<workload::DemandGenerator>(ordinary.work).spec().classes[0].special_days.empty());
  EXPECT_NEAR(then.ExpectedOfferedEflopsHours("pre-training"), before.ExpectedOfferedEflopsHours("pre-training"), 1e-6);
  EXPECT_LT(then.ExpectedOfferedEflopsHours("inference"), before.ExpectedOfferedEflopsHours("inference"));
  EXPECT_EQ(festival.grounds.remarks.size(), ordinary.grounds.remarks.size() + 1);
}

TEST_F(NationalTest, DatesThatAreNoneAndDayTypesThatNobodyKnows) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  const auto scenario = LoadScenario({"scenarios/national/week.yaml", {}, {"holidays={2026-02-30: weekend, 2026-02-28: working-day, 2026-02-27: spring-festval}"}, ""},
                                     sources, diagnostics);

  EXPECT_FALSE(scenario);
  const std::string text = text::Render(diagnostics, sources);
  EXPECT_THAT(text, ::testing::HasSubstr("holidays.2026-02-30: '2026-02-30' is no date (such as 2026-02-17)"));
  EXPECT_THAT(text, ::testing::HasSubstr("holidays.2026-02-27: day_types has no 'spring-festval' (did you mean 'spring-festival'?)"));
  EXPECT_EQ(diagnostics.size(), 2u);
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

TEST_F(NationalTest, DrawsTheJobsOfAWeek) {
  const Scenario scenario = National();
  const RunJobs jobs = MakeJobs(scenario, 1);
  const auto in_window = std::ranges::count_if(jobs.jobs, [&](const workload::SimJob& job) {
    return job.job.submit >= scenario.window_begin && job.job.submit < scenario.window_end;
  });

  EXPECT_GE(in_window, 300'000);
  EXPECT_TRUE(scenario.draws_chance);
  EXPECT_EQ(jobs.tenants.size(), 8u);
}

TEST_F(NationalTest, SaysHowMuchOfTheSupplyIsReported) {
  const Grounds grounds = National().grounds;  // the shares of facts/README: 33 %, 16 %, 50 %

  EXPECT_NEAR(*grounds.reported, 0.33, 0.005);
  EXPECT_NEAR(*grounds.derived, 0.165, 0.005);
  EXPECT_NEAR(*grounds.assumed, 0.50, 0.005);
  EXPECT_EQ(grounds.remarks.size(), grounds.remarks_zh.size());
}

TEST_F(NationalTest, CountsChengduAndChongqingAsWestOrAsNeither) {
  const auto western = [](const Scenario& scenario) {
    return std::ranges::count(scenario.inventory.centers, "west", &Center::region);
  };
  const Scenario with = National(), without = National({}, {"west_includes_chengdu_chongqing=false"});
  const auto contested = std::ranges::count(with.inventory.centers, "Chengdu-Chongqing", &Center::hub);

  EXPECT_GT(contested, 0);
  EXPECT_EQ(western(without), western(with) - contested);
  EXPECT_THAT(with.eastern_regions, ::testing::UnorderedElementsAre("jjj", "yrd", "gba"));
}

TEST_F(NationalTest, DemandComesFromRegionsAndEveryCentreLiesInOne) {
  const Inventory inventory = National().inventory;

  for (const Center& center : inventory.centers) EXPECT_NE(inventory.sites[center.site.value()].region, "") << center.name;
}

TEST_F(NationalTest, PricesTheHoursOfTheCalendarYear) {
  EXPECT_EQ(National().inventory.tariffs.front().micro_cny_per_kwh.size(), 8760u);
  EXPECT_EQ(National({}, {"start=2028-03-06T00:00+08:00"}).inventory.tariffs.front().micro_cny_per_kwh.size(), 8784u);
  EXPECT_EQ(National().inventory.year_start, Time() + Days(1) - Days(31 + 28 + 1));  // a day of warm-up before 2 March
}

TEST_F(NationalTest, IsNamedByAHashOfAllThatGoesIn) {
  EXPECT_EQ(National().input_hash, National().input_hash);
  EXPECT_NE(National().input_hash, National({"load-45"}).input_hash);
}

}  // namespace
}  // namespace suanwang::scenario
