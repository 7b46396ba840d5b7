#include "scheduler/text/quantity.h"

#include <algorithm>

#include "scheduler/text/diagnostic.h"
#include "scheduler/text/instant.h"
#include "scheduler/text/units.h"

namespace suanwang::text {
namespace {

struct UnitKind {
  v1::Unit unit;
  std::string_view noun;
  std::string_view example;
  std::string_view own_suffix;
};

constexpr auto kKinds = std::to_array<UnitKind>({
    {v1::UNIT_NONE, "number", "12", ""},
    {v1::UNIT_NANOSECONDS, "length of time", "2.5 ms, 6 h or 7 d", "_ns"},
    {v1::UNIT_BITS_PER_SECOND, "data rate", "400 Gbps", "_bps"},
    {v1::UNIT_BYTES, "size", "10 TB", "_bytes"},
    {v1::UNIT_MEGABYTES, "size", "64 GB", "_mb"},
    {v1::UNIT_MEGABYTES_PER_SECOND, "memory bandwidth", "1.6 TB/s", "_mb_per_s"},
    {v1::UNIT_GFLOPS, "amount of compute", "10 EFLOPS or 300 PFLOPS", "_gflops"},
    {v1::UNIT_MILLIWATTS, "power", "700 W", "_mw"},
    {v1::UNIT_PPM, "ratio", "0.05 or \"5 %\"", "_ppm"},
    {v1::UNIT_MILLI, "number with up to 3 decimals", "0.25", "_milli"},
    {v1::UNIT_METERS, "length", "1200 km", "_m"},
    {v1::UNIT_INSTANT, "instant", "2026-03-02T00:00+08:00, with its zone", "_unix_ns"},
    {v1::UNIT_TIME_OF_DAY, "time of day", "09:30", "_of_day_ns"},
    {v1::UNIT_MICRO_CNY_PER_KWH, "price of energy", "0.45 CNY/kWh", "_micro_cny_per_kwh"},
    {v1::UNIT_MILLIGRAMS_PER_KWH, "carbon factor", "0.58 kg/kWh", "_mg_per_kwh"},
});

const UnitKind& KindOf(v1::Unit unit) { return kKinds[static_cast<std::size_t>(unit)]; }

Quantity Refused(std::string what, std::string remedy) { return {std::nullopt, std::move(what), std::move(remedy)}; }

std::string ForExample(v1::Unit unit) { return "for example " + std::string(KindOf(unit).example); }

std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Quantity ReadClockwork(std::string_view text, v1::Unit unit) {
  const auto value = unit == v1::UNIT_INSTANT ? ReadInstant(text) : ReadTimeOfDay(text);
  if (value) return {value, {}, {}};
  return Refused(Quoted(text) + " is no " + std::string(KindOf(unit).noun), ForExample(unit));
}

std::string SuggestUnit(std::string_view word, v1::Unit unit) {
  std::vector<std::string> words;
  for (const UnitWord& candidate : UnitWords(unit)) {
    if (candidate.word.size() > 1) words.emplace_back(candidate.word);
  }
  const std::string suggestion = Suggest(word, words);
  return suggestion.starts_with("did you mean") ? suggestion : ForExample(unit);
}

Quantity UnknownUnit(std::string_view word, v1::Unit unit) {
  if (unit == v1::UNIT_NONE) return Refused(Quoted(word) + " after a plain number", "leave it out");
  const bool of_another = std::ranges::any_of(AllUnitWords(), [&](const UnitWord& w) { return w.word == word; });
  if (of_another) {
    return Refused("the unit " + Quoted(word) + " does not fit a " + std::string(KindOf(unit).noun), ForExample(unit));
  }
  return Refused("unknown unit " + Quoted(word), SuggestUnit(word, unit));
}

Quantity NoUnit(std::string_view number, v1::Unit unit) {
  const auto words = UnitWords(unit);
  const auto large = std::ranges::find(words, true, &UnitWord::preferred);
  std::string remedy = "write it with its unit, " + ForExample(unit);
  return large == words.end() ? Refused("no unit after " + std::string(number), {})
                              : Refused("no unit after " + std::string(number), std::move(remedy));
}

Quantity Converted(const Decimal& decimal, const Factor& factor, std::string_view text, v1::Unit unit) {
  const Integer integer = Scaled(decimal, factor);
  switch (integer.exactness) {
    case Exactness::kExact: return {integer.value, {}, {}};
    case Exactness::kTooLarge: return Refused(Quoted(text) + " is too large", "at most 9.2e18 of the unit it is kept in");
    case Exactness::kRounded: break;
  }
  if (unit == v1::UNIT_NONE) return Refused(Quoted(text) + " is no whole number", "for example " + std::to_string(integer.value));
  return Refused(Quoted(text) + " is finer than can be kept",
                 "the nearest that can is " + WriteQuantity(integer.value, unit));
}

}  // namespace

Quantity ReadQuantity(std::string_view text, v1::Unit unit) {
  text = Trimmed(text);
  if (unit == v1::UNIT_INSTANT || unit == v1::UNIT_TIME_OF_DAY) return ReadClockwork(text, unit);
  const std::size_t end = text.find_first_not_of("+-0123456789.");
  const std::string_view number = Trimmed(text.substr(0, end));
  const std::string_view word = end == std::string_view::npos ? "" : Trimmed(text.substr(end));
  const std::optional<Decimal> decimal = ReadDecimal(number);
  if (!decimal) {
    return Refused(Quoted(text) + " is no " + std::string(KindOf(unit).noun), ForExample(unit));
  }
  if (unit == v1::UNIT_NONE && word.empty()) return Converted(*decimal, {}, text, unit);
  const auto words = UnitWords(unit);
  const auto found = std::ranges::find(words, word, &UnitWord::word);
  if (found != words.end()) return Converted(*decimal, found->factor, text, unit);
  if (!word.empty()) return UnknownUnit(word, unit);
  return decimal->digits == 0 ? Quantity{0, {}, {}} : NoUnit(number, unit);
}

std::string WriteQuantity(std::int64_t value, v1::Unit unit) {
  if (unit == v1::UNIT_INSTANT) return WriteInstant(value);
  if (unit == v1::UNIT_TIME_OF_DAY) return WriteTimeOfDay(value);
  if (unit == v1::UNIT_NONE || value == 0) return std::to_string(value);
  std::string shortest;
  for (const UnitWord& word : UnitWords(unit)) {
    if (!word.preferred) continue;
    const std::optional<std::string> number = WriteDecimal(value, word.factor);
    if (!number) continue;
    std::string text = *number + (word.word.empty() ? "" : " ") + std::string(word.word);
    if (shortest.empty() || text.size() <= shortest.size()) shortest = std::move(text);
  }
  return shortest;
}

std::optional<std::int64_t> Times(std::int64_t value, const Decimal& factor) {
  const Int128 limit = static_cast<Int128>(~UInt128{0} >> 1) / 4;
  const Int128 magnitude = value < 0 ? -static_cast<Int128>(value) : static_cast<Int128>(value);
  const Int128 digits = factor.digits < 0 ? -factor.digits : factor.digits;
  if (magnitude != 0 && digits > limit / magnitude) return std::nullopt;
  const Integer product = Scaled({factor.digits * value, factor.scale}, {});
  if (product.exactness == Exactness::kTooLarge) return std::nullopt;
  return product.value;
}

std::vector<KeySuffix> KeySuffixes(v1::Unit unit) {
  std::vector<KeySuffix> suffixes;
  for (const UnitWord& word : UnitWords(unit)) {
    if (!word.suffix.empty()) suffixes.push_back({word.suffix, word.word});
  }
  return suffixes;
}

std::string_view OwnSuffix(v1::Unit unit) { return KindOf(unit).own_suffix; }

std::string_view ExampleOf(v1::Unit unit) {
  const std::string_view examples = KindOf(unit).example;
  return examples.substr(0, std::min(examples.find(", "), examples.find(" or ")));
}

}  // namespace suanwang::text
