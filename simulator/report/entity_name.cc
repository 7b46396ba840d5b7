#include "simulator/report/entity_name.h"

#include <algorithm>
#include <array>

namespace suanwang::report {
namespace {

constexpr std::array kWorkloads = {Bilingual{"inference", "推理"}, Bilingual{"pre-training", "预训练"}, Bilingual{"fine-tuning", "微调"},
                                   Bilingual{"data-batch", "数据处理"}, Bilingual{"simulation", "仿真"}, Bilingual{"training", "训练"}};

}  // namespace

std::string WorkloadName(std::string_view name, Language language) {
  const auto* found = std::ranges::find(kWorkloads, name, &Bilingual::en);
  return std::string(found == kWorkloads.end() ? name : found->In(language));
}

std::string CenterName(const Inventory& inventory, std::string_view name) {
  const auto found = std::ranges::find(inventory.centers, name, &Center::name);
  const bool has_both = found != inventory.centers.end() && !found->name_zh.empty();
  return std::string(name) + (has_both ? " " + found->name_zh : "");
}

}  // namespace suanwang::report
