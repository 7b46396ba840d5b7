#include "simulator/metrics/limits.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <optional>

#include "simulator/metrics/waiting_cost.h"
#include "tests/support/random_story.h"
#include "tests/unit/metrics/two_places.h"

namespace suanwang::metrics {
namespace {

using record::RandomStory;
using record::ReasonLog;
using record::Story;

constexpr std::int64_t kUnitSecond = 1'000'000'000 * std::int64_t{kMilli};

// Reasons in words, in whole seconds.
struct Reasons {
  Reasons& Of(std::uint32_t job, std::int64_t at, Rule rule, std::uint32_t subject = 0, bool and_all_behind = false) {
    const ReasonChange change{JobId(job), {rule, subject}, and_all_behind};
    log.Add(Time() + Seconds(at), {&change, 1});
    return *this;
  }
  Reasons& From(std::uint32_t job, std::int64_t at, Rule rule, std::uint32_t ahead) { return Of(job, at, rule, ahead, true); }
  ReasonLog log;
};

Limits LimitsIn(const Story& story, const Reasons& reasons, Window window = {}, Duration period = {}) {
  const Inventory inventory = OnePool(16);
  History history;
  story.ToldTo(history);
  const MetricContext context{.inventory = inventory, .window = window};
  const Evidence evidence(history, context);
  return LimitsOf(evidence, WaitingReasons(history, reasons.log.rows(), period));
}

std::int64_t UnitSeconds(Int128 time) { return static_cast<std::int64_t>(time / kUnitSecond); }
std::int64_t By(const Limits& limits, Rule rule) { return UnitSeconds(limits.by_rule[static_cast<std::size_t>(rule)]); }
std::int64_t Ahead(const Limits& limits, Rule rule) { return UnitSeconds(limits.ahead[static_cast<std::size_t>(rule)]); }

TEST(LimitsTest, AReasonHoldsUntilTheNextOneOfTheSameJob) {
  const Story story = Story().Submits(0, {.at = 0, .lasts = 10, .milli = 4 * kMilli}).Starts(0, 30, 4 * kMilli).Ends(0, 40, 10).Closes(40);

  const Limits limits = LimitsIn(story, Reasons().Of(0, 0, Rule::kFull).Of(0, 20, Rule::kFragmented));

  EXPECT_EQ(By(limits, Rule::kFull), 20 * 4);
  EXPECT_EQ(By(limits, Rule::kFragmented), 10 * 4);
  EXPECT_EQ(UnitSeconds(limits.waiting), 30 * 4);
}

TEST(LimitsTest, EachWaitBeginsWithoutAReason) {
  const Story story = Story().Submits(0, {.at = 0, .lasts = 100}).Starts(0, 10).Stops(0, 20, 10, 0).Starts(0, 50).Ends(0, 140, 100).Closes(140);

  const Limits limits = LimitsIn(story, Reasons().Of(0, 0, Rule::kFull).Of(0, 35, Rule::kDown));

  EXPECT_EQ(By(limits, Rule::kFull), 10);
  EXPECT_EQ(UnitSeconds(limits.not_stated), 15);
  EXPECT_EQ(By(limits, Rule::kDown), 15);
}

TEST(LimitsTest, ThoseBehindABlockedHeadAreClosedAndWaitForWhatItWaitsFor) {
  Story story;
  for (std::uint32_t id = 0; id < 3; ++id) story.Submits(id, {.at = 0, .lasts = 10});
  story.Starts(0, 60).Starts(1, 70).Starts(2, 70).Ends(0, 70, 10).Ends(1, 80, 10).Ends(2, 80, 10).Closes(80);

  // Job 1 once had a reason of its own, and keeps it.
  const Limits limits = LimitsIn(story, Reasons().Of(0, 0, Rule::kFull).From(1, 0, Rule::kClosed, 0).Of(1, 40, Rule::kReserved).Of(0, 50, Rule::kDown));

  EXPECT_EQ(By(limits, Rule::kFull), 50);        // job 0
  EXPECT_EQ(By(limits, Rule::kDown), 10);        // job 0
  EXPECT_EQ(By(limits, Rule::kReserved), 30);    // job 1, from 40 s on
  EXPECT_EQ(By(limits, Rule::kClosed), 40 + 60); // job 1 until then, job 2 as long as job 0 waits
  EXPECT_EQ(Ahead(limits, Rule::kFull), 40 + 50);
  EXPECT_EQ(Ahead(limits, Rule::kDown), 10);
  EXPECT_EQ(UnitSeconds(limits.not_stated), 10); // job 2, when job 0 had gone
}

TEST(LimitsTest, AJobClosedByOneAheadKeepsThatWhenTheOneAheadHasGoneAndItsCauseIsUnknown) {
  const Story story = Story().Submits(0, {.at = 0, .lasts = 5}).Submits(1, {.at = 0, .lasts = 5}).Starts(0, 10).Ends(0, 15, 5).Starts(1, 30).Ends(1, 35, 5).Closes(35);

  const Limits limits = LimitsIn(story, Reasons().Of(0, 0, Rule::kFull).Of(1, 0, Rule::kClosed, 0));

  EXPECT_EQ(By(limits, Rule::kClosed), 30);
  EXPECT_EQ(Ahead(limits, Rule::kFull), 10);
  EXPECT_EQ(Ahead(limits, Rule::kNone), 20);
}

// Jobs 0, 1 and 2 in one lane: job 0 starts at 10 s, job 1 heads the lane until 30 s.
TEST(LimitsTest, AJobBehindTheHeadOfItsLaneWaitsForWhatHeadsItThen) {
  Story story;
  for (std::uint32_t id = 0; id < 3; ++id) story.Submits(id, {.at = 0, .lasts = 5});
  story.Starts(0, 10).Ends(0, 15, 5).Starts(1, 30).Starts(2, 30).Ends(1, 35, 5).Ends(2, 35, 5).Closes(35);

  const Limits limits = LimitsIn(story, Reasons().Of(0, 0, Rule::kFull).Of(1, 0, Rule::kClosed, 0).Of(2, 0, Rule::kClosed, 0)
                                            .From(0, 10, Rule::kNotWaiting, 1).Of(1, 10, Rule::kFragmented).Of(1, 20, Rule::kDown));

  EXPECT_EQ(By(limits, Rule::kClosed), 10 + 30);
  EXPECT_EQ(Ahead(limits, Rule::kFull), 10 + 10);
  EXPECT_EQ(Ahead(limits, Rule::kFragmented), 10);
  EXPECT_EQ(Ahead(limits, Rule::kDown), 10);
  EXPECT_EQ(UnitSeconds(limits.not_stated), 0);
}

// Job 2 stands behind job 1, and that one behind job 0, who is of another lane.
TEST(LimitsTest, AHeadThatIsClosedByAnotherWaitsForWhatThatOneWaitsFor) {
  Story story;
  for (std::uint32_t id = 0; id < 3; ++id) story.Submits(id, {.at = 0, .lasts = 5});
  story.Starts(0, 20).Starts(1, 20).Starts(2, 20).Ends(0, 25, 5).Ends(1, 25, 5).Ends(2, 25, 5).Closes(25);

  const Limits limits = LimitsIn(story, Reasons().Of(0, 0, Rule::kFull).Of(1, 0, Rule::kClosed, 0).Of(2, 0, Rule::kClosed, 1).Of(0, 15, Rule::kDown));

  EXPECT_EQ(Ahead(limits, Rule::kFull), 15 + 15);
  EXPECT_EQ(Ahead(limits, Rule::kDown), 5 + 5);
}

TEST(LimitsTest, TimeBeforeTheNextDecisionRoundIsNobodysFault) {
  const Story story = Story().Submits(0, {.at = 3, .lasts = 5}).Starts(0, 30).Ends(0, 35, 5).Closes(35);

  const Limits limits = LimitsIn(story, Reasons().Of(0, 10, Rule::kFull), {}, Seconds(10));

  EXPECT_EQ(UnitSeconds(limits.not_yet), 7);
  EXPECT_EQ(By(limits, Rule::kFull), 20);
  EXPECT_EQ(UnitSeconds(limits.not_stated), 0);
}

TEST(LimitsTest, OnlyTheWindowAndTheJobsSubmittedInItCount) {
  const Story story = Story().Submits(0, {.at = 0, .lasts = 5}).Submits(1, {.at = 20, .lasts = 5}).Starts(0, 90).Ends(0, 95, 5).Ends(1, 100, 0, EndState::kUnfinished).Closes(100);

  const Limits limits = LimitsIn(story, Reasons().Of(0, 0, Rule::kFull).Of(1, 20, Rule::kFull), {Time() + Seconds(10), Time() + Seconds(50)});

  EXPECT_EQ(UnitSeconds(limits.waiting), 30);
  EXPECT_EQ(By(limits, Rule::kFull), 30);
}

TEST(LimitsTest, InfeasibleJobsAreCountedApartByTheirStaticRule) {
  const Story story = Story().Submits(0, {.at = 0, .lasts = 5}).Ends(0, 0, 0, EndState::kInfeasible, Rule::kFabricDomain).Closes(10);

  const Limits limits = LimitsIn(story, {});

  EXPECT_EQ(limits.infeasible[static_cast<std::size_t>(Rule::kFabricDomain)], 1u);
  EXPECT_EQ(limits.waiting, 0);
}

TEST(LimitsTest, WithoutReasonsAllWaitingIsNotStated) {
  const Story story = Story().Submits(0, {.at = 0, .lasts = 5}).Starts(0, 12).Ends(0, 17, 5).Closes(17);

  EXPECT_EQ(UnitSeconds(LimitsIn(story, {}).not_stated), 12);
}

// ---- a second opinion: second by second, by following the rows as they come

struct Second {
  bool waits = false;
  std::optional<Reason> own;
  std::int64_t since = 0;
};

class Stepping {
 public:
  Stepping(const Story& story, std::span<const record::TimedReason> reasons) : rows_(story.rows()), reasons_(reasons) {}

