#include "scheduler/policy/catalog.h"

#include <algorithm>
#include <array>
#include <limits>

#include "scheduler/policy/conservative.h"
#include "scheduler/policy/easy.h"
#include "scheduler/policy/list_policy.h"
#include "scheduler/policy/srtf.h"

namespace suanwang {
namespace {

// ---- knobs ----------------------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 5> kScoreNames = {"first", "nearest", "least-loaded", "best-fit", "worst-fit"};
constexpr std::array<std::string_view, 4> kOrderNames = {"fifo", "priority", "sjf", "smallest"};

constexpr KnobSpec kScoreKnob{.name = "score", .kind = KnobKind::kChoice, .default_text = "first", .help = "which of the options of a job is tried first", .choices = kScoreNames};
constexpr KnobSpec kHeadBlocksKnob{.name = "head_blocks", .kind = KnobKind::kBoolean, .default_text = "true", .help = "a job that does not fit closes its pools to those behind it"};
constexpr KnobSpec kHeadDoesNotBlockKnob{.name = "head_blocks", .kind = KnobKind::kBoolean, .default_text = "false", .help = kHeadBlocksKnob.help};
constexpr KnobSpec kOrderKnob{.name = "order", .kind = KnobKind::kChoice, .default_text = "priority", .help = "the order in which jobs are looked at", .choices = kOrderNames};
constexpr KnobSpec kDepthKnob{.name = "depth", .kind = KnobKind::kInteger, .default_text = "9223372036854775807", .help = "how many jobs behind the head are looked at"};
constexpr KnobSpec kRestartCostKnob{.name = "restart_cost", .kind = KnobKind::kStepTable, .default_text = "0s", .help = "work that each stop adds, by size, as 1:7s;8:30s;*:60s"};

constexpr std::array kScoreOnly = {kScoreKnob};
constexpr std::array kKeyKnobs = {kScoreKnob, kHeadBlocksKnob};
constexpr std::array kListKnobs = {kOrderKnob, kScoreKnob, kHeadDoesNotBlockKnob};
constexpr std::array kEasyKnobs = {kScoreKnob, kDepthKnob};
constexpr std::array kSrtfKnobs = {kRestartCostKnob};

// ---- factories ------------------------------------------------------------------------------------------------------

std::int64_t NoKey(const Job&) { return 0; }
std::int64_t ShortestKey(const Job& job) { return job.estimate.ns(); }
std::int64_t LongestKey(const Job& job) { return -job.estimate.ns(); }
std::int64_t SmallestKey(const Job& job) { return job.milli; }

const Score& ScoreOf(const KnobValues& knobs) { return *FindScore(knobs.Get<std::string>("score")); }

HeadBlocks HeadBlocksOf(const KnobValues& knobs) {
  return knobs.Get<bool>("head_blocks") ? HeadBlocks::kItsPools : HeadBlocks::kNot;
}

template <JobKey kKey>
std::unique_ptr<Policy> MakeByKey(const KnobValues& knobs) {
  return MakeListPolicy({KeyOrder(kKey), &ScoreOf(knobs), HeadBlocksOf(knobs)});
}

template <HeadBlocks kHeadBlocks>
std::unique_ptr<Policy> MakeByQueue(const KnobValues& knobs) {
  return MakeListPolicy({QueueOrder(), &ScoreOf(knobs), kHeadBlocks});
}

std::unique_ptr<JobOrder> OrderOf(const KnobValues& knobs) {
  const std::string& name = knobs.Get<std::string>("order");
  if (name == "fifo") return KeyOrder(NoKey);
  if (name == "sjf") return KeyOrder(ShortestKey);
  if (name == "smallest") return KeyOrder(SmallestKey);
  return QueueOrder();
}

std::unique_ptr<Policy> MakeList(const KnobValues& knobs) {
  return MakeListPolicy({OrderOf(knobs), &ScoreOf(knobs), HeadBlocksOf(knobs)});
}

std::unique_ptr<Policy> MakeEasyOf(const KnobValues& knobs) { return MakeEasy(ScoreOf(knobs), knobs.Get<std::int64_t>("depth")); }
std::unique_ptr<Policy> MakeConservativeOf(const KnobValues& knobs) { return MakeConservative(ScoreOf(knobs)); }
std::unique_ptr<Policy> MakeSrtfOf(const KnobValues& knobs) { return MakeSrtf(knobs.Get<std::vector<CostStep>>("restart_cost")); }

// ---- the table ------------------------------------------------------------------------------------------------------

constexpr std::array kPolicies = {
    PolicyEntry{"fifo", "first come, first served; a job that does not fit closes its pools to those behind it", "MODEL §1, §2", Knows::kNothing, false, kScoreOnly, MakeByQueue<HeadBlocks::kItsPools>},
    PolicyEntry{"fifo-global", "as fifo, but the job that does not fit closes every pool", "MODEL §2", Knows::kNothing, false, kScoreOnly, MakeByQueue<HeadBlocks::kAllPools>},
    PolicyEntry{"first-fit", "in queue order, everything that fits starts", "MODEL §1, §2", Knows::kNothing, false, kScoreOnly, MakeByQueue<HeadBlocks::kNot>},
    PolicyEntry{"sjf", "shortest estimate first", "MODEL §1, §2", Knows::kRequests, false, kKeyKnobs, MakeByKey<ShortestKey>},
    PolicyEntry{"ljf", "longest estimate first", "MODEL §1, §2", Knows::kRequests, false, kKeyKnobs, MakeByKey<LongestKey>},
    PolicyEntry{"smallest", "fewest accelerators first", "MODEL §1, §2", Knows::kNothing, false, kKeyKnobs, MakeByKey<SmallestKey>},
    PolicyEntry{"srtf", "shortest remaining time first, preemptive", "Schrage 1968", Knows::kTrueDurations, true, kSrtfKnobs, MakeSrtfOf},
    PolicyEntry{"easy", "backfilling that keeps the start promised to the head of the queue", "Lifka 1995; Mu'alem and Feitelson 2001", Knows::kRequests, false, kEasyKnobs, MakeEasyOf},
    PolicyEntry{"conservative", "backfilling that keeps the start promised to every job", "Mu'alem and Feitelson 2001", Knows::kRequests, false, kScoreOnly, MakeConservativeOf},
    PolicyEntry{"list", "an order of jobs with a score of options", "Graham 1966", Knows::kRequests, false, kListKnobs, MakeList},
};

template <class Range, class Projection>
std::vector<std::string_view> NamesOf(const Range& range, Projection projection) {
  std::vector<std::string_view> names;
  for (const auto& item : range) names.push_back(item.*projection);
  return names;
}

std::string NoSuch(std::string_view what, std::string_view name, const std::vector<std::string_view>& names) {
  std::string message = "no " + std::string(what) + " named '" + std::string(name) + "'";
  const std::string_view meant = DidYouMean(name, names);
  if (!meant.empty()) return message + " (did you mean '" + std::string(meant) + "'?)";
  message += names.empty() ? " (it has none)" : " (there are:";
  for (std::string_view known : names) message.append(" ").append(known);
  return names.empty() ? message : message + ")";
}

}  // namespace

std::span<const PolicyEntry> Policies() { return kPolicies; }

const PolicyEntry* FindPolicy(std::string_view name) {
  const auto found = std::ranges::find(kPolicies, name, &PolicyEntry::name);
  return found == kPolicies.end() ? nullptr : &*found;
}

std::string ToText(const PolicySpec& spec) {
  std::string text = spec.name;
  for (const auto& [name, value] : spec.knobs) text.append(",").append(name).append("=").append(value);
  return text;
}

std::variant<PolicySpec, std::string> ParsePolicySpec(std::string_view text) {
  PolicySpec spec;
  const std::size_t name_end = std::min(text.find(','), text.size());
  spec.name = text.substr(0, name_end);
  std::string_view rest = text.substr(std::min(name_end + 1, text.size()));
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view pair = rest.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      return "'" + std::string(pair) + "' in policy '" + std::string(text) + "' is no knob=value (as in easy,depth=10)";
    }
    if (!spec.knobs.emplace(pair.substr(0, equals), pair.substr(equals + 1)).second) {
      return "knob '" + std::string(pair.substr(0, equals)) + "' is given twice in policy '" + std::string(text) + "'";
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return spec;
}

std::variant<std::unique_ptr<Policy>, Problems> MakePolicy(const PolicySpec& spec) {
  const PolicyEntry* entry = FindPolicy(spec.name);
  if (entry == nullptr) return Problems{NoSuch("policy", spec.name, NamesOf(kPolicies, &PolicyEntry::name))};
  Problems problems;
  for (const auto& [name, value] : spec.knobs) {
    if (std::ranges::find(entry->knobs, name, &KnobSpec::name) != entry->knobs.end()) continue;
    problems.push_back("policy " + spec.name + ": " + NoSuch("knob", name, NamesOf(entry->knobs, &KnobSpec::name)));
  }
  KnobValues values;
  for (const KnobSpec& knob : entry->knobs) {
    const auto given = spec.knobs.find(std::string(knob.name));
    auto parsed = ParseKnob(knob, given == spec.knobs.end() ? knob.default_text : std::string_view(given->second));
    if (auto* wrong = std::get_if<std::string>(&parsed)) {
      problems.push_back("policy " + spec.name + ": knob " + *wrong);
    } else {
      values.Set(knob.name, std::move(std::get<KnobValue>(parsed)));
    }
  }
  if (!problems.empty()) return problems;
  return entry->make(values);
}

}  // namespace suanwang
