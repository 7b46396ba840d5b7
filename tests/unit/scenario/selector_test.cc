#include "simulator/scenario/selector.h"

#include <gmock/gmock.h>

#include "suanwang/v1/scenario.pb.h"
#include "tests/support/text_files.h"

namespace suanwang::scenario {
namespace {

using suanwang::testing::Tree;
using ::testing::ElementsAre;

// The paths that a selector selects in a tree of pools with dots in their names.
std::vector<std::string> Selects(const std::string& path) {
  text::Node tree = Tree(
      "pools:\n  guian: {center: guian}\n  guian.h800: {center: guian, accelerator: h800}\n"
      "  guian.h800.b: {center: guian, accelerator: h800}\n  hami.h20: {center: hami, accelerator: h20}\n");
  text::Schema schema;
  text::Diagnostics diagnostics;
  std::vector<std::string> paths;
  for (const Selected& spot : Select(tree, Place::Of(*v1::Scenario::descriptor()), path, {}, schema, diagnostics)) {
    paths.push_back(spot.path + " | " + spot.key);
  }
  return paths;
}

TEST(SelectorTest, TheLongestNameThatIsThereWins) {
  EXPECT_THAT(Selects("pools.guian.center"), ElementsAre("pools.guian | center"));
  EXPECT_THAT(Selects("pools.guian.h800.center"), ElementsAre("pools.guian.h800 | center"));
  EXPECT_THAT(Selects("pools.guian.h800.b"), ElementsAre("pools | guian.h800.b"));
}

TEST(SelectorTest, SelectsByPatternAndAttributes) {
  EXPECT_THAT(Selects("pools.*.center"), ElementsAre("pools.guian | center", "pools.guian.h800 | center",
                                                     "pools.guian.h800.b | center", "pools.hami.h20 | center"));
  EXPECT_THAT(Selects("pools[center=guian][accelerator_id=h800].sharing"),
              ElementsAre("pools.guian.h800 | sharing", "pools.guian.h800.b | sharing"));
  EXPECT_THAT(Selects("pools[accelerator=h20]"), ElementsAre("pools | hami.h20"));
  EXPECT_THAT(Selects("pools.\"*.h*\".center"), ElementsAre("pools.guian.h800 | center", "pools.guian.h800.b | center",
                                                           "pools.hami.h20 | center"));
}

TEST(SelectorTest, MakesNewEntitiesOnlyAsTheLastStep) {
  EXPECT_THAT(Selects("pools.xining"), ElementsAre("pools | xining"));
  EXPECT_THAT(Selects("pools.\"xining.h20\""), ElementsAre("pools | xining.h20"));
  EXPECT_THAT(Selects("pools.xining.h20"), ElementsAre());
}

TEST(SelectorTest, ReachesIntoMessagesThatAreNotThereYet) {
  EXPECT_THAT(Selects("monitoring.report_period"), ElementsAre("monitoring | report_period"));
  EXPECT_THAT(Selects("workload.generated.shapes.training"), ElementsAre("workload.generated.shapes | training"));
}

TEST(SelectorTest, MatchesPatterns) {
  EXPECT_TRUE(MatchesPattern("jz-metro-suzhou", "jz-*"));
  EXPECT_TRUE(MatchesPattern("abc", "*b*"));
  EXPECT_TRUE(MatchesPattern("", "*"));
  EXPECT_TRUE(MatchesPattern("aab", "*ab"));
  EXPECT_FALSE(MatchesPattern("abc", "*b"));
  EXPECT_FALSE(MatchesPattern("abc", ""));
}

}  // namespace
}  // namespace suanwang::scenario
