#include "simulator/study/baseline.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scheduler/base/hash.h"
#include "simulator/study/paired.h"

namespace suanwang::study {
namespace {

using nlohmann::ordered_json;

constexpr double kUsualTolerance = 0.005;

ordered_json KeptJson(const Kept& kept) {
  ordered_json labels = ordered_json::object();
  for (const metrics::Label& label : kept.labels) labels[label.key] = label.value;
  return {{"name", kept.name}, {"labels", labels}, {"value", kept.value ? ordered_json(*kept.value) : ordered_json(nullptr)},
          {"abs", kept.abs}, {"rel", kept.rel}};
}

Kept KeptOf(const ordered_json& json) {
  Kept kept;
  kept.name = json.at("name").get<std::string>();
  for (const auto& [key, value] : json.at("labels").items()) kept.labels.push_back({key, value.get<std::string>()});
  if (!json.at("value").is_null()) kept.value = json.at("value").get<double>();
  kept.abs = json.value("abs", 0.0);
  kept.rel = json.value("rel", 0.0);
  return kept;
}

std::uint64_t HashOfHex(const std::string& text) {
  std::uint64_t hash = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hash, 16);
  if (text.size() != 16 || error != std::errc() || end != text.data() + text.size()) throw std::invalid_argument("'" + text + "' is no hash");
  return hash;
}

ordered_json MadeByJson(const MadeBy& one) {
  return {{"version", one.version}, {"build_id", one.build_id}, {"scenario_hash", HashText(one.scenario_hash)}, {"policy", one.policy}};
}

MadeBy MadeByOf(const ordered_json& json) {
  return {json.at("version").get<std::string>(), json.at("build_id").get<std::string>(), HashOfHex(json.at("scenario_hash").get<std::string>()),
          json.at("policy").get<std::string>()};
}

Baseline FromJson(const ordered_json& json) {
  Baseline baseline;
  if (json.at("schema_version") != 1) throw std::invalid_argument("schema_version is not 1");
  baseline.because = json.at("because").get<std::string>();
  baseline.made_by = MadeByOf(json.at("made_by"));
  baseline.journal_format = json.at("journal_format").get<std::uint32_t>();
  for (const ordered_json& seed : json.at("seeds")) {
    baseline.seeds.push_back({seed.at("seed").get<std::uint64_t>(), HashOfHex(seed.at("decision_hash").get<std::string>())});
  }
  for (const ordered_json& value : json.at("values")) baseline.values.push_back(KeptOf(value));
  return baseline;
}

// Mean over the runs; nothing: one has no number.
std::optional<double> MeanOf(const Study& study, std::string_view name, const metrics::Labels& labels) {
  std::vector<double> numbers;
  for (const std::optional<SeedRun>& run : study.sides.front().runs) {
    const metrics::Value* value = run ? metrics::Find(run->values, name, labels) : nullptr;
    if (value == nullptr || !value->number) return std::nullopt;
    numbers.push_back(*value->number);
  }
  return EstimateMean(numbers).mean;
}

Change ChangeOf(const Kept& kept, std::optional<double> now) {
  Change change{.kept = kept, .now = now};
  if (!kept.value || !now) {
    change.is_within = !kept.value && !now;
    return change;
  }
  change.allowed = std::max(kept.abs, kept.rel * std::abs(*kept.value));
  change.is_within = std::abs(*now - *kept.value) <= change.allowed;
  return change;
}

void HoldSeeds(const std::vector<SeedDecisions>& before, const std::vector<SeedDecisions>& now, std::vector<SeedChange>& changes) {
  const auto hash_in = [](const std::vector<SeedDecisions>& all, std::uint64_t seed) -> std::optional<std::uint64_t> {
    const auto found = std::ranges::find(all, seed, &SeedDecisions::seed);
    return found == all.end() ? std::nullopt : std::optional(found->decision_hash);
  };
  for (const SeedDecisions& one : now) changes.push_back({one.seed, hash_in(before, one.seed), one.decision_hash});
  for (const SeedDecisions& one : before) {
    if (!hash_in(now, one.seed)) changes.push_back({one.seed, one.decision_hash, std::nullopt});
  }
}

}  // namespace

std::vector<SeedDecisions> DecisionsOf(const Study& study) {
  std::vector<SeedDecisions> all;
  for (std::size_t i = 0; i < study.seeds.size(); ++i) {
    const std::optional<SeedRun>& run = study.sides.front().runs[i];
    if (run) all.push_back({study.seeds[i], run->decision_hash});
  }
  return all;
}

std::string ToText(const Baseline& baseline) {
  ordered_json json = {{"schema_version", 1}, {"because", baseline.because}, {"made_by", MadeByJson(baseline.made_by)}, {"journal_format", baseline.journal_format}};
  json["seeds"] = ordered_json::array();
  for (const SeedDecisions& seed : baseline.seeds) {
    json["seeds"].push_back({{"seed", seed.seed}, {"decision_hash", HashText(seed.decision_hash)}});
  }
  json["values"] = ordered_json::array();
  for (const Kept& kept : baseline.values) json["values"].push_back(KeptJson(kept));
  return json.dump(1) + "\n";
}

std::variant<Baseline, std::string> ParseBaseline(std::string_view text) {
  try {
    return FromJson(ordered_json::parse(text));
  } catch (const std::exception& error) {  // of the JSON library and of FromJson: the file is not one of ours
    return "no baseline that can be read (" + std::string(error.what()) + "); make a new one with --accept -m why";
  }
}

bool Drift::same_seeds() const {
  return std::ranges::all_of(seeds, [](const SeedChange& seed) { return seed.before && seed.now; });
}

bool Drift::same_decisions() const {
  return std::ranges::all_of(seeds, [](const SeedChange& seed) { return seed.before && seed.before == seed.now; });
}

bool Drift::all_within() const { return std::ranges::all_of(changes, &Change::is_within); }

bool Drift::holds() const { return all_within() && same_seeds() && (same_decisions() || !changes.empty()); }

Drift DriftOf(const Baseline& baseline, std::uint32_t journal_format, const Study& study) {
  Drift drift{.because = baseline.because, .before = baseline.made_by,
              .old_format = baseline.journal_format == journal_format ? 0 : baseline.journal_format, .seeds = {}, .changes = {}};
  HoldSeeds(baseline.seeds, DecisionsOf(study), drift.seeds);
  for (const Kept& kept : baseline.values) drift.changes.push_back(ChangeOf(kept, MeanOf(study, kept.name, kept.labels)));
  return drift;
}

Baseline BaselineOf(const Study& study, const Acceptance& acceptance) {
  Baseline baseline{.because = acceptance.because, .made_by = acceptance.made_by, .journal_format = acceptance.journal_format,
                    .seeds = DecisionsOf(study), .values = {}};
  if (acceptance.before) baseline.values = acceptance.before->values;
  if (!acceptance.before) {
    for (const auto& [name, labels] : acceptance.values) baseline.values.push_back({.name = name, .labels = labels, .value = {}, .rel = kUsualTolerance});
  }
  for (Kept& kept : baseline.values) kept.value = MeanOf(study, kept.name, kept.labels);
  return baseline;
}

}  // namespace suanwang::study
