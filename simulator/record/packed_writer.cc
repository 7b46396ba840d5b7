#include "simulator/record/packed_writer.h"

#include <zstd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "scheduler/base/check.h"

namespace suanwang::record {
namespace {

constexpr int kLevel = 1;  // a record at level 3: 6 % smaller for 1.7 times the work

}  // namespace

struct PackedWriter::Stream {
  struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  std::string part;
  std::FILE* file = nullptr;
  std::unique_ptr<ZSTD_CCtx, FreeContext> context{ZSTD_createCCtx()};
  std::array<char, 128 * 1024> out;
};

PackedWriter::PackedWriter(std::string path, std::string what)
    : path_(std::move(path)), what_(std::move(what)), stream_(std::make_unique<Stream>()) {
  SUANWANG_CHECK(stream_->context != nullptr, "there is memory for a compressor");
  ZSTD_CCtx_setParameter(stream_->context.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(stream_->context.get(), ZSTD_c_checksumFlag, 1);
  ZSTD_CCtx_setParameter(stream_->context.get(), ZSTD_c_nbWorkers, 1);  // beside the run, where the library can
  stream_->part = path_ + ".part";
  stream_->file = std::fopen(stream_->part.c_str(), "wb");
  if (stream_->file == nullptr) Fail(std::strerror(errno));
}

PackedWriter::~PackedWriter() {
  if (stream_->file == nullptr) return;
  std::fclose(stream_->file);
  std::remove(stream_->part.c_str());
}

void PackedWriter::Compress(std::string_view bytes, bool last) {
  if (!error_.empty()) return;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  for (bool done = false; !done;) {
    ZSTD_outBuffer out{stream_->out.data(), stream_->out.size(), 0};
    const std::size_t left = ZSTD_compressStream2(stream_->context.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
    SUANWANG_CHECK(!ZSTD_isError(left), "compressing never fails");
    if (std::fwrite(stream_->out.data(), 1, out.pos, stream_->file) != out.pos) return Fail(std::strerror(errno));
    done = last ? left == 0 : in.pos == in.size;
  }
}

void PackedWriter::Fail(std::string_view why) {
  if (error_.empty()) {
    error_ = path_ + ": cannot write " + what_ + ": " + std::string(why) +
             " (free some space, name another folder, or run without keeping a record)";
  }
}

std::optional<std::string> PackedWriter::Finish() {
  Compress({}, true);
  if (stream_->file != nullptr) {
    if (std::fclose(std::exchange(stream_->file, nullptr)) != 0) Fail(std::strerror(errno));
    if (error_.empty() && std::rename(stream_->part.c_str(), path_.c_str()) != 0) Fail(std::strerror(errno));
    if (!error_.empty()) std::remove(stream_->part.c_str());
  }
  return error_.empty() ? std::nullopt : std::optional(error_);
}

}  // namespace suanwang::record
