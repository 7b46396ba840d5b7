#include "simulator/cli/job_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <tuple>

#include "scheduler/state/shape_table.h"
#include "simulator/report/number.h"
#include "simulator/report/rule_text.h"
#include "simulator/scenario/date.h"

namespace suanwang::cli {
namespace {

using metrics::Stated;
using metrics::WaitingSpan;
using report::LongSpan;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostReasons = 14;  // told one by one; of more the first and the last ones
constexpr std::size_t kFirstReasons = 8;
constexpr std::size_t kLastReasons = 4;

// What is told of one job, looked up once.
struct Subject {
  Subject(const StoredRun& run_in, JobId id_in)
      : run(run_in), id(id_in), folds(run.scenario(), run.jobs, run.history, run.reasons), topology(run.scenario().inventory),
        shapes(run.scenario().inventory, topology), asked(Find(run, id)) {
    for (std::uint32_t i = 0; i < run.jobs.profiles.size(); ++i) shapes.Declare(ProfileId(i), run.jobs.profiles[i]);
    shape = &shapes[shapes.Intern(asked.job)];
    folds.why.VisitSpans(id, job().submit, job().end, [&](const WaitingSpan& span) { Add(span); });
    for (const metrics::Stay& stay : run.history.stays()) {
      if (stay.job == id) stays.push_back(stay);
    }
  }

  static const workload::SimJob& Find(const StoredRun& run, JobId id) {
    return *std::ranges::find_if(run.jobs.jobs, [&](const workload::SimJob& one) { return one.job.id == id; });
  }
  // Neighbours with one reason are one.
  void Add(const WaitingSpan& span) {
    const bool goes_on = !spans.empty() && spans.back().to == span.from && spans.back().stated == span.stated && spans.back().reason == span.reason;
    if (goes_on) spans.back().to = span.to;
    if (!goes_on) spans.push_back(span);
  }
  [[nodiscard]] const record::ScheduledJob& job() const { return run.history.jobs()[id.value()]; }
  [[nodiscard]] const Inventory& inventory() const { return run.scenario().inventory; }
  [[nodiscard]] const JobProfile& profile() const { return run.jobs.profiles[asked.job.profile.value()]; }

  const StoredRun& run;
  JobId id;
  run::RunEvidence folds;
  Topology topology;
  ShapeTable shapes;
  const workload::SimJob& asked;
  const JobShape* shape = nullptr;
  std::vector<WaitingSpan> spans;
  std::vector<metrics::Stay> stays;
};

// One line of the story; of one instant, in this order.
struct Line {
  enum Order { kSubmitted, kStopped, kRefused, kReason, kStarted, kEnded };
  Time at;
  Order order;
  std::string text;
};

class Teller {
 public:
  Teller(const Subject& subject, report::Language language) : subject_(subject), language_(language) {}

  std::string Text() {
    AddSubmission();
    AddReasons();
    AddStays();
    AddEnd();
    std::ranges::stable_sort(lines_, [](const Line& a, const Line& b) { return std::tie(a.at, a.order) < std::tie(b.at, b.order); });
    std::string text = FirstLine() + AskedFor();
    for (const Line& line : lines_) text += "  " + TimeText(line.at) + "  " + line.text + "\n";
    return text;
  }

 private:
  [[nodiscard]] std::string Say(std::string_view en, std::string_view zh) const { return std::string(report::Bilingual{en, zh}.In(language_)); }
  [[nodiscard]] std::string RuleText(Rule rule) const { return std::string(report::TextOf(rule).In(language_)); }
  [[nodiscard]] const std::string& Named(JobId id) const { return subject_.run.names[id.value()]; }
  [[nodiscard]] static std::string Units(std::uint32_t milli) { return FormatSeconds(Milliseconds(milli)); }
  void Tell(Time at, Line::Order order, std::string text) { lines_.push_back({at, order, std::move(text)}); }

  // By the calendar where the scenario has one, in Beijing time; else since the run's zero.
  [[nodiscard]] std::string TimeText(Time at) const {
    const scenario::Scenario& scenario = subject_.run.scenario();
    const std::string date = scenario::DateOf(at, scenario.start, scenario.window_begin);
    return date.empty() ? FormatSeconds(at) + " s" : date;
  }

