// PoolOccupancy against plain arrays that are searched from end to end (a second opinion on every rule of its header).

#include "scheduler/model/pool_occupancy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

#include "scheduler/base/random.h"

namespace suanwang {
namespace {

// Every device of every node in its own cell.
class PlainPool {
 public:
  explicit PlainPool(const PoolShape& shape)
      : shape_(shape), up_(shape.nodes, true), cpu_(shape.nodes, 0), memory_(shape.nodes, 0),
        whole_(shape.nodes, 0), shares_(shape.nodes, std::vector<std::uint32_t>(shape.accelerators_per_node, 0)) {}

  // Up nodes' devices less what is held of them.
  std::uint64_t FreeMilli() const {
    if (shape_.granularity == Granularity::kCount) return UpMilli() > held_ ? UpMilli() - held_ : 0;
    std::uint64_t free = 0;
    for (std::uint32_t node = 0; node < shape_.nodes; ++node) {
      if (!up_[node]) continue;
      free += NodeMilli() - std::uint64_t{whole_[node]} * kMilli - std::accumulate(shares_[node].begin(), shares_[node].end(), 0u);
    }
    return free;
  }
  std::uint64_t UpMilli() const { return NodeMilli() * static_cast<std::uint64_t>(std::ranges::count(up_, true)); }
  std::uint64_t HeldMilli() const { return held_; }

  std::pair<Rule, Placement> Find(const Demand& demand) const {
    if (demand.milli > FreeMilli()) return {demand.milli <= UpMilli() ? Rule::kFull : Rule::kDown, {}};
    if (shape_.granularity == Granularity::kCount) return {Rule::kNone, {}};
    const std::optional<Placement> found = demand.milli < kMilli ? FindShare(demand) : FindWhole(demand);
    return found ? std::pair{Rule::kNone, *found} : std::pair{Rule::kFragmented, Placement{}};
  }

  void Shift(const Demand& demand, const Placement& placement, bool take) {
    const auto shift = [take](auto& value, auto by) { value = take ? value + by : value - by; };
    shift(held_, std::uint64_t{demand.milli});
    for (const NodeRun& run : placement) {
      for (std::uint32_t node = run.first; node < run.first + run.count; ++node) {
        shift(cpu_[node], Part(demand.cpu_milli, run.milli, demand));
        shift(memory_[node], Part(demand.memory_mb, run.milli, demand));
        shift(run.device == NodeRun::kWhole ? whole_[node] : shares_[node][run.device],
              run.device == NodeRun::kWhole ? run.milli / kMilli : run.milli);
      }
    }
  }

  void SetUp(std::uint32_t first, std::uint32_t nodes, bool up) { std::fill_n(up_.begin() + first, nodes, up); }
  bool IsUp(std::uint32_t node) const { return up_[node]; }

 private:
  std::uint64_t NodeMilli() const { return std::uint64_t{shape_.accelerators_per_node} * kMilli; }
  static std::uint64_t Part(std::uint64_t amount, std::uint64_t milli, const Demand& demand) {
    return (amount * milli + demand.milli - 1) / demand.milli;
  }
  // Devices that nobody holds a part of.
  std::uint32_t WholeFree(std::uint32_t node) const {
    const auto open = static_cast<std::uint32_t>(std::ranges::count_if(shares_[node], [](std::uint32_t held) { return held > 0; }));
    return shape_.accelerators_per_node - whole_[node] - open;
  }
  bool HasRoom(const Demand& demand, std::uint32_t node, std::uint32_t milli) const {
    return up_[node] &&
           (shape_.cpu_milli_per_node == 0 || cpu_[node] + Part(demand.cpu_milli, milli, demand) <= shape_.cpu_milli_per_node) &&
           (shape_.memory_mb_per_node == 0 || memory_[node] + Part(demand.memory_mb, milli, demand) <= shape_.memory_mb_per_node);
  }

