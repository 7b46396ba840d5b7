#include "simulator/metrics/groups.h"

#include <algorithm>

namespace suanwang::metrics {

Groups::Groups(std::span<const ClassLabel> classes) : labels_(1), groups_of_(classes.size() + 1, {kAll}) {
  for (std::uint32_t c = 0; c < classes.size(); ++c) Join(c, "workload", classes[c].workload);
  for (std::uint32_t c = 0; c < classes.size(); ++c) Join(c, "demand_class", classes[c].demand_class);
  for (std::uint32_t c = 0; c < classes.size(); ++c) Join(c, "class", classes[c].name);
}

void Groups::Join(std::uint32_t job_class, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  const Labels labels = {Label{std::string(key), std::string(value)}};
  const auto found = std::ranges::find(labels_, labels);
  groups_of_[job_class].push_back(static_cast<std::uint32_t>(found - labels_.begin()));
  if (found == labels_.end()) labels_.push_back(labels);
}

std::span<const std::uint32_t> Groups::Of(record::ClassId job_class) const {
  return groups_of_[std::min<std::size_t>(job_class.value(), groups_of_.size() - 1)];
}

}  // namespace suanwang::metrics
