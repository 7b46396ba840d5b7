#include "tests/support/data.h"

#include <cstdlib>

namespace suanwang::testing {
namespace {

std::filesystem::path Folder(const char* variable, const char* otherwise) {
  const char* given = std::getenv(variable);
  return given != nullptr ? given : std::filesystem::path("../shared") / otherwise;  // tests run in the source folder
}

}  // namespace

std::filesystem::path DataFolder() { return Folder("SUANWANG_DATA", "data"); }
std::filesystem::path OracleFolder() { return Folder("SUANWANG_ORACLES", "oracles"); }

}  // namespace suanwang::testing
