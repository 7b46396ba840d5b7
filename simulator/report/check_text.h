#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "simulator/report/language.h"
#include "simulator/study/check.h"

namespace suanwang::report {

// The answer of `check` for people; its last line says the exit code.
[[nodiscard]] std::string CheckText(std::span<const study::Checked> all, const std::string& version, Language language);

// JUnit XML: a suite a scenario; a case an expectation, one for the baseline. Wrong input is an <error>, what fails a <failure>.
[[nodiscard]] std::string JUnitText(std::span<const study::Checked> all);

// All digits, independent of the language; schema_version 1.
[[nodiscard]] nlohmann::ordered_json CheckJson(std::span<const study::Checked> all);

}  // namespace suanwang::report
