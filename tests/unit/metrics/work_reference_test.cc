#include "simulator/metrics/work_reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace suanwang::metrics {
namespace {

Inventory Models() {
  Inventory inventory;
  inventory.accelerators = {{.name = "ascend-910b", .ecosystem = "cann", .fp16_gflops = 313'000},
                            {.name = "ascend-910c", .ecosystem = "cann", .fp16_gflops = 780'000},
                            {.name = "a800", .ecosystem = "cuda", .fp16_gflops = 312'000},
                            {.name = "h800", .ecosystem = "cuda", .fp16_gflops = 989'000},
                            {.name = "atlas", .ecosystem = "cann", .fp16_gflops = 140'000}};
  return inventory;
}

// The name of the reference of jobs that accept the models named.
std::string Of(const std::vector<std::string>& accepted, const Inventory& inventory = Models(), AcceleratorId given = {}) {
  JobProfile profile{.reference = given, .accelerators = 0};
  for (std::size_t id = 0; id < inventory.accelerators.size(); ++id) {
    if (std::ranges::count(accepted, inventory.accelerators[id].name) > 0) profile.accelerators |= std::uint64_t{1} << id;
  }
  const AcceleratorId found = WorkReference(profile, inventory);
  return found.is_none() ? "none" : inventory.accelerators[found.value()].name;
}

TEST(WorkReferenceTest, IsTheOneThatTheJobNames) { EXPECT_EQ(Of({"ascend-910c", "h800"}, Models(), AcceleratorId(3)), "h800"); }

TEST(WorkReferenceTest, OfOneAcceptedModelIsThatModel) {
  EXPECT_EQ(Of({"atlas"}), "atlas");
  EXPECT_EQ(Of({"h800"}), "h800");
}

TEST(WorkReferenceTest, IsTheContractsOfTheFamily) {
  EXPECT_EQ(Of({"ascend-910b", "ascend-910c"}), "ascend-910b");
  EXPECT_EQ(Of({"a800", "h800"}), "a800");
  EXPECT_EQ(Of({"ascend-910b", "ascend-910c", "a800", "h800", "atlas"}), "a800");
}

TEST(WorkReferenceTest, WithoutTheContractsIsTheFastestAccepted) {
  EXPECT_EQ(Of({"ascend-910c", "atlas"}), "ascend-910c");
  EXPECT_EQ(Of({"ascend-910b", "h800"}), "h800");
  EXPECT_EQ(Of({}), "none");
}

TEST(WorkReferenceTest, DoesNotDependOnTheOrderOfTheModels) {
  Inventory turned = Models();
  std::ranges::reverse(turned.accelerators);
  for (const auto& accepted : {std::vector<std::string>{"ascend-910c", "atlas"}, {"a800", "h800"}, {"ascend-910b", "ascend-910c", "a800"}}) {
    EXPECT_EQ(Of(accepted), Of(accepted, turned));
  }
}

}  // namespace
}  // namespace suanwang::metrics
