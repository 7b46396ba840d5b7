#include "simulator/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "simulator/report/number.h"

namespace suanwang::cli {
namespace {

constexpr std::chrono::seconds kBetweenLines{30};

// A signal handler can reach nothing but what is global.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

void Interrupt(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

}  // namespace

Progress::Progress(bool quiet)
    : quiet_(quiet), is_terminal_(isatty(STDERR_FILENO) == 1), begun_(std::chrono::steady_clock::now()), told_(begun_) {}

Progress::~Progress() {
  if (!quiet_ && is_terminal_) fmt::print(stderr, "\r\033[K");
}

std::string Progress::Line(std::size_t done, std::size_t all, double elapsed_s) const {
  const double rate = static_cast<double>(done) / elapsed_s;
  const double left = static_cast<double>(all - done) / rate;
  return fmt::format("{} of {} runs, {:.2g} a second, {} left", done, all, rate, report::LongSpan(left));
}

void Progress::operator()(std::size_t done, std::size_t all) {
  if (quiet_) return;
  const auto now = std::chrono::steady_clock::now();
  const std::chrono::duration<double> elapsed = now - begun_;
  if (is_terminal_) {
    fmt::print(stderr, "\r\033[K{}", Line(done, all, elapsed.count()));
    std::fflush(stderr);
  } else if (now - told_ >= kBetweenLines) {
    fmt::print(stderr, "{}\n", Line(done, all, elapsed.count()));
    told_ = now;
  }
}

const std::atomic<bool>& StopOnInterrupt() {
  interrupted = false;
  std::signal(SIGINT, Interrupt);
  std::signal(SIGTERM, Interrupt);
  return interrupted;
}

}  // namespace suanwang::cli
