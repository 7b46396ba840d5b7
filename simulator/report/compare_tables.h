#pragma once

#include <string>

#include "simulator/report/compare_text.h"

namespace suanwang::report {

// The primary value with its difference and verdict, the wait with what had not begun beside it, what was allocated: a row a
// variant. A line below says what the star means.
[[nodiscard]] std::string MainTable(const CompareReport& report, Language language);

// Energy, money and carbon in the window, each beside its value per EFLOPS-hour served (MODEL §6), a row a variant; means over the
// seeds. Empty: no run has any of them.
[[nodiscard]] std::string TotalsTable(const CompareReport& report, Language language);

}  // namespace suanwang::report
