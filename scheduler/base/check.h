#pragma once

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"

namespace suanwang {

// Where the running experiment of this thread stands; printed when an invariant breaks, read by nothing else.
struct CheckContext {
  Time now;
  JobId job;
};
[[nodiscard]] CheckContext& check_context();

// Prints `what` must hold, the place, the simulated time and job; ends the process with exit code 3.
[[noreturn]] void CheckFailed(const char* condition, const char* what, const char* file, int line);

}  // namespace suanwang

// We are wrong if this does not hold. Always on. A check that a user's input can trip is a bug in loading.
#define SUANWANG_CHECK(condition, what)                                      \
  do {                                                                       \
    if (!(condition)) [[unlikely]]                                           \
      ::suanwang::CheckFailed(#condition, (what), __FILE__, __LINE__);       \
  } while (false)
