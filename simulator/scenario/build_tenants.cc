#include "simulator/scenario/build_tenants.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace suanwang::scenario {
namespace {

constexpr std::size_t kMostNamed = 8;

std::optional<std::int64_t> WeightOf(const std::string& text) {
  std::int64_t weight = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (error != std::errc() || end != text.data() + text.size() || weight < 1 || weight > TenantWeight::kMost) return std::nullopt;
  return weight;
}

std::string Listed(std::span<const TenantWeight> weights, std::span<const std::string> names, const std::string& comma) {
  std::string text;
  for (std::size_t i = 0; i < std::min(weights.size(), kMostNamed); ++i) {
    text += (i == 0 ? "" : comma) + names[weights[i].tenant.value()] + " " + std::to_string(weights[i].weight);
  }
  return weights.size() > kMostNamed ? text + comma + "…" : text;
}

}  // namespace

std::vector<TenantWeight> BuildTenantWeights(const Building& building, std::span<const std::string> names) {
  const std::map<std::string, std::string> written(building.scenario().tenants().begin(), building.scenario().tenants().end());
  std::vector<TenantWeight> weights;
  for (const auto& [name, text] : written) {
    const std::string path = "tenants." + name;
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
      building.Error(path, "no job is submitted by a tenant named '" + name + "'", names.empty() ? "no job names a tenant" : text::Suggest(name, names));
    }
    const std::optional<std::int64_t> weight = WeightOf(text);
    if (!weight) building.Error(path, "'" + text + "' is no weight", "a whole number from 1 to " + std::to_string(TenantWeight::kMost));
    if (found != names.end() && weight) weights.push_back({TenantId(static_cast<std::uint32_t>(found - names.begin())), *weight});
  }
  std::ranges::sort(weights, {}, &TenantWeight::tenant);
  return weights;
}

std::string TellWeights(std::span<const TenantWeight> weights, std::span<const std::string> names) {
  return "tenants in fair-share orders: " + Listed(weights, names, ", ") + "; all others 1";
}

std::string TellWeightsZh(std::span<const TenantWeight> weights, std::span<const std::string> names) {
  return "公平份额排序中的租户权重：" + Listed(weights, names, "、") + "；其余为 1";
}

}  // namespace suanwang::scenario
