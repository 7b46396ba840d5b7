#include "simulator/engine/event_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <vector>

namespace suanwang {
namespace {

using Ids = std::vector<int>;

Ids RunOnePass(EventQueue<int>& queue) {
  Time now;
  std::uint32_t pass = 0;
  Ids ids;
  if (queue.BeginPass(now, pass)) queue.RunPass([&](const EventKey&, int id) { ids.push_back(id); });
  return ids;
}

TEST(EventQueueTest, RunsThePhasesOfAPassInOrder) {
  EventQueue<int> queue;
  for (const Phase phase :
       {Phase::kSample, Phase::kDecision, Phase::kDelivery, Phase::kArrival, Phase::kFault, Phase::kCompletion}) {
    queue.Push(Time(5), phase, static_cast<int>(phase));
  }

  EXPECT_EQ(RunOnePass(queue), (Ids{0, 1, 2, 3, 4, 5}));
}

TEST(EventQueueTest, RunsEqualPhasesInTheOrderOfTheirPushes) {
  EventQueue<int> queue;
  for (int id = 0; id < 100; ++id) queue.Push(Time(5), Phase::kArrival, id);

  const Ids ids = RunOnePass(queue);

  ASSERT_EQ(ids.size(), 100u);
  EXPECT_TRUE(std::ranges::is_sorted(ids));
}

TEST(EventQueueTest, GivesAPushForTheCurrentInstantToTheNextPass) {
  EventQueue<int> queue;
  queue.Push(Time(7), Phase::kArrival, 1);
  queue.Push(Time(7), Phase::kDecision, 2);
  Time now;
  std::uint32_t pass = 99;

  ASSERT_TRUE(queue.BeginPass(now, pass));
  EXPECT_EQ(pass, 0u);
  Ids first;
  queue.RunPass([&](const EventKey&, int id) {
    first.push_back(id);
    if (id == 1) queue.Push(now, Phase::kCompletion, 3);
  });
  queue.Push(now, Phase::kCompletion, 4);  // after the pass: likewise

  EXPECT_EQ(first, (Ids{1, 2}));
  EXPECT_EQ(queue.next(), (EventKey{Time(7), 1, Phase::kCompletion, 2}));
  EXPECT_EQ(RunOnePass(queue), (Ids{3, 4}));
  EXPECT_TRUE(queue.empty());
}

TEST(EventQueueTest, BeginsEachTimeWithPassZero) {
  EventQueue<int> queue;
  queue.Push(Time(-3), Phase::kArrival, 1);
  EXPECT_EQ(RunOnePass(queue), (Ids{1}));
  queue.Push(Time(-3), Phase::kArrival, 2);
  EXPECT_EQ(RunOnePass(queue), (Ids{2}));

  queue.Push(Time(4), Phase::kArrival, 3);

  EXPECT_EQ(queue.next().pass, 0u);
}

TEST(EventQueueTest, BeginsNothingWhenNothingWaits) {
  EventQueue<int> queue;
  Time now(3);
  std::uint32_t pass = 5;

  EXPECT_FALSE(queue.BeginPass(now, pass));

  EXPECT_EQ(now, Time(3));
  EXPECT_EQ(pass, 5u);
}

TEST(EventQueueTest, BeginsAPassAgainThatWasNotRun) {
  EventQueue<int> queue;
  queue.Push(Time(7), Phase::kArrival, 1);
  Time now;
  std::uint32_t pass = 0;
  queue.BeginPass(now, pass);

  EXPECT_EQ(RunOnePass(queue), (Ids{1}));
}

TEST(EventQueueTest, CancelsAnEventOnce) {
  EventQueue<int> queue;
  const EventHandle handle = queue.Push(Time(1), Phase::kArrival, 1);
  queue.Push(Time(1), Phase::kArrival, 2);

  EXPECT_TRUE(queue.Cancel(handle));
  EXPECT_FALSE(queue.Cancel(handle));

  EXPECT_EQ(RunOnePass(queue), (Ids{2}));
}

TEST(EventQueueTest, CancelsNothingThroughAStaleHandle) {
  EventQueue<int> queue;
  const EventHandle fired = queue.Push(Time(1), Phase::kArrival, 1);
  RunOnePass(queue);
  const EventHandle reuses_the_slot = queue.Push(Time(2), Phase::kArrival, 2);

  EXPECT_EQ(fired.slot, reuses_the_slot.slot);
  EXPECT_FALSE(queue.Cancel(fired));
  EXPECT_FALSE(queue.Cancel(EventHandle{}));
  EXPECT_EQ(queue.size(), 1u);
}

TEST(EventQueueTest, AnEventThatIsRunningCanNoLongerBeCancelled) {
  EventQueue<int> queue;
  const EventHandle first = queue.Push(Time(1), Phase::kArrival, 1);
  const EventHandle second = queue.Push(Time(1), Phase::kArrival, 2);
  Time now;
  std::uint32_t pass = 0;
  Ids ids;

  queue.BeginPass(now, pass);
  queue.RunPass([&](const EventKey&, int id) {
    ids.push_back(id);
    EXPECT_FALSE(queue.Cancel(first));
    EXPECT_TRUE(queue.Cancel(second));
  });

  EXPECT_EQ(ids, (Ids{1}));
}

TEST(EventQueueTest, CarriesPayloadsThatCanOnlyBeMoved) {
  EventQueue<std::unique_ptr<int>> queue;
  queue.Push(Time(1), Phase::kArrival, std::make_unique<int>(42));
  Time now;
  std::uint32_t pass = 0;
  queue.BeginPass(now, pass);

  queue.RunPass([](const EventKey&, std::unique_ptr<int>& payload) { EXPECT_EQ(*payload, 42); });
}

TEST(EventQueueDeathTest, StopsAtAPushIntoThePast) {
  EventQueue<int> queue;
  queue.Push(Time(5), Phase::kArrival, 1);
  RunOnePass(queue);

  EXPECT_EXIT(queue.Push(Time(4), Phase::kArrival, 2), testing::ExitedWithCode(3), "into the past");
}

TEST(EventQueueDeathTest, StopsAtTheThousandthPassOfAnInstant) {
  EventQueue<int> queue;
  const auto run_passes = [&](int passes) {
    for (int i = 0; i < passes; ++i) {
      queue.Push(Time(5), Phase::kArrival, i);
      RunOnePass(queue);
    }
  };

  run_passes(999);
  EXPECT_EQ(queue.size(), 0u);
  EXPECT_EXIT(run_passes(1), testing::ExitedWithCode(3), "1,000th pass");
}

// The same operations on the queue and on a sorted map: whatever the queue says, the map must say.
class Twin {
 public:
  explicit Twin(std::uint64_t seed) : random_(seed) {}

