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
//   - that quantities are not negative, positive where something is divided by them, and not so large that what is reckoned
//     from them overflows: delays as Topology has them, 100 kW an accelerator, PUE 10, 10 CNY/kWh, 1 t CO2/kWh;
//   - sizes: at most 64 accelerator models, 100,000 sites, centers, pools and tariffs, a million links, 10^8 pairs of a site
//     and a center; 10^12 accelerators a pool; where nodes matter, 1,024 accelerators a node and 200 million in all, as a
//     scheduler keeps each.
[[nodiscard]] std::string FromProto(const v1::inventory::Inventory& message, std::string_view place, Inventory& inventory);

}  // namespace suanwang::wire
