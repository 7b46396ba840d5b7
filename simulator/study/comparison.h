#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/metrics/value.h"
#include "simulator/study/direction.h"
#include "simulator/study/paired.h"
#include "simulator/study/study.h"

namespace suanwang::study {

// One value of one variant.
struct Cell {
  Estimate estimate;                             // over its seeds; no interval where it is a bound
  metrics::Bound bound = metrics::Bound::kExact; // of the mean: one bound among the seeds makes it "≥"
  Difference difference;                         // from the baseline
  Verdict verdict = Verdict::kUnknown;
};

// One value, of all variants in their order; the first cell is the baseline's, its difference means nothing.
struct Row {
  std::string name;  // "wait_s.p95"
  metrics::Labels labels;
  Direction direction = Direction::kNeither;
  std::vector<Cell> cells;
};

// Every value that any run has, held against the baseline.
struct Comparison {
  std::vector<Row> rows;                      // in the order of the baseline's values, then those that only others have
  std::vector<std::uint32_t> identical;       // by variant: seeds in which it decided as the baseline did
  std::vector<std::uint32_t> pairs;           // by variant: seeds that both it and the baseline ran
  std::vector<std::uint32_t> same_arrivals;   // by variant: pairs in which the very same jobs came to both
  std::vector<std::uint32_t> same_faults;     // by variant: pairs in which the very same failed on both sides

  [[nodiscard]] const Row* Find(std::string_view name, const metrics::Labels& labels = {}) const;
  // Same decisions in every seed.
  [[nodiscard]] bool DecidesAlike(std::size_t variant) const { return pairs[variant] > 0 && identical[variant] == pairs[variant]; }
  [[nodiscard]] bool HasSameArrivals(std::size_t variant) const { return same_arrivals[variant] == pairs[variant]; }
  [[nodiscard]] bool HasSameFaults(std::size_t variant) const { return same_faults[variant] == pairs[variant]; }
  // The variant that is shown to be better in this value by the largest mean difference; 0: none is.
  [[nodiscard]] std::size_t Best(std::string_view name) const;
};

[[nodiscard]] Comparison Compare(const Study& study, double confidence = 0.95);

}  // namespace suanwang::study
