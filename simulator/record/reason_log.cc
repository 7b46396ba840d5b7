#include "simulator/record/reason_log.h"

#include "scheduler/model/exchange_bytes.h"

namespace suanwang::record {
namespace {

constexpr std::string_view kMagic = "SWREASON";
constexpr std::uint32_t kFormat = 1;
constexpr std::size_t kRowBytes = 8 + 4 + 1 + 4 + 1;

}  // namespace

void ReasonLog::Add(Time at, std::span<const ReasonChange> changes) {
  for (const ReasonChange& change : changes) rows_.push_back({at, change});
}

std::string ReasonLog::Bytes() const {
  std::string bytes(kMagic);
  bytes.reserve(kMagic.size() + 4 + rows_.size() * kRowBytes);
  BytesWriter writer(bytes);
  writer.Put(kFormat);
  for (const TimedReason& row : rows_) {
    writer.Put(row.at);
    writer.Put(row.change.job);
    writer.Put(row.change.reason.rule);
    writer.Put(row.change.reason.subject);
    writer.Put(row.change.and_all_behind);
  }
  return bytes;
}

std::optional<ReasonLog> ReasonLog::FromBytes(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  bytes.remove_prefix(kMagic.size());
  if (bytes.size() < 4 || (bytes.size() - 4) % kRowBytes != 0) return std::nullopt;
  BytesReader reader(bytes);
  std::uint32_t format = 0;
  reader.Get(format);
  if (format != kFormat) return std::nullopt;
  ReasonLog log;
  while (!reader.at_end()) {
    TimedReason row;
    reader.Get(row.at);
    reader.Get(row.change.job);
    reader.Get(row.change.reason.rule);
    reader.Get(row.change.reason.subject);
    reader.Get(row.change.and_all_behind);
    const bool is_later = log.rows_.empty() || log.rows_.back().at <= row.at;
    if (!reader.ok() || !is_later || static_cast<std::size_t>(row.change.reason.rule) >= kRules) return std::nullopt;
    log.rows_.push_back(row);
  }
  return log;
}

}  // namespace suanwang::record
