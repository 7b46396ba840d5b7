#include <nlohmann/json.hpp>

#include "scheduler/base/hash.h"
#include "simulator/report/check_text.h"
#include "simulator/scenario/date.h"

namespace suanwang::report {
namespace {

using nlohmann::ordered_json;
using study::Checked;
using study::Decided;
using study::Parting;

template <class Value>
ordered_json OrNull(const std::optional<Value>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json HashJson(std::optional<std::uint64_t> hash) { return hash ? ordered_json(HashText(*hash)) : ordered_json(nullptr); }

ordered_json MadeByJson(const study::MadeBy& one) {
  return {{"version", one.version}, {"build_id", one.build_id}, {"scenario_hash", HashText(one.scenario_hash)}, {"policy", one.policy}};
}

ordered_json ClaimJson(const study::CheckedClaim& claim) {
  const study::Judgement& judgement = claim.judgement;
  return {{"that", claim.expected.that}, {"because", claim.expected.because}, {"place", claim.expected.place},
          {"holds", judgement.holds}, {"got", OrNull(judgement.got)}, {"is_lower_bound", judgement.bound != metrics::Bound::kExact},
          {"seeds", judgement.seeds}, {"selected", judgement.selected}, {"why_not", judgement.why_not}};
}

ordered_json ChangeJson(const study::Change& change) {
  ordered_json labels = ordered_json::object();
  for (const metrics::Label& label : change.kept.labels) labels[label.key] = label.value;
  return {{"name", change.kept.name}, {"labels", labels}, {"baseline", OrNull(change.kept.value)}, {"now", OrNull(change.now)},
          {"allowed", change.allowed}, {"within", change.is_within}};
}

// Seconds as a decimal text, exact to the nanosecond.
ordered_json InstantJson(Time at, const Checked& one) {
  if (at == Time::Never()) return nullptr;
  ordered_json json = {{"s", FormatSeconds(at)}};
  const std::string date = scenario::DateOf(at, one.start, one.window_begin);
  if (!date.empty()) json["date"] = date;
  return json;
}

ordered_json DecidedJson(const Parting& parting, const Decided& decided, const Checked& one) {
  if (!decided.is_told) return nullptr;
  if (parting.kind == Parting::Kind::kPreemption) return {{"preempted", InstantJson(decided.start, one)}, {"pool", decided.pool}};
  return {{"start", InstantJson(decided.start, one)}, {"end", InstantJson(decided.end, one)}, {"state", decided.state}, {"pool", decided.pool},
          {"accelerators", decided.accelerators}};
}

ordered_json DivergenceJson(const Checked& one) {
  if (!one.divergence) return nullptr;
  const study::Divergence& divergence = *one.divergence;
  ordered_json json = {{"seed", divergence.seed}, {"is_named", divergence.parting.has_value()}};
  if (!divergence.parting) {
    json["alike_until"] = InstantJson(divergence.alike_until, one);
    return json;
  }
  const Parting& parting = *divergence.parting;
  json["at"] = InstantJson(parting.at, one);
  json["job_id"] = parting.job.value();
  json["job"] = divergence.job;
  json["expected"] = DecidedJson(parting, parting.before, one);
  json["happened"] = DecidedJson(parting, parting.now, one);
  return json;
}

ordered_json BaselineJson(const Checked& one) {
  if (!one.drift) return nullptr;
  const study::Drift& drift = *one.drift;
  ordered_json json = {{"because", drift.because}, {"made_by", MadeByJson(drift.before)}, {"same_decisions", drift.same_decisions()},
                       {"same_seeds", drift.same_seeds()}, {"holds", drift.holds()}, {"seeds", ordered_json::array()}, {"values", ordered_json::array()}};
  for (const study::SeedChange& seed : drift.seeds) {
    json["seeds"].push_back({{"seed", seed.seed}, {"baseline", HashJson(seed.before)}, {"now", HashJson(seed.now)}});
  }
  for (const study::Change& change : drift.changes) json["values"].push_back(ChangeJson(change));
  return json;
}

ordered_json CheckedJson(const Checked& one) {
  ordered_json json = {{"file", one.file}, {"holds", one.holds()}, {"problems", one.problems}, {"unwritten", one.unwritten}, {"made_by", nullptr}, {"decisions", ordered_json::array()},
                       {"accepted", one.accepted}};
  for (const study::SeedDecisions& seed : one.decisions) json["decisions"].push_back({{"seed", seed.seed}, {"decision_hash", HashText(seed.decision_hash)}});
  if (!one.is_wrong()) json["made_by"] = MadeByJson(one.made_by);
  json["expectations"] = ordered_json::array();
  for (const study::CheckedClaim& claim : one.claims) json["expectations"].push_back(ClaimJson(claim));
  json["baseline"] = BaselineJson(one);
  json["first_difference"] = DivergenceJson(one);
  json["see"] = one.see;
  return json;
}

}  // namespace

ordered_json CheckJson(const CheckAnswer& answer) {
  ordered_json json = {{"schema_version", 1}, {"version", answer.version}, {"build_id", answer.build_id}, {"exit_code", answer.exit_code()},
                       {"problems", answer.problems}, {"unwritten", answer.unwritten}, {"undone", answer.undone}, {"unchecked", answer.unchecked}, {"scenarios", ordered_json::array()}};
  for (const Checked& one : answer.scenarios) json["scenarios"].push_back(CheckedJson(one));
  return json;
}

}  // namespace suanwang::report
