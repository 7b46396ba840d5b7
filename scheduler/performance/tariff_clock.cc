#include "scheduler/performance/tariff_clock.h"

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

constexpr std::int64_t kHourNs = Hours(1).ns();

}  // namespace

TariffClock::TariffClock(const Tariff& tariff, Time year_start) : year_start_(year_start), before_(1, 0) {
  SUANWANG_CHECK(!tariff.micro_cny_per_kwh.empty(), "a tariff has prices");
  for (const std::int64_t price : tariff.micro_cny_per_kwh) before_.push_back(before_.back() + price);
}

std::int64_t TariffClock::PriceAt(Time t) const {
  const Place place = PlaceOf(t);
  return before_[place.hour + 1] - before_[place.hour];
}

TariffClock::Place TariffClock::PlaceOf(Time t) const {
  const Int128 year_ns = static_cast<Int128>(before_.size() - 1) * kHourNs;
  const Int128 offset = static_cast<Int128>(t.ns()) - year_start_.ns();
  const Int128 years = FloorDiv(offset, year_ns);
  const Int128 into_year = offset - years * year_ns;
  return {years, static_cast<std::size_t>(into_year / kHourNs), static_cast<std::int64_t>(into_year % kHourNs)};
}

Int128 TariffClock::Cumulative(Time t) const {
  const Place place = PlaceOf(t);
  const Int128 price = before_[place.hour + 1] - before_[place.hour];
  return (place.years * before_.back() + before_[place.hour]) * kHourNs + price * place.ns;
}

}  // namespace suanwang
