#pragma once

#include <cstddef>
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

// The same of a run that was interrupted: a line for each of the JobIds below `jobs`, submitted or not. A job that had started
// and not ended is `unfinished`, without an end; one that had not started has no state either.
void WritePartialScheduleCsv(const record::Schedule& schedule, std::size_t jobs, const JobName& name, std::ostream& out);

}  // namespace suanwang::report
