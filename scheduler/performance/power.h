#pragma once

#include <cstdint>

#include "scheduler/base/int128.h"
#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "scheduler/performance/tariff_clock.h"

// Power, energy, money and carbon of accelerators that are busy or idle (MODEL §6). Shares of an accelerator are
// counted in thousandths and power per accelerator in mW, so IT power is exact in µW and energy in µW·ns = 10^-15 J
// (fJ). What is derived is rounded down, once, in the function that derives it: errors below a fJ, 10^-12 CNY and a mg.
// Add exact quantities up before deriving. Arguments are ≥ 0; prices may be negative. Good for IT power below 1 TW, PUE
// below 2 and prices below 10 CNY/kWh over 292 years.
namespace suanwang {

// busy × (power at full load) + idle × (power when idle), in µW. A grant's is that of its accelerators with idle 0; it
// adds (busy − idle power) to that of its pool.
[[nodiscard]] std::int64_t ItMicrowatts(const Accelerator& accelerator, std::uint64_t busy_milli,
                                        std::uint64_t idle_milli);

// Energy of a constant power, in fJ; exact.
[[nodiscard]] constexpr Int128 Femtojoules(std::int64_t microwatts, Duration length) {
  return static_cast<Int128>(microwatts) * length.ns();
}

// IT energy × PUE, in fJ.
[[nodiscard]] Int128 FacilityFemtojoules(Int128 it_femtojoules, std::int64_t pue_ppm);

[[nodiscard]] double KilowattHours(Int128 femtojoules);  // for display

// Price of the facility energy of a constant IT power over [from, to), hour by hour, in 10^-12 CNY. O(1).
// A score in 10^-6 CNY is FloorDiv(this, 10^6), and is then still what one rounding gives.
[[nodiscard]] Int128 ElectricityPicoCny(std::int64_t it_microwatts, std::int64_t pue_ppm, const TariffClock& tariff,
                                        Time from, Time to);

// Carbon of facility energy, in mg CO2, by the two accounts that are never added: what the grid emits there, and what
// the electricity that was not bought as green emits.
[[nodiscard]] Int128 LocationMilligrams(Int128 facility_femtojoules, const Center& center);
[[nodiscard]] Int128 MarketMilligrams(Int128 facility_femtojoules, const Center& center);

}  // namespace suanwang
