#include "simulator/report/schedule_csv.h"

#include "scheduler/base/time.h"

namespace suanwang::report {

void WriteScheduleCsv(const record::Schedule& schedule, const JobName& name, std::ostream& out) {
  out << "job_id,start_s,end_s,state\n";
  for (std::uint32_t id = 0; id < schedule.jobs().size(); ++id) {
    const record::ScheduledJob& job = schedule.jobs()[id];
    if (!job.exists()) continue;
    const bool started = job.first_begin != Time::Never();
    out << name(JobId(id)) << ',' << (started ? FormatSeconds(job.first_begin) : "") << ','
        << (started && job.ended() ? FormatSeconds(job.end) : "") << ',' << Name(job.state) << '\n';
  }
}

}  // namespace suanwang::report
