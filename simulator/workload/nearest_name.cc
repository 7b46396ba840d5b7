#include "simulator/workload/nearest_name.h"

#include "scheduler/base/nearest_name.h"

namespace suanwang::workload {
std::string DidYouMean(std::string_view wrong, std::span<const std::string_view> names) {
  const std::string_view* nearest = NearestName(wrong, names);
  return nearest == nullptr ? std::string() : "did you mean '" + std::string(*nearest) + "'?";
}

std::string JoinNames(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace suanwang::workload
