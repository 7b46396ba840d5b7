#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "simulator/metrics/context.h"
#include "simulator/metrics/value.h"
#include "simulator/record/rows.h"

namespace suanwang::metrics {

// Groups of jobs that values are given of: the whole run, each workload, each demand class, each class. In this order,
// those of one kind by their first class.
class Groups {
 public:
  static constexpr std::size_t kAll = 0;

  explicit Groups(std::span<const ClassLabel> classes);

  [[nodiscard]] std::size_t size() const { return labels_.size(); }
  [[nodiscard]] const Labels& labels(std::size_t group) const { return labels_[group]; }
  // The groups a job of the class is in; kAll comes first.
  [[nodiscard]] std::span<const std::uint32_t> Of(record::ClassId job_class) const;

 private:
  void Join(std::uint32_t job_class, std::string_view key, std::string_view value);

  std::vector<Labels> labels_;
  std::vector<std::vector<std::uint32_t>> groups_of_;  // by ClassId; the last: of a class without a label
};

}  // namespace suanwang::metrics
