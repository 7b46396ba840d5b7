#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "simulator/record/packed_writer.h"
#include "simulator/record/row_sink.h"
#include "simulator/record/run_record.h"

// record.zst: the canonical bytes of a record behind a header that its hash leaves out; one zstd frame with a checksum.
//   "SWRECORD", format u32, scenario_hash u64, seed u64, policy (u32 length, bytes), then the rows; all little-endian.
namespace suanwang::record {

inline constexpr std::uint32_t kRecordFormat = 1;

// Which run a record is of.
struct RecordHeader {
  std::uint64_t scenario_hash = 0;
  std::uint64_t seed = 0;
  std::string policy;  // as a command line would name it: "easy,depth=10"
  friend bool operator==(const RecordHeader&, const RecordHeader&) = default;
};

// Writes a record as it is made (packed_writer.h: whole or not at all).
class RecordWriter final : public ByteSink {
 public:
  RecordWriter(std::string path, const RecordHeader& header);
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
  [[nodiscard]] std::optional<RecordHeader> ReadHeader();
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
