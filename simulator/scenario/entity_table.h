#pragma once

#include "scheduler/text/diagnostic.h"
#include "scheduler/text/node.h"
#include "scheduler/text/schema.h"
#include "scheduler/text/table.h"

namespace suanwang::scenario {

// The rows of a table as a map from name to entity, each cell under its column's name. The columns that name a row
// are those of (row_key); where it is one column, that column is the name and nothing else. Reported: columns that
// the schema does not know (once a column), missing name columns, rows without a name, names that stand twice.
[[nodiscard]] text::Node EntitiesOf(const text::Table& table, const text::Descriptor& entity,
                                    const text::Origin& origin, text::Schema& schema, text::Diagnostics& diagnostics);

}  // namespace suanwang::scenario
