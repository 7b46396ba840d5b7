#pragma once

#include <optional>
#include <string>
#include <string_view>

// A journal (scheduler/core/journaling_port.h) for people. `bytes` are those that its JournalSink got, whole.
namespace suanwang {

// One line an instant, and one under it for each thing seen ("  >") and each answered ("  <"):
//
//   at 12.5 s, pass 0
//     > JobEnded job=3 state=completed
//     < Start job=4 pool=0 milli=8000 nodes=[0+1×8000]
//
// Fields as scheduler/model/exchange_text.h writes them. Bytes that are no journal end it with the line "damaged here".
[[nodiscard]] std::string JournalText(std::string_view bytes);

// Nothing where both are equal; else how many instants agree, and the first that does not as each tells it.
[[nodiscard]] std::optional<std::string> FirstDifference(std::string_view bytes, std::string_view other_bytes);

}  // namespace suanwang
