#include "simulator/report/run_folder.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <system_error>

#include "scheduler/base/hash.h"
#include "simulator/workload/file_writer.h"

namespace suanwang::report {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRemedy = " (free some space, or name another folder with -o)";

}  // namespace

RunFolder::RunFolder(const std::string& path) : part_(path + ".part" + std::to_string(getpid())) {
  std::error_code error;
  fs::create_directories(part_, error);
  if (error) error_ = part_ + ": cannot be created: " + error.message() + kRemedy;
}

RunFolder::~RunFolder() {
  std::error_code none;
  if (!part_.empty()) fs::remove_all(part_, none);
}

std::string RunFolder::PathOf(const std::string& name) const { return (fs::path(part_) / name).string(); }

void RunFolder::Note(const std::optional<std::string>& error) {
  if (!error_ && error) error_ = error;
}

void RunFolder::Write(const std::string& name, const std::function<void(std::ostream&)>& write) {
  if (error_) return;
  std::ostringstream text;
  write(text);
  workload::Problems problems;
  if (!workload::WriteWholeFile(PathOf(name), text.view(), problems)) error_ = workload::ToText(problems.kept().front());
}

bool RunFolder::Commit(const std::string& path) {
  std::error_code error;
  if (!error_) fs::remove_all(path, error);
  if (!error_ && !error) fs::rename(part_, path, error);
  if (!error_ && error) error_ = path + ": cannot be put in place: " + error.message() + kRemedy;
  if (error_) return false;
  part_.clear();
  return true;
}

std::string FolderName(const RunInputs& inputs) {
  std::string stem = inputs.scenario;
  std::ranges::replace(stem, '/', '-');
  const std::string all = HashText(inputs.scenario_hash) + "\n" + std::to_string(inputs.seed) + "\n" + inputs.policy + "\n" + inputs.build_id + "\n" +
                          inputs.service + "\n";
  return stem + "/" + HashText(HashOf(all));
}

}  // namespace suanwang::report
