#include "simulator/workload/pack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>

#include "scheduler/base/check.h"

namespace suanwang::workload {
namespace {

std::string PackZstd(std::string_view text) {
  constexpr int kLevel = 6;
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), kLevel);
  SUANWANG_CHECK(ZSTD_isError(size) == 0, "zstd packs into the room it asked for");
  bytes.resize(size);
  return bytes;
}

// zlib counts in 32 bits: goes on in portions.
std::string PackGzip(std::string_view text) {
  constexpr int kGzip = 16 + MAX_WBITS;
  constexpr int kUsualMemory = 8;
  constexpr std::size_t kPortion = std::size_t{1} << 20;
  z_stream stream{};
  SUANWANG_CHECK(
      deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, kUsualMemory, Z_DEFAULT_STRATEGY) == Z_OK,
      "zlib has memory for its state");
  std::string bytes;
  int code = Z_OK;
  while (code != Z_STREAM_END) {
    const std::size_t in = std::min(text.size(), kPortion);
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));  // zlib only reads it
    stream.avail_in = static_cast<uInt>(in);
    const std::size_t before = bytes.size();
    bytes.resize(before + kPortion);
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + before);
    stream.avail_out = static_cast<uInt>(kPortion);
    code = deflate(&stream, in == text.size() ? Z_FINISH : Z_NO_FLUSH);
    SUANWANG_CHECK(code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR, "zlib packs any bytes");
    bytes.resize(before + kPortion - stream.avail_out);
    text.remove_prefix(in - stream.avail_in);
  }
  deflateEnd(&stream);
  return bytes;
}

}  // namespace

Packing PackingOfName(std::string_view path) {
  if (path.ends_with(".gz")) return Packing::kGzip;
  return path.ends_with(".zst") ? Packing::kZstd : Packing::kNone;
}

std::string Pack(std::string_view text, Packing packing) {
  switch (packing) {
    case Packing::kNone: return std::string(text);
    case Packing::kGzip: return PackGzip(text);
    case Packing::kZstd: return PackZstd(text);
  }
  return {};
}

}  // namespace suanwang::workload
