#include "simulator/study/direction.h"

#include <algorithm>
#include <array>

namespace suanwang::study {
namespace {

struct Line {
  std::string_view name;
  Direction direction;
};

constexpr Direction kHigher = Direction::kHigherIsBetter;
constexpr Direction kLower = Direction::kLowerIsBetter;
constexpr Direction kNeither = Direction::kNeither;

constexpr std::array kDirections = {
    Line{"wait_s", kLower},
    Line{"queue_s", kLower},
    Line{"queued_s", kLower},
    Line{"not_begun", kLower},
    Line{"infeasible", kLower},
    Line{"turnaround_s", kLower},
    Line{"bounded_slowdown", kLower},
    Line{"allocation_rate", kHigher},
    Line{"occupancy_rate", kHigher},
    Line{"fragmentation_rate", kLower},
    Line{"makespan_s", kLower},
    Line{"latency_attainment", kHigher},
    Line{"fill_rate", kHigher},
    Line{"demanded_eflops_h", kNeither},
    Line{"served_eflops_h", kHigher},
    Line{"energy_kwh", kLower},
    Line{"energy_kwh_per_eflops_h", kLower},
    Line{"electricity_cny", kLower},
    Line{"electricity_cny_per_eflops_h", kLower},
    Line{"carbon_location_kg", kLower},
    Line{"carbon_location_kg_per_eflops_h", kLower},
    Line{"carbon_market_kg", kLower},
    Line{"carbon_market_kg_per_eflops_h", kLower},
    Line{"west_share", kNeither},
    Line{"cross_region_pflops_h", kNeither},
    Line{"domestic_share_by_fp16", kNeither},
    Line{"domestic_share_by_card", kNeither},
    Line{"preemptions", kLower},
    Line{"lost_accelerator_h", kLower},
    Line{"goodput", kHigher},
    Line{"jain_fairness", kHigher},
    Line{"start_refused", kLower},
    Line{"states", kLower},
    Line{"states.submitted", kNeither},
    Line{"states.completed", kHigher},
    Line{"starved", kLower},
};

}  // namespace

Direction DirectionOf(std::string_view value_name) {
  const auto find = [](std::string_view name) { return std::ranges::find(kDirections, name, &Line::name); };
  auto line = find(value_name);
  if (line == kDirections.end()) line = find(value_name.substr(0, value_name.find('.')));
  return line == kDirections.end() ? kNeither : line->direction;
}

}  // namespace suanwang::study
