#include "simulator/record/row_check.h"

#include "scheduler/model/placement.h"

namespace suanwang::record {

std::string_view RowCheck::Next(const Row& row) {
  if (closed_) return "a row after the end of the run";
  if (started_ && AtOf(row) < now_) return "time goes back";
  if (AtOf(row) == Time::Never()) return "a time that never comes";
  started_ = true;
  now_ = AtOf(row);
  return std::visit([&](const auto& value) { return Step(value); }, row);
}

RowCheck::Stage RowCheck::StageOf(JobId job) const {
  return job.value() < stages_.size() ? stages_[job.value()] : Stage::kUnknown;
}

std::string_view RowCheck::Step(const Submitted& row) {
  const std::uint32_t id = row.job.id.value();
  if (id >= kMaxJobs) return "an impossible job number";
  if (StageOf(row.job.id) != Stage::kUnknown) return "a job submitted twice";
  if (row.duration < Duration()) return "a negative duration";
  if (id >= stages_.size()) stages_.resize(id + 1, Stage::kUnknown);
  stages_[id] = Stage::kWaiting;
  return {};
}

std::string_view RowCheck::Step(const Granted& row) {
  if (StageOf(row.job) != Stage::kWaiting) return "a grant to a job that does not wait";
  if (row.pool.is_none()) return "a grant without a pool";
  if (row.speed_num == 0 || row.speed_den == 0) return "a speed of nothing";
  if (row.nodes.count % NodeRun::kWords != 0) return "a broken list of nodes";
  stages_[row.job.value()] = Stage::kGranted;
  return {};
}

std::string_view RowCheck::Step(const Began& row) {
  if (StageOf(row.job) != Stage::kGranted) return "a start of a job that holds nothing";
  stages_[row.job.value()] = Stage::kRunning;
  return {};
}

std::string_view RowCheck::Step(const Stopped& row) {
  const Stage stage = StageOf(row.job);
  if (stage != Stage::kGranted && stage != Stage::kRunning) return "a stop of a job that holds nothing";
  if (row.reason > StopReason::kOutage) return "an unknown reason of a stop";
  if (row.kept < Duration() || row.lost < Duration() || row.owed < Duration()) return "negative work";
  stages_[row.job.value()] = Stage::kWaiting;
  return {};
}

std::string_view RowCheck::Step(const Ended& row) {
  const Stage stage = StageOf(row.job);
  if (stage == Stage::kUnknown) return "the end of a job that was never submitted";
  if (stage == Stage::kEnded) return "a job that ends twice";
  if (row.state > EndState::kUnfinished) return "an unknown end state";
  if (static_cast<std::size_t>(row.rule) >= kRules) return "an unknown rule";
  if (row.done < Duration()) return "negative work";
  stages_[row.job.value()] = Stage::kEnded;
  return {};
}

std::string_view RowCheck::Step(const Availability& row) {
  return row.pool.is_none() ? std::string_view("nodes of no pool") : std::string_view();
}

std::string_view RowCheck::Step(const Refused& row) {
  if (StageOf(row.job) == Stage::kUnknown) return "a refusal of a job that was never submitted";
  return static_cast<std::size_t>(row.rule) < kRules ? std::string_view() : std::string_view("an unknown rule");
}

std::string_view RowCheck::Step(const ForeignUse& row) {
  return row.pool.is_none() ? std::string_view("accelerators of no pool") : std::string_view();
}

std::string_view RowCheck::Step(const Closed&) {
  for (Stage stage : stages_) {
    if (stage != Stage::kUnknown && stage != Stage::kEnded) return "the run is over before every job has ended";
  }
  closed_ = true;
  return {};
}

}  // namespace suanwang::record
