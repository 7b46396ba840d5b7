#include "scheduler/text/diagnostic.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "scheduler/base/nearest_name.h"
#include "scheduler/text/utf8.h"

namespace suanwang::text {
namespace {

constexpr std::size_t kListedCandidates = 16;
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

std::string Suggest(std::string_view word, std::span<const std::string> candidates) {
  if (std::string guess = DidYouMean(word, candidates); !guess.empty()) return guess;
  if (candidates.empty() || candidates.size() > kListedCandidates) return {};
  std::string text = "one of: ";
  for (std::size_t i = 0; i < candidates.size(); ++i) text += (i == 0 ? "" : ", ") + candidates[i];
  return text;
}

}  // namespace suanwang::text
