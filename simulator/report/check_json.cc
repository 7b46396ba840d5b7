#include <nlohmann/json.hpp>

#include "simulator/report/check_text.h"

namespace suanwang::report {
namespace {

using nlohmann::ordered_json;

ordered_json OrNull(std::optional<double> number) { return number ? ordered_json(*number) : ordered_json(nullptr); }

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

ordered_json CheckedJson(const study::Checked& one) {
  ordered_json json = {{"file", one.file}, {"holds", one.holds()}, {"problems", one.problems}, {"seeds", one.seeds},
                       {"accepted", one.accepted}, {"first_difference", one.first_difference}};
  json["expectations"] = ordered_json::array();
  for (const study::CheckedClaim& claim : one.claims) json["expectations"].push_back(ClaimJson(claim));
  json["baseline"] = nullptr;
  if (!one.drift) return json;
  json["baseline"] = {{"same_decisions", one.drift->same_decisions}, {"same_seeds", one.drift->same_seeds}, {"values", ordered_json::array()}};
  for (const study::Change& change : one.drift->changes) json["baseline"]["values"].push_back(ChangeJson(change));
  return json;
}

}  // namespace

ordered_json CheckJson(std::span<const study::Checked> all) {
  ordered_json json = {{"schema_version", 1}, {"exit_code", study::ExitCodeOf(all)}, {"scenarios", ordered_json::array()}};
  for (const study::Checked& one : all) json["scenarios"].push_back(CheckedJson(one));
  return json;
}

}  // namespace suanwang::report
