#pragma once

#include <cstdint>
#include <string>

#include "scheduler/base/hash.h"
#include "scheduler/core/scheduler_port.h"

namespace suanwang {

// Takes the bytes of a journal as they come; pieces have no meaning by themselves.
class JournalSink {
 public:
  virtual ~JournalSink() = default;
  virtual void Write(std::string_view bytes) = 0;
};

// Writes down the exchange of any port: every instant, what was seen and what was answered, in canonical bytes
// (scheduler/model/exchange_bytes.h). So a local, a remote and a live scheduler have one kind of journal and one hash.
class JournalingPort final : public SchedulerPort {
 public:
  explicit JournalingPort(SchedulerPort& port) : port_(port) {}  // outlives this
  void KeepIn(JournalSink* sink) { sink_ = sink; }               // optional; outlives this

  void Tell(Time now, std::uint32_t pass, const Observations& seen) override;
  const Actions& Advance(Time now, std::uint32_t pass, const Observations& seen) override;
  [[nodiscard]] std::span<const ReasonChange> reasons() const override { return port_.reasons(); }

  [[nodiscard]] std::uint64_t hash();  // of all so far
  void Flush();

 private:
  static constexpr std::size_t kChunkBytes = 1 << 16;

  void Write(Time now, std::uint32_t pass, const Observations& seen);

  SchedulerPort& port_;
  JournalSink* sink_ = nullptr;
  std::string pending_;
  Hasher hasher_;
};

}  // namespace suanwang
