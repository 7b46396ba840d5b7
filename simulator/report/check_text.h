#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "simulator/report/language.h"
#include "simulator/study/check.h"

namespace suanwang::report {

// What one `check` found.
struct CheckAnswer {
  std::vector<study::Checked> scenarios;  // in the order checked
  std::vector<std::string> unchecked;     // scenarios of the folders that state no expectation of their own
  std::string version;                    // of the program
  std::string build_id;
  std::vector<std::string> problems;      // with the command itself
  std::vector<std::string> unwritten;     // outputs of the whole that could not be written, with the remedy
  std::vector<std::string> undone;        // files that an interrupt left, in their order
  bool is_interrupted = false;            // `scenarios` are those that were done

  [[nodiscard]] int exit_code() const;    // 130 interrupted · 2 problems, unwritten · else of the scenarios
};

// For people; its last line says the exit code.
[[nodiscard]] std::string CheckText(const CheckAnswer& answer, Language language);

// JUnit XML: a suite a scenario, with who made it as properties; a case an expectation, one for the baseline. Wrong input is
// an <error>, what fails a <failure>. What is wrong around the scenarios has a suite of its own.
[[nodiscard]] std::string JUnitText(const CheckAnswer& answer);

// All digits, independent of the language; schema_version 1.
[[nodiscard]] nlohmann::ordered_json CheckJson(const CheckAnswer& answer);

}  // namespace suanwang::report
