#include "simulator/workload/problem.h"

#include <utility>

namespace suanwang::workload {

std::string ToText(const Problem& problem) {
  std::string text = problem.file;
  if (problem.line != 0) text += ":" + std::to_string(problem.line);
  if (problem.column != 0) text += ":" + std::to_string(problem.column);
  text += ": " + problem.message;
  if (!problem.remedy.empty()) text += " (" + problem.remedy + ")";
  if (problem.excerpt.empty()) return text;
  text += "\n    " + problem.excerpt;
  if (problem.column != 0) text += "\n    " + std::string(problem.column - 1, ' ') + "^";
  return text;
}

void Problems::Add(Problem problem) {
  ++count_;
  if (!full()) kept_.push_back(std::move(problem));
}

std::string Problems::Text() const {
  std::string text;
  for (const Problem& problem : kept_) text += ToText(problem) + "\n";
  if (count_ > kept_.size()) text += "… and " + std::to_string(count_ - kept_.size()) + " more problems\n";
  return text;
}

}  // namespace suanwang::workload
