#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/text/decimal.h"
#include "suanwang/v1/options.pb.h"

// Quantities with units as exact integers, each in the unit of its field (proto/suanwang/v1/options.proto):
//   time "2.5 ms", "6 h", "7 d" · rate "400 Gbps", "1.6T", "400 Gbit/s" · size "10 TB", "64 GiB" ·
//   compute "10 EFLOPS", "300 P", "1 万P" (= 10 EFLOPS) · power "700 W" · ratio "0.05", "5 %" ·
//   price "0.45 CNY/kWh" · carbon "0.58 kg/kWh" · instant "2026-03-02T00:00+08:00" · time of day "09:30".
// No floating point is involved. What is finer than the field's unit is an error, never rounded away in silence.
namespace suanwang::text {

// A quantity that was read, or why it was not.
struct Quantity {
  std::optional<std::int64_t> value;
  std::string what;    // "unknown unit 'Gbs'"
  std::string remedy;  // "did you mean 'Gbps'?"
};

// Reads `text` as a quantity of `unit`. 0 needs no unit; neither do UNIT_NONE, UNIT_PPM and UNIT_MILLI.
[[nodiscard]] Quantity ReadQuantity(std::string_view text, v1::Unit unit);

// The shortest of the usual spellings that reads back as the same value: "6.4 Tbps", "2.151 ms", "0.05".
[[nodiscard]] std::string WriteQuantity(std::int64_t value, v1::Unit unit);

// ⟨value⟩ × factor, rounded half away from zero; nothing on overflow. For `times:` in a scenario.
[[nodiscard]] std::optional<std::int64_t> Times(std::int64_t value, const Decimal& factor);

// What may be appended to the key of a field of this unit, with the unit it stands for: {"_gbps", "Gbps"}, …
struct KeySuffix {
  std::string_view suffix;
  std::string_view unit_word;  // as in a quantity; empty: the number is in the field's own unit
};
[[nodiscard]] std::vector<KeySuffix> KeySuffixes(v1::Unit unit);

// The suffix that the proto name of such a field ends in: "_bps"; empty for UNIT_NONE.
[[nodiscard]] std::string_view OwnSuffix(v1::Unit unit);

// An example for messages: "400 Gbps".
[[nodiscard]] std::string_view ExampleOf(v1::Unit unit);

}  // namespace suanwang::text
