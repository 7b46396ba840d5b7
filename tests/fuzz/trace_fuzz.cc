#include "tests/fuzz/fuzz.h"

#include <string>
#include <string_view>
#include <utility>

#include "tests/fuzz/trace_targets.h"

// One libFuzzer program per trace format; SUANWANG_FUZZ_FORMAT names it ("csv": the table reader alone).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kFormat = SUANWANG_FUZZ_FORMAT;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (kFormat == "csv") {
    suanwang::workload::TryCsv(std::move(bytes));
  } else {
    suanwang::workload::TryTraceReader(kFormat, std::move(bytes));
  }
  return 0;
}
