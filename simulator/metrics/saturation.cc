#include "simulator/metrics/saturation.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "scheduler/model/admission.h"
#include "simulator/metrics/evidence.h"
#include "simulator/metrics/free_nodes.h"

namespace suanwang::metrics {
namespace {

// Jobs of equal profile, size and origin can use the same.
struct ShapeKey {
  ProfileId profile;
  std::uint32_t milli = 0;
  SiteId origin;
  friend bool operator==(const ShapeKey&, const ShapeKey&) = default;
};
struct ShapeKeyHash {
  std::size_t operator()(const ShapeKey& key) const {
    std::uint64_t mixed = key.profile.value();
    mixed = mixed * 0x9E3779B97F4A7C15u + key.milli;
    mixed = mixed * 0x9E3779B97F4A7C15u + key.origin.value();
    return static_cast<std::size_t>(mixed ^ (mixed >> 29));
  }
};

// A wait that decisions could have answered, [from, to).
struct Wait {
  Time from;
  Time to;
  std::uint32_t shape = 0;
};

// A pool while the run goes by.
struct PoolState {
  explicit PoolState(const PoolShape& shape_in) : shape(shape_in), free(shape_in) {}

  // The demands that wait, less those that could use nothing but what another could.
  void ListAsked() {
    asked.clear();
    for (std::size_t i = 0; i < demands.size(); ++i) {
      if (waiting[i] > 0) Ask(demands[i]);
    }
    asks_anew = false;
  }

  PoolShape shape;
  FreeNodes free;
  std::vector<Demand> demands;         // of the shapes that wait or ever waited for it
  std::vector<std::uint32_t> waiting;  // by position in `demands`: how many shapes with it wait
  std::uint64_t foreign_milli = 0;     // what others hold
  std::uint64_t free_milli = 0;        // as last looked at
  FreeNodes::Usable usable;
  Duration since;                      // how long somebody had waited in all when it was last looked at
  bool has_changed = true;
  bool asks_anew = true;               // other demands wait than those `asked`
  std::vector<Demand> asked;

 private:
  void Ask(const Demand& demand) {
    if (std::ranges::any_of(asked, [&](const Demand& one) { return UsesAll(shape, one, demand); })) return;
    std::erase_if(asked, [&](const Demand& one) { return UsesAll(shape, demand, one); });
    asked.push_back(demand);
  }
};

struct Shape {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places;  // pool, position in its demands
  std::int64_t jobs = 0;                                        // that wait
  bool is_counted = false;                                      // in the pools' `waiting`
  bool is_touched = false;
};

class Sweep {
 public:
  explicit Sweep(const Evidence& evidence) : evidence_(evidence), rounds_(evidence.context().rounds) {
    for (const Pool& pool : evidence.inventory().pools) pools_.emplace_back(pool.shape);
    changed_.resize(pools_.size());
    std::iota(changed_.begin(), changed_.end(), 0u);
    result_.pools.resize(pools_.size());
    ListWaits();
    ListLeaves();
  }

  Saturation Run() {
    for (Time next = Next(); next < evidence_.end(); next = Next()) {
      const Time at = rounds_.EffectAt(next);
      AdvanceTo(at);
      See(at);
      if (jobs_waiting_ > 0) Look();
    }
    AdvanceTo(evidence_.end());
    for (std::uint32_t pool = 0; pool < pools_.size(); ++pool) Settle(pool);
    return std::move(result_);
  }

 private:
  void ListWaits() {
    std::vector<Time> since(evidence_.jobs().size(), Time::Never());
    for (std::uint32_t id = 0; id < since.size(); ++id) {
      const record::ScheduledJob& job = evidence_.jobs()[id];
      if (job.exists() && job.state != EndState::kInfeasible) since[id] = job.submit;
    }
    for (const Stay& stay : evidence_.stays()) {
      Time& from = since[stay.job.value()];
      AddWait(stay.job, from, stay.granted);
      from = stay.stopped ? stay.left : Time::Never();
    }
    for (std::uint32_t id = 0; id < since.size(); ++id) AddWait(JobId(id), since[id], evidence_.jobs()[id].end);
    begins_ = waits_;
    std::ranges::sort(begins_, {}, &Wait::from);
    std::ranges::sort(waits_, {}, &Wait::to);
  }

  void AddWait(JobId id, Time from, Time to) {
    if (from >= evidence_.end()) return;  // Never among them
    from = rounds_.AnswerTo(from);
    if (from < to && from < evidence_.end()) waits_.push_back({from, to, ShapeOf(evidence_.jobs()[id.value()])});
  }

