#include "simulator/workload/join_names.h"

namespace suanwang::workload {

std::string JoinNames(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace suanwang::workload