  // The rule under which it waited longest.
  [[nodiscard]] Rule MainRule() const {
    std::array<std::int64_t, kRules> times{};
    for (const WaitingSpan& span : subject_.spans) {
      if (span.stated == Stated::kReason) times[static_cast<std::size_t>(span.reason.rule)] += (span.to - span.from).ns();
      if (span.stated != Stated::kNothing) continue;
      const metrics::Behind behind = subject_.folds.why.BehindIn(span.from, span.to);
      times[static_cast<std::size_t>(Rule::kClosed)] += behind.all_closed();
      times[static_cast<std::size_t>(Rule::kDeferred)] += behind.deferred;
    }
    return static_cast<Rule>(std::ranges::max_element(times) - times.begin());
  }

  [[nodiscard]] Duration Waited() const {
    Duration waited;
    for (const WaitingSpan& span : subject_.spans) waited += span.to - span.from;
    return waited;
  }

  [[nodiscard]] std::string FirstLine() const {
    const record::ScheduledJob& job = subject_.job();
    const std::string name = Named(subject_.id);
    if (job.state == EndState::kInfeasible) {
      return name + Say(" can run nowhere: ", " 无处可运行：") + RuleText(job.rule) + Say(" is what excludes most capacity.", "，这一条排除的算力最多。") + "\n";
    }
    const Duration waited = Waited();
    std::string text = name;
    if (waited == Duration()) {
      text += Say(" never waited.", " 未曾等待。");
    } else if (job.first_grant == Time::Never()) {
      text += Say(" has waited ", " 已等待 ") + LongSpan(waited.seconds()) + Say(" and not begun: ", "，尚未开始：");
    } else {
      text += Say(" waited ", " 等待了 ") + LongSpan(waited.seconds()) + Say(": ", "：");
    }
    const Rule main = MainRule();
    if (waited > Duration() && main != Rule::kNone) text += Say("mostly ", "主要因为") + RuleText(main) + Say(".", "。");
    if (waited > Duration() && main == Rule::kNone) text += WithoutRule();
    const std::size_t possible = subject_.shape->pools.size(), all = subject_.inventory().pools.size();
    return text + (language_ == report::Language::kChinese ? fmt::format("{} 个资源池中有 {} 个可以运行它。\n", all, possible)
                                                           : fmt::format(" {} of {} pools could ever run it.\n", possible, all));
  }

  [[nodiscard]] std::string WithoutRule() const {
    const bool is_for_round = std::ranges::all_of(subject_.spans, [](const WaitingSpan& span) { return span.stated == Stated::kNotYet; });
    return is_for_round ? Say("for the next decision round.", "等待下一轮决策。") : Say("no reason was stated.", "未说明原因。");
  }

  [[nodiscard]] std::string AskedFor() const {
    const workload::SimJob& asked = subject_.asked;
    const Inventory& inventory = subject_.inventory();
    std::string accepted;
    for (std::size_t i = 0; i < inventory.accelerators.size(); ++i) {
      if ((subject_.profile().accelerators >> i & 1) != 0) accepted += (accepted.empty() ? "" : ", ") + inventory.accelerators[i].name;
    }
    std::string text;
    const auto& classes = subject_.run.scenario().classes;
    if (asked.job_class.value() < classes.size()) text += classes[asked.job_class.value()].name + " · ";
    text += Units(asked.job.milli) + " × {" + accepted + "}";
    if (subject_.profile().shape == Shape::kOneDomain) text += Say(" in one fabric domain", "，在一个互联域内");
    if (asked.job.origin.value() < inventory.sites.size()) text += Say(" · from ", " · 来自 ") + inventory.sites[asked.job.origin.value()].name;
    text += subject_.profile().max_one_way == Duration::Max() ? Say(" · no latency bound", " · 无时延上限")
                                                              : Say(" · within ", " · 时延上限 ") + Milli(subject_.profile().max_one_way) + Say(" one-way", "（单程）");
    if (const std::string tiers = TierNames(subject_.profile().tiers); !tiers.empty()) text += Say(" · tiers ", " · 层级 ") + tiers;
    text += Say(" · priority ", " · 优先级 ") + std::to_string(asked.job.priority);
    return text + Say(" · request ", " · 申报 ") + LongSpan(asked.job.estimate.seconds()) + Say(" (true ", "（真实 ") + LongSpan(asked.duration.seconds()) +
           Say(")", "）") + "\n";
  }

  // "device, edge"; empty: any, as what is sent to the cloud may run everywhere.
  static std::string TierNames(std::uint8_t tiers) {
    static constexpr std::array<std::pair<Tier, const char*>, 4> kNames = {
        {{Tier::kDevice, "device"}, {Tier::kEdge, "edge"}, {Tier::kRegional, "regional"}, {Tier::kCloud, "cloud"}}};
    std::string text;
    for (const auto& [tier, name] : kNames) {
      if ((tiers & TierBit(tier)) != 0) text += std::string(text.empty() ? "" : ", ") + name;
    }
    return tiers == kAnyTier ? "" : text;
  }

