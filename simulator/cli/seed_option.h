#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace suanwang::cli {

// Adds --seed. What is no whole number of 64 bits is refused with the remedy; it never becomes another seed.
void AddSeed(CLI::App& app, std::optional<std::uint64_t>& seed, const std::string& help);

// "3..7": `count` seeds, the given one among them, none beyond the largest there is.
[[nodiscard]] std::string SeedsFrom(std::uint64_t seed, std::uint64_t count);

}  // namespace suanwang::cli
