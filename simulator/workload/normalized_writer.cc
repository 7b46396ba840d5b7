#include "simulator/workload/normalized_writer.h"

#include <string_view>

#include "simulator/workload/file_writer.h"
#include "simulator/workload/numbers.h"

namespace suanwang::workload {
namespace {

constexpr int kNanosOfMilli = 6;  // decimals of a millisecond

std::string BoundText(Duration bound) {
  return bound == Duration::Max() ? std::string() : FormatFixed(static_cast<std::uint64_t>(bound.ns()), kNanosOfMilli);
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
    case kMaxOneWayMs: return "";
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

void AppendHeading(std::string& text) {
  for (std::size_t c = 0; c < kNormalizedColumns.size(); ++c) {
    if (c != 0) text += ',';
    text += kNormalizedColumns[c].name;
  }
  text += '\n';
}

void AppendRow(std::string& text, const Trace& trace, std::size_t row) {
  for (std::size_t c = 0; c < kNormalizedColumns.size(); ++c) {
    if (c != 0) text += ',';
    const auto column = static_cast<NormalizedColumn>(c);
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
  }
  return {};
}

std::string NormalizedText(const Trace& trace) {
  std::string text;
  AppendHeading(text);
  for (std::size_t row = 0; row < trace.rows.size(); ++row) AppendRow(text, trace, row);
  return text;
}

bool WriteNormalized(const Trace& trace, const std::string& path, Problems& problems) {
  return WriteWholeFile(path, NormalizedText(trace), problems);
}

}  // namespace suanwang::workload
