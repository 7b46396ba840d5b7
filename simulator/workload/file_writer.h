#pragma once

#include <string>
#include <string_view>

#include "simulator/workload/problem.h"

namespace suanwang::workload {

// What a person can do about an output that failed with this errno: "free some space, or name another place".
[[nodiscard]] std::string_view OutputRemedy(int error);

// Writes `text` to where `path` leads, packed with gzip or zstd if the name ends in .gz or .zst.
//   a file, or nothing yet   appears whole or not at all: written beside its place, renamed when it is complete and on disk
//   a symbolic link          its target is written so; the link stays
//   a device, a fifo, …      written straight through; it is no file that could be replaced
//   "-", standard output     written straight through too, by whatever name it is called ("/dev/stdout")
// False, with a problem, if that fails: no folder, no permission, a full disk. What was in a file before is then untouched.
[[nodiscard]] bool WriteWholeFile(const std::string& path, std::string_view text, Problems& problems);

// True if what is written to `path` comes out of this process's standard output: a page belongs elsewhere then.
[[nodiscard]] bool IsStandardOutput(const std::string& path);

// True where WriteWholeFile can leave a file as it was until the new one is whole; false for standard output, devices, fifos.
[[nodiscard]] bool IsReplaceable(const std::string& path);

}  // namespace suanwang::workload