  void Operate() {
    switch (Draw(8)) {
      case 0: return Cancel();
      case 1: return RunPass();
      default: return Push();
    }
  }
  void Drain() {
    while (!reference_.empty()) RunPass();
    EXPECT_TRUE(queue_.empty());
  }

 private:
  std::uint64_t Draw(std::uint64_t bound) { return random_() % bound; }

  void Push() {
    const Time at = now_ + Duration(static_cast<std::int64_t>(Draw(20)));
    const auto phase = static_cast<Phase>(Draw(6));
    const std::uint32_t pass = begun_ && at == now_ ? pass_ + 1 : 0;
    const auto id = static_cast<std::uint64_t>(handles_.size());
    handles_.push_back(queue_.Push(at, phase, id));
    reference_.emplace(EventKey{at, pass, phase, id}, id);
    ASSERT_EQ(queue_.size(), reference_.size());
    ASSERT_EQ(queue_.next(), reference_.begin()->first);
  }

  void Cancel() {
    if (handles_.empty()) return;
    const std::uint64_t id = Draw(handles_.size());
    const auto erased = std::erase_if(reference_, [&](const auto& entry) { return entry.second == id; });
    ASSERT_EQ(queue_.Cancel(handles_[id]), erased == 1);
    ASSERT_EQ(queue_.size(), reference_.size());
  }

  void RunPass() {
    ASSERT_EQ(queue_.BeginPass(now_, pass_), !reference_.empty());
    if (reference_.empty()) return;
    begun_ = true;
    ASSERT_EQ(now_, reference_.begin()->first.time);
    ASSERT_EQ(pass_, reference_.begin()->first.pass);
    queue_.RunPass([&](const EventKey& key, std::uint64_t id) { Visit(key, id); });
    if (!reference_.empty()) {
      ASSERT_GT(std::pair(reference_.begin()->first.time, reference_.begin()->first.pass), std::pair(now_, pass_));
    }
  }

  void Visit(const EventKey& key, std::uint64_t id) {
    ASSERT_FALSE(reference_.empty());
    ASSERT_EQ(key, reference_.begin()->first);
    ASSERT_EQ(id, reference_.begin()->second);
    reference_.erase(reference_.begin());
    if (Draw(4) == 0) Push();
    if (Draw(8) == 0) Cancel();
  }

  std::mt19937_64 random_;
  EventQueue<std::uint64_t> queue_;
  std::multimap<EventKey, std::uint64_t> reference_;
  std::vector<EventHandle> handles_;
  Time now_;
  std::uint32_t pass_ = 0;
  bool begun_ = false;
};

TEST(EventQueueTest, AgreesWithASortedMapOnRandomOperations) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE(seed);
    Twin twin(seed);

    for (int i = 0; i < 1000 && !testing::Test::HasFatalFailure(); ++i) twin.Operate();
    twin.Drain();

    ASSERT_FALSE(testing::Test::HasFatalFailure());
  }
}

}  // namespace
}  // namespace suanwang
