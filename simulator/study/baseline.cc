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

Baseline FromJson(const ordered_json& json) {
  Baseline baseline;
  if (json.at("schema_version") != 1) throw std::invalid_argument("schema_version is not 1");
  baseline.because = json.at("because").get<std::string>();
  baseline.journal_format = json.at("journal_format").get<std::uint32_t>();
  for (const ordered_json& seed : json.at("seeds")) {
    baseline.seeds.push_back({seed.at("seed").get<std::uint64_t>(), HashOfHex(seed.at("decision_hash").get<std::string>())});
  }
  for (const ordered_json& value : json.at("values")) baseline.values.push_back(KeptOf(value));
  return baseline;
}

// Mean over the runs; nothing: one has no number.
std::optional<double> MeanOf(const Study& study, std::size_t variant, std::string_view name, const metrics::Labels& labels) {
  std::vector<double> numbers;
  for (const std::optional<SeedRun>& run : study.sides[variant].runs) {
    const metrics::Value* value = run ? metrics::Find(run->values, name, labels) : nullptr;
    if (value == nullptr || !value->number) return std::nullopt;
    numbers.push_back(*value->number);
  }
  return EstimateMean(numbers).mean;
}

std::vector<SeedDecisions> DecisionsOf(const Study& study, std::size_t variant) {
  std::vector<SeedDecisions> all;
  for (std::size_t i = 0; i < study.seeds.size(); ++i) {
    const std::optional<SeedRun>& run = study.sides[variant].runs[i];
    if (run) all.push_back({study.seeds[i], run->decision_hash});
  }
  return all;
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

// A line of a decision log, cut at its commas.
std::vector<std::string_view> Cells(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

constexpr std::int64_t kNever = INT64_MAX;

std::int64_t Instant(std::string_view cell) {
  std::int64_t ns = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), ns);
  return error == std::errc() && end == cell.data() + cell.size() ? ns : kNever;
}

// When one of the two lines says something that the other does not.
std::int64_t InstantOf(const std::vector<std::string_view>& before, const std::vector<std::string_view>& now) {
  if (before.size() < 6 || now.size() < 6) {
    const std::vector<std::string_view>& longer = before.size() > now.size() ? before : now;
    return longer.size() == 4 ? Instant(longer[2]) : longer.size() > 1 ? Instant(longer[1]) : kNever;
  }
  if (before[1] != now[1] || before[4] != now[4]) return std::min(Instant(before[1]), Instant(now[1]));
  return std::min(Instant(before[2]), Instant(now[2]));
}

std::string StartText(const std::vector<std::string_view>& cells) {
  if (cells.size() == 4) return "preempted on " + std::string(cells[3]);
  if (cells.size() < 6) return "nothing";
  if (cells[1].empty()) return "never starts (" + std::string(cells[3]) + ")";
  std::string text = "starts at " + std::to_string(Instant(cells[1]) / 1'000'000'000) + " s";
  if (!cells[4].empty()) text += " on " + std::string(cells[4]);
  return text + ", ends " + (cells[2].empty() ? "never" : "at " + std::to_string(Instant(cells[2]) / 1'000'000'000) + " s") + " as " + std::string(cells[3]);
}

std::string DifferenceText(std::int64_t at, const std::vector<std::string_view>& before, const std::vector<std::string_view>& now) {
  const std::vector<std::string_view>& named = before.size() > 1 ? before : now;
  const std::string job(named.size() == 4 ? named[1] : named[0]);
  const std::string when = at == kNever ? "" : "at " + std::to_string(at / 1'000'000'000) + " s, ";
  return when + "job " + job + ": was: " + StartText(before) + "; now: " + StartText(now);
}

}  // namespace

std::string ToText(const Baseline& baseline) {
  ordered_json json = {{"schema_version", 1}, {"because", baseline.because}, {"journal_format", baseline.journal_format}};
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

bool Drift::holds() const {
  if (same_decisions) return true;
  return same_seeds && !changes.empty() && std::ranges::all_of(changes, &Change::is_within);
}

Drift DriftOf(const Baseline& baseline, std::uint32_t journal_format, const Study& study, std::size_t variant) {
  Drift drift;
  const std::vector<SeedDecisions> now = DecisionsOf(study, variant);
  drift.same_seeds = std::ranges::equal(now, baseline.seeds, {}, &SeedDecisions::seed, &SeedDecisions::seed);
  drift.same_decisions = now == baseline.seeds;
  drift.old_format = baseline.journal_format == journal_format ? 0 : baseline.journal_format;
  for (const Kept& kept : baseline.values) drift.changes.push_back(ChangeOf(kept, MeanOf(study, variant, kept.name, kept.labels)));
  return drift;
}

Baseline BaselineOf(const Study& study, std::size_t variant, std::uint32_t journal_format, std::string because,
                    const std::optional<Baseline>& before, const std::vector<std::pair<std::string, metrics::Labels>>& values) {
  Baseline baseline{.because = std::move(because), .journal_format = journal_format, .seeds = DecisionsOf(study, variant)};
  if (before) {
    baseline.values = before->values;
  } else {
    for (const auto& [name, labels] : values) baseline.values.push_back({.name = name, .labels = labels, .rel = kUsualTolerance});
  }
  for (Kept& kept : baseline.values) kept.value = MeanOf(study, variant, kept.name, kept.labels);
  return baseline;
}

std::string FirstDifference(std::string_view before, std::string_view now) {
  std::int64_t first = kNever;
  std::string text;
  while (!before.empty() || !now.empty()) {
    const std::string_view old_line = TakeLine(before);
    const std::string_view new_line = TakeLine(now);
    if (old_line == new_line) continue;
    const auto old_cells = Cells(old_line);
    const auto new_cells = Cells(new_line);
    const std::int64_t at = InstantOf(old_cells, new_cells);
    if (!text.empty() && at >= first) continue;
    first = at;
    text = DifferenceText(at, old_cells, new_cells);
  }
  return text;
}

}  // namespace suanwang::study
