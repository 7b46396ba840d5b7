#include <utility>

#include "simulator/record/record_file.h"

namespace suanwang::record {

RecordWriter::RecordWriter(std::string path, const FileHeader& header) : file_(std::move(path), "the record") {
  file_.Write(HeaderBytes(kRecordKind, header));
}

}  // namespace suanwang::record
