#include "scheduler/text/table.h"

#include <gmock/gmock.h>

#include "tests/support/text_files.h"

namespace suanwang::text {
namespace {

using suanwang::testing::Lines;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct TableRead {
  std::optional<Table> table;
  std::vector<std::string> errors;
};

TableRead Read(const std::string& csv) {
  Sources sources;
  Diagnostics diagnostics;
  std::optional<Table> table = ReadTable(sources, sources.Add("t.csv", csv), diagnostics);
  return {std::move(table), Lines(diagnostics, sources)};
}

TEST(TableTest, ReadsQuotesLineEndsAndAByteOrderMark) {
  const TableRead read = Read("\xEF\xBB\xBF" "id,name,note\r\na,\"x, \"\"y\"\"\",\r\n\r\nb,\"two\nlines\",贵安\r\n");

  EXPECT_THAT(read.errors, IsEmpty());
  EXPECT_THAT(read.table->columns, ElementsAre("id", "name", "note"));
  ASSERT_EQ(read.table->rows.size(), 2u);
  EXPECT_EQ(read.table->rows[0].cells[1].text, "x, \"y\"");
  EXPECT_TRUE(read.table->rows[0].cells[2].is_null());
  EXPECT_EQ(read.table->rows[1].cells[1].text, "two\nlines");
  EXPECT_EQ(read.table->rows[1].cells[2].text, "贵安");
  EXPECT_EQ(read.table->rows[1].cells[2].origin.line, 5u);
  EXPECT_EQ(read.table->rows[1].cells[2].origin.column, 8u);
}

TEST(TableTest, ReadsALastLineWithoutAnEnd) {
  EXPECT_EQ(Read("id\na").table->rows.size(), 1u);
}

TEST(TableTest, LeavesOutRowsOfWrongLengthAndSaysSo) {
  const TableRead read = Read("id,x\na,1\nb\nc,1,2\nd,4\n");

  EXPECT_THAT(read.errors,
              ElementsAre("t.csv:3:1: the row has 1 fields, the header has 2 (a field with a comma in it is written in quotes)",
                          "t.csv:4:1: the row has 3 fields, the header has 2 (a field with a comma in it is written in quotes)"));
  EXPECT_EQ(read.table->rows.size(), 2u);
}

TEST(TableTest, RefusesColumnsWithoutOrWithARepeatedName) {
  EXPECT_THAT(Read("id,,id\na,b,c\n").errors,
              ElementsAre("t.csv:1:4: a column without a name (name it, or remove the comma)",
                          "t.csv:1:5: column 'id' is there twice (remove one)"));
}

TEST(TableTest, RefusesBrokenQuotes) {
  EXPECT_THAT(Read("id,x\na,\"open\nb,2\n").errors,
              ElementsAre("t.csv:2:3: the quote that opens here is never closed (close it, or write \"\" for a quote in a field)"));
  EXPECT_THAT(Read("id,x\na,\"b\"c\n").errors,
              ElementsAre("t.csv:2:6: text after a closing quote (write \"\" for a quote inside a field)"));
}

TEST(TableTest, NamesOtherEncodings) {
  EXPECT_THAT(Read("id,name\na,\xB9\xF3\xB0\xB2\n").errors,
              ElementsAre("t.csv: the table is GB18030 (GBK), not UTF-8 (in Excel save as \"CSV UTF-8\", or convert it: "
                          "iconv -f GB18030 -t UTF-8)"));
  EXPECT_THAT(Read("id\n\xC3\n").errors, ElementsAre("t.csv: the table is not valid UTF-8 (save it as CSV UTF-8)"));
  EXPECT_THAT(Read("\xFF\xFEi").errors, ElementsAre("t.csv: the table is UTF-16 (save it as UTF-8 CSV)"));
  EXPECT_THAT(Read(std::string("id\n\0", 4)).errors, ElementsAre("t.csv: the table is binary (save it as CSV (UTF-8))"));
}

TEST(TableTest, RefusesTablesWithNothingInThem) {
  EXPECT_THAT(Read("").errors, ElementsAre("t.csv: the table is empty (its first line names the columns)"));
  EXPECT_THAT(Read("id,x\n").errors, ElementsAre("t.csv: the table has no rows (a table with nothing in it is left out)"));
}

}  // namespace
}  // namespace suanwang::text
