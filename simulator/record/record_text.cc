#include "simulator/record/record_text.h"

#include <cstdint>
#include <vector>

#include "scheduler/model/exchange_bytes.h"
#include "scheduler/model/exchange_text.h"
#include "simulator/record/rows.h"

namespace suanwang::record {

std::string RecordText(std::string_view bytes) {
  std::string text;
  BytesReader reader(bytes);
  std::vector<std::uint32_t> words;
  while (!reader.at_end()) {
    words.clear();
    const auto row = reader.GetItem<Row>(words);
    if (row) TextWriter(text).PutItem(*row, words);
    text += row ? "\n" : "damaged here\n";
  }
  return text;
}

}  // namespace suanwang::record
