#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

namespace suanwang::report {

// A run folder (UX, "A run folder") while it is written: PATH.part and the number of the process, renamed when it is whole,
// so that nothing half-written looks whole and two writers do not meet. Without Commit it is removed again.
class RunFolder {
 public:
  explicit RunFolder(const std::string& path);
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  [[nodiscard]] const std::optional<std::string>& error() const { return error_; }  // the first, with place and remedy
  [[nodiscard]] std::string PathOf(const std::string& name) const;  // where to write a file that comes bit by bit
  // A whole file. What ends in .zst is packed as it is written: in pieces of some length, or it costs. After an error:
  // does nothing.
  void Write(const std::string& name, const std::function<void(std::ostream&)>& write);
  void Note(const std::optional<std::string>& error);  // of a file that came bit by bit
  // Calls the folder `path`, in place of one that bears that name. False: an error, and nothing stands.
  [[nodiscard]] bool Commit(const std::string& path);

 private:
  void WritePacked(const std::string& name, const std::function<void(std::ostream&)>& write);

  std::string part_;
  std::optional<std::string> error_;
};

// "national-week/9f3c…": where the run of these inputs lies below the folder of all runs (DESIGN §7).
struct RunInputs {
  std::string scenario;             // its name
  std::uint64_t scenario_hash = 0;  // of its resolved text and all data files
  std::uint64_t seed = 0;
  std::string policy;               // with knobs
  std::string build_id;
  std::string service;              // address of the scheduler; empty: in this process
};
[[nodiscard]] std::string FolderName(const RunInputs& inputs);

}  // namespace suanwang::report
