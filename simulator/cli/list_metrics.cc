#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "simulator/cli/build_id.h"
#include "simulator/cli/command.h"
#include "simulator/cli/stored_run.h"
#include "simulator/metrics/catalog.h"
#include "simulator/report/language.h"

namespace suanwang::cli {
namespace {

void PrintText(report::Language language) {
  for (const metrics::Metric& metric : metrics::Catalog()) {
    const report::Bilingual name{metric.name_en, metric.name_zh};
    const report::Bilingual definition{metric.definition, metric.definition_zh};
    fmt::print("{} [{}]  {}\n    {}\n", metric.name, metric.unit, name.In(language), definition.In(language));
    if (!metric.statistics.empty()) fmt::print("    {}\n", metric.statistics);
  }
}

void PrintJson() {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const metrics::Metric& metric : metrics::Catalog()) {
    list.push_back({{"name", metric.name}, {"unit", metric.unit}, {"statistics", metric.statistics}, {"name_en", metric.name_en},
                    {"name_zh", metric.name_zh}, {"definition", metric.definition}, {"definition_zh", metric.definition_zh}});
  }
  std::cout << nlohmann::ordered_json{{"schema_version", 1}, {"metrics", list}}.dump(1) << "\n";
}

// Why the record gives other values than metrics.json has.
std::string Difference(const report::RunFacts& written, const report::RunFacts& now) {
  if (written.build_id != BuildId()) return "it was written by another build: " + written.build_id;
  const auto [mine, theirs] = std::ranges::mismatch(now.values, written.values);
  const metrics::Value* first = mine != now.values.end() ? &*mine : theirs != written.values.end() ? &*theirs : nullptr;
  return "it was written by this very build: a stored number was changed" + (first == nullptr ? ", of what limited waiting" : "; the first is of " + first->name());
}

// The values of a stored run, folded anew from its record, held to those that the run wrote.
int Recompute(const std::string& path, bool json) {
  auto read = ReadRun(path);
  if (const auto* wrong = std::get_if<std::string>(&read)) {
    std::cerr << *wrong << "\n";
    return kInputIsWrong;
  }
  StoredRun& run = *std::get<std::unique_ptr<StoredRun>>(read);
  const report::RunFacts written = run.facts;
  Folded folded = Fold({run.scenario(), run.jobs, run.history, run.reasons}, run.names);
  run.facts.values = std::move(folded.values);
  run.facts.limits = std::move(folded.limits);
  if (json) std::cout << MetricsJson(run.facts).dump(1) << "\n";
  const bool is_equal = run.facts.values == written.values && run.facts.limits == written.limits;
  if (!json && is_equal) fmt::print("{}: {} values folded anew from the record, all as in metrics.json\n", path, written.values.size());
  if (!is_equal) std::cerr << path << ": the record gives other values than metrics.json has (" << Difference(written, run.facts) << ")\n";
  return is_equal ? kAllHolds : kFailed;
}

}  // namespace

void AddMetrics(CLI::App& app, int& exit_code) {
  struct Options {
    std::string run;
    bool json = false;
    std::string language;
  };
  auto options = std::make_shared<Options>();
  app.add_option("RUN", options->run, "a run folder: fold its record anew, and compare with what the run wrote");
  app.add_flag("--json", options->json, "machine-readable, stable");
  app.add_option("--lang", options->language, "zh or en (default: the environment's)");
  app.callback([options, &exit_code] {
    const std::optional<report::Language> language = report::LanguageOf(options->language);
    if (!language) {
      std::cerr << "--lang: '" << options->language << "' (zh or en)\n";
      exit_code = kInputIsWrong;
    } else if (!options->run.empty()) {
      exit_code = Recompute(options->run, options->json);
    } else {
      options->json ? PrintJson() : PrintText(*language);
    }
  });
}

}  // namespace suanwang::cli
