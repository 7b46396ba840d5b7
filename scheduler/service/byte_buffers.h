#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <string>
#include <vector>

// Bytes ⇄ what gRPC carries. For sources of this room alone.
namespace suanwang {

[[nodiscard]] inline grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// Replaces `bytes`. False: gRPC could not make them out.
[[nodiscard]] inline bool FromBuffer(const grpc::ByteBuffer& buffer, std::string& bytes) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return false;
  bytes.clear();
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return true;
}

}  // namespace suanwang
