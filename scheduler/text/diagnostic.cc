#include "scheduler/text/diagnostic.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "scheduler/text/utf8.h"

namespace suanwang::text {
namespace {

constexpr std::size_t kListedCandidates = 16;
constexpr std::size_t kLongestComparedWord = 200;
constexpr std::size_t kLongestShownLine = 160;  // bytes; a longer one is not shown

std::string Caret(const Diagnostic& diagnostic, const Sources& sources) {
  const Origin& origin = diagnostic.origin;
  if (origin.source == Origin::kNoSource || origin.line == 0 || origin.column == 0) return {};
  const std::string_view line = sources.Line(origin.source, origin.line);
  if (line.empty() || line.size() > kLongestShownLine || FirstInvalidUtf8(line)) return {};
  const std::string_view before = line.substr(0, std::min<std::size_t>(line.size(), origin.column - 1));
  return "    " + std::string(line) + "\n    " + std::string(DisplayWidth(before), ' ') + "^\n";
}

auto PlaceOf(const Diagnostic& diagnostic) {
  return std::tie(diagnostic.origin.source, diagnostic.origin.line, diagnostic.origin.column);
}

}  // namespace

void Diagnostics::Error(const Origin& origin, std::string path, std::string what, std::string remedy) {
  errors_.push_back({origin, std::move(path), std::move(what), std::move(remedy)});
}

std::string OneLine(const Diagnostic& diagnostic, const Sources& sources) {
  std::string text = sources.Place(diagnostic.origin);
  if (!text.empty()) text += ": ";
  if (!diagnostic.path.empty()) text += diagnostic.path + ": ";
  text += diagnostic.what;
  if (!diagnostic.remedy.empty()) text += " (" + diagnostic.remedy + ")";
  return text;
}

std::string Render(const Diagnostics& diagnostics, const Sources& sources, std::size_t limit) {
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& error : diagnostics.errors()) sorted.push_back(&error);
  std::ranges::stable_sort(sorted, [](auto* a, auto* b) { return PlaceOf(*a) < PlaceOf(*b); });
  std::string text;
  for (std::size_t i = 0; i < std::min(limit, sorted.size()); ++i) {
    text += OneLine(*sorted[i], sources) + "\n" + Caret(*sorted[i], sources);
  }
  if (sorted.size() > limit) text += "and " + std::to_string(sorted.size() - limit) + " more errors\n";
  return text;
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::string Suggest(std::string_view word, std::span<const std::string> candidates) {
  const std::string* nearest = nullptr;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (word.size() > kLongestComparedWord || candidate.size() > kLongestComparedWord) continue;
    const std::size_t distance = EditDistance(word, candidate);
    if (distance >= least) continue;
    least = distance;
    nearest = &candidate;
  }
  if (nearest != nullptr) return "did you mean '" + *nearest + "'?";
  if (candidates.empty() || candidates.size() > kListedCandidates) return {};
  std::string text = "one of: ";
  for (std::size_t i = 0; i < candidates.size(); ++i) text += (i == 0 ? "" : ", ") + candidates[i];
  return text;
}

}  // namespace suanwang::text
