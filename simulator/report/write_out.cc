#include "simulator/report/write_out.h"

#include <sstream>

#include "simulator/workload/file_writer.h"

namespace suanwang::report {

std::optional<std::string> WriteWhole(const std::string& path, const std::function<void(std::ostream&)>& write) {
  std::ostringstream text;
  write(text);
  workload::Problems problems;
  if (workload::WriteWholeFile(path, text.view(), problems)) return std::nullopt;
  return path + ": " + problems.kept().front().message + " (nothing was written; free space, or name another place)";
}

}  // namespace suanwang::report
