#include <cstdio>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <zstd.h>

#include "scheduler/base/check.h"
#include "scheduler/model/exchange_bytes.h"
#include "simulator/record/record_file.h"
#include "simulator/record/row_check.h"

namespace suanwang::record {
namespace {

constexpr std::size_t kMaxRow = 64 * 1024 * 1024;

}  // namespace

struct RecordReader::Stream {
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct FreeContext {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<std::FILE, CloseFile> file;
  std::unique_ptr<ZSTD_DCtx, FreeContext> context{ZSTD_createDCtx()};
  std::array<char, 128 * 1024> compressed;
  ZSTD_inBuffer in{compressed.data(), 0, 0};
  std::size_t wanted = 1;  // what the decompressor still waits for; 0: the frame is complete
  std::string bytes;       // decompressed; what lies before `used` has been read
  std::size_t used = 0;

  [[nodiscard]] std::string_view rest() const { return std::string_view(bytes).substr(used); }
};

RecordReader::RecordReader(std::string path) : path_(std::move(path)), stream_(std::make_unique<Stream>()) {}
RecordReader::~RecordReader() = default;

bool RecordReader::Fail(std::string_view what) {
  if (error_.empty()) error_ = path_ + ": " + std::string(what);
  return false;
}

// Decompresses some more; false at the end of the file or when something is wrong.
bool RecordReader::Fill() {
  Stream& s = *stream_;
  s.bytes.erase(0, std::exchange(s.used, 0));
  const std::size_t before = s.bytes.size();
  while (s.bytes.size() == before) {
    if (s.in.pos == s.in.size) s.in = {s.compressed.data(), std::fread(s.compressed.data(), 1, s.compressed.size(), s.file.get()), 0};
    if (s.in.size == 0) {
      if (std::ferror(s.file.get()) != 0) return Fail("cannot be read: " + std::string(std::strerror(errno)));
      return s.wanted == 0 ? false : Fail("is cut short (run the scenario again to write it anew)");
    }
    if (s.wanted == 0) return Fail("has something behind its end (not a record, or two joined together)");
    s.bytes.resize(before + ZSTD_DStreamOutSize());
    ZSTD_outBuffer out{s.bytes.data() + before, s.bytes.size() - before, 0};
    s.wanted = ZSTD_decompressStream(s.context.get(), &out, &s.in);
    s.bytes.resize(before + (ZSTD_isError(s.wanted) ? 0 : out.pos));
    if (ZSTD_isError(s.wanted)) {
      return Fail("is not a record, or is damaged: " + std::string(ZSTD_getErrorName(s.wanted)) + " (run the scenario again to write it anew)");
    }
  }
  return true;
}

std::optional<FileHeader> RecordReader::ReadHeader() {
  stream_->file.reset(std::fopen(path_.c_str(), "rb"));
  if (stream_->file == nullptr) {
    Fail("cannot be opened: " + std::string(std::strerror(errno)) + " (a run that keeps its record writes it)");
    return std::nullopt;
  }
  while (stream_->bytes.size() < kLongestHeader && Fill()) {}
  FileHeader header;
  if (!error_.empty()) return std::nullopt;
  if (const auto wrong = record::ReadHeader(stream_->bytes, kRecordKind, header, stream_->used)) {
    Fail(*wrong);
    return std::nullopt;
  }
  return header;
}

// The next row and its words; false at the end, or when something is wrong.
bool RecordReader::NextRow(Row& row) {
  for (;;) {
    const std::string_view rest = stream_->rest();
    BytesReader reader(rest);
    words_.clear();
    const std::optional<Row> next = rest.empty() ? std::nullopt : reader.GetItem<Row>(words_);
    if (next) {
      const std::size_t length = rest.size() - reader.remaining();
      hasher_.Add(rest.substr(0, length));
      stream_->used += length;
      row = *next;
      return true;
    }
    if (rest.size() > kMaxRow) return Fail("has a damaged row, row " + std::to_string(rows_ + 1));
    if (!Fill()) {
      return stream_->rest().empty() ? false : Fail("has a damaged row, row " + std::to_string(rows_ + 1));
    }
  }
}

bool RecordReader::Replay(std::span<RowSink* const> sinks) {
  SUANWANG_CHECK(stream_->file != nullptr, "the header is read before the rows");
  RowCheck check;
  for (Row row = Closed{}; NextRow(row); ++rows_) {
    const std::string_view wrong = check.Next(row);
    if (!wrong.empty()) return Fail("row " + std::to_string(rows_ + 1) + ": " + std::string(wrong));
    for (RowSink* sink : sinks) sink->On(row, words_);
  }
  if (error_.empty() && !check.closed()) Fail("ends before its run does (it was written by an interrupted run)");
  return error_.empty();
}

}  // namespace suanwang::record
