#include "simulator/report/run_folder.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <streambuf>
#include <string_view>
#include <system_error>

#include "scheduler/base/hash.h"
#include "simulator/record/packed_writer.h"
#include "simulator/report/write_out.h"
#include "simulator/workload/file_writer.h"

namespace suanwang::report {
namespace {

namespace fs = std::filesystem;

std::string RemedyOf(const std::error_code& error) { return " (" + std::string(OutputRemedy(error.value())) + ", with -o)"; }

// Hands on what is written to a stream, in pieces.
class PackedBuffer final : public std::streambuf {
 public:
  explicit PackedBuffer(record::PackedWriter& file) : file_(file) {}

 private:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    file_.Write({text, static_cast<std::size_t>(size)});
    return size;
  }
  int_type overflow(int_type c) override {
    const char one = traits_type::to_char_type(c);
    file_.Write({&one, 1});
    return traits_type::not_eof(c);
  }

  record::PackedWriter& file_;
};

}  // namespace

RunFolder::RunFolder(const std::string& path) : part_(path + ".part" + std::to_string(getpid())) {
  std::error_code error;
  fs::create_directories(part_, error);
  if (error) error_ = part_ + ": cannot be created: " + error.message() + RemedyOf(error);
}

RunFolder::~RunFolder() {
  std::error_code none;
  if (!part_.empty()) fs::remove_all(part_, none);
}

std::string RunFolder::PathOf(const std::string& name) const { return (fs::path(part_) / name).string(); }

void RunFolder::Note(const std::optional<std::string>& error) {
  if (!error_ && error) error_ = error;
}

void RunFolder::Write(const std::string& name, const std::function<void(std::ostream&)>& write) {
  if (error_) return;
  if (name.ends_with(".zst")) return WritePacked(name, write);
  std::ostringstream text;
  write(text);
  workload::Problems problems;
  if (!workload::WriteWholeFile(PathOf(name), text.view(), problems)) error_ = workload::ToText(problems.kept().front());
}

void RunFolder::WritePacked(const std::string& name, const std::function<void(std::ostream&)>& write) {
  record::PackedWriter file(PathOf(name), name);
  PackedBuffer buffer(file);
  std::ostream out(&buffer);
  write(out);
  Note(file.Finish());
}

bool RunFolder::Commit(const std::string& path) {
  std::error_code error;
  if (!error_) fs::remove_all(path, error);
  if (!error_ && !error) fs::rename(part_, path, error);
  if (!error_ && error) error_ = path + ": cannot be put in place: " + error.message() + RemedyOf(error);
  if (error_) return false;
  part_.clear();
  return true;
}

std::string FolderName(const RunInputs& inputs) {
  std::string stem = inputs.scenario;
  std::ranges::replace(stem, '/', '-');
  const std::string all = HashText(inputs.scenario_hash) + "\n" + std::to_string(inputs.seed) + "\n" + inputs.policy + "\n" + inputs.build_id + "\n" +
                          inputs.service + "\n";
  return stem + "/" + HashText(HashOf(all));
}

}  // namespace suanwang::report
