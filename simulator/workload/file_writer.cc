#include "simulator/workload/file_writer.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "simulator/workload/pack.h"

namespace suanwang::workload {
namespace {

// Writes and flushes to the disk; errno says why not.
bool WriteBytes(const std::string& path, std::string_view bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() && std::fflush(file) == 0 &&
                       fsync(fileno(file)) == 0;
  const int error = errno;
  const bool closed = std::fclose(file) == 0;
  if (!written) errno = error;
  return written && closed;
}

}  // namespace

bool WriteWholeFile(const std::string& path, std::string_view text, Problems& problems) {
  const std::string beside = path + ".part";
  const bool done =
      WriteBytes(beside, Pack(text, PackingOfName(path))) && std::rename(beside.c_str(), path.c_str()) == 0;
  if (done) return true;
  const std::string why = std::strerror(errno);
  std::remove(beside.c_str());
  problems.Add(
      {.file = path, .message = "cannot be written: " + why, .remedy = "is the folder there, writable, and not full?"});
  return false;
}

}  // namespace suanwang::workload