  std::optional<Placement> FindShare(const Demand& demand) const {
    std::optional<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> best;  // free of an open device, node, device
    for (std::uint32_t node = 0; node < shape_.nodes; ++node) {
      for (std::uint32_t device = 0; device < shape_.accelerators_per_node; ++device) {
        const std::uint32_t held = shares_[node][device];
        if (held == 0 || kMilli - held < demand.milli || !HasRoom(demand, node, demand.milli)) continue;
        const std::tuple here{kMilli - held, node, device};
        if (!best || here < *best) best = here;
      }
    }
    if (best) return Placement{{std::get<1>(*best), 1, demand.milli, std::get<2>(*best)}};
    std::optional<std::pair<std::uint32_t, std::uint32_t>> closed;  // whole free, node
    for (std::uint32_t node = 0; node < shape_.nodes; ++node) {
      if (WholeFree(node) == 0 || !HasRoom(demand, node, demand.milli)) continue;
      const std::pair here{WholeFree(node), node};
      if (!closed || here < *closed) closed = here;
    }
    if (!closed) return std::nullopt;
    const auto device = std::ranges::find(shares_[closed->second], 0u) - shares_[closed->second].begin();
    return Placement{{closed->second, 1, demand.milli, static_cast<std::uint32_t>(device)}};
  }

  std::optional<Placement> FindWhole(const Demand& demand) const {
    const std::uint32_t domain = shape_.domain_nodes == 0 ? shape_.nodes : shape_.domain_nodes;
    if (demand.shape == Shape::kAnywhere || demand.milli <= NodeMilli()) return FindWithin(demand, 0, shape_.nodes);
    std::optional<std::pair<std::uint32_t, Placement>> best;
    for (std::uint32_t from = 0; from < shape_.nodes; from += domain) {
      const std::uint32_t end = std::min(from + domain, shape_.nodes);
      std::uint32_t empties = 0;
      for (std::uint32_t node = from; node < end; ++node) empties += up_[node] && WholeFree(node) == shape_.accelerators_per_node ? 1 : 0;
      const auto found = FindWithin(demand, from, end);
      if (found && (!best || empties < best->first)) best = {empties, *found};
    }
    return best ? std::optional(best->second) : std::nullopt;
  }

  std::optional<Placement> FindWithin(const Demand& demand, std::uint32_t from, std::uint32_t end) const {
    const std::uint32_t per_node = shape_.accelerators_per_node;
    std::vector<std::uint32_t> given(shape_.nodes, 0);
    std::uint32_t full = demand.milli / kMilli / per_node;
    for (std::uint32_t node = from; node < end && full > 0; ++node) {
      if (WholeFree(node) < per_node || !HasRoom(demand, node, per_node * kMilli)) continue;
      given[node] = per_node;
      --full;
    }
    if (full > 0) return std::nullopt;
    const std::uint32_t rest = demand.milli / kMilli % per_node;
    std::optional<std::pair<std::uint32_t, std::uint32_t>> best;  // whole free, node
    for (std::uint32_t node = from; node < end && rest > 0; ++node) {
      if (given[node] > 0 || WholeFree(node) < rest || !HasRoom(demand, node, rest * kMilli)) continue;
      const std::pair here{WholeFree(node), node};
      if (!best || here < *best) best = here;
    }
    if (rest > 0 && !best) return std::nullopt;
    if (rest > 0) given[best->second] = rest;
    Placement placement;
    for (std::uint32_t node = 0; node < shape_.nodes; ++node) {
      if (given[node] == 0) continue;
      const bool grows = !placement.empty() && given[node] == per_node && placement.back().milli == per_node * kMilli &&
                         placement.back().first + placement.back().count == node;
      if (grows) ++placement.back().count;
      else placement.push_back({node, 1, given[node] * kMilli, NodeRun::kWhole});
    }
    return placement;
  }

  PoolShape shape_;
  std::vector<bool> up_;
  std::vector<std::uint64_t> cpu_, memory_;
  std::vector<std::uint32_t> whole_;                 // devices held whole, by node
  std::vector<std::vector<std::uint32_t>> shares_;   // thousandths held, by node and device
  std::uint64_t held_ = 0;
};

class Attack {
 public:
  explicit Attack(std::uint64_t seed) : random_(RandomStreams(seed).Named("pool")), shape_(MakeShape()), pool_(shape_), plain_(shape_) {}

