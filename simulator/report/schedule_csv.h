#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "simulator/record/schedule.h"

namespace suanwang::report {

// The name of a job in its source, by JobId.
using JobName = std::function<std::string(JobId)>;

// schedule.csv: `job_id,start_s,end_s,state`, one line a job in order of JobId, lines end in "\n". Seconds are the
// shortest exact decimals; a job that never started has neither start nor end.
void WriteScheduleCsv(const record::Schedule& schedule, const JobName& name, std::ostream& out);

}  // namespace suanwang::report
