#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/study/baseline.h"

namespace suanwang::cli {

// Why a baseline that is there cannot be used.
struct BaselineProblem {
  std::string text;         // with the path and the remedy
  bool is_damaged = false;  // it was read and is not one of ours, so nothing is lost where it is replaced
};

// The baseline beside a scenario: hello.yaml has hello.baseline.json, and in hello.baseline.decisions.zst the decisions of its
// first seed (record/decision_log.h), of which only as much as fits into 256 KiB is kept, from the beginning of the run on.
class BaselineFiles {
 public:
  explicit BaselineFiles(const std::string& scenario_file);

  [[nodiscard]] const std::string& path() const { return path_; }  // of the .json
  // Nothing: there is no such file; or there is one that cannot be used, and `problem` says why.
  [[nodiscard]] std::optional<study::Baseline> Read(std::optional<BaselineProblem>& problem) const;
  // Empty: none are kept, or they are damaged.
  [[nodiscard]] std::string ReadDecisions() const;
  // Both files, each whole or not at all. What went wrong; nothing: they stand.
  [[nodiscard]] std::optional<std::string> Write(const study::Baseline& baseline, const std::string& decisions) const;

 private:
  std::string path_;
  std::string decisions_path_;
};

}  // namespace suanwang::cli
