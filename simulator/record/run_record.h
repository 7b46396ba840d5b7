#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/base/hash.h"
#include "scheduler/base/time.h"
#include "simulator/record/row_sink.h"
#include "simulator/record/rows.h"

namespace suanwang::record {

// Where the canonical bytes of a record go, in pieces of any length that mean nothing by themselves.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual void Write(std::string_view bytes) = 0;
};

// What happened in a run, appended once. Turns rows into canonical bytes (scheduler/model/exchange_bytes.h), hashes
// them (XXH3-64, `record_hash` of MODEL §8) and hands the rows on. Keeps no row: memory is constant, and nothing is
// allocated per row. Sinks and the keeper outlive it.
class RunRecord {
 public:
  RunRecord();

  void AddSink(RowSink* sink);     // gets every later row; sinks are called in the order they were added
  void KeepIn(ByteSink* keeper);   // gets the bytes of every later row, the last of them at Closed; at most one

  // Time never goes back, and nothing follows Closed. Slices of `row` point into `words`.
  void Add(const Row& row, std::span<const std::uint32_t> words = {});

  [[nodiscard]] std::uint64_t hash() const { return hasher_.DigestWith(pending_); }  // of all rows so far
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] Time now() const { return now_; }        // of the last row; the least Time before the first
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  void Flush();

  std::string pending_;  // bytes neither hashed nor kept yet, at most one chunk and a row
  Hasher hasher_;
  std::vector<RowSink*> sinks_;
  ByteSink* keeper_ = nullptr;
  std::uint64_t rows_ = 0;
  Time now_;
  bool closed_ = false;
};

}  // namespace suanwang::record
