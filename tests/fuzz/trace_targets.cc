#include "tests/fuzz/trace_targets.h"

#include <array>

#include "scheduler/base/check.h"
#include "simulator/workload/catalog.h"
#include "simulator/workload/jobs_of_trace.h"
#include "simulator/workload/normalized_writer.h"
#include "simulator/workload/selection.h"

namespace suanwang::workload {
namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 22;
constexpr std::array<CsvColumn, 3> kColumns = {
    {{"a", Need::kOptional}, {"b", Need::kOptional}, {"job_id", Need::kOptional}}};

void CheckProblems(const Problems& problems) {
  for (const Problem& problem : problems.kept())
    SUANWANG_CHECK(!problem.message.empty(), "a problem says what is wrong");
  SUANWANG_CHECK(problems.count() >= problems.kept().size(), "every kept problem is counted");
}

void CheckReport(const Trace& trace) {
  SUANWANG_CHECK(trace.report.rows_read == trace.rows.size() + trace.report.rows_dropped(),
                 "every row is kept or counted");
  SUANWANG_CHECK(trace.job_ids.empty() || trace.job_ids.size() == trace.rows.size(), "names and rows go together");
  SUANWANG_CHECK(trace.report.steps_back == trace.CountStepsBack(), "steps back are counted over the kept rows");
}

void CheckRows(const Trace& trace) {
  for (const TraceRow& row : trace.rows) {
    SUANWANG_CHECK(Time() <= row.submit && row.submit - Time() <= kLongestTime, "submit times are in range");
    SUANWANG_CHECK(Duration() <= row.duration && row.duration <= kLongestTime, "durations are in range");
    SUANWANG_CHECK(row.share_milli >= 1 && row.share_milli <= 1000, "shares are in range");
    SUANWANG_CHECK(row.user < trace.words.size() && row.origin < trace.words.size(), "words are interned");
  }
}

// A table without rows is refused by the reader, so one that lost all its rows is not read back.
void CheckWrittenAndRead(const Trace& trace) {
  if (trace.rows.empty()) return;
  const std::string text = NormalizedText(trace);
  Problems problems;
  const std::optional<Trace> again = FindTraceFormat("normalized")->read({"written", text}, {}, problems);
  SUANWANG_CHECK(again.has_value(), "what is written can be read");
  SUANWANG_CHECK(NormalizedText(*again) == text, "what is written reads back the same");
}

void CheckJobs(const Trace& trace) {
  Problems problems;
  const std::optional<TraceJobs> made = JobsOfTrace(trace, {}, problems);
  if (!made) return CheckProblems(problems);
  for (std::size_t i = 1; i < made->jobs.size(); ++i) {
    const Job& a = made->jobs[i - 1].job;
    const Job& b = made->jobs[i].job;
    SUANWANG_CHECK(a.submit < b.submit || (a.submit == b.submit && a.id < b.id), "jobs come by submission and row");
  }
}

void CheckBlocks(const Trace& trace) {
  std::size_t rows = 0;
  for (const Trace& block : Blocks(trace, 3)) rows += block.rows.size();
  SUANWANG_CHECK(rows == trace.rows.size(), "blocks lose no row");
}

}  // namespace

void TryCsv(std::string bytes) {
  Problems problems;
  const std::optional<TextFile> file = TextFromBytes("fuzz.csv", std::move(bytes), kMaxBytes, problems);
  if (!file) return CheckProblems(problems);
  CsvReader reader(*file, problems);
  if (!reader.ReadHeading(kColumns, UnknownColumns::kIgnored)) return;
  std::uint64_t line = 0;
  while (reader.Next()) {
    SUANWANG_CHECK(reader.line() > line, "rows go down the file");
    line = reader.line();
    for (std::size_t c = 0; c < kColumns.size(); ++c) {
      SUANWANG_CHECK(reader.field(c).size() <= file->text.size(), "a field is part of the text");
      reader.Complain(c, "tried", "");
    }
  }
  CheckProblems(problems);
}

void TryTraceReader(std::string_view format, std::string bytes) {
  Problems problems;
  const std::optional<TextFile> file = TextFromBytes("fuzz", std::move(bytes), kMaxBytes, problems);
  if (!file) return CheckProblems(problems);
  const std::optional<Trace> trace = FindTraceFormat(format)->read(*file, {}, problems);
  SUANWANG_CHECK(trace.has_value() == problems.empty(), "either a trace or problems");
  CheckProblems(problems);
  if (!trace) return;
  CheckReport(*trace);
  CheckRows(*trace);
  CheckWrittenAndRead(*trace);
  CheckJobs(*trace);
  CheckBlocks(*trace);
}

}  // namespace suanwang::workload
