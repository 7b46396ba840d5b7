#pragma once

#include <filesystem>
#include <string>

namespace suanwang::testing {

// Real traces and tables: $SUANWANG_DATA, else ../shared/data beside the sources. Tests skip themselves where it is absent.
[[nodiscard]] std::filesystem::path DataFolder();
// Expected results computed by other programs: $SUANWANG_ORACLES, else ../shared/oracles.
[[nodiscard]] std::filesystem::path OracleFolder();

}  // namespace suanwang::testing

// In a test that needs `path`: says why it is skipped where that is absent.
#define SUANWANG_NEEDS(path) \
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "needs " << (path) << ", which is not on this machine"
