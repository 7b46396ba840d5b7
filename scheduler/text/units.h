#pragma once

#include <span>
#include <string_view>

#include "scheduler/text/decimal.h"
#include "suanwang/v1/options.pb.h"

namespace suanwang::text {

// One spelling of one unit, as a factor of the unit in which its fields count.
struct UnitWord {
  v1::Unit unit;
  std::string_view word;    // as people write it behind a number
  Factor factor;
  std::string_view suffix;  // as a key may end; empty: no key does
  bool preferred = false;   // used for writing
};

// All spellings of `unit`, the preferred ones from large to small.
[[nodiscard]] std::span<const UnitWord> UnitWords(v1::Unit unit);
[[nodiscard]] std::span<const UnitWord> AllUnitWords();

}  // namespace suanwang::text
