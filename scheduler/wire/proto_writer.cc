#include "scheduler/wire/proto_writer.h"

namespace suanwang::wire {

void ProtoWriter::AppendVarint(std::uint64_t value) {
  std::uint8_t bytes[10];
  const std::uint8_t* end = Coded::WriteVarint64ToArray(value, bytes);
  out_.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(end - bytes));
}

void ProtoWriter::CloseLength(std::size_t length_at) {
  std::uint8_t bytes[10];
  const std::size_t length = out_.size() - length_at - 1;
  const std::uint8_t* end = Coded::WriteVarint64ToArray(length, bytes);
  out_[length_at] = static_cast<char>(bytes[0]);
  if (length >= 0x80) {  // most messages are shorter, and the rest need not be moved
    out_.insert(length_at + 1, reinterpret_cast<const char*>(bytes + 1), static_cast<std::size_t>(end - bytes) - 1);
  }
}

void ProtoWriter::PutWords(const FieldLayout& field, std::span<const std::uint32_t> words) {
  SUANWANG_CHECK(words.size() % field.width == 0, "a list has whole elements");
  for (; !words.empty(); words = words.subspan(field.width)) {
    PutMessage(field.tag, [&] {
      for (std::uint32_t word = 0; word < field.width; ++word) PutVarint((word + 1) << 3, words[word]);
    });
  }
}

}  // namespace suanwang::wire
