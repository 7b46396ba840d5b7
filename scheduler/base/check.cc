#include "scheduler/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace suanwang {

CheckContext& check_context() {
  thread_local CheckContext context;
  return context;
}

void CheckFailed(const char* condition, const char* what, const char* file, int line) {
  const CheckContext& context = check_context();
  std::fprintf(stderr, "suanwang: internal error: %s\n  (%s) is false at %s:%d\n  simulated time %s s", what, condition,
               file, line, FormatSeconds(context.now).c_str());
  if (!context.job.is_none()) std::fprintf(stderr, ", job %u", context.job.value());
  std::fprintf(stderr, "\n  This is a defect of suanwang, not of your input. Nothing printed after it can be trusted.\n");
  std::fflush(nullptr);
  std::_Exit(3);
}

}  // namespace suanwang
