#include "scheduler/core/journal_text.h"

#include <cstdint>
#include <vector>

#include "scheduler/model/exchange_bytes.h"
#include "scheduler/model/exchange_text.h"

namespace suanwang {
namespace {

// Reads a journal instant by instant.
class JournalReader {
 public:
  explicit JournalReader(std::string_view bytes) : reader_(bytes) {}

  [[nodiscard]] bool at_end() const { return reader_.at_end(); }

  // The next instant with its lines; at the end: empty.
  std::string NextInstant() {
    if (at_end()) return "";
    std::string text;
    PutInstant(text);
    while (reader_.ok() && !at_end() && reader_.Peek() != kInstantMark) PutItem(text);
    if (!reader_.ok()) text += "damaged here\n";
    return text;
  }

 private:
  void PutInstant(std::string& text) {
    std::uint8_t mark = 0;
    Time now;
    std::uint32_t pass = 0;
    reader_.Get(mark);
    reader_.Get(now);
    reader_.Get(pass);
    if (mark != kInstantMark) reader_.Fail();
    if (reader_.ok()) text += "at " + FormatSeconds(now) + " s, pass " + std::to_string(pass) + "\n";
  }

  void PutItem(std::string& text) {
    if ((reader_.Peek() & kActionBit) != 0) {
      PutItem<Action>("  < ", kActionBit, text);
    } else {
      PutItem<Observation>("  > ", 0, text);
    }
  }

  template <class Item>
  void PutItem(std::string_view arrow, std::uint8_t kind_bits, std::string& text) {
    words_.clear();
    const auto item = reader_.GetItem<Item>(words_, kind_bits);
    if (!item) return;
    text += arrow;
    TextWriter(text).PutItem(*item, words_);
    text += "\n";
  }

  BytesReader reader_;
  std::vector<std::uint32_t> words_;
};

std::string OrEnd(const std::string& instant) { return instant.empty() ? "(has ended)\n" : instant; }

}  // namespace

std::string JournalText(std::string_view bytes) {
  std::string text;
  JournalReader reader(bytes);
  while (!reader.at_end()) text += reader.NextInstant();
  return text;
}

std::optional<std::string> FirstDifference(std::string_view bytes, std::string_view other_bytes) {
  if (bytes == other_bytes) return std::nullopt;
  JournalReader one(bytes);
  JournalReader other(other_bytes);
  for (std::uint64_t equal = 0;; ++equal) {
    const std::string mine = one.NextInstant();
    const std::string theirs = other.NextInstant();
    if (mine == theirs && !mine.empty()) continue;
    return std::to_string(equal) + " instants agree; then one:\n" + OrEnd(mine) + "the other:\n" + OrEnd(theirs);
  }
}

}  // namespace suanwang
