#include "simulator/record/run_record.h"

#include <limits>

#include "scheduler/base/check.h"
#include "scheduler/model/exchange_bytes.h"

namespace suanwang::record {
namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;

}  // namespace

RunRecord::RunRecord() : now_(std::numeric_limits<std::int64_t>::min()) { pending_.reserve(kChunkBytes + 4096); }

void RunRecord::AddSink(RowSink* sink) { sinks_.push_back(sink); }

void RunRecord::KeepIn(ByteSink* keeper) {
  SUANWANG_CHECK(keeper_ == nullptr, "a record is kept in one place");
  SUANWANG_CHECK(rows_ == 0, "a record is kept from its first row");
  keeper_ = keeper;
}

void RunRecord::Add(const Row& row, std::span<const std::uint32_t> words) {
  const Time at = AtOf(row);
  SUANWANG_CHECK(!closed_, "nothing follows the end of a run");
  SUANWANG_CHECK(now_ <= at, "time never goes back in the record");
  now_ = at;
  ++rows_;
  BytesWriter(pending_).PutItem(row, words);
  closed_ = std::holds_alternative<Closed>(row);
  if (pending_.size() >= kChunkBytes || closed_) Flush();
  for (RowSink* sink : sinks_) sink->On(row, words);
}

void RunRecord::Flush() {
  hasher_.Add(pending_);
  if (keeper_ != nullptr) keeper_->Write(pending_);
  pending_.clear();
}

}  // namespace suanwang::record
