#include "scheduler/text/units.h"

#include <algorithm>
#include <array>

namespace suanwang::text {
namespace {

// Grouped by unit; inside a group the preferred ones from large to small. No key may end in _mw: half of its readers
// would take it for megawatts.
constexpr auto kWords = std::to_array<UnitWord>({
    {v1::UNIT_NANOSECONDS, "d", {86400, 9}, "_d", true},
    {v1::UNIT_NANOSECONDS, "h", {3600, 9}, "_h", true},
    {v1::UNIT_NANOSECONDS, "min", {60, 9}, "_min", true},
    {v1::UNIT_NANOSECONDS, "s", {1, 9}, "_s", true},
    {v1::UNIT_NANOSECONDS, "ms", {1, 6}, "_ms", true},
    {v1::UNIT_NANOSECONDS, "us", {1, 3}, "_us", true},
    {v1::UNIT_NANOSECONDS, "ns", {1, 0}, "_ns", true},
    {v1::UNIT_NANOSECONDS, "µs", {1, 3}, "", false},
    {v1::UNIT_NANOSECONDS, "μs", {1, 3}, "", false},
    {v1::UNIT_NANOSECONDS, "sec", {1, 9}, "", false},
    {v1::UNIT_NANOSECONDS, "day", {86400, 9}, "", false},
    {v1::UNIT_NANOSECONDS, "days", {86400, 9}, "_days", false},
    {v1::UNIT_NANOSECONDS, "hours", {3600, 9}, "_hours", false},
    {v1::UNIT_NANOSECONDS, "weeks", {604800, 9}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "Tbps", {1, 12}, "_tbps", true},
    {v1::UNIT_BITS_PER_SECOND, "Gbps", {1, 9}, "_gbps", true},
    {v1::UNIT_BITS_PER_SECOND, "Mbps", {1, 6}, "_mbps", true},
    {v1::UNIT_BITS_PER_SECOND, "kbps", {1, 3}, "_kbps", true},
    {v1::UNIT_BITS_PER_SECOND, "bps", {1, 0}, "_bps", true},
    {v1::UNIT_BITS_PER_SECOND, "Tbit/s", {1, 12}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "Gbit/s", {1, 9}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "Mbit/s", {1, 6}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "kbit/s", {1, 3}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "bit/s", {1, 0}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "Tb/s", {1, 12}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "Gb/s", {1, 9}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "Mb/s", {1, 6}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "T", {1, 12}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "G", {1, 9}, "", false},
    {v1::UNIT_BITS_PER_SECOND, "M", {1, 6}, "", false},
    {v1::UNIT_BYTES, "PB", {1, 15}, "_pb", true},
    {v1::UNIT_BYTES, "TB", {1, 12}, "_tb", true},
    {v1::UNIT_BYTES, "GB", {1, 9}, "_gb", true},
    {v1::UNIT_BYTES, "MB", {1, 6}, "_mb", true},
    {v1::UNIT_BYTES, "kB", {1, 3}, "_kb", true},
    {v1::UNIT_BYTES, "B", {1, 0}, "_bytes", true},
    {v1::UNIT_BYTES, "TiB", {std::int64_t{1} << 40, 0}, "", false},
    {v1::UNIT_BYTES, "GiB", {1 << 30, 0}, "", false},
    {v1::UNIT_BYTES, "MiB", {1 << 20, 0}, "", false},
    {v1::UNIT_BYTES, "KiB", {1 << 10, 0}, "", false},
    {v1::UNIT_MEGABYTES, "PB", {1, 9}, "", true},
    {v1::UNIT_MEGABYTES, "TB", {1, 6}, "_tb", true},
    {v1::UNIT_MEGABYTES, "GB", {1, 3}, "_gb", true},
    {v1::UNIT_MEGABYTES, "MB", {1, 0}, "_mb", true},
    {v1::UNIT_MEGABYTES, "GiB", {1 << 30, -6}, "", false},
    {v1::UNIT_MEGABYTES, "MiB", {1 << 20, -6}, "", false},
    {v1::UNIT_MEGABYTES_PER_SECOND, "TB/s", {1, 6}, "_tb_per_s", true},
    {v1::UNIT_MEGABYTES_PER_SECOND, "GB/s", {1, 3}, "_gb_per_s", true},
    {v1::UNIT_MEGABYTES_PER_SECOND, "MB/s", {1, 0}, "_mb_per_s", true},
    {v1::UNIT_GFLOPS, "EFLOPS", {1, 9}, "_eflops", true},
    {v1::UNIT_GFLOPS, "PFLOPS", {1, 6}, "_pflops", true},
    {v1::UNIT_GFLOPS, "TFLOPS", {1, 3}, "_tflops", true},
    {v1::UNIT_GFLOPS, "GFLOPS", {1, 0}, "_gflops", true},
    {v1::UNIT_GFLOPS, "万P", {1, 10}, "", false},
    {v1::UNIT_GFLOPS, "万 P", {1, 10}, "", false},
    {v1::UNIT_GFLOPS, "E", {1, 9}, "", false},
    {v1::UNIT_GFLOPS, "P", {1, 6}, "", false},
    {v1::UNIT_GFLOPS, "T", {1, 3}, "", false},
    {v1::UNIT_GFLOPS, "EFLOP/s", {1, 9}, "", false},
    {v1::UNIT_GFLOPS, "PFLOP/s", {1, 6}, "", false},
    {v1::UNIT_GFLOPS, "TFLOP/s", {1, 3}, "", false},
    {v1::UNIT_GFLOPS, "TOPS", {1, 3}, "_tops", false},
    {v1::UNIT_MILLIWATTS, "GW", {1, 12}, "_gw", true},
    {v1::UNIT_MILLIWATTS, "MW", {1, 9}, "", true},
    {v1::UNIT_MILLIWATTS, "kW", {1, 6}, "_kw", true},
    {v1::UNIT_MILLIWATTS, "W", {1, 3}, "_w", true},
    {v1::UNIT_MILLIWATTS, "mW", {1, 0}, "", true},
    {v1::UNIT_PPM, "", {1, 6}, "", true},
    {v1::UNIT_PPM, "%", {1, 4}, "_percent", false},
    {v1::UNIT_PPM, "ppm", {1, 0}, "_ppm", false},
    {v1::UNIT_MILLI, "", {1, 3}, "", true},
    {v1::UNIT_MILLI, "‰", {1, 0}, "_milli", false},
    {v1::UNIT_METERS, "km", {1, 3}, "_km", true},
    {v1::UNIT_METERS, "m", {1, 0}, "_m", true},
    {v1::UNIT_MICRO_CNY_PER_KWH, "CNY/kWh", {1, 6}, "_cny_per_kwh", true},
    {v1::UNIT_MICRO_CNY_PER_KWH, "yuan/kWh", {1, 6}, "", false},
    {v1::UNIT_MICRO_CNY_PER_KWH, "元/kWh", {1, 6}, "", false},
    {v1::UNIT_MICRO_CNY_PER_KWH, "CNY/MWh", {1, 3}, "", false},
    {v1::UNIT_MICRO_CNY_PER_KWH, "uCNY/kWh", {1, 0}, "_micro_cny_per_kwh", false},
    {v1::UNIT_MILLIGRAMS_PER_KWH, "kg/kWh", {1, 6}, "_kg_per_kwh", true},
    {v1::UNIT_MILLIGRAMS_PER_KWH, "g/kWh", {1, 3}, "_g_per_kwh", true},
    {v1::UNIT_MILLIGRAMS_PER_KWH, "mg/kWh", {1, 0}, "_mg_per_kwh", true},
});

}  // namespace

std::span<const UnitWord> UnitWords(v1::Unit unit) {
  const auto begin = std::ranges::find(kWords, unit, &UnitWord::unit);
  const auto end = std::ranges::find_if(begin, kWords.end(), [&](const UnitWord& word) { return word.unit != unit; });
  return {begin, end};
}

std::span<const UnitWord> AllUnitWords() { return kWords; }

}  // namespace suanwang::text
