#pragma once

#include <ostream>
#include <span>
#include <string>

#include "simulator/metrics/evidence.h"
#include "simulator/metrics/waiting_reasons.h"

// The tables of a run folder. CSV in UTF-8, lines end in "\n"; *_s columns count from the run's own zero and are the
// shortest exact decimals; what has not happened, or is not known, is empty.
namespace suanwang::report {

// jobs.csv, one line a job in order of JobId:
//   job_id,class,origin,submit_s,start_s,end_s,wait_s,state,center,pool,accelerators,queued_s,grants
// start_s: first start of computing; wait_s: start_s − submit_s; end_s: also of jobs that never started;
// center, pool: of the last grant; queued_s: all time without a grant, up to the job's end or the window's; grants: stops
// counting at 65,535.
void WriteJobsCsv(const metrics::Evidence& evidence, std::span<const std::string> names, std::ostream& out);

// centers.csv, one line a centre and hour of the window, means over the part of the hour that lies in it:
//   hour_s,center,usable,allocated,running,waiting      all in accelerators
// usable: of nodes that are up, less what others hold; allocated: granted; running: computing; waiting: of jobs whose own reason to wait names a
// pool of this centre, which is the nearest that could run them (not those behind others, nor before their first round).
void WriteCentersCsv(const metrics::Evidence& evidence, const metrics::WaitingReasons& reasons, std::ostream& out);

}  // namespace suanwang::report
