#include "scheduler/network/topology.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <thread>
#include <tuple>

namespace suanwang {
namespace {

class Graph {
 public:
  explicit Graph(std::uint32_t sites, Duration hop_delay = {}) {
    inventory_.sites.resize(sites);
    inventory_.hop_delay = hop_delay;
  }
  Graph& Link(std::uint32_t from, std::uint32_t to, std::int64_t delay_ns) {
    inventory_.links.push_back({.from = SiteId(from), .to = SiteId(to), .delay = Duration(delay_ns)});
    return *this;
  }
  Graph& CenterAt(std::uint32_t site, std::int64_t access_ns) {
    inventory_.sites[site].access_delay = Duration(access_ns);
    inventory_.centers.push_back(Center{.site = SiteId(site)});
    return *this;
  }
  [[nodiscard]] const Inventory& inventory() const { return inventory_; }
  [[nodiscard]] Topology Build() const { return Topology(inventory_); }

 private:
  Inventory inventory_;
};

Path Links(std::initializer_list<std::uint32_t> ids) {
  Path path;
  for (const std::uint32_t id : ids) path.push_back(LinkId(id));
  return path;
}

TEST(TopologyTest, AddsHopDelaysToTheDelaysOfLinks) {
  const Topology topology = Graph(3, Duration(5)).Link(0, 1, 100).Link(1, 2, 200).Build();

  EXPECT_EQ(topology.OneWay(SiteId(0), SiteId(2)), Duration(310));
  EXPECT_EQ(topology.ShortestPath(SiteId(0), SiteId(2)), Links({0, 1}));
}

TEST(TopologyTest, CountsHopDelaysWhenItChoosesThePath) {
  const Topology topology = Graph(3, Duration(50)).Link(0, 1, 100).Link(1, 2, 100).Link(0, 2, 240).Build();

  EXPECT_EQ(topology.OneWay(SiteId(0), SiteId(2)), Duration(290));
  EXPECT_EQ(topology.ShortestPath(SiteId(0), SiteId(2)), Links({2}));
}

TEST(TopologyTest, AddsTheAccessDelayOfTheComputingSiteOnce) {
  const Topology topology =
      Graph(3).Link(0, 1, 100).Link(1, 0, 100).Link(1, 2, 100).CenterAt(1, 7).CenterAt(2, 9).Build();

  EXPECT_EQ(topology.OneWay(SiteId(0), SiteId(1)), Duration(107));  // from a city
  EXPECT_EQ(topology.OneWay(SiteId(1), SiteId(0)), Duration(107));  // and back
  EXPECT_EQ(topology.OneWay(SiteId(1), SiteId(2)), Duration(109));  // between centers: that of the destination
  EXPECT_EQ(topology.OneWay(SiteId(1), SiteId(1)), Duration(7));    // within one place
  EXPECT_EQ(topology.OneWay(SiteId(0), SiteId(0)), Duration(0));
  EXPECT_EQ(topology.Delay(SiteId(0), SiteId(1)), Duration(100));
}

TEST(TopologyTest, NeedsNoAccessWhereNoCenterStands) {
  Inventory inventory = Graph(2).Link(0, 1, 100).inventory();
  inventory.sites[1].access_delay = Duration(7);

  EXPECT_EQ(Topology(inventory).OneWay(SiteId(0), SiteId(1)), Duration(100));
}

TEST(TopologyTest, HasNoLatencyWithoutAPlace) {
  const Topology topology = Graph(2).CenterAt(1, 7).Build();

  EXPECT_EQ(topology.OneWay(SiteId::None(), SiteId(1)), Duration(0));
  EXPECT_EQ(topology.OneWay(SiteId(1), SiteId::None()), Duration(0));
  EXPECT_EQ(Topology(Inventory{}).OneWay(SiteId::None(), SiteId::None()), Duration(0));
}

TEST(TopologyTest, HasNothingForWhatCannotBeReached) {
  const Topology topology = Graph(2).Link(0, 1, 100).Build();

  EXPECT_EQ(topology.OneWay(SiteId(1), SiteId(0)), std::nullopt);
  EXPECT_EQ(topology.ShortestPath(SiteId(1), SiteId(0)), std::nullopt);
}

TEST(TopologyTest, HasAnEmptyPathWithinOneSite) {
  EXPECT_EQ(Graph(1).Build().ShortestPath(SiteId(0), SiteId(0)), Path());
}

TEST(TopologyTest, PrefersFewerLinksAmongEqualDelays) {
  const Topology topology = Graph(3).Link(0, 1, 50).Link(1, 2, 50).Link(0, 2, 100).Build();

  EXPECT_EQ(topology.ShortestPath(SiteId(0), SiteId(2)), Links({2}));
}

TEST(TopologyTest, PrefersTheLeastListOfLinksAmongEqualPaths) {
  const Topology parallel = Graph(2).Link(0, 1, 50).Link(0, 1, 50).Build();
  const Topology diamond = Graph(4).Link(2, 3, 1).Link(0, 2, 1).Link(0, 1, 1).Link(1, 3, 1).Build();

  EXPECT_EQ(parallel.ShortestPath(SiteId(0), SiteId(1)), Links({0}));
  EXPECT_EQ(diamond.ShortestPath(SiteId(0), SiteId(3)), Links({1, 0}));
}

TEST(TopologyTest, AnswersLateWhatTooManySitesPutOff) {
  constexpr std::uint32_t kSites = Topology::kEagerSites + 1;
  Graph ring(kSites);
  for (std::uint32_t i = 0; i < kSites; ++i) ring.Link(i, (i + 1) % kSites, 10);
  const Topology topology = ring.Build();

  std::vector<std::thread> threads;
  std::vector<std::optional<Duration>> answers(8);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    threads.emplace_back([&, i] { answers[i] = topology.OneWay(SiteId(1), SiteId(0)); });
  }
  for (std::thread& thread : threads) thread.join();

