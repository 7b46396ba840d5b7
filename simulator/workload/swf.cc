#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "simulator/workload/calendar.h"
#include "simulator/workload/csv_trace.h"
#include "simulator/workload/formats.h"
#include "simulator/workload/job_names.h"
#include "simulator/workload/numbers.h"
#include "simulator/workload/swf_header.h"

// The Standard Workload Format of the Parallel Workloads Archive: 18 fields a line, seconds, −1 = unknown; comments
// begin with ';'. (Chapin et al., "Benchmarks and Standards for the Evaluation of Parallel Job Schedulers", 1999.)
//
//   submit    field 2; Time 0 is the log's own second 0 (UnixStartTime). A log whose stamps are all absolute Unix
//             seconds counts from 00:00 UTC of its first day.
//   duration  field 4, run time. Jobs of length 0 are kept.
//   units     processors: field 5 (allocated); where that is unknown, field 8 (requested), reported as a repair.
//   estimate  field 9, requested time; −1 and 0: the user gave none.
//   user, class, origin   fields 12 (user), 15 (queue), 16 (partition); the names of the header, else the numbers.
//   dropped   status 2 to 4 (a part of a job that has a line of its own), status 5 without a run time (cancelled before
//             it started), unknown submit time, unknown or negative run time, no processors.
// Memory is not taken over: its unit differs between logs. Fields behind the 18th (MetaCentrum has 21) are left out.
namespace suanwang::workload {
namespace {

enum Field : std::size_t {
  kJobNumber = 0,
  kSubmit = 1,
  kRunTime = 3,
  kAllocated = 4,
  kRequestedProcessors = 7,
  kRequestedTime = 8,
  kStatus = 10,
  kUser = 11,
  kQueue = 14,
  kPartition = 15,
  kFields = 18,
};

// clang-format off
constexpr std::array<std::string_view, kFields> kNames = {
    "job number", "submit time", "wait time", "run time", "allocated processors", "average CPU time", "used memory",
    "requested processors", "requested time", "requested memory", "status", "user", "group", "executable", "queue",
    "partition", "preceding job", "think time"};
// clang-format on

constexpr std::int64_t kUnknown = -1;
constexpr std::int64_t kCancelled = 5;
constexpr Time kSurelyAbsolute = Time() + Days(3653);  // 1980: no log counts so far from a second 0 of its own

class SwfReader {
 public:
  SwfReader(const TextFile& file, Problems& problems) : file_(file), problems_(problems) {}

  std::optional<Trace> Read() {
    const std::uint64_t before = problems_.count();
    trace_.format = "swf";
    trace_.unit = "processor";
    trace_.source = file_.name;
    trace_.column_names = {{"queue", "class"}, {"partition", "origin"}};
    std::string_view rest = file_.text;
    while (!rest.empty()) TakeLine(rest);
    MakeNamesUnique(trace_);
    SetZero();
    AddRemarks();
    return Finished(std::move(trace_), before, problems_);
  }

 private:
  void TakeLine(std::string_view& rest) {
    ++line_number_;
    const std::size_t newline = std::min(rest.find('\n'), rest.size());
    line_ = rest.substr(0, newline);
    rest.remove_prefix(std::min(newline + 1, rest.size()));
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    const std::size_t first = line_.find_first_not_of(" \t");
    if (first == std::string_view::npos) return;
    if (line_[first] == ';') return header_.Add(line_.substr(first));
    if (Split()) ReadRow();
  }

  // Fills fields_; false, after a problem, if there are too few.
  bool Split() {
    std::size_t at = 0;
    std::size_t count = 0;
    while (count < kFields) {
      at = line_.find_first_not_of(" \t", at);
      if (at == std::string_view::npos) break;
      const std::size_t end = std::min(line_.find_first_of(" \t", at), line_.size());
      fields_[count++] = line_.substr(at, end - at);
      at = end;
    }
    if (count < kFields) {
      Complain(line_, "only " + std::to_string(count) + " fields",
               "a line of the Standard Workload Format has 18; is the file cut off here?");
      return false;
    }
    if (line_.find_first_not_of(" \t", at) != std::string_view::npos) ++rows_with_tail_;
    return true;
  }

  void ReadRow() {
    if (!AllNumbers()) return;
    TraceRow row;
    row.line = line_number_;
    row.position = static_cast<std::uint32_t>(trace_.report.rows_read++);
    const std::string_view reason = Fill(row);
    if (!reason.empty()) return trace_.report.Drop(reason, line_number_);
    trace_.rows.push_back(row);
    trace_.job_ids.emplace_back(fields_[kJobNumber]);
  }

  // Also the fields that are not used: a word among them means that the columns are shifted.
  bool AllNumbers() {
    bool all = true;
    for (std::size_t f = 0; f < kFields; ++f) {
      if (fields_[f].find_first_not_of("-+.0123456789") == std::string_view::npos) continue;
      ComplainOf(f, "is no number", "unknown values are written -1");
      all = false;
    }
    return all;
  }