  static std::string Milli(Duration length) { return fmt::format("{:.1f} ms", length.seconds() * 1000); }

  void AddSubmission() {
    std::array<std::uint32_t, kRules> counts{};
    for (const Rule rule : subject_.shape->excluded) ++counts[static_cast<std::size_t>(rule)];
    std::string text = language_ == report::Language::kChinese ? fmt::format("提交。{} 个资源池：", subject_.inventory().pools.size())
                                                               : fmt::format("submitted. Of {} pools: ", subject_.inventory().pools.size());
    for (std::size_t rule = 1; rule < kRules; ++rule) {
      if (counts[rule] > 0) text += fmt::format("{} {} · ", counts[rule], RuleText(static_cast<Rule>(rule)));
    }
    Tell(subject_.job().submit, Line::kSubmitted, text + std::to_string(counts[0]) + Say(" possible", " 可用"));
  }

  void AddReasons() {
    const std::vector<WaitingSpan>& spans = subject_.spans;
    if (spans.size() <= kMostReasons) return AddReasons(0, spans.size());
    AddReasons(0, kFirstReasons);
    const WaitingSpan& left_out = spans[kFirstReasons];
    const std::size_t count = spans.size() - kFirstReasons - kLastReasons;
    Tell(left_out.from, Line::kReason, fmt::format("… {}{}", count, Say(" further reasons, left out here (--json has all)", " 个其他原因，此处从略（--json 给出全部）")));
    AddReasons(spans.size() - kLastReasons, spans.size());
  }

  void AddReasons(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const WaitingSpan& span = subject_.spans[i];
      Tell(span.from, Line::kReason, ReasonText(span) + Say(", for ", "，持续 ") + LongSpan((span.to - span.from).seconds()));
    }
  }

  [[nodiscard]] std::string ReasonText(const WaitingSpan& span) const {
    if (span.stated == Stated::kNotYet) return Say("waits for the next decision round", "等待下一轮决策");
    if (span.stated == Stated::kNothing) return BehindText(subject_.folds.why.BehindIn(span.from, span.to));
    const bool names_a_job = span.reason.rule == Rule::kClosed || span.reason.rule == Rule::kDeferred;
    std::string text = Say("waits: ", "等待：") + RuleText(span.reason.rule);
    if (names_a_job && span.reason.subject < subject_.run.names.size()) return text + ", " + Named(JobId(span.reason.subject));
    if (!names_a_job && span.reason.subject < subject_.inventory().pools.size()) text += Say(" at ", "，") + subject_.inventory().pools[span.reason.subject].name;
    return text;
  }

  // Without a reason of its own.
  [[nodiscard]] std::string BehindText(const metrics::Behind& behind) const {
    if (behind.all_closed() > 0 && behind.all_closed() >= behind.deferred) {
      const auto most = std::ranges::max_element(behind.closed);
      return Say("waits: ", "等待：") + RuleText(Rule::kClosed) + Say(", which waits for: ", "，其自身等待：") +
             RuleText(static_cast<Rule>(most - behind.closed.begin()));
    }
    if (behind.deferred > 0) return Say("waits: ", "等待：") + RuleText(Rule::kDeferred);
    return Say("waits; no reason was stated", "等待；未说明原因");
  }

  void AddStays() {
    for (const record::Refused& refused : subject_.run.history.refusals()) {
      if (refused.job == subject_.id) Tell(refused.at, Line::kRefused, Say("its start was refused by ", "开始被拒绝：") + subject_.inventory().pools[refused.pool.value()].name + ": " + RuleText(refused.rule));
    }
    for (const metrics::Stay& stay : subject_.stays) {
      Tell(stay.granted, Line::kStarted, (stay.began == stay.granted ? Say("starts: ", "开始运行：") : Say("is placed: ", "获得资源：")) + PlaceText(stay));
      if (stay.computed() && stay.began != stay.granted) Tell(stay.began, Line::kStarted, Say("begins to compute", "开始计算"));
      if (stay.stopped) Tell(stay.left, Line::kStopped, StopText(stay));
    }
  }

