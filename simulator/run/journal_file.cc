#include "simulator/run/journal_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "scheduler/model/exchange_bytes.h"
#include "simulator/workload/unpack.h"

namespace suanwang::run {
namespace {

constexpr record::FileKind kKind{"SWJOURNL", kJournalFormat, "journal"};
constexpr std::uint64_t kMostBytes = std::uint64_t{4} << 30;
constexpr const char* kRunAgain = " (run the scenario again to write it anew)";

}  // namespace

JournalWriter::JournalWriter(std::string path, const record::FileHeader& header) : file_(std::move(path), "the journal") { file_.Write(record::HeaderBytes(kKind, header)); }

std::variant<StoredJournal, std::string> ReadJournal(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return path + ": cannot be opened: " + std::strerror(errno) + " (a run that keeps its folder writes it)";
  const std::string packed(std::istreambuf_iterator<char>(in), {});
  StoredJournal journal;
  if (workload::Unpack(packed, workload::Packing::kZstd, kMostBytes, journal.bytes) != workload::UnpackOutcome::kWhole) {
    return path + ": is not a journal, is damaged or cut short" + kRunAgain;
  }
  std::size_t length = 0;
  if (auto wrong = record::ReadHeader(journal.bytes, kKind, journal.header, length)) return path + ": " + *wrong;
  journal.bytes.erase(0, length);
  return journal;
}

}  // namespace suanwang::run
