#pragma once

#include <string>
#include <string_view>

namespace suanwang::record {

// The canonical bytes of a record (what a ByteSink got, whole) for people: a line a row, fields as
// scheduler/model/exchange_text.h writes them. Bytes that are no record end it with the line "damaged here".
[[nodiscard]] std::string RecordText(std::string_view bytes);

}  // namespace suanwang::record
