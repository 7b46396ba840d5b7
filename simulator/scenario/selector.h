#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scheduler/text/diagnostic.h"
#include "scheduler/text/node.h"
#include "simulator/scenario/place.h"

namespace suanwang::scenario {

// One spot that a path selects: the entry `key` of the map `parent`, which may not be there yet.
struct Selected {
  text::Node* parent = nullptr;
  Place place;       // of the parent
  std::string key;   // as written in the path, or the name of an entity
  std::string path;  // of the parent, for messages
};

// The spots that a path selects in a tree of a scenario:
//   a.b.c                         fields by any spelling (the last may be new), entities by name
//   centers.*.pue                 every entity; * also stands for a part of a name, as in jz-metro-*
//   centers[province_en=Sichuan]  entities with this value of an attribute; several [..] must all hold
//   pools.guian.h800.x            the longest name that is there wins, so dots in names do no harm
//   pools."new.name"              a name in quotes stands for itself
// Missing maps between are made where a message has one place for them; entities are made only as the last step.
// A path that is wrong or selects nothing is reported at `origin`, and nothing comes back.
// The spots stay valid until a map of the tree gets another key. O(entities at each step × length of the path).
[[nodiscard]] std::vector<Selected> Select(text::Node& tree, const Place& root, std::string_view path,
                                           const text::Origin& origin, text::Schema& schema,
                                           text::Diagnostics& diagnostics);

// Whether `name` fits `pattern`, in which * stands for any run of characters.
[[nodiscard]] bool MatchesPattern(std::string_view name, std::string_view pattern);

}  // namespace suanwang::scenario
