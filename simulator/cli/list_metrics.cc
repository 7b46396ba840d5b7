#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "simulator/cli/command.h"
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

}  // namespace

void AddMetrics(CLI::App& app, int& exit_code) {
  struct Options {
    bool json = false;
    std::string language;
  };
  auto options = std::make_shared<Options>();
  app.add_flag("--json", options->json, "machine-readable, stable");
  app.add_option("--lang", options->language, "zh or en (default: the environment's)");
  app.callback([options, &exit_code] {
    const std::optional<report::Language> language = report::LanguageOf(options->language);
    if (!language) {
      std::cerr << "--lang: '" << options->language << "' (zh or en)\n";
      exit_code = kInputIsWrong;
    } else {
      options->json ? PrintJson() : PrintText(*language);
    }
  });
}

}  // namespace suanwang::cli
