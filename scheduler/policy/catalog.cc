#include "scheduler/policy/catalog.h"

#include <algorithm>
#include <array>
#include <limits>

#include "scheduler/base/nearest_name.h"
#include "scheduler/policy/conservative.h"
#include "scheduler/policy/easy.h"
#include "scheduler/policy/list_policy.h"
#include "scheduler/policy/parts/fair_share.h"
#include "scheduler/policy/parts/lane_order.h"
#include "scheduler/policy/srtf.h"

namespace suanwang {
namespace {

// ---- orders ---------------------------------------------------------------------------------------------------------

std::int64_t NoKey(const Job&) { return 0; }
std::int64_t ShortestKey(const Job& job) { return job.estimate.ns(); }
std::int64_t LongestKey(const Job& job) { return -job.estimate.ns(); }
std::int64_t SmallestKey(const Job& job) { return job.milli; }

HeadBlocks HeadBlocksOf(const KnobValues& knobs) {
  return knobs.Get<bool>("head_blocks") ? HeadBlocks::kItsPools : HeadBlocks::kNot;
}

template <JobKey kKey>
std::unique_ptr<JobOrder> ByKey(const KnobValues& knobs) {
  return HeadBlocksOf(knobs) == HeadBlocks::kItsPools ? LaneOrder(kKey) : KeyOrder(kKey);
}

std::unique_ptr<JobOrder> ByQueue(const KnobValues& knobs) {
  return HeadBlocksOf(knobs) == HeadBlocks::kItsPools ? LaneOrder(QueueKey) : QueueOrder();
}

std::unique_ptr<JobOrder> ByFairShare(const KnobValues& knobs) {
  return FairShareOrder(knobs.Get<std::vector<TenantWeight>>("weights"));
}

struct OrderEntry {
  std::string_view name;
  bool uses_estimates = false;
  std::unique_ptr<JobOrder> (*make)(const KnobValues& knobs) = nullptr;
};
constexpr std::array kOrders = {
    OrderEntry{"fifo", false, ByKey<NoKey>},
    OrderEntry{"priority", false, ByQueue},
    OrderEntry{"sjf", true, ByKey<ShortestKey>},
    OrderEntry{"smallest", false, ByKey<SmallestKey>},
    OrderEntry{"fair-share", false, ByFairShare},
};

// ---- knobs ----------------------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 8> kScoreNames = {"first", "nearest", "least-loaded", "best-fit", "worst-fit", "cheapest", "greenest", "most-reliable"};
constexpr std::array<std::string_view, 10> kChoiceNames = {"first", "nearest", "least-loaded", "best-fit", "worst-fit", "cheapest", "greenest", "most-reliable", "round-robin", "random"};
constexpr std::array<std::string_view, 5> kOrderNames = {"fifo", "priority", "sjf", "smallest", "fair-share"};

constexpr KnobSpec kScoreKnob{.name = "score", .kind = KnobKind::kChoice, .default_text = "first", .help = "which of the options of a job comes first", .choices = kScoreNames};
constexpr KnobSpec kChoiceKnob{.name = "score", .kind = KnobKind::kChoice, .default_text = "first", .help = "which of the options of a job it takes", .choices = kChoiceNames};
constexpr KnobSpec kHeadBlocksKnob{.name = "head_blocks", .kind = KnobKind::kBoolean, .default_text = "true", .help = "a job that does not fit closes its pools to those behind it"};
constexpr KnobSpec kHeadDoesNotBlockKnob{.name = "head_blocks", .kind = KnobKind::kBoolean, .default_text = "false", .help = kHeadBlocksKnob.help};
constexpr KnobSpec kOrderKnob{.name = "order", .kind = KnobKind::kChoice, .default_text = "priority", .help = "the order in which jobs are looked at", .choices = kOrderNames};
constexpr KnobSpec kWeightsKnob{.name = "weights", .kind = KnobKind::kWeights, .default_text = "", .help = "what tenants are due in the order fair-share, by number, as 0:3;2:1; all others 1"};
constexpr KnobSpec kDepthKnob{.name = "depth", .kind = KnobKind::kInteger, .default_text = "all", .help = "how many jobs behind the head are looked at"};
constexpr KnobSpec kRestartCostKnob{.name = "restart_cost", .kind = KnobKind::kStepTable, .default_text = "0s", .help = "work that each stop adds, by size, as 1:7s;8:30s;*:60s"};

constexpr std::array kChoiceOnly = {kChoiceKnob};
constexpr std::array kScoreOnly = {kScoreKnob};
constexpr std::array kKeyKnobs = {kChoiceKnob, kHeadBlocksKnob};
constexpr std::array kBlocksOnly = {kHeadDoesNotBlockKnob};
constexpr std::array kListKnobs = {kOrderKnob, kChoiceKnob, kHeadDoesNotBlockKnob, kWeightsKnob};
constexpr std::array kEasyKnobs = {kScoreKnob, kDepthKnob};
constexpr std::array kSrtfKnobs = {kRestartCostKnob};

// ---- factories ------------------------------------------------------------------------------------------------------

const OrderEntry& OrderOf(std::string_view name) { return *std::ranges::find(kOrders, name, &OrderEntry::name); }

std::unique_ptr<Score> ScoreOf(const KnobValues& knobs) { return FindScore(knobs.Get<std::string>("score"))->make(); }

std::unique_ptr<OptionChoice> ChoiceOf(const KnobValues& knobs) {
  const std::string& name = knobs.Get<std::string>("score");
  if (name == "round-robin") return ChooseInTurn();
  if (name == "random") return ChooseAtRandom();
  return ChooseBest(ScoreOf(knobs));
}

template <JobKey kKey>
std::unique_ptr<Policy> MakeByKey(const KnobValues& knobs) {
  return MakeListPolicy({ByKey<kKey>(knobs), ChoiceOf(knobs), HeadBlocksOf(knobs)});
}

std::unique_ptr<Policy> MakeFifo(const KnobValues& knobs) {
  return MakeListPolicy({LaneOrder(QueueKey), ChoiceOf(knobs), HeadBlocks::kItsPools});
}

template <HeadBlocks kHeadBlocks>
std::unique_ptr<Policy> MakeByQueue(const KnobValues& knobs) {
  return MakeListPolicy({QueueOrder(), ChoiceOf(knobs), kHeadBlocks});
}

std::unique_ptr<Policy> MakeList(const KnobValues& knobs) {
  return MakeListPolicy({OrderOf(knobs.Get<std::string>("order")).make(knobs), ChoiceOf(knobs), HeadBlocksOf(knobs)});
}

std::unique_ptr<Policy> MakeRoundRobin(const KnobValues& knobs) {
  return MakeListPolicy({ByQueue(knobs), ChooseInTurn(), HeadBlocksOf(knobs)});
}
std::unique_ptr<Policy> MakeRandom(const KnobValues& knobs) {
  return MakeListPolicy({ByQueue(knobs), ChooseAtRandom(), HeadBlocksOf(knobs)});
}

std::unique_ptr<Policy> MakeEasyOf(const KnobValues& knobs) { return MakeEasy(ScoreOf(knobs), knobs.Get<std::int64_t>("depth")); }
std::unique_ptr<Policy> MakeConservativeOf(const KnobValues& knobs) { return MakeConservative(ScoreOf(knobs)); }
std::unique_ptr<Policy> MakeSrtfOf(const KnobValues& knobs) { return MakeSrtf(knobs.Get<std::vector<CostStep>>("restart_cost")); }

// ---- the table ------------------------------------------------------------------------------------------------------

constexpr std::array kPolicies = {
    PolicyEntry{"fifo", "first come, first served; a job that does not fit closes its pools to those behind it", "MODEL §1, §2", Knows::kNothing, false, kChoiceOnly, MakeFifo},
    PolicyEntry{"fifo-global", "as fifo, but the job that does not fit closes every pool", "MODEL §2", Knows::kNothing, false, kChoiceOnly, MakeByQueue<HeadBlocks::kAllPools>},
    PolicyEntry{"first-fit", "in queue order, everything that fits starts", "MODEL §1, §2", Knows::kNothing, false, kChoiceOnly, MakeByQueue<HeadBlocks::kNot>},
    PolicyEntry{"sjf", "shortest estimate first", "MODEL §1, §2", Knows::kRequests, false, kKeyKnobs, MakeByKey<ShortestKey>},
    PolicyEntry{"ljf", "longest estimate first", "MODEL §1, §2", Knows::kRequests, false, kKeyKnobs, MakeByKey<LongestKey>},
    PolicyEntry{"smallest", "fewest accelerators first", "MODEL §1, §2", Knows::kNothing, false, kKeyKnobs, MakeByKey<SmallestKey>},
    PolicyEntry{"srtf", "shortest remaining time first, preemptive", "Schrage 1968", Knows::kTrueDurations, true, kSrtfKnobs, MakeSrtfOf},
    PolicyEntry{"easy", "backfilling that keeps the start promised to the head of the queue", "Lifka 1995; Mu'alem and Feitelson 2001", Knows::kRequests, false, kEasyKnobs, MakeEasyOf},
    PolicyEntry{"conservative", "backfilling that keeps the start promised to every job", "Mu'alem and Feitelson 2001", Knows::kRequests, false, kScoreOnly, MakeConservativeOf},
    PolicyEntry{"round-robin", "in queue order, each on the next pool after the one granted last", "MODEL §2", Knows::kNothing, false, kBlocksOnly, MakeRoundRobin},
    PolicyEntry{"random", "in queue order, each on any of its options", "MODEL §2", Knows::kNothing, false, kBlocksOnly, MakeRandom, true},
    PolicyEntry{"list", "an order of jobs with a score of options", "Graham 1966; fair-share: Kay and Lauder 1988", Knows::kNothing, false, kListKnobs, MakeList},
};

template <class Range, class Projection>
std::vector<std::string_view> NamesOf(const Range& range, Projection projection) {
  std::vector<std::string_view> names;
  for (const auto& item : range) names.push_back(item.*projection);
  return names;
}

std::string NoSuch(std::string_view what, std::string_view name, const std::vector<std::string_view>& names) {
  std::string message = "no " + std::string(what) + " named '" + std::string(name) + "'";
  const std::string guess = DidYouMean<std::string_view>(name, names);
  if (!guess.empty()) return message + " (" + guess + ")";
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

Knows KnowsOf(const PolicySpec& spec) {
  const PolicyEntry* entry = FindPolicy(spec.name);
  if (entry == nullptr) return Knows::kNothing;
  const auto score = spec.knobs.find("score");
  const ScoreEntry* scored = score == spec.knobs.end() ? nullptr : FindScore(score->second);
  const auto order = spec.knobs.find("order");
  const auto ordered = order == spec.knobs.end() ? kOrders.end() : std::ranges::find(kOrders, order->second, &OrderEntry::name);
  const bool reckons = (scored != nullptr && scored->uses_estimates) || (ordered != kOrders.end() && ordered->uses_estimates);
  return reckons ? std::max(entry->knows, Knows::kRequests) : entry->knows;
}

bool DrawsChance(const PolicySpec& spec) {
  const PolicyEntry* entry = FindPolicy(spec.name);
  const auto score = spec.knobs.find("score");
  return (entry != nullptr && entry->draws_chance) || (score != spec.knobs.end() && score->second == "random");
}

std::string ToText(const PolicySpec& spec) {
  std::string text = spec.name;
  for (const auto& [name, value] : spec.knobs) text.append(",").append(name).append("=").append(value);
  return text;
}

std::variant<PolicySpec, std::string> ParsePolicySpec(std::string_view text) {
  PolicySpec spec;
  std::size_t end = std::min(text.find(','), text.size());
  spec.name = text.substr(0, end);
  while (end < text.size()) {
    const std::size_t begin = end + 1;
    end = std::min(text.find(',', begin), text.size());
    const std::string_view pair = text.substr(begin, end - begin);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      return "'" + std::string(pair) + "' in policy '" + std::string(text) + "' is no knob=value (as in easy,depth=10)";
    }
    if (!spec.knobs.emplace(pair.substr(0, equals), pair.substr(equals + 1)).second) {
      return "knob '" + std::string(pair.substr(0, equals)) + "' is given twice in policy '" + std::string(text) + "'";
    }
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
