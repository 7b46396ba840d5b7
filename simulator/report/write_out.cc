#include "simulator/report/write_out.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace suanwang::report {

std::optional<std::string> WriteWhole(const std::string& path, const std::function<void(std::ostream&)>& write) {
  const std::string part = path + ".part";
  const auto failed = [&](const char* what) {
    const std::string reason = std::strerror(errno);
    std::remove(part.c_str());
    return path + ": " + what + ": " + reason + " (nothing was written; free space, or name another place)";
  };
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  if (!out) return failed("cannot be created");
  write(out);
  out.close();
  if (!out) return failed("cannot be written");
  if (std::rename(part.c_str(), path.c_str()) != 0) return failed("cannot be put in place");
  return std::nullopt;
}

}  // namespace suanwang::report
