#include "simulator/metrics/free_nodes.h"

#include <gtest/gtest.h>

#include "scheduler/base/random.h"
#include "scheduler/model/exchange.h"
#include "tests/support/usable_by_trial.h"

namespace suanwang::metrics {
namespace {

// A small pool of a seed, in which jobs come and go and nodes fail; PoolOccupancy and FreeNodes are told the same.
class Scene {
 public:
  explicit Scene(std::uint64_t seed)
      : random_(RandomStreams(seed).Named("free nodes")), has_shares_(Draw(2) == 0), shape_(MakeShape()), truth(shape_), counted(shape_) {}

  void Step() {
    const std::uint64_t kind = Draw(10);
    if (kind < 6) Take(DrawDemand());
    if (kind >= 6 && kind < 9 && !held_.empty()) Give(Draw(held_.size()));
    if (kind == 9) Toggle(static_cast<std::uint32_t>(Draw(shape_.nodes)));
  }

  [[nodiscard]] std::vector<Demand> DrawDemands() {
    std::vector<Demand> demands;
    for (std::uint64_t n = 1 + Draw(3); n > 0; --n) demands.push_back(DrawDemand());
    return demands;
  }

 private:
  struct Held {
    Demand demand;
    Placement placement;
  };

  std::uint64_t Draw(std::uint64_t below) { return random_.UniformInt(below); }

  PoolShape MakeShape() {
    const bool has_host = Draw(2) == 0;
    return {.nodes = 1 + static_cast<std::uint32_t>(Draw(5)), .accelerators_per_node = 1 + static_cast<std::uint32_t>(Draw(4)),
            .domain_nodes = static_cast<std::uint32_t>(Draw(4)), .cpu_milli_per_node = has_host ? 8000u : 0u, .memory_mb_per_node = has_host && Draw(2) == 0 ? 64u : 0u,
            .granularity = Draw(6) == 0 ? Granularity::kCount : Granularity::kNode};
  }

  Demand DrawDemand() {
    static constexpr std::uint32_t kShares[] = {100, 250, 400, 500};
    const bool is_share = has_shares_ && Draw(2) == 0;
    const auto most = std::uint64_t{shape_.nodes} * shape_.accelerators_per_node;
    const std::uint32_t milli = is_share ? kShares[Draw(4)] : kMilli * (1 + static_cast<std::uint32_t>(Draw(most)));
    return {.milli = milli, .cpu_milli = Draw(2) == 0 ? 0 : static_cast<std::uint32_t>(Draw(6000)) * (1 + milli / 2000),
            .memory_mb = Draw(2) == 0 ? 0 : static_cast<std::uint32_t>(Draw(50)), .shape = Draw(2) == 0 ? Shape::kOneDomain : Shape::kAnywhere};
  }

  void Take(const Demand& demand) {
    Placement placement;
    if (truth.Find(demand, placement) != Rule::kNone) return;
    truth.Take(demand, placement);
    counted.Take(demand, WordsOf(placement));
    held_.push_back({demand, placement});
  }

  void Give(std::size_t which) {
    truth.Give(held_[which].demand, held_[which].placement);
    counted.Give(held_[which].demand, WordsOf(held_[which].placement));
    held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(which));
  }

  void Toggle(std::uint32_t node) {
    down_.resize(shape_.nodes);
    down_[node] = !down_[node];
    truth.SetUp(node, 1, !down_[node]);
    counted.SetUp(node, 1, !down_[node]);
  }

  static std::vector<std::uint32_t> WordsOf(const Placement& placement) {
    std::vector<std::uint32_t> words;
    (void)AppendNodes(placement, words);
    return words;
  }

  RandomStream random_;
  bool has_shares_;
  PoolShape shape_;
  std::vector<Held> held_;
  std::vector<bool> down_;

 public:
  PoolOccupancy truth;
  FreeNodes counted;
};

TEST(FreeNodesTest, KnowsWhatEveryPlacementThatIsTriedCouldUse) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Scene scene(seed);
    for (int step = 0; step < 25; ++step) {
      scene.Step();
      const std::vector<Demand> demands = scene.DrawDemands();

      const FreeNodes::Usable usable = scene.counted.UsableBy(demands);
      const UsableByTrial tried(scene.truth, demands);

      ASSERT_EQ(scene.counted.free_milli(), scene.truth.free_milli()) << "seed " << seed << " step " << step;
      ASSERT_EQ(usable.now_milli, tried.now_milli()) << "seed " << seed << " step " << step;
      ASSERT_EQ(usable.in_part_milli, tried.in_part_milli()) << "seed " << seed << " step " << step;
    }
  }
}

TEST(FreeNodesTest, SaysThatSomethingIsUsableWhereAPoolWouldFindAPlace) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Scene scene(seed);
    for (int step = 0; step < 25; ++step) {
      scene.Step();
      for (const Demand& demand : scene.DrawDemands()) {
        Placement placement;
        const bool fits = scene.truth.Find(demand, placement) == Rule::kNone;
        ASSERT_EQ(scene.counted.UsableBy({&demand, 1}).now_milli > 0, fits) << "seed " << seed << " step " << step;
      }
    }
  }
}

TEST(FreeNodesTest, ADemandThatUsesAllOfAnotherAddsToItNothingInAnyState) {
  int used = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Scene scene(seed);
    for (int step = 0; step < 25; ++step) {
      scene.Step();
      std::vector<Demand> demands = scene.DrawDemands();
      if (demands.size() < 2 || !UsesAll(scene.truth.shape(), demands[0], demands[1])) continue;
      ++used;
      const UsableByTrial alone(scene.truth, {demands[0]}), both(scene.truth, {demands[0], demands[1]});
      ASSERT_EQ(alone.now_milli(), both.now_milli()) << "seed " << seed << " step " << step;
      ASSERT_EQ(alone.in_part_milli(), both.in_part_milli()) << "seed " << seed << " step " << step;
    }
  }
  EXPECT_GT(used, 200);
}

// Two nodes of four, one of them with one free: a job of two can use the empty node, one of eight nothing of it.
TEST(FreeNodesTest, TellsWhatIsTooLittleFromWhatIsInPieces) {
  FreeNodes nodes({.nodes = 2, .accelerators_per_node = 4});
  const std::uint32_t words[] = {0, 1, 3 * kMilli, NodeRun::kWhole};
  nodes.Take({.milli = 3 * kMilli}, words);

  const auto usable_by = [&](std::uint32_t milli) {
    const Demand demand{.milli = milli};
    return nodes.UsableBy({&demand, 1});
  };

  EXPECT_EQ(nodes.free_milli(), 5000u);
  EXPECT_EQ(usable_by(2000).now_milli, 4000u);
  EXPECT_EQ(usable_by(8000).now_milli, 0u);
  EXPECT_EQ(usable_by(8000).in_part_milli, 4000u);
  EXPECT_EQ(usable_by(5000).now_milli, 5000u);
}

}  // namespace
}  // namespace suanwang::metrics
