#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "scheduler/core/journaling_port.h"
#include "simulator/record/file_header.h"
#include "simulator/record/packed_writer.h"

// journal.zst: what a JournalingPort wrote, behind the header of the file (file_header.h, "SWJOURNL", kJournalFormat); one
// zstd frame with a checksum.
namespace suanwang::run {

// Writes a journal as it is made (packed_writer.h: whole or not at all).
class JournalWriter final : public JournalSink {
 public:
  JournalWriter(std::string path, const record::FileHeader& header);
  void Write(std::string_view bytes) override { file_.Write(bytes); }
  [[nodiscard]] std::optional<std::string> Finish() { return file_.Finish(); }

 private:
  record::PackedWriter file_;
};

struct StoredJournal {
  record::FileHeader header;
  std::string bytes;  // without the header: core/journal_text.h tells them
};

// The whole journal of a file, or what is wrong with it, with the remedy. It is kept in memory: at most 4 GiB.
[[nodiscard]] std::variant<StoredJournal, std::string> ReadJournal(const std::string& path);

}  // namespace suanwang::run
