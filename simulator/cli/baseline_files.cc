#include "simulator/cli/baseline_files.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <variant>

#include "simulator/report/write_out.h"
#include "simulator/study/parting.h"
#include "simulator/workload/pack.h"

namespace suanwang::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostStoredBytes = 256 * 1024;
constexpr std::uint64_t kMostUnpackedBytes = 64 * 1024 * 1024;

// The file's bytes; or the errno with which it could not be read (a folder can be opened, but not read).
std::variant<std::string, int> ReadWhole(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr) return errno;
  std::string text;
  std::array<char, 64 * 1024> bytes;
  while (const std::size_t got = std::fread(bytes.data(), 1, bytes.size(), file.get())) text.append(bytes.data(), got);
  if (std::ferror(file.get()) != 0) return errno;
  return text;
}

// The log, or so much of its beginning that it fits. Empty: not even the first instant does.
std::string CutToFit(const std::string& decisions) {
  const auto packed_bytes = [](const std::string& text) { return workload::Pack(text, workload::Packing::kZstd).size(); };
  std::string kept = decisions;
  std::size_t jobs = study::StartedJobs(decisions);
  for (std::size_t bytes = packed_bytes(kept); bytes > kMostStoredBytes && jobs > 0; bytes = packed_bytes(kept)) {
    const double share = static_cast<double>(kMostStoredBytes) / static_cast<double>(bytes);
    jobs = static_cast<std::size_t>(0.9 * share * static_cast<double>(jobs));
    kept = study::FirstDecisions(decisions, jobs);
  }
  return jobs > 0 ? kept : "";
}

std::optional<std::string> WriteText(const std::string& path, const std::string& text) {
  return report::WriteWhole(path, [&](std::ostream& out) { out << text; });
}

}  // namespace

BaselineFiles::BaselineFiles(const std::string& scenario_file)
    : path_(fs::path(scenario_file).replace_extension(".baseline.json").string()),
      decisions_path_(fs::path(scenario_file).replace_extension(".baseline.decisions.zst").string()) {}

std::optional<study::Baseline> BaselineFiles::Read(std::optional<BaselineProblem>& problem) const {
  const std::variant<std::string, int> read = ReadWhole(path_);
  if (const int* error = std::get_if<int>(&read)) {
    if (*error != ENOENT) problem = BaselineProblem{path_ + ": cannot be read: " + std::strerror(*error) + " (make it a file that can be read, or take it away)"};
    return std::nullopt;
  }
  auto parsed = study::ParseBaseline(std::get<std::string>(read));
  if (auto* baseline = std::get_if<study::Baseline>(&parsed)) return std::move(*baseline);
  problem = BaselineProblem{path_ + ": " + std::get<std::string>(parsed), true};
  return std::nullopt;
}

std::string BaselineFiles::ReadDecisions() const {
  const std::variant<std::string, int> read = ReadWhole(decisions_path_);
  const std::string* packed = std::get_if<std::string>(&read);
  std::string text;
  if (packed == nullptr || workload::Unpack(*packed, workload::Packing::kZstd, kMostUnpackedBytes, text) != workload::UnpackOutcome::kWhole) return "";
  return text;
}

std::optional<std::string> BaselineFiles::Write(const study::Baseline& baseline, const std::string& decisions) const {
  std::error_code none;
  fs::remove(decisions_path_, none);  // those of another baseline would mislead
  const std::string kept = CutToFit(decisions);
  if (!kept.empty()) {
    if (auto failed = WriteText(decisions_path_, kept)) return failed;  // packed, as its name ends in .zst
  }
  return WriteText(path_, study::ToText(baseline));
}

}  // namespace suanwang::cli
