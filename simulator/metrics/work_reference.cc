#include "simulator/metrics/work_reference.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace suanwang::metrics {

AcceleratorId WorkReference(const JobProfile& profile, const Inventory& inventory) {
  if (!profile.reference.is_none()) return profile.reference;
  const auto& models = inventory.accelerators;
  std::vector<std::uint32_t> accepted;
  for (std::uint32_t id = 0; id < models.size(); ++id) {
    if ((profile.accelerators >> id & 1) != 0) accepted.push_back(id);
  }
  if (accepted.empty()) return AcceleratorId();
  const bool is_cann = std::ranges::all_of(accepted, [&](std::uint32_t id) { return models[id].ecosystem == "cann"; });
  const char* usual = is_cann ? "ascend-910b" : "a800";
  const auto preference = [&](std::uint32_t id) { return std::tuple(models[id].name != usual, -models[id].fp16_gflops, std::string_view(models[id].name)); };
  return AcceleratorId(*std::ranges::min_element(accepted, {}, preference));
}

}  // namespace suanwang::metrics
