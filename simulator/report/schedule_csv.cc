#include "simulator/report/schedule_csv.h"

#include <string_view>

#include "scheduler/base/time.h"

namespace suanwang::report {
namespace {

constexpr const char* kHeading = "job_id,start_s,end_s,state\n";

bool Started(const record::ScheduledJob& job) { return job.first_begin != Time::Never(); }

void WriteLine(const std::string& name, const record::ScheduledJob& job, std::string_view state, std::ostream& out) {
  out << name << ',' << (Started(job) ? FormatSeconds(job.first_begin) : "") << ','
      << (Started(job) && job.ended() ? FormatSeconds(job.end) : "") << ',' << state << '\n';
}

// Of an interrupted run: what the cut made of a job is no outcome.
void WritePartialLine(const std::string& name, record::ScheduledJob job, std::ostream& out) {
  const bool is_open = !job.ended() || job.state == EndState::kUnfinished;
  if (is_open) job.end = Time::Never();
  WriteLine(name, job, !is_open ? Name(job.state) : Started(job) ? Name(EndState::kUnfinished) : std::string_view(), out);
}

}  // namespace

void WriteScheduleCsv(const record::Schedule& schedule, const JobName& name, std::ostream& out) {
  out << kHeading;
  for (std::uint32_t id = 0; id < schedule.jobs().size(); ++id) {
    const record::ScheduledJob& job = schedule.jobs()[id];
    if (job.exists()) WriteLine(name(JobId(id)), job, Name(job.state), out);
  }
}

void WritePartialScheduleCsv(const record::Schedule& schedule, std::size_t jobs, const JobName& name, std::ostream& out) {
  out << kHeading;
  for (std::uint32_t id = 0; id < jobs; ++id) {
    WritePartialLine(name(JobId(id)), id < schedule.jobs().size() ? schedule.jobs()[id] : record::ScheduledJob(), out);
  }
}

}  // namespace suanwang::report
