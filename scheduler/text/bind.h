#pragma once

#include <google/protobuf/message.h>

#include "scheduler/text/diagnostic.h"
#include "scheduler/text/node.h"

namespace suanwang::text {

// Fills `message` from a tree by the schema's spelling (schema.h), reporting every error with its place:
// unknown keys, a value given twice under two spellings, wrong kinds, words that are no enum value, numbers and
// quantities that do not read or lie outside (min)/(max), missing (required) fields, two members of a oneof, and names
// that `refers_to` demands and nobody has. A null means "absent". A list of integers may be written "1..20".
// `message` is complete only if no error was added. O(size of tree), but for a first look at each message type.
void Bind(const Node& tree, google::protobuf::Message& message, Diagnostics& diagnostics);

}  // namespace suanwang::text
