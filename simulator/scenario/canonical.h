#pragma once

#include <string>

#include "scheduler/text/diagnostic.h"
#include "scheduler/text/node.h"
#include "simulator/scenario/place.h"

namespace suanwang::scenario {

// Where file names in a tree lead to.
struct FileNames {
  const text::Sources& sources;
  std::string data_folder;  // replaces ${SUANWANG_DATA}; empty: not known

  // `name` as it can be opened: relative names are relative to the file in which they stand (`origin`).
  // Reports an unknown ${…}.
  [[nodiscard]] std::string Resolve(const std::string& name, const text::Origin& origin,
                                    text::Diagnostics& diagnostics) const;
};

// Brings a tree into the one spelling in which layers can be compared: `capacity_gbps: 400` becomes
// `capacity: 400 Gbps`, `node_id` becomes `site`, file names can be opened; of a table's cells, 1 and 0 become truth
// values where such belong, and "edge;cloud" becomes a list; one item of an (append) field becomes a list. Unknown keys are left for text::Bind.
// Two spellings of one field in one map are reported, the second is dropped.
void Canonicalize(text::Node& node, const Place& place, const FileNames& names, text::Schema& schema,
                  text::Diagnostics& diagnostics);

}  // namespace suanwang::scenario
