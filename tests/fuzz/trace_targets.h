#pragma once

#include <string>
#include <string_view>

namespace suanwang::workload {

// What must hold of any bytes whatever; aborts where it does not. Sanitizers watch over the rest.

// The CSV reader: fields and places lie within the text, rows are as wide as the heading.
void TryCsv(std::string bytes);

// A trace reader: either problems or a trace, never both and never neither; every row of the file is a row of the trace
// or counted by reason; what is written as a normalised table reads back the same; jobs are in order.
void TryTraceReader(std::string_view format, std::string bytes);

}  // namespace suanwang::workload
