#include "scheduler/text/yaml.h"

#include <gmock/gmock.h>

#include "tests/support/text_files.h"

namespace suanwang::text {
namespace {

using suanwang::testing::Tree;
using suanwang::testing::YamlErrors;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(YamlTest, KeepsOrderPlacesAndQuotes) {
  const Node root = Tree("b: one\na: [1, \"2\"]\n");

  ASSERT_EQ(root.children.size(), 2u);
  EXPECT_EQ(root.children[0].key, "b");
  EXPECT_EQ(root.children[1].key, "a");
  EXPECT_EQ(root.children[1].key_origin.line, 2u);
  const Node& list = root.children[1].value;
  EXPECT_FALSE(list.children[0].value.quoted);
  EXPECT_TRUE(list.children[1].value.quoted);
  EXPECT_EQ(list.children[1].value.origin.line, 2u);
  EXPECT_EQ(list.children[1].value.origin.column, 8u);
}

TEST(YamlTest, AcceptsAByteOrderMarkAndWindowsLineEnds) {
  const Node root = Tree("\xEF\xBB\xBF" "about: x\r\nseeds: 1\r\n");

  EXPECT_EQ(root.Find("about")->text, "x");
  EXPECT_EQ(root.Find("seeds")->text, "1");
}

TEST(YamlTest, NothingAfterAKeyIsNull) {
  EXPECT_TRUE(Tree("a:\nb: null\nc: ~\n").Find("a")->is_null());
  EXPECT_TRUE(Tree("a:\nb: null\nc: ~\n").Find("c")->is_null());
  EXPECT_FALSE(Tree("a: \"null\"\n").Find("a")->is_null());
}

TEST(YamlTest, RefusesDuplicateKeysAndGoesOn) {
  EXPECT_THAT(YamlErrors("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n"),
              ElementsAre("s.yaml:3:1: duplicate key 'a' (a key may stand once in a map; remove one)",
                          "s.yaml:4:11: duplicate key 'd' (a key may stand once in a map; remove one)"));
}

TEST(YamlTest, RefusesSwitchWords) {
  EXPECT_THAT(YamlErrors("a: yes\nb: [Off]\nc: \"yes\"\n"),
              ElementsAre("s.yaml:1:4: 'yes' is no value (write true or false, or \"yes\" if it is a word)",
                          "s.yaml:2:5: 'Off' is no value (write true or false, or \"Off\" if it is a word)"));
}

TEST(YamlTest, RefusesLeadingZeros) {
  EXPECT_THAT(YamlErrors("a: 007\nb: 0.10\nc: 0\nd: \"007\"\ne: 08:30\n"),
              ElementsAre("s.yaml:1:4: the integer 007 begins with a zero (leave the zero out, or write \"007\" if it is a word)"));
}

TEST(YamlTest, RefusesAnchorsAliasesAndTags) {
  EXPECT_THAT(YamlErrors("a: &x 1\nb: *x\nc: !!str 5\n"),
              ElementsAre("s.yaml:1:4: an anchor (&x) is not allowed (write values out, or use extends)",
                          "s.yaml:2:4: an alias (*name) is not allowed (write the value out, or use extends)",
                          "s.yaml:3:4: a tag (tag:yaml.org,2002:str) is not allowed (leave it out; the schema knows the types)"));
}

TEST(YamlTest, RefusesTabsInTheIndentation) {
  EXPECT_THAT(YamlErrors("a:\n  b: 1\n\tc: 2\n"),
              ElementsAre("s.yaml:3:1: a tab in the indentation (indent with spaces)"));
  EXPECT_THAT(YamlErrors("a: 1\t# a tab between is harmless\n"), IsEmpty());
}

TEST(YamlTest, RefusesASecondDocument) {
  EXPECT_THAT(YamlErrors("a: 1\n---\nb: 2\n"),
              ElementsAre("s.yaml:3:1: a second document begins here (one document a file; remove the '---')"));
}

TEST(YamlTest, RefusesNothingAtAll) {
  const std::string message = "s.yaml: the file is empty (a scenario begins with a line such as 'about: …')";
  EXPECT_THAT(YamlErrors(""), ElementsAre(message));
  EXPECT_THAT(YamlErrors("# only a remark\n"), ElementsAre(message));
}

TEST(YamlTest, RefusesWhatIsNoText) {
  EXPECT_THAT(YamlErrors(std::string("PK\x03\x04\0\0", 6)),
              ElementsAre("s.yaml: the file is binary, not text (name a scenario file in YAML)"));
  EXPECT_THAT(YamlErrors("a: 1\nb: \xC3(\n"), ElementsAre("s.yaml:2:4: not valid UTF-8 (save the file as UTF-8)"));
  EXPECT_THAT(YamlErrors("about: \xD6\xD0\xCE\xC0\n"),
              ElementsAre("s.yaml:1:8: the file is GB18030 (GBK), not UTF-8 (convert it: iconv -f GB18030 -t UTF-8)"));
  EXPECT_THAT(YamlErrors("\xFF\xFE" "a"), ElementsAre("s.yaml: the file is UTF-16 (save it as UTF-8)"));
}

TEST(YamlTest, RefusesWhatIsTooDeepOrTooLarge) {
  EXPECT_THAT(YamlErrors(std::string(65, '[') + std::string(65, ']')),
              ElementsAre("s.yaml:1:65: nested deeper than 64 levels (a scenario needs at most 8)"));
  EXPECT_THAT(YamlErrors(std::string(64, '[') + std::string(64, ']')), IsEmpty());
  EXPECT_THAT(YamlErrors(std::string(100'000, '[')), ElementsAre(HasSubstr(": nested deeper than 64 levels")));
  EXPECT_THAT(YamlErrors("a: " + std::string(kMaxYamlBytes, 'x')),
              ElementsAre("s.yaml: the file is larger than 16 MiB (put large tables and traces into CSV files)"));
}

TEST(YamlTest, RefusesKeysThatAreNoWords) {
  EXPECT_THAT(YamlErrors("? [a, b]\n: 1\n"), ElementsAre("s.yaml:1:3: a key must be a word (write a plain name before ':')"));
}

TEST(YamlTest, PassesOnWhatTheParserSays) {
  EXPECT_THAT(YamlErrors("a: [1, 2\nb: 3\n"), ElementsAre(StartsWith("s.yaml:2:2: not valid YAML: ")));
}

TEST(YamlTest, WritesWhatReadsBackEqual) {
  const std::string yaml =
      "plain: a word\nquoted: \"no\"\nempty: \"\"\nodd: \"a: b # c\"\nlines: \"one\\ntwo\"\nzero: \"007\"\n"
      "list:\n  - 1\n  - key: value\n    other:\n      - a\n  -\n    - deep\n  - []\n  - {}\nnothing: null\n中文: 值\n\"*.x\": \"-\"\n";

  EXPECT_EQ(WriteYaml(Tree(yaml)), yaml);
}

}  // namespace
}  // namespace suanwang::text
