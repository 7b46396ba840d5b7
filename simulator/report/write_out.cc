#include "simulator/report/write_out.h"

#include <sstream>

namespace suanwang::report {

std::optional<std::string> WriteWhole(const std::string& path, const std::function<void(std::ostream&)>& write) {
  std::ostringstream text;
  write(text);
  workload::Problems problems;
  if (workload::WriteWholeFile(path, text.view(), problems)) return std::nullopt;
  const workload::Problem& problem = problems.kept().front();
  return path + ": " + problem.message + " (nothing was written; " + problem.remedy + ")";
}

}  // namespace suanwang::report
