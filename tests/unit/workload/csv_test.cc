#include "simulator/workload/csv.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "simulator/workload/csv_values.h"

namespace suanwang::workload {
namespace {

constexpr std::array<CsvColumn, 3> kColumns = {{{"name"}, {"units"}, {"note", Need::kOptional}}};

struct Table {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::uint64_t> lines;
  std::string problems;
};

Table Read(std::string text, UnknownColumns unknown = UnknownColumns::kRefused) {
  const TextFile file{"t.csv", std::move(text)};
  Problems problems;
  CsvReader reader(file, problems);
  Table table;
  if (reader.ReadHeading(kColumns, unknown)) {
    while (reader.Next()) {
      table.lines.push_back(reader.line());
      table.rows.push_back({std::string(reader.field(0)), std::string(reader.field(1)), std::string(reader.field(2))});
    }
  }
  table.problems = problems.Text();
  return table;
}

using Rows = std::vector<std::vector<std::string>>;

TEST(CsvTest, FindsColumnsInAnyOrder) {
  const Table table = Read("units,name\n1,a\n2,b\n");

  EXPECT_EQ(table.rows, (Rows{{"a", "1", ""}, {"b", "2", ""}}));
  EXPECT_EQ(table.problems, "");
}

TEST(CsvTest, ReadsCrlfQuotesEmptyLinesAndAMissingLastNewline) {
  const Table table = Read("name,units,note\r\n\"a,b\",1,\"say \"\"hi\"\"\"\r\n\r\n\"\",2,\"two\nlines\"\r\nlast,3,");

  EXPECT_EQ(table.rows, (Rows{{"a,b", "1", "say \"hi\""}, {"", "2", "two\nlines"}, {"last", "3", ""}}));
  EXPECT_EQ(table.lines, (std::vector<std::uint64_t>{2, 4, 6}));
  EXPECT_EQ(table.problems, "");
}

TEST(CsvTest, AMissingColumnNamesTheOnesFoundAndWhatWasMeant) {
  EXPECT_EQ(Read("name,unit\n", UnknownColumns::kIgnored).problems,
            "t.csv:1: no column 'units'; found: name, unit (did you mean 'unit'?)\n");
}

TEST(CsvTest, AnUnknownColumnIsAProblemUnlessIgnored) {
  EXPECT_EQ(Read("name,units,notes\na,1,x\n").problems,
            "t.csv:1:12: unknown column 'notes' (did you mean 'note'?)\n    name,units,notes\n               ^\n");
  EXPECT_EQ(Read("name,units,colour\na,1,red\n", UnknownColumns::kIgnored).rows, (Rows{{"a", "1", ""}}));
}

TEST(CsvTest, AColumnMayNotOccurTwice) {
  EXPECT_NE(Read("name,units,name\n").problems.find("t.csv:1:12: column 'name' occurs twice"), std::string::npos);
}

TEST(CsvTest, AHeadingOfThousandsOfColumnsIsRefused) {
  EXPECT_NE(Read(std::string(5'000, ',')).problems.find("t.csv:1:1: 5001 columns; at most 1000 are read"),
            std::string::npos);
}

TEST(CsvTest, RaggedRowsAreProblemsAndReadingGoesOn) {
  const Table table = Read("name,units\na\nb,1,2\nc,3\n");

  EXPECT_EQ(table.rows, (Rows{{"c", "3", ""}}));
  EXPECT_NE(table.problems.find("t.csv:2:1: 1 fields where the heading has 2"), std::string::npos) << table.problems;
  EXPECT_NE(table.problems.find("t.csv:3:1: 3 fields where the heading has 2"), std::string::npos) << table.problems;
}

TEST(CsvTest, BrokenQuotesAreProblemsAtTheirPlace) {
  const Table table = Read("name,units\na\"b,1\n\"a\"b,2\nc,\"3\n4\n");

  EXPECT_NE(table.problems.find("t.csv:2:2: a quote inside a field"), std::string::npos) << table.problems;
  EXPECT_NE(table.problems.find("t.csv:3:4: text behind a closing quote"), std::string::npos) << table.problems;
  EXPECT_NE(table.problems.find("t.csv:4:3: a quote that is never closed"), std::string::npos) << table.problems;
}

TEST(CsvTest, ALoneCarriageReturnIsAProblem) {
  EXPECT_NE(Read("name,units\na\rb,1\n").problems.find("t.csv:2:2: a carriage return that ends no line"),
            std::string::npos);
}

TEST(CsvTest, AnEmptyFileHasNoHeading) {
  EXPECT_EQ(Read("").problems, "t.csv: is empty (the first line names the columns)\n");
}

TEST(CsvTest, PlacesCountCharactersNotBytes) {
  const TextFile file{"t.csv", "name,units\n贵安,x\n"};
  Problems problems;
  CsvReader reader(file, problems);
  ASSERT_TRUE(reader.ReadHeading(kColumns, UnknownColumns::kRefused));
  ASSERT_TRUE(reader.Next());

  EXPECT_EQ(CsvValues(reader).Count(1), 0u);

  EXPECT_EQ(problems.Text(), "t.csv:2:4: units: 'x' is no whole number (0 to 4294967295)\n    贵安,x\n       ^\n");
}

TEST(CsvTest, ProblemsBeyondAHundredAreCounted) {
  std::string text = "name,units\n";
  for (int i = 0; i < 250; ++i) text += "a\n";

  const Table table = Read(text);

  EXPECT_TRUE(table.problems.ends_with("… and 150 more problems\n"))
      << table.problems.substr(table.problems.size() - 80);
}

// An independent writer: whatever fields it quotes, reading gives them back.
TEST(CsvTest, ReadsBackWhatAnyWriterQuotes) {
  std::mt19937 random(1);
  const std::string letters = "ab,\"\n \r";
  for (int round = 0; round < 500; ++round) {
    Rows rows;
    std::string text = "name,units,note\n";
    for (int r = 0; r < 4; ++r) {
      std::vector<std::string> row;
      for (int f = 0; f < 3; ++f) {
        std::string field;
        for (auto length = random() % 6; length > 0; --length) field += letters[random() % letters.size()];
        std::string quoted;
        for (const char c : field) quoted += c == '"' ? "\"\"" : std::string(1, c);
        text += (f == 0 ? "\"" : ",\"") + quoted + "\"";
        row.push_back(field);
      }
      text += "\r\n";
      rows.push_back(row);
    }

    const Table table = Read(text);

    EXPECT_EQ(table.rows, rows) << text;
    EXPECT_EQ(table.problems, "");
  }
}

}  // namespace
}  // namespace suanwang::workload
