#pragma once

#include <cstdint>
#include <span>

#include "simulator/record/rows.h"

namespace suanwang::record {

// Whoever follows a run, live or from a stored record: gets every row once, in order, the last one being Closed.
class RowSink {
 public:
  virtual ~RowSink() = default;
  // Slices of `row` point into `words`, which is valid during the call only.
  virtual void On(const Row& row, std::span<const std::uint32_t> words) = 0;
};

}  // namespace suanwang::record
