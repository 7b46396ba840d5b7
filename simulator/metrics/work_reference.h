#pragma once

#include "scheduler/base/id.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/job.h"

namespace suanwang::metrics {

// The accelerator at whose nominal FP16 the work of such jobs is counted (MODEL §8, "Load and work"): the profile's own
// `reference`. A profile without one lasts as long on every model; its work is counted on the only model that it accepts,
// else on "ascend-910b" if all that it accepts are of CANN, else on "a800"; where the inventory lacks that model or the
// profile does not accept it, on the fastest that it accepts, the first by name among equals. The order in which models
// are declared has no part in it. none: it accepts no model. O(models).
[[nodiscard]] AcceleratorId WorkReference(const JobProfile& profile, const Inventory& inventory);

}  // namespace suanwang::metrics