  std::uint32_t ShapeOf(const record::ScheduledJob& job) {
    const auto [found, is_new] = ids_.try_emplace(ShapeKey{job.profile, job.milli, job.origin}, static_cast<std::uint32_t>(shapes_.size()));
    if (is_new) shapes_.push_back(MakeShape(job));
    return found->second;
  }

  Shape MakeShape(const record::ScheduledJob& job) {
    const JobProfile& profile = evidence_.profile(job);
    const Demand demand{job.milli, profile.cpu_milli, profile.memory_mb, profile.shape};
    const Inventory& inventory = evidence_.inventory();
    Shape shape;
    for (std::uint32_t i = 0; i < pools_.size(); ++i) {
      const SiteId site = inventory.centers[inventory.pools[i].center.value()].site;
      if (StaticRefusals(inventory, profile, demand, inventory.pools[i], OneWay(job.origin, site)).empty()) {
        shape.places.emplace_back(i, PositionOf(demand, pools_[i]));
      }
    }
    return shape;
  }

  [[nodiscard]] std::optional<Duration> OneWay(SiteId from, SiteId to) const {
    const auto& one_way = evidence_.context().one_way;
    return from.is_none() || to.is_none() || !one_way ? Duration() : one_way(from, to);
  }

  static std::uint32_t PositionOf(const Demand& demand, PoolState& pool) {
    const auto found = std::ranges::find(pool.demands, demand);
    const auto position = static_cast<std::uint32_t>(found - pool.demands.begin());
    if (found == pool.demands.end()) {
      pool.demands.push_back(demand);
      pool.waiting.push_back(0);
    }
    return position;
  }

  void ListLeaves() {
    leaves_.resize(evidence_.stays().size());
    std::iota(leaves_.begin(), leaves_.end(), 0u);
    std::ranges::sort(leaves_, {}, [&](std::uint32_t stay) { return std::pair(evidence_.stays()[stay].left, stay); });
  }

  // When something happens next; Never: nothing does.
  [[nodiscard]] Time Next() const {
    const auto stays = evidence_.stays();
    const auto changes = evidence_.history().availability();
    const auto uses = evidence_.history().foreign_use();
    Time next = Time::Never();
    if (granted_ < stays.size()) next = std::min(next, stays[granted_].granted);
    if (left_ < leaves_.size()) next = std::min(next, stays[leaves_[left_]].left);
    if (available_ < changes.size()) next = std::min(next, changes[available_].at);
    if (foreign_ < uses.size()) next = std::min(next, uses[foreign_].at);
    if (begun_ < begins_.size()) next = std::min(next, begins_[begun_].from);
    if (ended_ < waits_.size()) next = std::min(next, waits_[ended_].to);
    return next;
  }

  void AdvanceTo(Time at) {
    const Duration passed = evidence_.InWindow(now_, at);
    if (jobs_waiting_ > 0) result_.waiting += passed;
    if (jobs_waiting_ > 0 && pools_usable_ == 0) result_.full += passed;
    now_ = at;
  }

  // All that has happened by `at`. What was granted and left since the last look leaves no trace; first is given back, then
  // nodes come and go, then is taken, so that what the record grants is free.
  void See(Time at) {
    const Time before = seen_;
    seen_ = at;
    const auto stays = evidence_.stays();
    for (; left_ < leaves_.size() && stays[leaves_[left_]].left <= at; ++left_) {
      const Stay& stay = stays[leaves_[left_]];
      if (stay.granted <= before) pools_[Touch(stay.pool)].free.Give(DemandOfStay(stay), evidence_.history().NodesOf(stay));
    }
    const auto changes = evidence_.history().availability();
    for (; available_ < changes.size() && changes[available_].at <= at; ++available_) {
      const record::Availability& change = changes[available_];
      pools_[Touch(change.pool)].free.SetUp(change.first_node, change.nodes, change.up);
    }
    for (; granted_ < stays.size() && stays[granted_].granted <= at; ++granted_) {
      const Stay& stay = stays[granted_];
      if (stay.left > at) pools_[Touch(stay.pool)].free.Take(DemandOfStay(stay), evidence_.history().NodesOf(stay));
    }
    const auto uses = evidence_.history().foreign_use();
    for (; foreign_ < uses.size() && uses[foreign_].at <= at; ++foreign_) pools_[Touch(uses[foreign_].pool)].foreign_milli = uses[foreign_].held_milli;
    for (; begun_ < begins_.size() && begins_[begun_].from <= at; ++begun_) Count(begins_[begun_].shape, 1);
    for (; ended_ < waits_.size() && waits_[ended_].to <= at; ++ended_) Count(waits_[ended_].shape, -1);
    SettleShapes();
  }

