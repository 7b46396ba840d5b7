#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "simulator/metrics/limits.h"
#include "simulator/report/language.h"

namespace suanwang::report {

// What limited waiting, for output: the largest first, equal ones by rule.
struct LimitTable {
  struct Part {
    Rule rule = Rule::kNone;
    double accelerator_h = 0;
  };
  struct Row : Part {
    std::string job_class;        // the one that waited most under this rule; empty: classes have no names
    double class_accelerator_h = 0;
    std::vector<Part> ahead;      // of kClosed: what those ahead waited for; kNone: not known
  };
  struct Infeasible {
    Rule rule = Rule::kNone;
    std::uint64_t jobs = 0;
  };
  double accelerator_h = 0;       // of all waiting
  double not_yet_h = 0;           // before the next decision round
  double not_stated_h = 0;
  std::vector<Row> rows;          // that limited anything
  std::vector<Infeasible> infeasible;
  friend bool operator==(const LimitTable&, const LimitTable&);
};

[[nodiscard]] LimitTable TableOf(const metrics::Limits& limits, std::span<const metrics::ClassLabel> classes);

[[nodiscard]] nlohmann::ordered_json LimitsJson(const LimitTable& table);
// Throws nlohmann::json::exception, or std::out_of_range for a rule that there is not.
[[nodiscard]] LimitTable LimitsFromJson(const nlohmann::ordered_json& json);

// "Most of the waiting: not enough free accelerators (fine-tuning)."; nothing: nobody waited, or more is not known than known.
[[nodiscard]] std::optional<std::string> BottleneckText(const LimitTable& table, Language language);
// The whole share-out in one line, without its end; empty: nobody waited.
[[nodiscard]] std::string LimitedByText(const LimitTable& table, Language language);
// "larger than a fabric domain 1 job"; empty: none.
[[nodiscard]] std::string InfeasibleText(const LimitTable& table, Language language);

}  // namespace suanwang::report
