#include "simulator/study/side_by_side.h"

#include <algorithm>
#include <exception>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace suanwang::study {
namespace {

// MemAvailable of /proc/meminfo in bytes; 0: not known.
std::uint64_t FreeMemory() {
  std::ifstream lines("/proc/meminfo");
  std::string key;
  std::uint64_t kibibytes = 0;
  std::string unit;
  while (lines >> key >> kibibytes) {
    if (key == "MemAvailable:") return kibibytes * 1024;
    std::getline(lines, unit);
  }
  return 0;
}

}  // namespace

std::size_t RunSideBySide(std::size_t count, std::uint32_t threads, const std::atomic<bool>& stop,
                          const std::function<void(std::size_t)>& run, const OnProgress& progress) {
  std::mutex lock;
  std::size_t next = 0;
  std::size_t done = 0;
  const auto take = [&] {
    const std::lock_guard guard(lock);
    return stop || next == count ? count : next++;
  };
  const auto report = [&] {
    const std::lock_guard guard(lock);
    ++done;
    if (progress) progress(done, count);
  };
  std::exception_ptr thrown;
  const auto work = [&] {
    try {
      for (std::size_t index = take(); index < count; index = take()) {
        run(index);
        report();
      }
    } catch (...) {  // out of memory: the others stop too, and the caller hears of it
      const std::lock_guard guard(lock);
      if (!thrown) thrown = std::current_exception();
      next = count;
    }
  };
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i) others.emplace_back(work);
  work();
  others.clear();  // joins
  if (thrown) std::rethrow_exception(thrown);
  return done;
}

std::uint32_t ThreadsFor(std::uint64_t bytes_each) {
  const std::uint64_t cores = std::max(1u, std::thread::hardware_concurrency());
  const std::uint64_t free = FreeMemory();
  const std::uint64_t fitting = free == 0 || bytes_each == 0 ? cores : free / bytes_each;
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(fitting, 1, cores));
}

}  // namespace suanwang::study
