#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "simulator/record/file_header.h"
#include "simulator/record/packed_writer.h"
#include "simulator/record/row_sink.h"
#include "simulator/record/run_record.h"

// record.zst: the canonical bytes of a record behind the header of the file (file_header.h, "SWRECORD", kRecordFormat); one
// zstd frame with a checksum.
namespace suanwang::record {

inline constexpr std::uint32_t kRecordFormat = 1;
inline constexpr FileKind kRecordKind{"SWRECORD", kRecordFormat, "record"};

// Writes a record as it is made (packed_writer.h: whole or not at all).
class RecordWriter final : public ByteSink {
 public:
  RecordWriter(std::string path, const FileHeader& header);
  void Write(std::string_view bytes) override { file_.Write(bytes); }
  [[nodiscard]] std::optional<std::string> Finish() { return file_.Finish(); }

 private:
  PackedWriter file_;
};

// Reads a stored record. One pass, constant memory beside one byte a job.
class RecordReader {
 public:
  explicit RecordReader(std::string path);
  ~RecordReader();

  // The header, or nothing: then error() says why. Comes first.
  [[nodiscard]] std::optional<FileHeader> ReadHeader();
  // Hands every row to the sinks. False: the file is cut short or not what a run writes, error() says where; the sinks
  // then have seen a part of it and are of no use.
  [[nodiscard]] bool Replay(std::span<RowSink* const> sinks);

  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] std::uint64_t hash() const { return hasher_.Digest(); }  // record_hash of the rows replayed
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

 private:
  struct Stream;
  bool Fail(std::string_view what);
  bool Fill();
  bool NextRow(Row& row);

  std::string path_;
  std::string error_;
  std::unique_ptr<Stream> stream_;
  Hasher hasher_;
  std::vector<std::uint32_t> words_;
  std::uint64_t rows_ = 0;
};

}  // namespace suanwang::record
