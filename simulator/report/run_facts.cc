#include "simulator/report/run_facts.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "scheduler/base/hash.h"

namespace suanwang::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 3> kKnows = {"nothing", "requests", "true-durations"};
constexpr std::array<const char*, 3> kBounds = {"exact", "at-least", "above"};

std::uint64_t HashFrom(const Json& json) {
  const auto text = json.get<std::string>();
  std::uint64_t hash = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hash, 16);
  if (error != std::errc() || end != text.data() + text.size()) throw std::invalid_argument("'" + text + "' is no hash");
  return hash;
}

metrics::Value ValueFrom(const Json& json) {
  const auto name = json.at("name").get<std::string>();
  const std::size_t dot = name.find('.');
  metrics::Value value{.metric = name.substr(0, dot), .statistic = dot == std::string::npos ? "" : name.substr(dot + 1), .labels = {},
                       .number = {}, .n = json.at("n").get<std::uint64_t>()};
  for (const auto& [key, label] : json.at("labels").items()) value.labels.push_back({key, label.get<std::string>()});
  if (!json.at("number").is_null()) value.number = json.at("number").get<double>();
  for (std::size_t bound = 0; bound < kBounds.size(); ++bound) {
    if (json.at("bound").get<std::string>() == kBounds[bound]) value.bound = static_cast<metrics::Bound>(bound);
  }
  return value;
}

void ReadRun(const Json& json, RunFacts& facts) {
  json.at("version").get_to(facts.version);
  json.at("build_id").get_to(facts.build_id);
  json.at("scenario").get_to(facts.scenario);
  json.at("named").get_to(facts.named);
  json.at("policy").get_to(facts.policy);
  json.at("seed").get_to(facts.seed);
  json.at("draws_chance").get_to(facts.draws_chance);
  json.at("service").get_to(facts.service);
  json.at("command_line").get_to(facts.command_line);
  json.at("simulated_s").get_to(facts.simulated_s);
  json.at("is_partial").get_to(facts.is_partial);
  json.at("wall_s").get_to(facts.wall_s);
  json.at("peak_rss_bytes").get_to(facts.peak_rss_bytes);
  json.at("longest_wait").get_to(facts.longest_wait);
  for (std::size_t knows = 0; knows < kKnows.size(); ++knows) {
    if (json.at("knows") == kKnows[knows]) facts.knows = static_cast<Knows>(knows);
  }
  facts.scenario_hash = HashFrom(json.at("scenario_hash"));
  facts.decision_hash = HashFrom(json.at("decision_hash"));
  facts.journal_hash = HashFrom(json.at("journal_hash"));
  facts.record_hash = HashFrom(json.at("record_hash"));
}

}  // namespace

Json ValuesJson(const metrics::Values& values) {
  Json list = Json::array();
  for (const metrics::Value& value : values) {
    Json labels = Json::object();
    for (const metrics::Label& label : value.labels) labels[label.key] = label.value;
    list.push_back({{"name", value.name()}, {"labels", labels}, {"number", value.number ? Json(*value.number) : Json(nullptr)},
                    {"bound", kBounds.at(static_cast<std::size_t>(value.bound))}, {"n", value.n}});
  }
  return list;
}

Json RunJson(const RunFacts& facts) {
  return {{"schema_version", 1}, {"version", facts.version}, {"build_id", facts.build_id}, {"scenario", facts.scenario}, {"named", facts.named},
          {"scenario_hash", HashText(facts.scenario_hash)}, {"decision_hash", HashText(facts.decision_hash)},
          {"journal_hash", HashText(facts.journal_hash)}, {"record_hash", HashText(facts.record_hash)}, {"policy", facts.policy},
          {"knows", kKnows.at(static_cast<std::size_t>(facts.knows))}, {"seed", facts.seed}, {"draws_chance", facts.draws_chance}, {"service", facts.service}, {"command_line", facts.command_line}, {"longest_wait", facts.longest_wait}, {"simulated_s", facts.simulated_s},
          {"is_partial", facts.is_partial}, {"wall_s", facts.wall_s}, {"peak_rss_bytes", facts.peak_rss_bytes}};
}

Json MetricsJson(const RunFacts& facts) {
  return {{"schema_version", 1}, {"is_partial", facts.is_partial}, {"values", ValuesJson(facts.values)}, {"limited_by", LimitsJson(facts.limits)}};
}

std::variant<RunFacts, std::string> FactsFromJson(const std::string& run_json, const std::string& metrics_json) {
  try {
    RunFacts facts;
    const Json run = Json::parse(run_json);
    const Json metrics = Json::parse(metrics_json);
    if (run.at("schema_version") != 1 || metrics.at("schema_version") != 1) return "was written by another version of suanwang";
    ReadRun(run, facts);
    for (const Json& value : metrics.at("values")) facts.values.push_back(ValueFrom(value));
    facts.limits = LimitsFromJson(metrics.at("limited_by"));
    return facts;
  } catch (const std::exception& wrong) {  // of nlohmann::json, and ours above
    return std::string(wrong.what());
  }
}

Json AnswerJson(const RunFacts& facts) {
  return {{"schema_version", 1}, {"scenario", facts.scenario}, {"input_hash", HashText(facts.scenario_hash)}, {"policy", facts.policy},
          {"knows", kKnows.at(static_cast<std::size_t>(facts.knows))}, {"seed", facts.seed}, {"draws_chance", facts.draws_chance}, {"is_partial", facts.is_partial}, {"decision_hash", HashText(facts.decision_hash)},
          {"journal_hash", HashText(facts.journal_hash)}, {"record_hash", HashText(facts.record_hash)}, {"values", ValuesJson(facts.values)},
          {"limited_by", LimitsJson(facts.limits)}};
}

}  // namespace suanwang::report
