#include "simulator/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "simulator/report/number.h"

namespace suanwang::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenLines{30'000};
constexpr std::chrono::milliseconds kBetweenUpdates{500};

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

RunProgress::RunProgress(bool quiet, Duration length)
    : quiet_(quiet), is_terminal_(isatty(STDERR_FILENO) == 1), length_(length), begun_(std::chrono::steady_clock::now()), told_(begun_) {}

RunProgress::~RunProgress() {
  if (has_line_) fmt::print(stderr, "\r\033[K");
}

std::string RunProgress::Line(Time now, double elapsed_s) const {
  const double done_s = now.seconds();
  const std::string rate = report::LongSpan(done_s / elapsed_s) + " a second";
  if (length_ <= Duration() || now <= Time()) return fmt::format("simulated {}, {}", report::LongSpan(done_s), rate);
  const double left_s = elapsed_s * (length_.seconds() - done_s) / done_s;
  return fmt::format("simulated {} of {}, {}, {} left", report::LongSpan(done_s), report::LongSpan(length_.seconds()), rate, report::LongSpan(std::max(0.0, left_s)));
}

void RunProgress::operator()(Time now) {
  if (quiet_) return;
  const auto clock = std::chrono::steady_clock::now();
  if (clock - told_ < (is_terminal_ ? kBetweenUpdates : kBetweenLines)) return;
  told_ = clock;
  const std::string line = Line(now, std::chrono::duration<double>(clock - begun_).count());
  if (!is_terminal_) return fmt::print(stderr, "{}\n", line);
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
  has_line_ = true;
}

const std::atomic<bool>& StopOnInterrupt() {
  interrupted = false;
  std::signal(SIGINT, Interrupt);
  std::signal(SIGTERM, Interrupt);
  return interrupted;
}

}  // namespace suanwang::cli