  for (const auto& answer : answers) EXPECT_EQ(answer, Duration(10 * (kSites - 1)));
}

TEST(TopologyDeathTest, StopsAtALinkOfNegativeDelay) {
  EXPECT_EXIT(static_cast<void>(Graph(2).Link(0, 1, -1).Build()), testing::ExitedWithCode(3), "negative delay");
}

// ---- second opinions ------------------------------------------------------------------------------------------------

// Few distinct delays, zero among them, so that ties are common.
Graph RandomGraph(std::uint64_t seed, std::uint32_t sites, std::uint32_t links) {
  std::mt19937_64 random(seed);
  Graph graph(sites, Duration(static_cast<std::int64_t>(random() % 2)));
  for (std::uint32_t i = 0; i < links; ++i) {
    const auto from = static_cast<std::uint32_t>(random() % sites);
    const auto to = static_cast<std::uint32_t>(random() % sites);
    graph.Link(from, to, static_cast<std::int64_t>(random() % 4));
  }
  return graph;
}

using Matrix = std::vector<std::vector<std::optional<std::int64_t>>>;

Matrix FloydWarshall(const Inventory& inventory) {
  const std::size_t n = inventory.sites.size();
  Matrix least(n, std::vector<std::optional<std::int64_t>>(n));
  const auto offer = [](std::optional<std::int64_t>& best, std::int64_t cost) {
    best = std::min(best.value_or(cost), cost);
  };
  for (std::size_t i = 0; i < n; ++i) least[i][i] = 0;
  for (const Link& link : inventory.links) {
    offer(least[link.from.value()][link.to.value()], (link.delay + inventory.hop_delay).ns());
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (least[i][k] && least[k][j]) offer(least[i][j], *least[i][k] + *least[k][j]);
      }
    }
  }
  return least;
}

TEST(TopologyTest, AgreesWithFloydAndWarshall) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    const Inventory inventory = RandomGraph(seed, 30, 60).inventory();
    const Topology topology(inventory);

    const Matrix expected = FloydWarshall(inventory);

    for (std::uint32_t i = 0; i < 30; ++i) {
      for (std::uint32_t j = 0; j < 30; ++j) {
        const std::optional<Duration> delay = topology.Delay(SiteId(i), SiteId(j));
        ASSERT_EQ(delay.has_value(), expected[i][j].has_value());
        if (delay) {
          ASSERT_EQ(delay->ns(), *expected[i][j]);
        }
      }
    }
  }
}

// Walks every loopless path and keeps the least in (delay, links, ids).
class AllPaths {
 public:
  AllPaths(const Inventory& inventory, SiteId to) : inventory_(inventory), to_(to), visited_(inventory.sites.size()) {}

  std::optional<Path> LeastFrom(SiteId from) {
    best_.reset();
    Walk(from, 0);
    if (!best_) return std::nullopt;
    return std::get<Path>(*best_);
  }

 private:
  void Walk(SiteId at, std::int64_t cost) {
    if (at == to_) {
      const std::tuple found{cost, path_.size(), path_};
      best_ = best_ ? std::min(*best_, found) : found;
      return;
    }
    visited_[at.value()] = true;
    for (std::uint32_t id = 0; id < inventory_.links.size(); ++id) {
      const Link& link = inventory_.links[id];
      if (link.from != at || visited_[link.to.value()]) continue;
      path_.push_back(LinkId(id));
      Walk(link.to, cost + (link.delay + inventory_.hop_delay).ns());
      path_.pop_back();
    }
    visited_[at.value()] = false;
  }

  const Inventory& inventory_;  // outlives the walk
  SiteId to_;
  std::vector<bool> visited_;
  Path path_;
  std::optional<std::tuple<std::int64_t, std::size_t, Path>> best_;
};

TEST(TopologyTest, AgreesWithAllPathsOnWhichIsLeast) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    const Inventory inventory = RandomGraph(seed, 6, 14).inventory();
    const Topology topology(inventory);

    for (std::uint32_t to = 0; to < 6; ++to) {
      AllPaths paths(inventory, SiteId(to));
      for (std::uint32_t from = 0; from < 6; ++from) {
        ASSERT_EQ(topology.ShortestPath(SiteId(from), SiteId(to)), paths.LeastFrom(SiteId(from)));
      }
    }
  }
}

}  // namespace
}  // namespace suanwang
