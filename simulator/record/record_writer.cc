#include <utility>

#include "scheduler/model/exchange_bytes.h"
#include "simulator/record/record_file.h"

namespace suanwang::record {
namespace {

std::string HeaderBytes(const RecordHeader& header) {
  std::string bytes = "SWRECORD";
  BytesWriter writer(bytes);
  writer.Put(kRecordFormat);
  writer.Put(header.scenario_hash);
  writer.Put(header.seed);
  writer.Put(static_cast<std::uint32_t>(header.policy.size()));
  return bytes + header.policy;
}

}  // namespace

RecordWriter::RecordWriter(std::string path, const RecordHeader& header) : file_(std::move(path), "the record") {
  file_.Write(HeaderBytes(header));
}

}  // namespace suanwang::record
