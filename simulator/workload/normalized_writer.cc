#include "simulator/workload/normalized_writer.h"

#include <string_view>

#include "simulator/workload/calendar.h"
#include "simulator/workload/file_writer.h"
#include "simulator/workload/numbers.h"

namespace suanwang::workload {
namespace {

constexpr int kNanosOfMilli = 6;  // decimals of a millisecond

std::string BoundText(Duration bound) {
  return bound == Duration::Max() ? std::string() : FormatFixed(static_cast<std::uint64_t>(bound.ns()), kNanosOfMilli);
}

std::string ZeroText(const Trace& trace) {
  if (!trace.zero_stamp) return {};
  const std::string stamp = FormatStamp((*trace.zero_stamp - Time()).ns() / Seconds(1).ns());
  return trace.zone == kZoneNotStated ? stamp : stamp + " " + trace.zone;
}

std::string UnitText(const Trace& trace) { return trace.unit == Trace().unit ? std::string() : trace.unit; }

// What is said of the table as a whole has a column only where it is known.
bool HasColumn(const Trace& trace, NormalizedColumn column) {
  if (column == kZero) return trace.zero_stamp.has_value();
  return column != kUnit || !UnitText(trace).empty();
}

// What an unknown value reads as, and so what is written as nothing. Required columns are always written.
std::string_view DefaultText(NormalizedColumn column) {
  switch (column) {
    case kJobId:
    case kSubmitS:
    case kDurationS:
    case kUnits:
    case kUser:
    case kClass:
    case kOrigin:
    case kAcceleratorTypes:
    case kMaxOneWayMs:
    case kZero:
    case kUnit: return "";
    case kEstimateS:
    case kPriority:
    case kCpus:
    case kMemoryGb:
    case kDataGb: return "0";
    case kShare: return "1000";
    case kPreemptible: return "true";
  }
  return "";
}

void AppendField(std::string& text, std::string_view value) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
    text += value;
    return;
  }
  text += '"';
  for (const char c : value) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

void AppendHeading(std::string& text, const Trace& trace) {
  for (std::size_t c = 0; c < kNormalizedColumns.size(); ++c) {
    if (!HasColumn(trace, static_cast<NormalizedColumn>(c))) continue;
    if (c != 0) text += ',';
    text += kNormalizedColumns[c].name;
  }
  text += '\n';
}

void AppendRow(std::string& text, const Trace& trace, std::size_t row) {
  for (std::size_t c = 0; c < kNormalizedColumns.size(); ++c) {
    const auto column = static_cast<NormalizedColumn>(c);
    if (!HasColumn(trace, column)) continue;
    if (c != 0) text += ',';
    const std::string value = ValueText(trace, row, column);
    if (value != DefaultText(column)) AppendField(text, value);
  }
  text += '\n';
}

}  // namespace

std::string ValueText(const Trace& trace, std::size_t index, NormalizedColumn column) {
  const TraceRow& row = trace.rows[index];
  switch (column) {
    case kJobId: return trace.job_id(index);
    case kSubmitS: return FormatSeconds(row.submit);
    case kDurationS: return FormatSeconds(row.duration);
    case kUnits: return std::to_string(row.units);
    case kEstimateS: return FormatSeconds(row.estimate);
    case kPriority: return std::to_string(row.priority);
    case kUser: return trace.word(row.user);
    case kClass: return trace.word(row.job_class);
    case kOrigin: return trace.word(row.origin);
    case kAcceleratorTypes: return trace.word(row.accelerator_types);
    case kCpus: return FormatFixed(row.cpu_milli, kThousandths);
    case kMemoryGb: return FormatFixed(row.memory_mb, kThousandths);
    case kShare: return std::to_string(row.share_milli);
    case kDataGb: return FormatFixed(row.data_bytes, kBytesOfGb);
    case kMaxOneWayMs: return BoundText(row.max_one_way);
    case kPreemptible: return row.preemptible ? "true" : "false";
    case kZero: return ZeroText(trace);
    case kUnit: return UnitText(trace);
  }
  return {};
}

std::string NormalizedText(const Trace& trace) {
  std::string text;
  AppendHeading(text, trace);
  for (std::size_t row = 0; row < trace.rows.size(); ++row) AppendRow(text, trace, row);
  return text;
}

bool WriteNormalized(const Trace& trace, const std::string& path, Problems& problems) {
  return WriteWholeFile(path, NormalizedText(trace), problems);
}

}  // namespace suanwang::workload
