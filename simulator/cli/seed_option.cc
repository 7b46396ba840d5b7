#include "simulator/cli/seed_option.h"

#include <algorithm>
#include <limits>

#include "simulator/study/study.h"

namespace suanwang::cli {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

}  // namespace

void AddSeed(CLI::App& app, std::optional<std::uint64_t>& seed, const std::string& help) {
  const auto read = [&seed](const std::string& text) {
    seed = study::ParseSeed(text);
    if (!seed) throw CLI::ValidationError("--seed", "'" + text + "' is no seed (a whole number from 0 to " + std::to_string(kLargest) + ", as --seed 7)");
  };
  app.add_option_function<std::string>("--seed", read, help)->type_name("UINT");
}

std::string SeedsFrom(std::uint64_t seed, std::uint64_t count) {
  const std::uint64_t first = std::min(seed, kLargest - (count - 1));
  return std::to_string(first) + ".." + std::to_string(first + (count - 1));
}

}  // namespace suanwang::cli
