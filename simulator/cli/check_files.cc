#include "simulator/cli/check_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace suanwang::cli {
namespace {

namespace fs = std::filesystem;

bool StatesExpectations(const fs::path& path) {
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("expect:")) return true;
  }
  return false;
}

std::vector<std::string> ScenariosBelow(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code none;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, none);
  for (const fs::recursive_directory_iterator end; at != end && !none; at.increment(none)) {
    if (at->is_regular_file(none) && at->path().extension() == ".yaml") found.push_back(at->path().string());
  }
  std::ranges::sort(found);
  return found;
}

void AddOnce(const std::string& file, std::vector<std::string>& files) {
  if (std::ranges::find(files, file) == files.end()) files.push_back(file);
}

}  // namespace

CheckFiles FilesToCheck(const std::vector<std::string>& named) {
  CheckFiles files;
  for (const std::string& one : named) {
    std::error_code none;
    if (!fs::is_directory(one, none)) {
      AddOnce(one, files.checked);
      continue;
    }
    for (const std::string& file : ScenariosBelow(one)) AddOnce(file, StatesExpectations(file) ? files.checked : files.unchecked);
  }
  std::erase_if(files.unchecked, [&](const std::string& file) { return std::ranges::find(files.checked, file) != files.checked.end(); });
  return files;
}

}  // namespace suanwang::cli
