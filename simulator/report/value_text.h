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

// "93.6 %", "> 4.2 h", "1,870 kgCO2/EFLOPS-hour", "1,870 千克/EFLOPS·h"; "–": not defined. What is not 0 is never printed as 0.
[[nodiscard]] std::string NumberText(std::string_view value_name, std::optional<double> number, Language language,
                                     metrics::Bound bound = metrics::Bound::kExact);
[[nodiscard]] std::string CellText(std::string_view value_name, const study::Cell& cell, Language language);

// "+1.8 pp (+1.2 … +2.4)", "exactly 0", "no number: both are lower bounds"; of bounds "at least 6.7 h shorter (95 %: at least
// 3.2 h)", or, where they leave the other side open, "≤ −6.7 h (95 %: ≤ +2 h)".
[[nodiscard]] std::string DifferenceText(std::string_view value_name, const study::Difference& difference, Language language);

// The size of a difference without its interval: "1.8 percentage points", "3 min".
[[nodiscard]] std::string SizeText(std::string_view value_name, double difference, Language language);

// "better", "no difference shown", "open: jobs not begun".
[[nodiscard]] std::string VerdictText(const study::Cell& cell, Language language);

}  // namespace suanwang::report
