#pragma once

// Benchmarks of suanwang_bench: one .cc file and one line in the table of suanwang_bench.cc each. A benchmark prints
// one JSON line {"metric": …, "value": …} and returns the exit code of the process.
namespace suanwang::bench {

int Hold();  // the event queue: pop one event, push one

}  // namespace suanwang::bench
