#pragma once

#include <string>
#include <string_view>

#include "scheduler/model/inventory.h"
#include "suanwang/v1/inventory.pb.h"

// Inventory ⇄ proto/suanwang/v1/inventory.proto. Once a session, so by protobuf reflection; every field is listed once.
namespace suanwang::wire {

void ToProto(const Inventory& inventory, v1::inventory::Inventory& message);

// Replaces `inventory`. Returns every error as a line "place.pools[3].center: 7 names no center\n", the place put before;
// empty: none. After errors the inventory is not to be used. Checked are
//   - enumerators and presence, as in proto_reader.h;
//   - that ids name what there is (a center's site and tariff may be none) and that pools are grouped by center;
//   - that quantities are not negative, and positive where something is divided by them;
//   - sizes: at most 64 accelerator models and 10^12 accelerators a pool; where nodes matter, 1,024 accelerators a node
//     and 200 million in all, as a scheduler keeps each.
[[nodiscard]] std::string FromProto(const v1::inventory::Inventory& message, std::string_view place, Inventory& inventory);

}  // namespace suanwang::wire