  // What the second that begins at `at` looks like once all rows and reasons of it are told.
  void StepTo(std::int64_t at) {
    const Time now = Time() + Seconds(at);
    for (; row_ < rows_.size() && record::AtOf(rows_[row_]) <= now; ++row_) Tell(rows_[row_], at);
    for (; reason_ < reasons_.size() && reasons_[reason_].at <= now; ++reason_) Tell(reasons_[reason_].change);
  }
  [[nodiscard]] const Second& operator[](std::size_t id) const { return jobs_[id]; }
  [[nodiscard]] std::size_t size() const { return jobs_.size(); }
  [[nodiscard]] const std::optional<ReasonChange>& behind() const { return behind_; }
  // What the job ahead, or those of its lane who head it now, wait for in the end; of a ring nothing is known.
  [[nodiscard]] Rule CauseBehind(std::uint32_t ahead) const {
    std::uint32_t head = ahead;
    for (std::size_t links = 0; links <= jobs_.size() + lanes_.size(); ++links) {
      const auto lane = lane_of_.find(head);
      for (std::size_t at = lane == lane_of_.end() ? 0 : lane->second; lane != lane_of_.end(); at = *lanes_[at].behind) {
        head = lanes_[at].head;
        if (!lanes_[at].behind) break;
        if (++links > jobs_.size() + lanes_.size()) return Rule::kNone;
      }
      const std::optional<Reason>& own = jobs_[head].own;
      if (!jobs_[head].waits || !own) return Rule::kNone;
      if (own->rule != Rule::kClosed) return own->rule;
      head = own->subject;
    }
    return Rule::kNone;
  }
  // Of a job named by an entry for all behind it: by what it was told itself.
  [[nodiscard]] Rule CauseOf(std::uint32_t job) const {
    const std::optional<Reason>& own = jobs_[job].own;
    if (!jobs_[job].waits || !own) return Rule::kNone;
    return own->rule == Rule::kClosed ? CauseBehind(own->subject) : own->rule;
  }
  [[nodiscard]] std::uint32_t milli(std::size_t id) const { return milli_[id]; }

