#include "simulator/workload/job_names.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>

#include "simulator/workload/numbers.h"

namespace suanwang::workload {
namespace {

// Names in strictly increasing order, shorter ones first, cannot repeat.
bool AreIncreasing(const std::vector<std::string>& names) {
  const auto not_before = [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a >= b;
  };
  return std::adjacent_find(names.begin(), names.end(), not_before) == names.end();
}

void FillMissing(Trace& trace) {
  for (std::size_t row = 0; row < trace.job_ids.size(); ++row) {
    if (!Trim(trace.job_ids[row]).empty()) continue;
    trace.job_ids[row] = std::to_string(trace.rows[row].position);
    trace.Repair(trace.rows[row], "job id missing: its row position used");
  }
}

}  // namespace

std::vector<RepeatedName> RepeatedNames(const Trace& trace) {
  const std::vector<std::string>& names = trace.job_ids;
  if (AreIncreasing(names)) return {};
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int compared = names[a].compare(names[b]);
    return compared != 0 ? compared < 0 : a < b;
  });
  std::vector<RepeatedName> repeated;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (names[order[i]] == names[order[i - 1]]) repeated.push_back({order[i], order[i - 1]});
  }
  return repeated;
}

void MakeNamesUnique(Trace& trace) {
  FillMissing(trace);
  const std::vector<RepeatedName> repeated = RepeatedNames(trace);
  if (repeated.empty()) return;
  std::set<std::string, std::less<>> taken(trace.job_ids.begin(), trace.job_ids.end());
  for (const RepeatedName& name : repeated) {
    const std::string mark = "#" + std::to_string(trace.rows[name.row].position);
    std::string& own = trace.job_ids[name.row];
    do own += mark;
    while (!taken.insert(own).second);
    trace.Repair(trace.rows[name.row], "job id occurs before: '#' and its row position added");
  }
}

}  // namespace suanwang::workload
