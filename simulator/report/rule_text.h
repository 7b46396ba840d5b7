#pragma once

#include "scheduler/model/rule.h"
#include "simulator/report/language.h"

namespace suanwang::report {

// What a rule says to people who never saw its name: "not enough free accelerators".
[[nodiscard]] Bilingual TextOf(Rule rule);

}  // namespace suanwang::report
