#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/text/diagnostic.h"
#include "scheduler/text/node.h"
#include "scheduler/text/schema.h"

// A scenario is a base and named, stackable changes. From below:
//   1  tables    rows of the CSV files that `tables:` names; a later file's entry replaces an earlier one's
//   2  extends   each file of the chain, from the base on: its values, then its `set:`
//   3  --with    the named `overrides:`, from left to right
//   4  --set     path=value, from left to right
// An entity that a layer removes takes with it those that belong to it (option owner): a centre its pools, a site its links.
// How one layer changes what is below it: merge.h; what a path in set, overrides and --set selects: selector.h.
namespace suanwang::scenario {

struct LayerRequest {
  std::string file;
  std::vector<std::string> with;  // names of overrides
  std::vector<std::string> set;   // "path=value", the value in YAML
  std::string data_folder;        // for ${SUANWANG_DATA}; empty: not known
};

// What opening a file gave: its text, or why there is none ("no such file").
struct FileText {
  std::optional<std::string> text;
  std::string problem;
};
using FileReader = std::function<FileText(const std::string& name)>;

// Reads from disk; refuses what is no regular file.
[[nodiscard]] FileText ReadFromDisk(const std::string& name);

// The resolved tree of a scenario whose schema is `type`: canonical keys, no tables, extends, set or overrides left,
// every leaf with the place that it came from. All files and arguments read are in `sources` afterwards.
// Nothing if the first file cannot be used at all; else the tree is worth binding even if errors were found.
[[nodiscard]] std::optional<text::Node> ResolveLayers(const LayerRequest& request, const text::Descriptor& type,
                                                      const FileReader& reader, text::Sources& sources,
                                                      text::Diagnostics& diagnostics);

}  // namespace suanwang::scenario
