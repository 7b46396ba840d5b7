#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "simulator/metrics/value.h"
#include "simulator/report/language.h"
#include "simulator/study/comparison.h"

// Values of metrics and their differences, for people: in the unit that suits them, three significant digits.
namespace suanwang::report {

// "需求满足率", "queue wait, p95": the metric's name of the catalog; the bare name where there is none.
[[nodiscard]] std::string NameOf(std::string_view value_name, Language language);

// "93.6 %", "> 4.2 h", "1,870 kgCO2/EFLOPS-hour"; "–": not defined.
[[nodiscard]] std::string NumberText(std::string_view value_name, std::optional<double> number,
                                     metrics::Bound bound = metrics::Bound::kExact);
[[nodiscard]] std::string CellText(std::string_view value_name, const study::Cell& cell);

// "+1.8 pp (+1.2 … +2.4)", "exactly 0", "≥ +3.1 h", "no number: both are lower bounds".
[[nodiscard]] std::string DifferenceText(std::string_view value_name, const study::Difference& difference, Language language);

// The size of a difference without its interval: "1.8 percentage points", "3 min".
[[nodiscard]] std::string SizeText(std::string_view value_name, double difference, Language language);

// "better", "no difference shown (may still be ± 0.1 pp)".
[[nodiscard]] std::string VerdictText(std::string_view value_name, const study::Cell& cell, Language language);

}  // namespace suanwang::report
