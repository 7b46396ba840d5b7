#include "simulator/study/study.h"

#include <algorithm>
#include <charconv>

#include "scheduler/base/check.h"

namespace suanwang::study {
namespace {

constexpr std::size_t kMostSeeds = 10'000;

// "3" or "1..20". False: of another form, or too many.
bool AddRange(std::string_view text, std::vector<std::uint64_t>& seeds) {
  const std::size_t dots = text.find("..");
  const auto first = ParseSeed(text.substr(0, dots));
  const auto last = dots == std::string_view::npos ? first : ParseSeed(text.substr(dots + 2));
  if (!first || !last || *first > *last || *last - *first >= kMostSeeds) return false;
  for (std::uint64_t seed = *first; seed < *last; ++seed) seeds.push_back(seed);
  seeds.push_back(*last);
  return seeds.size() <= kMostSeeds;
}

bool HasTwice(std::vector<std::uint64_t> seeds) {
  std::ranges::sort(seeds);
  return std::ranges::adjacent_find(seeds) != seeds.end();
}

}  // namespace

std::uint32_t Study::runs() const {
  std::ptrdiff_t count = 0;
  for (const Side& side : sides) count += std::ranges::count_if(side.runs, [](const auto& run) { return run.has_value(); });
  return static_cast<std::uint32_t>(count);
}

std::vector<std::string> Study::Problems() const {
  std::vector<std::string> all;
  for (const Side& side : sides) {
    for (const std::optional<SeedRun>& run : side.runs) {
      if (!run) continue;
      for (const std::string& problem : run->problems) {
        if (std::ranges::find(all, problem) == all.end()) all.push_back(problem);
      }
    }
  }
  return all;
}

Study RunStudy(const std::vector<Variant>& variants, const std::vector<std::uint64_t>& seeds, const RunOne& run,
               const StudyOptions& options) {
  SUANWANG_CHECK(!variants.empty() && !seeds.empty(), "a study has a variant and a seed");
  Study study;
  study.draws_chance = std::ranges::any_of(variants, &Variant::draws_chance);
  study.seeds = study.draws_chance ? seeds : std::vector{seeds.front()};
  for (const Variant& variant : variants) study.sides.push_back({variant, std::vector<std::optional<SeedRun>>(study.seeds.size())});
  const std::size_t count = variants.size() * study.seeds.size();
  static const std::atomic<bool> kNever = false;
  const std::size_t done = RunSideBySide(count, options.threads, options.stop == nullptr ? kNever : *options.stop, [&](std::size_t i) {
    const std::size_t variant = i % variants.size();
    const std::size_t seed = i / variants.size();
    study.sides[variant].runs[seed] = run(variant, study.seeds[seed]);
  }, options.progress);
  study.is_partial = done < count;
  return study;
}

std::optional<std::uint64_t> ParseSeed(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::vector<std::uint64_t>> ParseSeeds(std::string_view text) {
  std::vector<std::uint64_t> seeds;
  for (;;) {
    const std::size_t comma = text.find(',');
    if (!AddRange(text.substr(0, comma), seeds)) return std::nullopt;
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  if (HasTwice(seeds)) return std::nullopt;
  return seeds;
}

std::string SeedsText(const std::vector<std::uint64_t>& seeds) {
  std::string text;
  for (std::size_t i = 0; i < seeds.size();) {
    std::size_t last = i;
    while (last + 1 < seeds.size() && seeds[last + 1] > seeds[last] && seeds[last + 1] - seeds[last] == 1) ++last;
    text += (text.empty() ? "" : ",") + std::to_string(seeds[i]);
    if (last > i) text += (last == i + 1 ? "," : "..") + std::to_string(seeds[last]);
    i = last + 1;
  }
  return text;
}

}  // namespace suanwang::study
