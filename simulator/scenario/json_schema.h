#pragma once

#include <google/protobuf/descriptor.h>

#include <string>

namespace suanwang::scenario {

// The JSON Schema (2020-12) of what people write for messages of `type`, for editors: keys with their other
// spellings, words of enums, quantities as text, help lines. Ends with a line end. `title` names it.
// The parts that layers add (tables, extends, set, overrides) belong to the root.
[[nodiscard]] std::string JsonSchema(const google::protobuf::Descriptor& type, const std::string& title);

}  // namespace suanwang::scenario
