#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <variant>

#include "scheduler/core/scheduler_port.h"
#include "scheduler/core/session_settings.h"
#include "scheduler/model/inventory.h"

namespace suanwang {

// The service went away, or broke the conversation off, in the middle of a run. Nothing true can be answered from then
// on, and an empty answer would be a wrong number; so the run ends with this, and whoever started it catches it.
class ServiceLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A scheduler in another process: one session of the service `Sessions` (scheduler/service/sessions_server.h) as an
// ordinary port. The same exchange gives the same actions as the scheduler in process would. An answer that no scheduler
// could give (service/answer_guard.h) is a ServiceLost too. Used by one thread at a time.
class RemotePort final : public SchedulerPort {
 public:
  struct Options {
    std::chrono::milliseconds connect_timeout{5'000};   // until the session is open
    std::chrono::milliseconds answer_timeout{600'000};  // for one decision, which may take long where a policy optimises
    int max_message_bytes = 256 << 20;
    const std::atomic<bool>* stop = nullptr;            // once true, whoever waits for an answer gets ServiceLost; outlives the port
  };

  // An open session at "host:port", or all that is wrong: nobody answers there, another version, an unknown policy, …
  [[nodiscard]] static std::variant<std::unique_ptr<RemotePort>, std::string> Connect(const std::string& address,
                                                                                      const SessionSettings& settings,
                                                                                      const Inventory& inventory,
                                                                                      const Options& options);
  [[nodiscard]] static std::variant<std::unique_ptr<RemotePort>, std::string> Connect(const std::string& address,
                                                                                      const SessionSettings& settings,
                                                                                      const Inventory& inventory) {
    return Connect(address, settings, inventory, Options());
  }
  // By which the service decides, as "easy,depth=10": it may force a policy on every session, whatever was asked for.
  [[nodiscard]] const std::string& policy() const;
  ~RemotePort() override;  // breaks the session off unless it was closed

  // What is told goes out with the next Advance or with Close: a round trip is paid for an answer alone.
  void Tell(Time now, std::uint32_t pass, const Observations& seen) override;
  const Actions& Advance(Time now, std::uint32_t pass, const Observations& seen) override;  // throws ServiceLost
  [[nodiscard]] std::span<const ReasonChange> reasons() const override;

  // Ends the session. The hash of the journal as the server wrote it, to be compared with one's own; throws ServiceLost.
  [[nodiscard]] std::uint64_t Close();

 private:
  class Impl;
  explicit RemotePort(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace suanwang
