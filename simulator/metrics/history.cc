#include "simulator/metrics/history.h"

#include <utility>

#include "scheduler/base/check.h"

namespace suanwang::metrics {

void History::On(const record::Row& row, std::span<const std::uint32_t> words) {
  schedule_.On(row, words);
  std::visit([&](const auto& value) { Fold(value); }, row);
  if (const auto* granted = std::get_if<record::Granted>(&row)) KeepNodes(*granted, words);
}

void History::Reserve(std::size_t jobs) {
  schedule_.Reserve(jobs);
  stays_.reserve(jobs);
  tenants_.reserve(jobs);
  open_.reserve(jobs);
  useful_.reserve(jobs);
}

void History::Fold(const record::Submitted& row) {
  const std::size_t jobs = schedule_.jobs().size();
  tenants_.resize(jobs);
  open_.resize(jobs, kNoStay);
  useful_.resize(jobs);
  tenants_[row.job.id.value()] = row.job.tenant;
}

void History::Fold(const record::Granted& row) {
  std::uint32_t& open = open_[row.job.value()];
  SUANWANG_CHECK(open == kNoStay, "a job holds one grant at a time");
  open = static_cast<std::uint32_t>(stays_.size());
  stays_.push_back(Stay{.granted = row.at,
                        .job = row.job,
                        .pool = row.pool,
                        .milli = row.milli,
                        .speed_num = row.speed_num,
                        .speed_den = row.speed_den});
}

void History::KeepNodes(const record::Granted& row, std::span<const std::uint32_t> words) {
  const std::span<const std::uint32_t> nodes = words.subspan(row.nodes.first, row.nodes.count);
  SUANWANG_CHECK(words_.size() + nodes.size() <= UINT32_MAX, "the nodes of all stays are at most 2^32 words");
  stays_.back().nodes = Slice{static_cast<std::uint32_t>(words_.size()), row.nodes.count};
  words_.insert(words_.end(), nodes.begin(), nodes.end());
}

Stay& History::OpenStay(JobId job) {
  SUANWANG_CHECK(open_[job.value()] != kNoStay, "only a job that holds something begins or stops");
  return stays_[open_[job.value()]];
}

void History::Leave(JobId job, Time at, Duration useful) {
  Stay& stay = OpenStay(job);
  stay.left = at;
  stay.gained = useful - std::exchange(useful_[job.value()], useful);
  open_[job.value()] = kNoStay;
}

void History::Fold(const record::Began& row) { OpenStay(row.job).began = row.at; }

void History::Fold(const record::Stopped& row) {
  Stay& stay = OpenStay(row.job);
  stay.lost = row.lost;
  stay.stopped = true;
  stay.reason = row.reason;
  Leave(row.job, row.at, row.kept);
}

void History::Fold(const record::Ended& row) {
  if (open_[row.job.value()] != kNoStay) Leave(row.job, row.at, row.done);
}

}  // namespace suanwang::metrics
