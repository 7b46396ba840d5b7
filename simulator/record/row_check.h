#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "simulator/record/rows.h"

namespace suanwang::record {

// Is this a record that a run could have written? For rows from outside (a stored file), before anything folds over
// them: known values of every enumeration, time that never goes back, the life of a job (rows.h), nothing after Closed.
// O(1) a row, one byte a job.
class RowCheck {
 public:
  // What is wrong with the next row; empty: nothing.
  [[nodiscard]] std::string_view Next(const Row& row);
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  enum class Stage : std::uint8_t { kUnknown, kWaiting, kGranted, kRunning, kEnded };
  static constexpr std::uint32_t kMaxJobs = 1u << 28;

  [[nodiscard]] Stage StageOf(JobId job) const;
  std::string_view Step(const Submitted& row);
  std::string_view Step(const Granted& row);
  std::string_view Step(const Began& row);
  std::string_view Step(const Stopped& row);
  std::string_view Step(const Ended& row);
  std::string_view Step(const Availability& row);
  std::string_view Step(const Refused& row);
  std::string_view Step(const ForeignUse& row);
  std::string_view Step(const Closed& row);

  std::vector<Stage> stages_;
  Time now_;
  bool started_ = false;
  bool closed_ = false;
};

}  // namespace suanwang::record
