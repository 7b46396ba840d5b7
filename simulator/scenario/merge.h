#pragma once

#include <string>

#include "scheduler/text/diagnostic.h"
#include "scheduler/text/node.h"
#include "simulator/scenario/place.h"

namespace suanwang::scenario {

// Lays the map `over` onto the map `base`, both in canonical spelling, at a spot of the schema:
//   maps merge key by key; lists are replaced whole, but for fields marked (append), to which they add;
//   fields marked (whole) are replaced whole; a null removes what was there, and it must be there;
//   one member of a oneof takes the place of another;
//   {times: 2} and {plus: "800 Gbps"} change the quantity that was there, rounded half away from zero.
// Everything in `base` keeps its origin, everything from `over` brings its own. O(size of over × keys beside it).
void Merge(text::Node& base, const text::Node& over, const Place& place, const std::string& path,
           text::Schema& schema, text::Diagnostics& diagnostics);

}  // namespace suanwang::scenario
