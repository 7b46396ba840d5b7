#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "simulator/cli/stored_run.h"
#include "simulator/report/language.h"

namespace suanwang::cli {

// The story of one job of a run in order of time: what it asked for, where it could ever run, by which rule it was refused
// and how long, where it started, stopped and ended. Long waits whose reason changes often are told shortened.
[[nodiscard]] std::string JobStoryText(const StoredRun& run, JobId job, report::Language language);

// Every stretch of waiting and every stay, all digits, independent of the language; schema_version 1.
[[nodiscard]] nlohmann::ordered_json JobStoryJson(const StoredRun& run, JobId job);

}  // namespace suanwang::cli
