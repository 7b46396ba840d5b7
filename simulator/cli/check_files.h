#pragma once

#include <string>
#include <vector>

namespace suanwang::cli {

// What `check` is to look at.
struct CheckFiles {
  std::vector<std::string> checked;    // in the order named; of a folder in order of path
  std::vector<std::string> unchecked;  // .yaml files of the folders that state no expectation of their own
};

// Files as they are, whatever they hold; of a folder all .yaml files below it with a line that begins with "expect:". A file
// that is named twice is checked once.
[[nodiscard]] CheckFiles FilesToCheck(const std::vector<std::string>& named);

}  // namespace suanwang::cli
