#include "scheduler/performance/power.h"

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kHourNs = Hours(1).ns();
constexpr Int128 kKilowattMicrowatts = 1'000'000'000;
constexpr Int128 kFemtojoulesPerKwh = kKilowattMicrowatts * kHourNs;

// ⌊value · factor / divisor⌋ where value · factor may exceed 128 bits; factor · divisor may not.
Int128 ScaleDown(Int128 value, Int128 factor, Int128 divisor) {
  const Int128 whole = FloorDiv(value, divisor);
  return whole * factor + FloorDiv((value - whole * divisor) * factor, divisor);
}

}  // namespace

std::int64_t ItMicrowatts(const Accelerator& accelerator, std::uint64_t busy_milli, std::uint64_t idle_milli) {
  const Int128 microwatts = Int128{accelerator.busy_mw} * busy_milli + Int128{accelerator.idle_mw} * idle_milli;
  SUANWANG_CHECK(microwatts >= 0 && microwatts < Int128{1} << 60, "power is not negative and below 1 TW");
  return static_cast<std::int64_t>(microwatts);
}

Int128 FacilityFemtojoules(Int128 it_femtojoules, std::int64_t pue_ppm) {
  return ScaleDown(it_femtojoules, pue_ppm, kMillion);
}

double KilowattHours(Int128 femtojoules) { return ToDouble(femtojoules) / ToDouble(kFemtojoulesPerKwh); }

// P µW · u ppm · I (10^-6 CNY/kWh · ns) = P·u·I · 10^-12 W · 10^-6 CNY/kWh · ns, and 1 kWh is 10^3 W · kHourNs ns:
// so P·u·I / (10^9 · kHourNs) in 10^-12 CNY. I is split into whole hours of price and a rest to stay within 128 bits;
// ⌊(n + ⌊x⌋) / m⌋ = ⌊(n + x) / m⌋ makes it one rounding.
Int128 ElectricityPicoCny(std::int64_t it_microwatts, std::int64_t pue_ppm, const TariffClock& tariff, Time from,
                          Time to) {
  SUANWANG_CHECK(from <= to, "an interval ends after it begins");
  const Int128 power = Int128{it_microwatts} * pue_ppm;
  return FloorDiv(ScaleDown(tariff.Integral(from, to), power, kHourNs), kKilowattMicrowatts);
}

Int128 LocationMilligrams(Int128 facility_femtojoules, const Center& center) {
  return ScaleDown(facility_femtojoules, center.grid_mg_per_kwh, kFemtojoulesPerKwh);
}

Int128 MarketMilligrams(Int128 facility_femtojoules, const Center& center) {
  const Int128 millionths = Int128{kMillion - center.green_ppm} * center.residual_mg_per_kwh;
  return FloorDiv(ScaleDown(facility_femtojoules, millionths, kFemtojoulesPerKwh), kMillion);
}

}  // namespace suanwang
