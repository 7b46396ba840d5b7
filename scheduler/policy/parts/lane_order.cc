#include "scheduler/policy/parts/lane_order.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "scheduler/policy/parts/job_news.h"

namespace suanwang {
namespace {

struct Place {
  std::int64_t key = 0;
  Time submit;
  JobId job;
  friend auto operator<=>(const Place&, const Place&) = default;
};

// Jobs by place, of which only the first is ever looked at. Some may wait no more, or be in it twice.
class Places {
 public:
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] const Place& first() const { return heap_.front(); }
  void Add(const Place& place) {
    heap_.push_back(place);
    std::ranges::push_heap(heap_, std::greater());
  }
  void DropFirst() {
    std::ranges::pop_heap(heap_, std::greater());
    heap_.pop_back();
  }
  void DropGone(const Round& round) {
    while (!empty() && !round.IsWaiting(first().job)) DropFirst();
  }

 private:
  std::vector<Place> heap_;
};

class InLanes final : public JobOrder {
 public:
  explicit InLanes(JobKey key) : key_(key) {}

  void BeginRound(const Round& round) override {
    if (!is_synced_) {
      for (JobId job : round.waiting()) Add(round, job);
      is_synced_ = true;
    } else {
      for (const Observation& change : round.changes()) {
        const JobId job = JobOf(change);
        if (!job.is_none() && round.IsWaiting(job)) Add(round, job);
      }
    }
    LineUp(round);
  }

  JobId Next(const Round& round) override {
    GoOn(round);
    unshown_.DropGone(round);
    if (!line_.empty() && (unshown_.empty() || line_.front()->first() <= unshown_.first())) {
      lane_ = TakeFirstLane();
      shown_ = lane_->first();
    } else if (!unshown_.empty()) {
      shown_ = unshown_.first();
    }
    return shown_ ? shown_->job : JobId::None();
  }

 private:
  // For a heap whose front comes first.
  static constexpr auto kLast = [](const Places* a, const Places* b) { return a->first() > b->first(); };

  void Add(const Round& round, JobId id) {
    const Job& job = round.job(id);
    const Place place{key_(job), job.submit, id};
    const std::uint32_t lane = round.shape(id).pool_set;
    if (lane >= lanes_.size()) lanes_.resize(lane + 1);
    lanes_[lane].Add(place);
    unshown_.Add(place);
  }

  void LineUp(const Round& round) {
    shown_.reset();
    lane_ = nullptr;
    line_.clear();
    for (Places& lane : lanes_) {
      lane.DropGone(round);
      if (!lane.empty()) line_.push_back(&lane);
    }
    std::ranges::make_heap(line_, kLast);
  }

  Places* TakeFirstLane() {
    std::ranges::pop_heap(line_, kLast);
    Places* const lane = line_.back();
    line_.pop_back();
    return lane;
  }

  // From the job shown last. Who asks for the next has looked at it; in the lane that it came from there is a next if it
  // started.
  void GoOn(const Round& round) {
    while (shown_ && !unshown_.empty() && unshown_.first() == *shown_) unshown_.DropFirst();
    shown_.reset();
    Places* const lane = std::exchange(lane_, nullptr);
    if (lane == nullptr || round.IsWaiting(lane->first().job)) return;
    lane->DropGone(round);
    if (lane->empty()) return;
    line_.push_back(lane);
    std::ranges::push_heap(line_, kLast);
  }

  JobKey key_;
  std::vector<Places> lanes_;   // by JobShape::pool_set
  Places unshown_;              // not looked at since they came to wait
  std::vector<Places*> line_;   // a heap of the lanes that may have jobs to start in this round
  std::optional<Place> shown_;  // last in this round
  Places* lane_ = nullptr;      // that it came from; null: shown for its own sake
  bool is_synced_ = false;
};

}  // namespace

std::unique_ptr<JobOrder> LaneOrder(JobKey key) { return std::make_unique<InLanes>(key); }

}  // namespace suanwang
