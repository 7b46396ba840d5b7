#include "simulator/workload/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

#include "simulator/workload/encoding.h"
#include "simulator/workload/unpack.h"

namespace suanwang::workload {
namespace {

void AddProblem(Problems& problems, const std::string& file, std::string message, std::string remedy) {
  problems.Add({.file = file, .message = std::move(message), .remedy = std::move(remedy)});
}

void AddTooLarge(Problems& problems, const std::string& file, std::uint64_t max_bytes) {
  AddProblem(problems, file, "larger than the limit of " + std::to_string(max_bytes) + " bytes",
             "cut it to the rows you need, or raise the limit");
}

// All bytes of the file; nothing, with a problem, if it cannot be read or is larger than max_bytes.
std::optional<std::string> ReadBytes(const std::string& path, std::uint64_t max_bytes, Problems& problems) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    AddProblem(problems, path, "is a folder", "name a file in it");
    return std::nullopt;
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr) {
    AddProblem(problems, path, std::string("cannot be opened: ") + std::strerror(errno), "");
    return std::nullopt;
  }
  std::string bytes;
  std::size_t got = 0;
  do {
    constexpr std::size_t kChunk = std::size_t{1} << 20;
    const std::size_t before = bytes.size();
    bytes.resize(before + kChunk);
    got = std::fread(bytes.data() + before, 1, kChunk, file.get());
    bytes.resize(before + got);
  } while (got != 0 && bytes.size() <= max_bytes);
  if (std::ferror(file.get()) != 0) {
    AddProblem(problems, path, std::string("cannot be read: ") + std::strerror(errno), "");
    return std::nullopt;
  }
  if (bytes.size() > max_bytes) {
    AddTooLarge(problems, path, max_bytes);
    return std::nullopt;
  }
  return bytes;
}

bool AcceptUnpacked(UnpackOutcome outcome, const std::string& name, std::uint64_t max_bytes, Problems& problems) {
  switch (outcome) {
    case UnpackOutcome::kWhole: return true;
    case UnpackOutcome::kTruncated:
      AddProblem(problems, name, "ends in the middle of its compressed data", "the copy is incomplete: fetch it again");
      return false;
    case UnpackOutcome::kDamaged:
      AddProblem(problems, name, "its compressed data are damaged", "fetch it again and compare its checksum");
      return false;
    case UnpackOutcome::kTooLarge: AddTooLarge(problems, name, max_bytes); return false;
  }
  return false;
}

std::string IconvCommand(const std::string& from, const std::string& name) {
  return "convert it: iconv -f " + from + " -t UTF-8 '" + name + "' > '" + name + ".utf8'";
}

bool AcceptEncoding(const std::string& name, std::string_view text, Problems& problems) {
  const EncodingVerdict verdict = EncodingOf(text);
  if (verdict.encoding == Encoding::kUtf8) return true;
  const std::string_view before = text.substr(0, verdict.at);
  Problem problem{.file = name, .line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1};
  switch (verdict.encoding) {
    case Encoding::kUtf8: break;
    case Encoding::kUtf16:
      problem.message = "is UTF-16 text, not UTF-8";
      problem.remedy = IconvCommand("UTF-16", name);
      break;
    case Encoding::kGb18030:
      problem.message = "is GB18030 text, not UTF-8";
      problem.remedy = IconvCommand("GB18030", name);
      break;
    case Encoding::kBinary:
      problem.message = "is binary, not text: it contains a NUL byte";
      problem.remedy = "name a text file, plain or compressed with gzip or zstd";
      break;
    case Encoding::kUnknown:
      problem.message = "is not UTF-8 text: byte " + std::to_string(verdict.at + 1) + " belongs to no character";
      problem.remedy = "save it as UTF-8";
      break;
  }
  problems.Add(std::move(problem));
  return false;
}

}  // namespace

std::optional<TextFile> TextFromBytes(const std::string& name, std::string bytes, std::uint64_t max_bytes,
                                      Problems& problems) {
  const Packing packing = PackingOf(bytes);
  if (packing != Packing::kNone) {
    std::string unpacked;
    if (!AcceptUnpacked(Unpack(bytes, packing, max_bytes, unpacked), name, max_bytes, problems)) return std::nullopt;
    bytes = std::move(unpacked);
  }
  if (bytes.starts_with(kUtf8ByteOrderMark)) bytes.erase(0, kUtf8ByteOrderMark.size());
  if (!AcceptEncoding(name, bytes, problems)) return std::nullopt;
  return TextFile{name, std::move(bytes)};
}

std::optional<TextFile> ReadTextFile(const std::string& path, std::uint64_t max_bytes, Problems& problems) {
  std::optional<std::string> bytes = ReadBytes(path, max_bytes, problems);
  if (!bytes) return std::nullopt;
  return TextFromBytes(path, std::move(*bytes), max_bytes, problems);
}

}  // namespace suanwang::workload
