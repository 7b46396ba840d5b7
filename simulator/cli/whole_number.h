#pragma once

#include <CLI/CLI.hpp>

namespace suanwang::cli {

// What an option that counts takes: decimal digits of a number of 64 bits, and nothing before them. Else CLI11 takes −1
// for 2^64 − 1, what is larger than that for it too, and 010 for 8.
[[nodiscard]] inline CLI::Validator WholeNumber() {
  return CLI::Validator(
      [](const std::string& text) {
        const bool is_plain = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos && (text == "0" || text.front() != '0');
        const std::string largest = "18446744073709551615";
        const bool fits = text.size() < largest.size() || (text.size() == largest.size() && text <= largest);
        return is_plain && fits ? std::string() : "'" + text + "' is no whole number, such as 8";
      },
      "");
}

}  // namespace suanwang::cli
