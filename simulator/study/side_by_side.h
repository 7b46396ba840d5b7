#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace suanwang::study {

// How far a study is; called under one lock, from any of its threads.
using OnProgress = std::function<void(std::size_t done, std::size_t all)>;

// Calls run(0) … run(count − 1), each once, on so many threads (at least one). Runs begin in order of index; each writes to
// a place of its own, so that results do not depend on the number of threads. Once `stop` is set none is begun any
// more, and those that have begun are finished. Answers how many were run: always a whole prefix of the indexes. What a run
// throws (it finds no memory) is thrown here, once all have stopped.
std::size_t RunSideBySide(std::size_t count, std::uint32_t threads, const std::atomic<bool>& stop,
                          const std::function<void(std::size_t)>& run, const OnProgress& progress = {});

// As many runs of `bytes_each` as the machine has cores and free memory for; at least 1.
[[nodiscard]] std::uint32_t ThreadsFor(std::uint64_t bytes_each);

}  // namespace suanwang::study
