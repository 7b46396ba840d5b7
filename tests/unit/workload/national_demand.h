#pragma once

#include <string>
#include <string_view>

#include "simulator/workload/demand_spec.h"
#include "simulator/workload/sim_job.h"

namespace suanwang::workload {

// The demand of the national scenario: 47.7 EFLOPS in 13 classes from eight regions, one site each, at base families.
// `mix` is one of "base", "inference-40", "inference-70". Starts on a Monday at 00:00 after a day of warm-up.
[[nodiscard]] DemandSpec NationalDemand(std::string_view mix = "base");

// The same with one class only, which brings all of the work there is.
[[nodiscard]] DemandSpec OnlyClass(std::string_view name);

[[nodiscard]] ClassId ClassNamed(const DemandSpec& spec, std::string_view name);

}  // namespace suanwang::workload
