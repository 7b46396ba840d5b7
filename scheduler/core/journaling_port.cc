#include "scheduler/core/journaling_port.h"

#include "scheduler/model/exchange_bytes.h"

namespace suanwang {

void JournalingPort::Tell(Time now, std::uint32_t pass, const Observations& seen) {
  Write(now, pass, seen);
  port_.Tell(now, pass, seen);
}

const Actions& JournalingPort::Advance(Time now, std::uint32_t pass, const Observations& seen) {
  Write(now, pass, seen);
  const Actions& actions = port_.Advance(now, pass, seen);
  AppendBytes(actions, pending_);
  return actions;
}

void JournalingPort::Write(Time now, std::uint32_t pass, const Observations& seen) {
  if (pending_.size() >= kChunkBytes) Flush();
  AppendInstant(now, pass, pending_);
  AppendBytes(seen, pending_);
}

void JournalingPort::Flush() {
  hasher_.Add(pending_);
  if (sink_ != nullptr) sink_->Write(pending_);
  pending_.clear();
}

std::uint64_t JournalingPort::hash() {
  Flush();
  return hasher_.Digest();
}

}  // namespace suanwang