  [[nodiscard]] std::string PlaceText(const metrics::Stay& stay) const {
    const Pool& pool = subject_.inventory().pools[stay.pool.value()];
    std::string text = Units(stay.milli) + " × " + pool.name;
    const Center& center = subject_.inventory().centers[pool.center.value()];
    text += Say(" at ", "，") + center.name + (center.name_zh.empty() ? "" : " " + center.name_zh);
    const SiteId origin = subject_.asked.job.origin;
    if (!origin.is_none() && !center.site.is_none()) {
      if (const auto one_way = subject_.topology.OneWay(origin, center.site)) text += ", " + Milli(*one_way) + Say(" one-way from its origin", "（单程，距来源地）");
    }
    if (stay.speed_num != stay.speed_den) text += fmt::format(", {}{:.3g}", Say("speed ", "速度 "), static_cast<double>(stay.speed_num) / stay.speed_den);
    return text;
  }

  [[nodiscard]] std::string StopText(const metrics::Stay& stay) const {
    const bool is_preempted = stay.reason == StopReason::kPreempted;
    std::string text = is_preempted ? Say("is stopped by the policy", "被调度策略停止") : Say("is stopped by an outage", "因中断停止");
    if (stay.lost > Duration()) text += Say(", loses work of ", "，损失的工作 ") + LongSpan(stay.lost.seconds());
    return text + Say(" and waits again", "，再次等待");
  }

  void AddEnd() {
    const record::ScheduledJob& job = subject_.job();
    if (job.state == EndState::kInfeasible) return Tell(job.end, Line::kEnded, Say("infeasible, and told so at once", "无处可运行，当即告知"));
    const std::string state(Name(job.state));
    Tell(job.end, Line::kEnded, Say("ends: ", "结束：") + state + (job.state == EndState::kUnfinished ? Say(" (the run ended here)", "（运行到此结束）") : ""));
  }

  const Subject& subject_;
  report::Language language_;
  std::vector<Line> lines_;
};

Json WaitJson(const Subject& subject, const WaitingSpan& span) {
  static constexpr std::array<const char*, 3> kStated = {"next-round", "reason", "not-stated"};
  Json json = {{"from_s", FormatSeconds(span.from)}, {"to_s", FormatSeconds(span.to)}, {"stated", kStated.at(static_cast<std::size_t>(span.stated))}};
  if (span.stated == Stated::kNothing && subject.folds.why.BehindIn(span.from, span.to).nothing < (span.to - span.from).ns()) json["stated"] = "for-all-behind";
  if (span.stated != Stated::kReason) return json;
  json["rule"] = Name(span.reason.rule);
  const bool names_a_job = span.reason.rule == Rule::kClosed || span.reason.rule == Rule::kDeferred;
  if (names_a_job && span.reason.subject < subject.run.names.size()) json["job"] = subject.run.names[span.reason.subject];
  if (!names_a_job && span.reason.subject < subject.inventory().pools.size()) json["pool"] = subject.inventory().pools[span.reason.subject].name;
  return json;
}

}  // namespace

std::string JobStoryText(const StoredRun& run, JobId job, report::Language language) {
  const Subject subject(run, job);
  return Teller(subject, language).Text();
}

Json JobStoryJson(const StoredRun& run, JobId id) {
  const Subject subject(run, id);
  Json waits = Json::array();
  for (const WaitingSpan& span : subject.spans) waits.push_back(WaitJson(subject, span));
  Json stays = Json::array();
  for (const metrics::Stay& stay : subject.stays) {
    stays.push_back({{"granted_s", FormatSeconds(stay.granted)}, {"began_s", stay.computed() ? Json(FormatSeconds(stay.began)) : Json(nullptr)},
                     {"left_s", FormatSeconds(stay.left)}, {"pool", subject.inventory().pools[stay.pool.value()].name}, {"is_stopped", stay.stopped}});
  }
  Json excluded = Json::object();
  for (std::size_t i = 0; i < subject.shape->excluded.size(); ++i) {
    if (subject.shape->excluded[i] != Rule::kNone) excluded[subject.inventory().pools[i].name] = Name(subject.shape->excluded[i]);
  }
  return {{"schema_version", 1}, {"job", run.names[id.value()]}, {"submit_s", FormatSeconds(subject.job().submit)}, {"end_s", FormatSeconds(subject.job().end)},
          {"state", Name(subject.job().state)}, {"pools", subject.inventory().pools.size()}, {"possible_pools", subject.shape->pools.size()},
          {"excluded", excluded}, {"waits", waits}, {"stays", stays}};
}

}  // namespace suanwang::cli
