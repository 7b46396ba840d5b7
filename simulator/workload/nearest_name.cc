#include "simulator/workload/nearest_name.h"

#include <algorithm>
#include <vector>

namespace suanwang::workload {
namespace {

constexpr std::size_t kLongestName = 64;  // longer words are nobody's misspelling of a name

// Edit distance with swaps of neighbours (optimal string alignment), O(|a|·|b|).
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string_view NearestName(std::string_view wrong, std::span<const std::string_view> names) {
  if (wrong.size() > kLongestName) return {};
  std::string_view nearest;
  std::size_t least = kLongestName;
  for (const std::string_view name : names) {
    const std::size_t distance = Distance(wrong, name);
    if (distance > std::max<std::size_t>(1, name.size() / 3) || distance >= least) continue;
    least = distance;
    nearest = name;
  }
  return nearest;
}

std::string DidYouMean(std::string_view wrong, std::span<const std::string_view> names) {
  const std::string_view nearest = NearestName(wrong, names);
  return nearest.empty() ? std::string() : "did you mean '" + std::string(nearest) + "'?";
}

std::string JoinNames(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace suanwang::workload
