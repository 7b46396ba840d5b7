#include "simulator/cli/baseline_files.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "simulator/report/write_out.h"
#include "simulator/study/parting.h"
#include "simulator/workload/pack.h"

namespace suanwang::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostStoredBytes = 256 * 1024;
constexpr std::uint64_t kMostUnpackedBytes = 64 * 1024 * 1024;

std::optional<std::string> ReadWhole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// The log, or so much of its beginning that it fits. Empty: not even the first instant does.
std::string PackedToFit(const std::string& decisions) {
  std::string packed = workload::Pack(decisions, workload::Packing::kZstd);
  std::size_t jobs = study::StartedJobs(decisions);
  while (packed.size() > kMostStoredBytes && jobs > 0) {
    const double share = static_cast<double>(kMostStoredBytes) / static_cast<double>(packed.size());
    jobs = static_cast<std::size_t>(0.9 * share * static_cast<double>(jobs));
    packed = workload::Pack(study::FirstDecisions(decisions, jobs), workload::Packing::kZstd);
  }
  return jobs > 0 ? packed : "";
}

std::optional<std::string> WriteText(const std::string& path, const std::string& text) {
  return report::WriteWhole(path, [&](std::ostream& out) { out << text; });
}

}  // namespace

BaselineFiles::BaselineFiles(const std::string& scenario_file)
    : path_(fs::path(scenario_file).replace_extension(".baseline.json").string()),
      decisions_path_(fs::path(scenario_file).replace_extension(".baseline.decisions.zst").string()) {}

std::optional<study::Baseline> BaselineFiles::Read(std::string& problem) const {
  const std::optional<std::string> text = ReadWhole(path_);
  if (!text) return std::nullopt;
  auto parsed = study::ParseBaseline(*text);
  if (auto* baseline = std::get_if<study::Baseline>(&parsed)) return std::move(*baseline);
  problem = path_ + ": " + std::get<std::string>(parsed);
  return std::nullopt;
}

std::string BaselineFiles::ReadDecisions() const {
  const std::optional<std::string> packed = ReadWhole(decisions_path_);
  std::string text;
  if (!packed || workload::Unpack(*packed, workload::Packing::kZstd, kMostUnpackedBytes, text) != workload::UnpackOutcome::kWhole) return "";
  return text;
}

std::optional<std::string> BaselineFiles::Write(const study::Baseline& baseline, const std::string& decisions) const {
  std::error_code none;
  fs::remove(decisions_path_, none);  // those of another baseline would mislead
  const std::string packed = PackedToFit(decisions);
  if (!packed.empty()) {
    if (auto failed = WriteText(decisions_path_, packed)) return failed;
  }
  return WriteText(path_, study::ToText(baseline));
}

}  // namespace suanwang::cli
