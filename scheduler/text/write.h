#pragma once

#include <google/protobuf/message.h>

#include "scheduler/text/node.h"

namespace suanwang::text {

// The tree that binds back to an equal message: usual keys, quantities with units, entities by name, in declared
// order; fields that are absent (or hold their default without presence) are left out. Maps come sorted by key.
[[nodiscard]] Node NodeOf(const google::protobuf::Message& message);

// The same as YAML text.
[[nodiscard]] std::string YamlOf(const google::protobuf::Message& message);

}  // namespace suanwang::text
