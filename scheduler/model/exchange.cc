#include "scheduler/model/exchange.h"

#include <array>

#include "scheduler/base/check.h"

namespace suanwang {

std::string_view Name(EndState state) {
  static constexpr std::array<std::string_view, kEndStates> kNames = {"completed",  "timeout", "cancelled",
                                                                      "infeasible", "failed",  "unfinished"};
  return kNames.at(static_cast<std::size_t>(state));
}

std::string_view Name(Rule rule) {
  static constexpr std::array<std::string_view, kRules> kNames = {
      "none",   "family", "tier",     "latency",  "unreachable", "size",        "fabric-domain", "node-shape", "full", "fragmented",
      "down",   "closed", "reserved", "deferred", "not-waiting", "once-per-round", "not-preemptible",
      "foreign"};
  return kNames.at(static_cast<std::size_t>(rule));
}

Slice AppendNodes(std::span<const NodeRun> runs, std::vector<std::uint32_t>& words) {
  const Slice slice{static_cast<std::uint32_t>(words.size()), static_cast<std::uint32_t>(runs.size()) * NodeRun::kWords};
  for (const NodeRun& run : runs) words.insert(words.end(), {run.first, run.count, run.milli, run.device});
  return slice;
}

void ReadNodes(std::span<const std::uint32_t> words, std::vector<NodeRun>& runs) {
  SUANWANG_CHECK(words.size() % NodeRun::kWords == 0, "a list of node runs has four words a run");
  runs.clear();
  for (std::size_t i = 0; i < words.size(); i += NodeRun::kWords) {
    runs.push_back(NodeRun{words[i], words[i + 1], words[i + 2], words[i + 3]});
  }
}

}  // namespace suanwang
