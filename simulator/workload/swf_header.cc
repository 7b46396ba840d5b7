#include "simulator/workload/swf_header.h"

#include <algorithm>

#include "simulator/workload/numbers.h"

namespace suanwang::workload {
namespace {

using Names = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kMostNames = 10'000;  // each is compared with those before it; further ones stay numbers

// "12 rl.ac.uk": a number and a name. A name that another number has too is told apart by its number.
void AddName(Names& names, std::string_view text) {
  const std::size_t blank = std::min(text.find_first_of(" \t"), text.size());
  const std::string number(text.substr(0, blank));
  std::string name(Trim(text.substr(blank)));
  if (!ParseWhole(number) || name.empty() || names.size() == kMostNames) return;
  const bool taken = std::any_of(names.begin(), names.end(), [&](const auto& entry) { return entry.second == name; });
  names.emplace(number, taken ? name + "#" + number : name);
}

std::optional<std::int64_t> ParseUnixTime(std::string_view text) {
  constexpr std::int64_t kYear2070 = 3'155'760'000;
  const std::optional<std::int64_t> seconds = ParseWhole(text);
  return seconds && 0 <= *seconds && *seconds < kYear2070 ? seconds : std::nullopt;
}

}  // namespace

void SwfHeader::Add(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of("; \t"), line.size()));
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) {
    if (Trim(line).empty()) in_note_ = false;
    if (in_note_) notes.back() += " " + std::string(Trim(line));
    return;
  }
  const std::string_view key = Trim(line.substr(0, colon));
  const std::string_view value = Trim(line.substr(colon + 1));
  if (key == "UnixStartTime") unix_start = ParseUnixTime(value);
  if (key == "TimeZoneString") zone = value;
  if (key == "MaxProcs" || (key == "MaxNodes" && processors.empty())) processors = value;
  if (key == "MaxRecords" || (key == "MaxJobs" && jobs.empty())) jobs = value;
  in_note_ = key == "Note";
  if (in_note_) notes.emplace_back(value);
  if (key == "Partition") AddName(partitions, value);
  if (key == "Queue") AddName(queues, value);
}

}  // namespace suanwang::workload
