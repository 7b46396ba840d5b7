#include "simulator/workload/file_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "simulator/workload/pack.h"

namespace suanwang::workload {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as the kernel follows
constexpr mode_t kForAll = 0666;  // less what the process's mask takes away

// The functions below answer whether it went well; errno says why not.

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool WriteThrough(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = WriteAll(file, bytes);
  const int error = errno;
  const bool closed = ::close(file) == 0;
  if (!written) errno = error;
  return written && closed;
}

// Into a new file, and to the disk.
bool WriteNew(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kForAll);
  if (file < 0) return false;
  const bool written = WriteAll(file, bytes) && ::fsync(file) == 0;
  const int error = errno;
  const bool closed = ::close(file) == 0;
  if (!written) errno = error;
  return written && closed;
}

bool Replace(const std::string& path, std::string_view bytes) {
  const std::string beside = path + "." + std::to_string(::getpid()) + ".part";
  if (WriteNew(beside, bytes) && ::rename(beside.c_str(), path.c_str()) == 0) return true;
  const int error = errno;
  if (error != EEXIST) ::unlink(beside.c_str());
  errno = error;
  return false;
}

// Where the links lead to, which need not exist. Links in a ring lead to one of them.
fs::path Followed(fs::path path) {
  std::error_code none;
  for (int links = 0; links < kMostLinks && fs::is_symlink(path, none); ++links) path = path.parent_path() / fs::read_symlink(path, none);
  return path;
}

bool WriteTo(const std::string& path, std::string_view bytes) {
  if (IsStandardOutput(path)) return WriteAll(STDOUT_FILENO, bytes);
  return IsReplaceable(path) ? Replace(Followed(path).string(), bytes) : WriteThrough(path, bytes);
}

}  // namespace

bool IsStandardOutput(const std::string& path) {
  struct stat named {};
  struct stat out {};
  if (path == "-") return true;
  return ::stat(path.c_str(), &named) == 0 && ::fstat(STDOUT_FILENO, &out) == 0 && named.st_dev == out.st_dev && named.st_ino == out.st_ino;
}

bool IsReplaceable(const std::string& path) {
  if (IsStandardOutput(path)) return false;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);  // of what the links lead to
  return status.type() == fs::file_type::regular || status.type() == fs::file_type::not_found;
}

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

bool WriteWholeFile(const std::string& path, std::string_view text, Problems& problems) {
  if (WriteTo(path, Pack(text, PackingOfName(path)))) return true;
  const int error = errno;
  problems.Add({.file = path, .message = std::string("cannot be written: ") + std::strerror(error), .remedy = std::string(OutputRemedy(error))});
  return false;
}

}  // namespace suanwang::workload
