#include <gmock/gmock.h>

#include <algorithm>

#include "scheduler/network/topology.h"
#include "simulator/scenario/scenario.h"
#include "tests/support/text_files.h"

namespace suanwang::scenario {
namespace {

using ::testing::ElementsAre;

Scenario Hello(const std::vector<std::string>& with = {}) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  std::optional<Scenario> scenario = LoadScenario({"scenarios/hello", with, {}, ""}, sources, diagnostics);
  EXPECT_EQ(text::Render(diagnostics, sources), "");
  return scenario ? std::move(*scenario) : Scenario{};
}

RunJobs JobsOf(const Scenario& scenario) {
  return MakeJobs(scenario, 1);
}

TEST(HelloTest, IsTwoCentresAndTwentyJobs) {
  const Scenario scenario = Hello();

  EXPECT_EQ(scenario.name, "hello");
  EXPECT_EQ(scenario.inventory.centers.size(), 2u);
  EXPECT_EQ(scenario.inventory.pools.size(), 3u);
  EXPECT_EQ(scenario.start, "2026-03-02T08:00+08:00");
  EXPECT_EQ(JobsOf(scenario).jobs.size(), 20u);
}

TEST(HelloTest, DrawsNoChance) { EXPECT_FALSE(Hello().draws_chance); }

TEST(HelloTest, NumbersJobsInTheOrderOfSubmission) {
  const RunJobs jobs = JobsOf(Hello());

  const auto in_order = [](const workload::SimJob& a, const workload::SimJob& b) {
    return std::pair(a.job.submit, a.job.id) < std::pair(b.job.submit, b.job.id);
  };
  EXPECT_TRUE(std::is_sorted(jobs.jobs.begin(), jobs.jobs.end(), in_order));
  EXPECT_EQ(jobs.names.size(), jobs.jobs.size());
}

TEST(HelloTest, PutsZhongweiBeyondTheBoundOfTianjin) {
  const Scenario scenario = Hello();
  const Topology topology(scenario.inventory);
  const SiteId beijing(0), zhongwei(1), tianjin(2);

  EXPECT_LT(*topology.OneWay(tianjin, beijing), Milliseconds(3));
  EXPECT_GT(*topology.OneWay(tianjin, zhongwei), Milliseconds(3));
}

TEST(HelloTest, PricesTheHoursOfItsYear) {
  const Inventory inventory = Hello().inventory;

  ASSERT_EQ(inventory.tariffs.size(), 2u);
  EXPECT_EQ(inventory.tariffs[0].micro_cny_per_kwh.size(), 8760u);
  EXPECT_EQ(inventory.year_start, Time() - (Days(31 + 28 + 1) + Hours(8)));
}

TEST(HelloTest, CountsTheListedOutageFromTheBeginning) {
  const std::vector<world::Outage> outages = MakeOutages(Hello({"lost-morning"}), 1);

  ASSERT_EQ(outages.size(), 2u);
  EXPECT_EQ(outages[0].begin, Time() + Hours(1));
  EXPECT_EQ(outages[0].end, Time() + Hours(3));
  EXPECT_THAT((std::vector{outages[0].pool, outages[1].pool}), ElementsAre(PoolId(1), PoolId(2)));
}

}  // namespace
}  // namespace suanwang::scenario
