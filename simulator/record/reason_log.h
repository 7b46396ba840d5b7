#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/model/reason.h"

namespace suanwang::record {

// A reason that a scheduler gave for waiting, and when.
struct TimedReason {
  Time at;
  ReasonChange change;
  friend bool operator==(const TimedReason&, const TimedReason&) = default;
};

// All reasons of a run, in the order given. They are what the scheduler said, not what happened: in no record, no hash.
class ReasonLog {
 public:
  void Add(Time at, std::span<const ReasonChange> changes);

  [[nodiscard]] std::span<const TimedReason> rows() const { return rows_; }

  // "SWREASON", format u32, then a row after the other: at_ns i64, job u32, rule u8, subject u32, and_all_behind u8; all
  // little-endian. reasons.zst is these bytes, packed.
  [[nodiscard]] std::string Bytes() const;
  // Nothing: not what Bytes gives (another format, cut short, time going back, a rule that there is not).
  [[nodiscard]] static std::optional<ReasonLog> FromBytes(std::string_view bytes);

 private:
  std::vector<TimedReason> rows_;
};

}  // namespace suanwang::record