  // Answers why the row is dropped; empty: it is kept.
  std::string_view Fill(TraceRow& row) {
    const std::int64_t status = Whole(kStatus);
    const std::optional<Duration> submit = Length(kSubmit);
    const Duration run_time = Signed(kRunTime);
    const bool ran = run_time > Duration();
    if (status >= 2 && status <= 4) return "part of a job that has a line of its own (status 2 to 4)";
    if (!submit) return "submit time unknown";
    if (status == kCancelled && !ran) return "cancelled before it started (status 5)";
    if (run_time == Seconds(kUnknown)) return "run time unknown (-1)";
    if (run_time < Duration()) return "run time negative";
    row.submit = Time() + *submit;
    row.duration = run_time;
    row.estimate = Length(kRequestedTime).value_or(Duration());
    row.units = Processors(row);
    if (row.units == 0) return "processors unknown";
    row.user = WordOf(kUser, {});
    row.job_class = WordOf(kQueue, header_.queues);
    row.origin = WordOf(kPartition, header_.partitions);
    failed_ += status == 0 ? 1 : 0;
    over_limit_ += row.estimate > Duration() && row.duration > row.estimate ? 1 : 0;
    return {};
  }

  std::uint32_t Processors(TraceRow& row) {
    const std::uint32_t allocated = Count(kAllocated);
    const std::uint32_t requested = Count(kRequestedProcessors);
    if (allocated != 0 || requested == 0) return allocated;
    trace_.Repair(row, "allocated processors unknown: the requested ones used");
    return requested;
  }

  WordId WordOf(Field field, const std::map<std::string, std::string, std::less<>>& names) {
    if (fields_[field] == "-1") return 0;
    const auto named = names.find(fields_[field]);
    return trace_.Intern(named == names.end() ? fields_[field] : std::string_view(named->second));
  }

  std::int64_t Whole(Field field) {
    const std::optional<std::int64_t> value = ParseWhole(fields_[field]);
    if (!value) ComplainOf(field, "is no whole number, or too large", "");
    return value.value_or(kUnknown);
  }

  // 0 if unknown.
  std::uint32_t Count(Field field) {
    const std::int64_t value = Whole(field);
    if (value < kUnknown || value > std::numeric_limits<std::uint32_t>::max())
      ComplainOf(field, "is out of range", "0 or more; -1 is unknown");
    return value <= 0 ? 0 : static_cast<std::uint32_t>(value);
  }

  Duration Signed(Field field) {
    const std::optional<Duration> value = ParseDecimal(fields_[field], Seconds(1));
    if (value && *value <= kLongestTime) return *value;
    ComplainOf(field, "is no number of seconds, or too large", "at most 100 years");
    return Duration();
  }

  // Nothing if unknown.
  std::optional<Duration> Length(Field field) {
    const Duration value = Signed(field);
    if (value >= Duration()) return value;
    if (value != Seconds(kUnknown)) ComplainOf(field, "is negative", "unknown values are written -1");
    return std::nullopt;
  }

  void ComplainOf(std::size_t field, std::string_view what, std::string remedy) {
    if (problems_.full()) return problems_.Add({});
    Complain(fields_[field],
             std::string(kNames[field]) + " (field " + std::to_string(field + 1) + "): '" +
                 std::string(fields_[field]) + "' " + std::string(what),
             std::move(remedy));
  }

  void Complain(std::string_view part, std::string message, std::string remedy) {
    problems_.Add({.file = file_.name,
                   .line = line_number_,
                   .column = static_cast<std::uint64_t>(part.data() - line_.data()) + 1,
                   .message = std::move(message),
                   .remedy = std::move(remedy)});
  }

  void SetZero() {
    const bool is_absolute = std::all_of(trace_.rows.begin(), trace_.rows.end(),
                                         [](const TraceRow& row) { return row.submit >= kSurelyAbsolute; });
    if (is_absolute && !trace_.rows.empty()) {
      CountFromFirstDay(trace_, "UTC");
      Remark("submit times are Unix seconds; counted from 00:00 UTC of the first day");
    } else if (header_.unix_start) {
      trace_.zero_stamp = Time() + Seconds(*header_.unix_start);
      trace_.zone = "UTC";
      trace_.zero = FormatStamp(*header_.unix_start) + " UTC" + (header_.zone.empty() ? "" : " (" + header_.zone + ")");
    } else {
      trace_.zero = "second 0 of the log, its date not stated";
    }
  }

  void AddRemarks() {
    Remark("a unit is a processor");
    const std::optional<std::int64_t> machine = ParseWhole(header_.processors);
    if (machine && 0 < *machine && *machine <= std::numeric_limits<std::uint32_t>::max()) trace_.machine_units = static_cast<std::uint32_t>(*machine);
    if (!header_.processors.empty()) Remark("the log's machine has " + header_.processors + " processors");
    const std::string rows = std::to_string(trace_.report.rows_read);
    if (!header_.jobs.empty() && header_.jobs != rows)
      Remark("the header counts " + header_.jobs + " jobs, the file has " + rows);
    if (failed_ != 0)
      Remark(std::to_string(failed_) + " jobs failed in the log (status 0); they run as long as they ran");
    if (over_limit_ != 0) Remark(std::to_string(over_limit_) + " jobs run longer than they requested");
    if (rows_with_tail_ != 0)
      Remark(std::to_string(rows_with_tail_) + " rows have more than 18 fields; the others are left out");
    for (const std::string& note : header_.notes) Remark("the log notes: " + note);
  }

  void Remark(std::string text) { trace_.report.remarks.push_back(std::move(text)); }

  const TextFile& file_;
  Problems& problems_;
  Trace trace_;
  SwfHeader header_;
  std::uint64_t line_number_ = 0;
  std::string_view line_;
  std::array<std::string_view, kFields> fields_;
  std::uint64_t rows_with_tail_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t over_limit_ = 0;
};

}  // namespace

std::optional<Trace> ReadSwf(const TextFile& file, const ReadOptions&, Problems& problems) {
  return SwfReader(file, problems).Read();
}

}  // namespace suanwang::workload
