#pragma once

#include <string>

#include "simulator/report/language.h"
#include "simulator/study/check.h"

namespace suanwang::report {

// "fill_rate{workload=inference,class=x}".
[[nodiscard]] std::string NameWithLabels(std::string_view name, const metrics::Labels& labels);

// "0.1.0 (build 7c2e41ab)": of the build's id the first digits.
[[nodiscard]] std::string ProgramText(const std::string& version, const std::string& build_id);

// How a scenario stands to its baseline, in a few words: "decisions unchanged", "no baseline (…)".
[[nodiscard]] std::string DriftSummary(const study::Checked& checked, Language language);

// What is different from the baseline, several lines, each ending in '\n': who made it, the first decision that differs, and
// all kept values. Empty: nothing is, or there is none.
[[nodiscard]] std::string DriftDetails(const study::Checked& checked, Language language);

}  // namespace suanwang::report
