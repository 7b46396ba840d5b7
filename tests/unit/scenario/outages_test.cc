#include "simulator/scenario/outages.h"

#include <gmock/gmock.h>

#include "scheduler/base/random.h"

namespace suanwang::scenario {
namespace {

using world::Outage;

Outage Down(std::int64_t begin, std::int64_t end, std::uint32_t first, std::uint32_t nodes) {
  return {Time() + Seconds(begin), Time() + Seconds(end), PoolId(0), first, nodes};
}

int DownAt(const std::vector<Outage>& outages, std::int64_t second, std::uint32_t node) {
  int count = 0;
  const Time at = Time() + Seconds(second);
  for (const Outage& o : outages) count += at >= o.begin && at < o.end && node >= o.first_node && node < o.first_node + o.nodes;
  return count;
}

TEST(OutagesTest, AreMergedWhereTheyOverlapOnANode) {
  constexpr std::int64_t kSeconds = 40;
  constexpr std::uint32_t kNodes = 12;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    RandomStream stream(seed);
    std::vector<Outage> outages;
    for (std::uint64_t n = 1 + stream.UniformInt(8); n > 0; --n) {
      const auto begin = static_cast<std::int64_t>(stream.UniformInt(30));
      const auto first = static_cast<std::uint32_t>(stream.UniformInt(kNodes - 1));
      outages.push_back(Down(begin, begin + 1 + static_cast<std::int64_t>(stream.UniformInt(9)), first,
                             1 + static_cast<std::uint32_t>(stream.UniformInt(kNodes - first))));
    }

    const std::vector<Outage> merged = MergeOutages(outages);

    for (std::int64_t second = 0; second < kSeconds; ++second) {
      for (std::uint32_t node = 0; node < kNodes; ++node) {
        ASSERT_EQ(DownAt(merged, second, node), DownAt(outages, second, node) > 0 ? 1 : 0) << "seed " << seed;
      }
    }
  }
}

// A pool of 1,000 nodes that are up for 10 days in the mean, and then down for a day, over 200 days.
Scenario Failing(double sigma) {
  Scenario scenario;
  scenario.inventory = OnePool(1000, 8);
  scenario.run_length = Days(200);
  scenario.faults = {{.pool = PoolId(0), .mtbf = Days(10), .repair = Days(1), .repair_sigma = sigma}};
  return scenario;
}

TEST(OutagesTest, FailAsOftenAndAsLongAsTheModelSays) {
  for (const double sigma : {0.0, 1.0}) {
    const std::vector<Outage> outages = MakeOutages(Failing(sigma), 1);
    double nodes = 0, days = 0;
    for (const Outage& outage : outages) {
      nodes += outage.nodes;
      days += outage.nodes * (outage.end - outage.begin).seconds() / 86400;
    }

    EXPECT_NEAR(nodes, 1000.0 * 200 / 11, 0.02 * 1000 * 200 / 11) << sigma;  // a cycle is 11 days in the mean
    EXPECT_NEAR(days / nodes, 1, 0.03) << sigma;
  }
}

TEST(OutagesTest, DependOnTheSeedAlone) {
  const auto begins = [](std::uint64_t seed) {
    std::vector<Time> times;
    for (const Outage& outage : MakeOutages(Failing(0), seed)) times.push_back(outage.begin);
    return times;
  };

  EXPECT_EQ(begins(1), begins(1));
  EXPECT_NE(begins(1), begins(2));
}

}  // namespace
}  // namespace suanwang::scenario