  void Step() {
    const std::uint64_t draw = random_.UniformInt(10);
    if (draw < 6) TryTake();
    else if (draw < 9) GiveOne();
    else ToggleNode();
    ASSERT_EQ(pool_.free_milli(), plain_.FreeMilli());
    ASSERT_EQ(pool_.up_milli(), plain_.UpMilli());
    ASSERT_EQ(pool_.held_milli(), plain_.HeldMilli());
  }

 private:
  std::uint32_t Draw(std::uint32_t below) { return static_cast<std::uint32_t>(random_.UniformInt(below)); }

  PoolShape MakeShape() {
    static constexpr std::uint32_t kPerNode[] = {1, 2, 3, 4, 8};
    const bool has_host = Draw(2) == 0;
    return {.nodes = 1 + Draw(90), .accelerators_per_node = kPerNode[Draw(5)], .domain_nodes = Draw(9),
            .cpu_milli_per_node = has_host && Draw(3) > 0 ? 4000 + Draw(8000) : 0,
            .memory_mb_per_node = has_host && Draw(3) > 0 ? 4000 + Draw(8000) : 0,
            .granularity = Draw(5) == 0 ? Granularity::kCount : Granularity::kNode};
  }

  Demand MakeDemand() {
    Demand demand{.milli = (1 + Draw(shape_.accelerators_per_node * (1 + Draw(5)))) * kMilli};
    if (Draw(3) == 0) demand.milli = 1 + Draw(999);
    if (Draw(2) == 0) demand.cpu_milli = Draw(5000);
    if (Draw(2) == 0) demand.memory_mb = Draw(5000);
    if (Draw(2) == 0) demand.shape = Shape::kOneDomain;
    return demand;
  }

  void TryTake() {
    const Demand demand = MakeDemand();
    Placement placement = {{7, 7, 7, 7}};  // whatever was there is replaced
    const Rule rule = pool_.Find(demand, placement);
    const auto [plain_rule, plain_placement] = plain_.Find(demand);
    ASSERT_EQ(rule, plain_rule) << Name(rule) << " or " << Name(plain_rule) << " for " << demand.milli;
    ASSERT_EQ(placement, plain_placement);
    if (rule != Rule::kNone) return;
    ASSERT_TRUE(RefusalsWhenEmpty(shape_, demand).empty());
    ASSERT_TRUE(pool_.CanTake(demand, placement));
    pool_.Take(demand, placement);
    plain_.Shift(demand, placement, true);
    held_.emplace_back(demand, placement);
  }

  void GiveOne() {
    if (held_.empty()) return;
    std::swap(held_[Draw(static_cast<std::uint32_t>(held_.size()))], held_.back());
    pool_.Give(held_.back().first, held_.back().second);
    plain_.Shift(held_.back().first, held_.back().second, false);
    held_.pop_back();
  }

  void ToggleNode() {
    const std::uint32_t first = Draw(shape_.nodes);
    const bool up = !plain_.IsUp(first);
    std::uint32_t nodes = 1;  // pools of granularity count take the number: only nodes that stand otherwise
    while (nodes < 5 && first + nodes < shape_.nodes && plain_.IsUp(first + nodes) != up) ++nodes;
    pool_.SetUp(first, nodes, up);
    plain_.SetUp(first, nodes, up);
  }

