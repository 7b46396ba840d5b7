#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "scheduler/policy/catalog.h"

namespace suanwang {

// Every entry of the catalog, for suites that each policy meets without being asked.
[[nodiscard]] inline std::vector<std::string> NamesOfPolicies() {
  std::vector<std::string> names;
  for (const PolicyEntry& policy : Policies()) names.emplace_back(policy.name);
  return names;
}

[[nodiscard]] inline std::string NameOfPolicyTest(const ::testing::TestParamInfo<std::string>& instance) {
  std::string name = instance.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

}  // namespace suanwang
