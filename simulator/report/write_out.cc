#include "simulator/report/write_out.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace suanwang::report {

std::string_view OutputRemedy(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT: return "free some space, or name another place";
    case ENOTDIR: return "a part of this path is a file, not a folder: name another place";
    case ENOENT: return "make the folder first, or name another place";
    case EISDIR: return "there is a folder of this name: name a file";
    case EACCES:
    case EPERM:
    case EROFS: return "you may not write there: name another place, or have it permitted";
    default: return "name another place";
  }
}

std::optional<std::string> WriteWhole(const std::string& path, const std::function<void(std::ostream&)>& write) {
  const std::string part = path + ".part";
  const auto failed = [&](const char* what) {
    const int error = errno;
    std::remove(part.c_str());
    return path + ": " + what + ": " + std::strerror(error) + " (nothing was written; " + std::string(OutputRemedy(error)) + ")";
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
