#include "simulator/record/decision_log.h"

#include <array>
#include <charconv>

#include "scheduler/base/check.h"
#include "scheduler/base/hash.h"
#include "scheduler/model/job.h"

namespace suanwang::record {
namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;

template <class Integer>
void AppendNumber(Integer value, std::string& text) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text.append(digits.data(), end);
}

void AppendAccelerators(std::uint32_t milli, std::string& text) {
  AppendNumber(milli / kMilli, text);
  if (milli % kMilli == 0) return;
  std::string fraction = std::to_string(kMilli + milli % kMilli);  // "1250" stands for .250
  while (fraction.back() == '0') fraction.pop_back();
  text += '.';
  text.append(fraction, 1);
}

void AppendPool(PoolId pool, std::span<const std::string> names, std::string& text) {
  if (pool.is_none()) return;
  SUANWANG_CHECK(pool.value() < names.size(), "every pool that was granted has a name");
  text += names[pool.value()];
}

void AppendJob(std::size_t id, const ScheduledJob& job, std::span<const std::string> names, std::string& text) {
  const bool began = job.first_begin != Time::Never();
  AppendNumber(id, text);
  text += ',';
  if (began) AppendNumber(job.first_begin.ns(), text);
  text += ',';
  if (began && job.ended()) AppendNumber(job.end.ns(), text);
  text += ',';
  text += job.ended() ? Name(job.state) : std::string_view("none");
  text += ',';
  AppendPool(job.pool, names, text);
  text += ',';
  AppendAccelerators(job.milli, text);
  text += '\n';
}

void AppendPreemption(const Preemption& preemption, std::span<const std::string> names, std::string& text) {
  text += "preempted,";
  AppendNumber(preemption.job.value(), text);
  text += ',';
  AppendNumber(preemption.at.ns(), text);
  text += ',';
  AppendPool(preemption.pool, names, text);
  text += '\n';
}

struct HashingSink final : ByteSink {
  void Write(std::string_view bytes) override { hasher.Add(bytes); }
  Hasher hasher;
};

}  // namespace

void WriteDecisions(const Schedule& schedule, std::span<const std::string> pool_names, ByteSink& out) {
  std::string text;
  const auto hand_over = [&](std::size_t above) {
    if (text.size() <= above) return;
    out.Write(text);
    text.clear();
  };
  for (std::size_t id = 0; id < schedule.jobs().size(); ++id) {
    if (schedule.jobs()[id].exists()) AppendJob(id, schedule.jobs()[id], pool_names, text);
    hand_over(kChunkBytes);
  }
  for (const Preemption& preemption : schedule.preemptions()) {
    AppendPreemption(preemption, pool_names, text);
    hand_over(kChunkBytes);
  }
  hand_over(0);
}

std::uint64_t DecisionHash(const Schedule& schedule, std::span<const std::string> pool_names) {
  HashingSink sink;
  WriteDecisions(schedule, pool_names, sink);
  return sink.hasher.Digest();
}

}  // namespace suanwang::record
