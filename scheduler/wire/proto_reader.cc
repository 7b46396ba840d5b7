#include "scheduler/wire/proto_reader.h"

#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace suanwang::wire {
namespace {

// What protobuf reads at most; longer bytes look cut off.
int ReadableSize(std::string_view bytes) {
  return static_cast<int>(std::min<std::size_t>(bytes.size(), std::numeric_limits<int>::max()));
}

}  // namespace

ProtoReader::ProtoReader(std::string_view bytes)
    : input_(reinterpret_cast<const std::uint8_t*>(bytes.data()), ReadableSize(bytes)) {
  input_.PushLimit(ReadableSize(bytes));
}

bool ProtoReader::Fail(std::string what) {
  if (error_.empty()) error_ = std::move(what);
  return false;
}

bool ProtoReader::Within(std::string_view name) {
  error_.insert(0, std::exchange(placed_, true) ? "." : ": ").insert(0, name);
  return false;
}

bool ProtoReader::Within(std::string_view name, std::size_t index) {
  return Within(std::string(name) + "[" + std::to_string(index) + "]");
}

bool ProtoReader::AtEnd() { return input_.ConsumedEntireMessage() || Fail("is no protobuf message"); }

bool ProtoReader::Skip(std::uint32_t tag) {
  return google::protobuf::internal::WireFormatLite::SkipField(&input_, tag) || Fail("is no protobuf message");
}

void ProtoReader::Assign(std::int32_t& value, std::uint64_t bits) {
  value = google::protobuf::internal::WireFormatLite::ZigZagDecode32(static_cast<std::uint32_t>(bits));
}

bool ProtoReader::ReadWords(const FieldLayout& field, Slice& slice, std::vector<std::uint32_t>& words) {
  if (std::size_t{slice.first} + slice.count != words.size()) return Fail("is interrupted by another list");
  if (words.size() > std::numeric_limits<std::uint32_t>::max() - field.width) return Fail("is too long");
  words.resize(words.size() + field.width);
  slice.count += field.width;
  const std::span<std::uint32_t> element = std::span(words).last(field.width);
  return ReadMessage([&] { return ReadElementWords(element); });
}

bool ProtoReader::ReadElementWords(std::span<std::uint32_t> element) {
  while (const std::uint32_t tag = NextTag()) {
    const std::uint32_t number = tag >> 3;
    if (number < 1 || number > element.size()) {
      if (!Skip(tag)) return false;
      continue;
    }
    std::uint64_t bits = 0;
    if ((tag & 7) != 0) return Fail("has an element of another wire type");
    if (!ReadVarint(bits)) return false;
    if (bits > std::numeric_limits<std::uint32_t>::max()) return Fail(std::to_string(bits) + " is out of range");
    element[number - 1] = static_cast<std::uint32_t>(bits);
  }
  return AtEnd();
}

}  // namespace suanwang::wire
