#pragma once

#include <memory>

#include "scheduler/policy/catalog.h"

namespace suanwang {

// The policies of the catalog once more, as slow and plain as MODEL §1 and §2 read: everything is looked at anew in every
// round, nothing is remembered, sorted sets, refusals and prefix sums are unknown here. For every specification of the
// catalog there is one; its decisions must be the same.
[[nodiscard]] std::unique_ptr<Policy> MakePlain(const PolicySpec& spec);

}  // namespace suanwang
