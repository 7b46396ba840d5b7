#include "scheduler/model/exchange_bytes.h"

namespace suanwang {

void BytesReader::GetSlice(Slice& slice, std::vector<std::uint32_t>& words) {
  std::uint32_t count = 0;
  Get(count);
  if (count > rest_.size() / sizeof(std::uint32_t)) {
    Fail();
    count = 0;
  }
  slice = Slice{static_cast<std::uint32_t>(words.size()), count};
  for (std::uint32_t i = 0; i < count; ++i) Get(words.emplace_back());
}

void AppendInstant(Time now, std::uint32_t pass, std::string& out) {
  BytesWriter writer(out);
  writer.Put(kInstantMark);
  writer.Put(now);
  writer.Put(pass);
}

void AppendBytes(const Observations& batch, std::string& out) {
  BytesWriter writer(out);
  for (const Observation& item : batch.items) writer.PutItem(item, batch.words);
}

void AppendBytes(const Actions& batch, std::string& out) {
  BytesWriter writer(out);
  for (const Action& item : batch.items) writer.PutItem(item, batch.words, kActionBit);
}

}  // namespace suanwang