  [[nodiscard]] Demand DemandOfStay(const Stay& stay) const {
    const JobProfile& profile = evidence_.profile(evidence_.jobs()[stay.job.value()]);
    return {stay.milli, profile.cpu_milli, profile.memory_mb, profile.shape};
  }

  std::uint32_t Touch(PoolId pool) {
    PoolState& state = pools_.at(pool.value());
    if (!state.has_changed) changed_.push_back(pool.value());
    state.has_changed = true;
    return pool.value();
  }

  void Count(std::uint32_t id, std::int64_t jobs) {
    Shape& shape = shapes_[id];
    shape.jobs += jobs;
    jobs_waiting_ += jobs;
    if (!shape.is_touched) touched_.push_back(id);
    shape.is_touched = true;
  }

  void SettleShapes() {
    for (const std::uint32_t id : touched_) {
      Shape& shape = shapes_[id];
      shape.is_touched = false;
      if ((shape.jobs > 0) == shape.is_counted) continue;
      shape.is_counted = shape.jobs > 0;
      for (const auto& [pool, position] : shape.places) {
        std::uint32_t& waiting = pools_[pool].waiting[position];
        waiting = shape.is_counted ? waiting + 1 : waiting - 1;
        if (waiting == (shape.is_counted ? 1u : 0u)) pools_[Touch(PoolId(pool))].asks_anew = true;
      }
    }
    touched_.clear();
  }

  // What has changed, looked at anew.
  void Look() {
    for (const std::uint32_t pool : changed_) {
      Settle(pool);
      PoolState& state = pools_[pool];
      if (state.asks_anew) state.ListAsked();
      pools_usable_ -= state.usable.now_milli > 0 ? 1 : 0;
      const std::uint64_t free_milli = state.free.free_milli();
      state.free_milli = free_milli - std::min(free_milli, state.foreign_milli);
      state.usable = state.asked.empty() ? FreeNodes::Usable{0, state.free_milli} : state.free.UsableBy(state.asked);
      if (state.foreign_milli > 0 && !state.asked.empty()) LeaveToOthers(state);
      pools_usable_ += state.usable.now_milli > 0 ? 1 : 0;
      state.has_changed = false;
    }
    changed_.clear();
  }

  // Others are counted and lie on no node: what they hold is out of what is free, and a demand fits in the rest or not.
  void LeaveToOthers(PoolState& state) {
    std::vector<Demand> fitting = state.asked;
    std::erase_if(fitting, [&](const Demand& demand) { return demand.milli > state.free_milli; });
    const std::uint64_t usable_milli = fitting.empty() ? 0 : state.free.UsableBy(fitting).now_milli;
    state.usable.now_milli = std::min(usable_milli, state.free_milli);
    state.usable.in_part_milli = std::min(state.usable.in_part_milli, state.free_milli);
  }

  // Adds what stood in the pool since it was last looked at.
  void Settle(std::uint32_t pool) {
    PoolState& state = pools_[pool];
    const Int128 passed = (result_.waiting - state.since).ns();
    FreeTime& time = result_.pools[pool];
    time.all += passed * state.free_milli;
    time.useless += passed * (state.free_milli - state.usable.now_milli);
    time.in_pieces += passed * (state.free_milli - state.usable.in_part_milli);
    state.since = result_.waiting;
  }

  const Evidence& evidence_;
  Rounds rounds_;
  Saturation result_;
  std::vector<PoolState> pools_;
  std::vector<Shape> shapes_;
  std::unordered_map<ShapeKey, std::uint32_t, ShapeKeyHash> ids_;  // looked up, never iterated
  std::vector<Wait> begins_;           // in order of `from`
  std::vector<Wait> waits_;            // in order of `to`
  std::vector<std::uint32_t> leaves_;  // positions of stays in order of `left`
  std::size_t granted_ = 0;            // how much of each has been seen: stays, in order of their grants
  std::size_t left_ = 0;
  std::size_t available_ = 0;
  std::size_t foreign_ = 0;
  std::size_t begun_ = 0;
  std::size_t ended_ = 0;
  Time now_{std::numeric_limits<std::int64_t>::min() / 2};
  Time seen_{std::numeric_limits<std::int64_t>::min() / 2};
  std::int64_t jobs_waiting_ = 0;
  std::int64_t pools_usable_ = 0;      // pools in which some waiting job could be granted
  std::vector<std::uint32_t> changed_; // pools, since they were last looked at
  std::vector<std::uint32_t> touched_; // shapes, since they were last settled
};

}  // namespace

Saturation SaturationOf(const Evidence& evidence) { return Sweep(evidence).Run(); }

}  // namespace suanwang::metrics
