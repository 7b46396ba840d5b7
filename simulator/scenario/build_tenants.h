#pragma once

#include <span>
#include <string>
#include <vector>

#include "scheduler/policy/catalog.h"
#include "simulator/scenario/building.h"

namespace suanwang::scenario {

// The weights of `tenants`, in order of TenantId, which is the position in `names`; tenants that are left out are not in it.
// Reported: names that submit nothing, and what is no whole number from 1 to TenantWeight::kMost.
[[nodiscard]] std::vector<TenantWeight> BuildTenantWeights(const Building& building, std::span<const std::string> names);

// For people: "tenants in fair-share orders: portal 3, lab 1; all others 1". At most eight are named.
[[nodiscard]] std::string TellWeights(std::span<const TenantWeight> weights, std::span<const std::string> names);
[[nodiscard]] std::string TellWeightsZh(std::span<const TenantWeight> weights, std::span<const std::string> names);

}  // namespace suanwang::scenario
