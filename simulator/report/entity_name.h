#pragma once

#include <string>
#include <string_view>

#include "scheduler/model/inventory.h"
#include "simulator/report/language.h"

// Names of what values are given of, for people.
namespace suanwang::report {

// "pre-training", "预训练"; one that is not of the shipped mixes: as it stands.
[[nodiscard]] std::string WorkloadName(std::string_view name, Language language);

// "guian 贵安": names of places carry both, in every language. One without a Chinese name, or not of this inventory: as it stands.
[[nodiscard]] std::string CenterName(const Inventory& inventory, std::string_view name);

}  // namespace suanwang::report
