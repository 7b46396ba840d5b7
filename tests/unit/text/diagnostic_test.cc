#include "scheduler/base/nearest_name.h"
#include "scheduler/text/diagnostic.h"

#include <gtest/gtest.h>

namespace suanwang::text {
namespace {

TEST(DiagnosticTest, CountsEdits) {
  EXPECT_EQ(EditDistance("beijing", "beijing"), 0u);
  EXPECT_EQ(EditDistance("beijng", "beijing"), 1u);
  EXPECT_EQ(EditDistance("biejing", "beijing"), 1u);  // neighbours swapped
  EXPECT_EQ(EditDistance("", "abc"), 3u);
  EXPECT_EQ(EditDistance("ca", "abc"), 3u);  // the restricted form: a swapped pair is not edited again
}

TEST(DiagnosticTest, SuggestsTheNearestOrListsFew) {
  const std::vector<std::string> places = {"guian", "beijing", "nanjing"};

  EXPECT_EQ(Suggest("beijng", places), "did you mean 'beijing'?");
  EXPECT_EQ(Suggest("zzzzzz", places), "one of: guian, beijing, nanjing");
  EXPECT_EQ(Suggest("zzzzzz", std::vector<std::string>(17, "place")), "");
  EXPECT_EQ(Suggest("x", {}), "");
}

TEST(DiagnosticTest, SortsByPlaceAndPutsTheCaretUnderWideCharacters) {
  Sources sources;
  const std::uint32_t source = sources.Add("a.yaml", "first: 1\n名: 贵安 x\n");
  Diagnostics diagnostics;
  diagnostics.Error({source, 2, 13}, "名", "what is 'x'", "leave it out");
  diagnostics.Error({source, 1, 8}, "first", "too small");

  EXPECT_EQ(Render(diagnostics, sources),
            "a.yaml:1:8: first: too small\n"
            "    first: 1\n"
            "           ^\n"
            "a.yaml:2:7: 名: what is 'x' (leave it out)\n"
            "    名: 贵安 x\n"
            "             ^\n"
            );
}

TEST(DiagnosticTest, CountsWhatItDoesNotShow) {
  Diagnostics diagnostics;
  for (int i = 0; i < 5; ++i) diagnostics.Error({}, "", "wrong");

  EXPECT_EQ(Render(diagnostics, Sources(), 2), "wrong\nwrong\nand 3 more errors\n");
}

}  // namespace
}  // namespace suanwang::text
