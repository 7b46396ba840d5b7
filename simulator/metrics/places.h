#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "scheduler/model/inventory.h"
#include "simulator/metrics/tally.h"
#include "simulator/metrics/value.h"

namespace suanwang::metrics {

// Appends a value of the whole run, then of each centre and of each pool where there are several, from tallies by pool.
using NumberOf = std::function<std::optional<double>(const Tally&)>;
void AddByPlace(std::string_view metric, std::string_view statistic, const Inventory& inventory, std::span<const Tally> pools,
                const NumberOf& number_of, Values& out);

}  // namespace suanwang::metrics
