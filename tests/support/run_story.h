#pragma once

#include <cstdint>
#include <vector>

#include "simulator/record/row_sink.h"
#include "simulator/record/rows.h"
#include "simulator/record/run_record.h"

namespace suanwang::record {

// A little record told in words, in whole seconds, for tests: Story().Submits(0, {.at = 0, .lasts = 10}).Grants(…)…
class Story {
 public:
  struct Submission {
    std::int64_t at = 0;
    std::int64_t lasts = 0;
    std::uint32_t milli = kMilli;
    std::uint32_t job_class = 0;
    std::uint32_t profile = 0;
    std::uint32_t tenant = 0;
    SiteId origin = SiteId::None();
  };

  Story& Submits(std::uint32_t id, const Submission& s) {
    return Tell(Submitted{At(s.at),
                          Job{.id = JobId(id), .profile = ProfileId(s.profile), .submit = At(s.at), .estimate = Seconds(s.lasts),
                              .milli = s.milli, .tenant = TenantId(s.tenant), .origin = s.origin},
                          ClassId(s.job_class), Seconds(s.lasts)});
  }
  Story& Grants(std::uint32_t id, std::int64_t at, std::uint32_t milli = kMilli, std::uint32_t pool = 0) {
    return Tell(Granted{At(at), JobId(id), PoolId(pool), milli, Slice{}});
  }
  // On accelerators that do num/den of the work of the reference.
  Story& StartsAtSpeed(std::uint32_t id, std::int64_t at, std::uint32_t num, std::uint32_t den, std::uint32_t milli = kMilli,
                       std::uint32_t pool = 0) {
    return Tell(Granted{At(at), JobId(id), PoolId(pool), milli, Slice{}, num, den}).Begins(id, at);
  }
  Story& Begins(std::uint32_t id, std::int64_t at) { return Tell(Began{At(at), JobId(id)}); }
  Story& Starts(std::uint32_t id, std::int64_t at, std::uint32_t milli = kMilli, std::uint32_t pool = 0) {
    return Grants(id, at, milli, pool).Begins(id, at);
  }
  Story& Stops(std::uint32_t id, std::int64_t at, std::int64_t kept, std::int64_t lost,
               StopReason reason = StopReason::kPreempted) {
    return Tell(Stopped{At(at), JobId(id), reason, Seconds(kept), Seconds(lost), Duration()});
  }
  Story& Ends(std::uint32_t id, std::int64_t at, std::int64_t done, EndState state = EndState::kCompleted,
              Rule rule = Rule::kNone) {
    return Tell(Ended{At(at), JobId(id), state, rule, Seconds(done)});
  }
  Story& Nodes(std::uint32_t pool, std::int64_t at, std::uint32_t first, std::uint32_t count, bool up) {
    return Tell(Availability{At(at), PoolId(pool), first, count, up});
  }
  Story& Refuses(std::uint32_t id, std::int64_t at, std::uint32_t pool = 0) {
    return Tell(Refused{At(at), JobId(id), PoolId(pool), Rule::kDown});
  }
  Story& OthersHold(std::uint32_t pool, std::int64_t at, std::uint32_t accelerators) {
    return Tell(ForeignUse{At(at), PoolId(pool), std::uint64_t{accelerators} * kMilli});
  }
  Story& Closes(std::int64_t at) { return Tell(Closed{At(at)}); }

  Story& Tell(const Row& row) {
    rows_.push_back(row);
    return *this;
  }

  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  void ToldTo(RowSink& sink) const {
    for (const Row& row : rows_) sink.On(row, {});
  }
  void ToldTo(RunRecord& record) const {
    for (const Row& row : rows_) record.Add(row);
  }

 private:
  static Time At(std::int64_t seconds) { return Time() + Seconds(seconds); }
  std::vector<Row> rows_;
};

struct KeptBytes final : ByteSink {
  void Write(std::string_view more) override { bytes += more; }
  std::string bytes;
};

}  // namespace suanwang::record
