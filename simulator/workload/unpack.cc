#include "simulator/workload/unpack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "scheduler/base/check.h"

namespace suanwang::workload {
namespace {

constexpr std::size_t kFirstRoom = std::size_t{1} << 16;

// Makes room for more output: twice what there is, at most one byte beyond the limit (which then tells "too large").
void Grow(std::string& out, std::uint64_t max_bytes) {
  const std::size_t wanted = std::max(kFirstRoom, out.size() * 2);
  const std::uint64_t most = max_bytes == std::numeric_limits<std::uint64_t>::max() ? max_bytes : max_bytes + 1;
  out.resize(static_cast<std::size_t>(std::min<std::uint64_t>(wanted, most)));
}

class Inflater {
 public:
  Inflater() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    SUANWANG_CHECK(inflateInit2(&stream_, kGzipOnly) == Z_OK, "zlib has memory for its state");
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  UnpackOutcome Run(std::string_view bytes, std::uint64_t max_bytes, std::string& out) {
    std::size_t written = 0;
    out.clear();
    while (true) {
      if (written > max_bytes) return UnpackOutcome::kTooLarge;
      if (written == out.size()) Grow(out, max_bytes);
      const int code = Step(bytes, out, written);
      if (code == Z_STREAM_END) {
        if (bytes.empty()) break;
        if (PackingOf(bytes) != Packing::kGzip) return UnpackOutcome::kDamaged;
        inflateReset(&stream_);
        continue;
      }
      if (code != Z_OK && code != Z_BUF_ERROR) return UnpackOutcome::kDamaged;
      if (bytes.empty() && written < out.size()) return UnpackOutcome::kTruncated;
    }
    out.resize(written);
    return written > max_bytes ? UnpackOutcome::kTooLarge : UnpackOutcome::kWhole;
  }

 private:
  // Consumes from the front of `bytes` and fills `out` from `written` on, as far as one call gets.
  int Step(std::string_view& bytes, std::string& out, std::size_t& written) {
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
    const std::size_t in = std::min(bytes.size(), kMost);
    const std::size_t room = std::min(out.size() - written, kMost);
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));  // zlib only reads it
    stream_.avail_in = static_cast<uInt>(in);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data() + written);
    stream_.avail_out = static_cast<uInt>(room);
    const int code = inflate(&stream_, Z_NO_FLUSH);
    bytes.remove_prefix(in - stream_.avail_in);
    written += room - stream_.avail_out;
    return code;
  }

  z_stream stream_{};
};

UnpackOutcome UnpackZstd(std::string_view bytes, std::uint64_t max_bytes, std::string& out) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  SUANWANG_CHECK(context != nullptr, "zstd has memory for its state");
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::size_t written = 0;
  std::size_t left = 0;  // 0: at the end of a frame
  out.clear();
  while (true) {
    if (written > max_bytes) return UnpackOutcome::kTooLarge;
    if (written == out.size()) Grow(out, max_bytes);
    ZSTD_outBuffer target{out.data(), out.size(), written};
    left = ZSTD_decompressStream(context.get(), &target, &in);
    written = target.pos;
    if (ZSTD_isError(left) != 0) return UnpackOutcome::kDamaged;
    if (in.pos == in.size && (left == 0 || written < out.size())) break;
  }
  out.resize(written);
  if (written > max_bytes) return UnpackOutcome::kTooLarge;
  return left == 0 ? UnpackOutcome::kWhole : UnpackOutcome::kTruncated;
}

}  // namespace

Packing PackingOf(std::string_view bytes) {
  if (bytes.starts_with("\x1F\x8B")) return Packing::kGzip;
  if (bytes.starts_with("\x28\xB5\x2F\xFD")) return Packing::kZstd;
  return Packing::kNone;
}

UnpackOutcome Unpack(std::string_view bytes, Packing packing, std::uint64_t max_bytes, std::string& out) {
  SUANWANG_CHECK(packing != Packing::kNone, "only packed bytes are unpacked");
  if (packing == Packing::kZstd) return UnpackZstd(bytes, max_bytes, out);
  return Inflater().Run(bytes, max_bytes, out);
}

}  // namespace suanwang::workload
