#include "simulator/scenario/date.h"

#include "scheduler/text/instant.h"

namespace suanwang::scenario {

std::string DateOf(Time at, const std::string& start, Time window_begin) {
  const std::optional<std::int64_t> zero = text::ReadInstant(start);
  if (!zero || at == Time::Never()) return "";
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::string stamp = text::WriteInstant((*zero + (at - window_begin).ns()) / kSecond * kSecond);
  const std::string clock = stamp.substr(11, stamp.find('+') - 11);  // without seconds where they are zero
  return stamp.substr(0, 10) + " " + clock + (clock.size() == 5 ? ":00" : "");
}

}  // namespace suanwang::scenario
