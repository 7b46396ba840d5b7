#pragma once

#include <string>
#include <string_view>

#include "scheduler/model/inventory.h"

namespace suanwang::wire {

// What of an inventory that came from outside no scheduler could work with: one line an error, as told in
// inventory_codec.h; empty: nothing. O(size of the inventory).
[[nodiscard]] std::string CheckInventory(const Inventory& inventory, std::string_view place);

}  // namespace suanwang::wire