 private:
  void Tell(const record::Row& row, std::int64_t at) {
    if (const auto* in = std::get_if<record::Submitted>(&row)) {
      jobs_.push_back({true, std::nullopt, at});
      milli_.push_back(in->job.milli);
    }
    if (const auto* granted = std::get_if<record::Granted>(&row)) jobs_[granted->job.value()] = {};
    if (const auto* stopped = std::get_if<record::Stopped>(&row)) jobs_[stopped->job.value()] = {true, std::nullopt, at};
    if (const auto* ended = std::get_if<record::Ended>(&row)) jobs_[ended->job.value()] = {};
  }
  void Tell(const ReasonChange& change) {
    if (change.and_all_behind && change.reason.rule == Rule::kNotWaiting) {
      Pass(change.job.value(), change.reason.subject);
    } else if (change.and_all_behind) {
      behind_ = change;
    } else if (change.job.value() < jobs_.size()) {
      if (jobs_[change.job.value()].waits) jobs_[change.job.value()].own = change.reason;
      if (change.reason.rule == Rule::kClosed) (void)LaneOf(change.reason.subject);
    }
  }

  std::size_t LaneOf(std::uint32_t job) {
    const auto [found, is_new] = lane_of_.try_emplace(job, lanes_.size());
    if (is_new) lanes_.push_back({job, std::nullopt});
    return found->second;
  }

  void Pass(std::uint32_t former, std::uint32_t head) {
    const std::size_t lane = LaneOf(former);
    const std::size_t other = lane_of_.try_emplace(head, lane).first->second;
    lanes_[lane] = other == lane ? Lane{head, std::nullopt} : Lane{0, other};
  }

  struct Lane {
    std::uint32_t head = 0;
    std::optional<std::size_t> behind;  // without a head
  };
  std::map<std::uint32_t, std::size_t> lane_of_;
  std::vector<Lane> lanes_;

