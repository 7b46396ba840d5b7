#pragma once

#include <string>

#include "simulator/report/compare_text.h"

namespace suanwang::report {

// What was compared and on what ground: scenario, paired seeds, window, supply and load. Where all sides share these, one line;
// else they are the baseline's, and below it is a line for each other scenario or stack of overrides that says in what it is
// different, whether the same jobs came and whether the same failed. Nothing is called the same that is not.
[[nodiscard]] std::string CompareHeader(const CompareReport& report, Language language);

// When a scenario's window begins and how long it is: "2026-03-02 00:00 Beijing time, 7 days".
[[nodiscard]] std::string WindowText(const scenario::Scenario& scenario, Language language);

}  // namespace suanwang::report
