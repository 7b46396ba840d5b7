#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace suanwang::workload {

// What the comment lines of a Standard Workload Format log say ("; UnixStartTime: 843480031"). Unknown keys are
// ignored.
struct SwfHeader {
  std::optional<std::int64_t> unix_start;  // UnixStartTime: what second 0 of the log is, 1970 to 2069
  std::string zone;                        // TimeZoneString, "Europe/Stockholm"
  std::string processors;                  // MaxProcs, else MaxNodes; empty: not stated
  std::string jobs;                        // MaxRecords, else MaxJobs
  std::vector<std::string> notes;          // Note, each joined with the lines that go on with it
  std::map<std::string, std::string, std::less<>> partitions;  // number → name, each name once
  std::map<std::string, std::string, std::less<>> queues;

  // Takes over one comment line, with or without its semicolon.
  void Add(std::string_view line);

 private:
  bool in_note_ = false;  // a line without a key goes on with the note above it
};

}  // namespace suanwang::workload