  const std::vector<record::Row>& rows_;
  std::span<const record::TimedReason> reasons_;
  std::size_t row_ = 0;
  std::size_t reason_ = 0;
  std::vector<Second> jobs_;
  std::vector<std::uint32_t> milli_;
  std::optional<ReasonChange> behind_;
};

// Random reasons, at most one a second, for whoever waits then; some for all behind.
Reasons RandomReasons(const Story& story, std::uint64_t seed) {
  std::uint64_t state = seed * 7919 + 17;
  const auto draw = [&](std::uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>((state >> 33) % below);
  };
  static constexpr Rule kOwn[] = {Rule::kFull, Rule::kFragmented, Rule::kDown, Rule::kReserved, Rule::kClosed};
  Reasons reasons;
  Stepping stepping(story, {});
  for (std::int64_t at = 0; at < RandomStory::kLength; ++at) {
    stepping.StepTo(at);
    if (stepping.size() == 0) continue;
    const std::uint32_t job = draw(stepping.size());
    const std::uint32_t other = draw(stepping.size());
    if (!stepping[job].waits) continue;
    if (draw(6) == 0) {
      static constexpr Rule kOfAll[] = {Rule::kDeferred, Rule::kClosed, Rule::kNotWaiting, Rule::kNotWaiting};
      reasons.From(job, at, kOfAll[draw(4)], other);
    } else {
      reasons.Of(job, at, kOwn[draw(5)], other);
    }
  }
  return reasons;
}

// The same sums, one second at a time.
Limits Counted(const Story& story, const Reasons& reasons, const Evidence& evidence, std::int64_t period) {
  Limits limits;
  Stepping now(story, reasons.log.rows());
  for (std::int64_t at = 0; at < RandomStory::kLength; ++at) {
    now.StepTo(at);
    if (Time() + Seconds(at) >= evidence.end()) break;
    for (std::size_t id = 0; id < now.size(); ++id) {
      if (!now[id].waits || !evidence.CountsInWaits(evidence.jobs()[id])) continue;
      const Int128 time = Int128{1'000'000'000} * now.milli(id);
      limits.waiting += time;
      const bool is_before_round = period > 0 && at / period == now[id].since / period && now[id].since % period != 0;
      Rule rule = now[id].own ? now[id].own->rule : Rule::kNone;
      Rule ahead = Rule::kNone;
      if (!now[id].own && !is_before_round && now.behind()) {
        const JobId named(now.behind()->reason.subject);
        if (now[named.value()].waits) rule = now.behind()->reason.rule;
        ahead = now.CauseOf(named.value());
      } else if (now[id].own && rule == Rule::kClosed) {
        ahead = now.CauseBehind(now[id].own->subject);
      }
      if (rule == Rule::kNone) (is_before_round ? limits.not_yet : limits.not_stated) += time;
      if (rule != Rule::kNone) limits.by_rule[static_cast<std::size_t>(rule)] += time;
      if (rule == Rule::kClosed) limits.ahead[static_cast<std::size_t>(ahead)] += time;
    }
  }
  return limits;
}

TEST(LimitsTest, AgreesWithCountingSecondBySecondAndAddsUpToAllWaiting) {
  TwoPlaces places;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    const RandomStory story(seed);
    const Reasons reasons = RandomReasons(story.story(), seed);
    const std::int64_t period = seed % 2 == 0 ? 10 : 0;
    History history;
    story.story().ToldTo(history);
    const MetricContext context{.inventory = places.inventory(),
                                .window = seed % 3 == 0 ? Window{Time() + Seconds(40), Time() + Seconds(250)} : Window{}};
    const Evidence evidence(history, context);

    const Limits limits = LimitsOf(evidence, WaitingReasons(history, reasons.log.rows(), Seconds(period)));

    const Limits counted = Counted(story.story(), reasons, evidence, period);
    EXPECT_EQ(limits.waiting, counted.waiting);
    EXPECT_EQ(limits.by_rule, counted.by_rule);
    EXPECT_EQ(limits.ahead, counted.ahead);
    EXPECT_EQ(limits.not_yet, counted.not_yet);
    EXPECT_EQ(limits.not_stated, counted.not_stated);
    const std::vector<Int128> times = WaitingTimes(evidence);
    EXPECT_EQ(limits.waiting, std::accumulate(times.begin(), times.end(), Int128{0}));
    const Int128 parts = std::accumulate(limits.by_rule.begin(), limits.by_rule.end(), limits.not_yet + limits.not_stated);
    EXPECT_EQ(limits.waiting, parts);
    EXPECT_EQ(limits.by_rule[static_cast<std::size_t>(Rule::kClosed)], std::accumulate(limits.ahead.begin(), limits.ahead.end(), Int128{0}));
  }
}

}  // namespace
}  // namespace suanwang::metrics
