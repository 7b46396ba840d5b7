#pragma once

#include <array>

#include "simulator/workload/csv.h"

namespace suanwang::workload {

// The columns of the normalised trace, in the order in which it is written. Optional ones may be missing; a value that
// is empty or 0 is unknown (share: 1000; preemptible: true). `zero` and `unit` are of the table as a whole: the same in
// every row that has them, and written only where they are known. They are columns, and no comment above the heading, so
// that whatever reads CSV reads the table, and dates survive its being sorted or filtered.
enum NormalizedColumn : std::size_t {
  kJobId,      // text, once in a file
  kSubmitS,    // seconds since the trace's zero
  kDurationS,  // true run time, seconds
  kUnits,      // accelerators
  kEstimateS,  // requested time, seconds
  kPriority,   // whole, higher first
  kUser,
  kClass,
  kOrigin,
  kAcceleratorTypes,  // accepted models, joined by '|'
  kCpus,              // cores of the whole job, to a thousandth
  kMemoryGb,          // 10^9 bytes of the whole job, to a thousandth
  kShare,             // thousandths of the accelerator, 1 to 1000; less than 1000 goes with 1 unit
  kDataGb,            // 10^9 bytes
  kMaxOneWayMs,       // latency bound, milliseconds
  kPreemptible,       // true | false
  kZero,              // what submit_s counts from: "1996-09-23 14:00:31 UTC", or without a zone where none is stated
  kUnit,              // what one of the units is, in the singular: "processor", "CPU"; unknown: an accelerator
};

inline constexpr std::array<CsvColumn, 18> kNormalizedColumns = {{
    {"job_id"},
    {"submit_s"},
    {"duration_s"},
    {"units"},
    {"estimate_s", Need::kOptional},
    {"priority", Need::kOptional},
    {"user", Need::kOptional},
    {"class", Need::kOptional},
    {"origin", Need::kOptional},
    {"accelerator_types", Need::kOptional},
    {"cpus", Need::kOptional},
    {"memory_gb", Need::kOptional},
    {"share", Need::kOptional},
    {"data_gb", Need::kOptional},
    {"max_one_way_ms", Need::kOptional},
    {"preemptible", Need::kOptional},
    {"zero", Need::kOptional},
    {"unit", Need::kOptional},
}};

inline constexpr int kThousandths = 3;  // decimals of cpus and memory_gb
inline constexpr int kBytesOfGb = 9;    // decimals of data_gb

}  // namespace suanwang::workload