  RandomStream random_;
  PoolShape shape_;
  PoolOccupancy pool_;
  PlainPool plain_;
  std::vector<std::pair<Demand, Placement>> held_;
};

TEST(PoolOccupancyTest, DoesWhatPlainArraysDo) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Attack attack(seed);
    for (int step = 0; step < 400; ++step) {
      attack.Step();
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(PoolOccupancyTest, TakesTheTightestNodeForAFewAndEmptyNodesForMany) {
  PoolOccupancy pool(PoolShape{.nodes = 3, .accelerators_per_node = 4});
  pool.Take({.milli = 2 * kMilli}, {{1, 1, 2 * kMilli}});
  Placement placement;

  ASSERT_EQ(pool.Find({.milli = 2 * kMilli}, placement), Rule::kNone);
  EXPECT_EQ(placement, (Placement{{1, 1, 2 * kMilli}}));
  ASSERT_EQ(pool.Find({.milli = 10 * kMilli}, placement), Rule::kNone);
  EXPECT_EQ(placement, (Placement{{0, 1, 4 * kMilli}, {1, 1, 2 * kMilli}, {2, 1, 4 * kMilli}}));
}

TEST(PoolOccupancyTest, SaysWhetherWhatIsMissingIsHeldOrDownOrScattered) {
  PoolOccupancy pool(PoolShape{.nodes = 2, .accelerators_per_node = 2});
  Placement placement;
  pool.Take({.milli = kMilli}, {{0, 1, kMilli}});
  pool.Take({.milli = kMilli}, {{1, 1, kMilli}});

  EXPECT_EQ(pool.Find({.milli = 2 * kMilli}, placement), Rule::kFragmented);
  EXPECT_EQ(pool.Find({.milli = 3 * kMilli}, placement), Rule::kFull);
  pool.SetUp(1, 1, false);
  EXPECT_EQ(pool.Find({.milli = 2 * kMilli}, placement), Rule::kFull);
  EXPECT_EQ(pool.Find({.milli = 3 * kMilli}, placement), Rule::kDown);
}

TEST(PoolOccupancyTest, AShareOpensADeviceOnlyWhereNoOpenOneFits) {
  PoolOccupancy pool(PoolShape{.nodes = 2, .accelerators_per_node = 2});
  Placement placement;
  pool.Take({.milli = 700}, {{1, 1, 700, 0}});

  ASSERT_EQ(pool.Find({.milli = 300}, placement), Rule::kNone);
  EXPECT_EQ(placement, (Placement{{1, 1, 300, 0}}));
  ASSERT_EQ(pool.Find({.milli = 301}, placement), Rule::kNone);
  EXPECT_EQ(placement, (Placement{{1, 1, 301, 1}}));
  EXPECT_EQ(pool.Find({.milli = 4 * kMilli}, placement), Rule::kFull);
}

TEST(PoolOccupancyTest, CannotTakeWhatIsNoPlacement) {
  PoolOccupancy pool(PoolShape{.nodes = 3, .accelerators_per_node = 2});
  const Demand two{.milli = 2 * kMilli};
  const Demand half{.milli = 500};

  EXPECT_TRUE(pool.CanTake(two, {{0, 2, kMilli}}));
  EXPECT_FALSE(pool.CanTake({.milli = 4 * kMilli}, {{0, 1, 2 * kMilli}, {0, 1, 2 * kMilli}})) << "a node twice";
  EXPECT_FALSE(pool.CanTake({.milli = 4 * kMilli}, {{1, 1, 2 * kMilli}, {0, 1, 2 * kMilli}})) << "out of order";
  EXPECT_FALSE(pool.CanTake(two, {{2, 2, kMilli}})) << "a node that is not there";
  EXPECT_FALSE(pool.CanTake(two, {{0xFFFFFFFF, 2, kMilli}}));
  EXPECT_FALSE(pool.CanTake(two, {{0, 1, kMilli}})) << "less than asked";
  EXPECT_FALSE(pool.CanTake({.milli = kMilli}, {{0, 1, 500, 0}, {1, 1, 500, 0}})) << "a whole one in shares";
  EXPECT_FALSE(pool.CanTake(half, {{0, 1, 500}})) << "a share of no device";
  EXPECT_FALSE(pool.CanTake(half, {{0, 1, 500, 2}})) << "a device that is not there";
  EXPECT_FALSE(pool.CanTake(half, {{0, 0, 500, 0}})) << "no nodes";
  EXPECT_FALSE(pool.CanTake(two, {}));
}

}  // namespace
}  // namespace suanwang
