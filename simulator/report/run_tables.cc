#include "simulator/report/run_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "simulator/metrics/hourly.h"

namespace suanwang::report {
namespace {

using metrics::HourlyIntegral;

// A field of CSV, quoted where it must be.
std::string Field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// Thousandths as the shortest exact decimal: "8", "0.25".
std::string Accelerators(std::uint32_t milli) { return FormatSeconds(Milliseconds(milli)); }

std::string Seconds(Time at) { return at == Time::Never() ? "" : FormatSeconds(at); }

std::string Place(const metrics::Evidence& evidence, PoolId id) {
  if (id.is_none()) return ",";
  const Inventory& inventory = evidence.inventory();
  const Pool& pool = inventory.pools[id.value()];
  const std::string center = pool.center.is_none() || pool.center.value() >= inventory.centers.size() ? "" : inventory.centers[pool.center.value()].name;
  return Field(center) + "," + Field(pool.name);
}

std::string Origin(const metrics::Evidence& evidence, SiteId id) {
  return id.value() < evidence.inventory().sites.size() ? Field(evidence.inventory().sites[id.value()].name) : "";
}

std::string Class(const metrics::Evidence& evidence, ClassId id) {
  return id.value() < evidence.context().classes.size() ? Field(evidence.context().classes[id.value()].name) : "";
}

// Hour by hour, in thousandths of accelerators, of one centre.
struct CenterHours {
  HourlyIntegral usable;
  HourlyIntegral allocated;
  HourlyIntegral running;
  HourlyIntegral waiting;
};

bool NamesAPool(Rule rule) {
  return rule == Rule::kFull || rule == Rule::kForeign || rule == Rule::kFragmented || rule == Rule::kDown || rule == Rule::kReserved;
}

class CenterSeries {
 public:
  explicit CenterSeries(const metrics::Evidence& evidence) : evidence_(evidence) {
    const HourlyIntegral none(Time(), evidence.begin(), evidence.end());
    hours_.resize(evidence.inventory().centers.size(), {none, none, none, none});
  }

  void AddSupply() {
    for (const metrics::UpSpan& span : evidence_.up_spans()) {
      const Pool& pool = evidence_.inventory().pools[span.pool.value()];
      Of(span.pool).usable.Add(span.from, span.to, std::int64_t{span.nodes} * pool.shape.accelerators_per_node * kMilli);
    }
    for (const metrics::ForeignSpan& span : evidence_.foreign_spans()) {
      Of(span.pool).usable.Add(span.from, span.to, -static_cast<std::int64_t>(span.milli));
    }
  }

  void AddStays() {
    for (const metrics::Stay& stay : evidence_.stays()) {
      Of(stay.pool).allocated.Add(stay.granted, stay.left, stay.milli);
      if (stay.computed()) Of(stay.pool).running.Add(stay.began, stay.left, stay.milli);
    }
  }

  void AddWaiting(const metrics::WaitingReasons& reasons) {
    for (std::uint32_t id = 0; id < evidence_.jobs().size(); ++id) {
      const std::uint32_t milli = evidence_.jobs()[id].milli;
      reasons.VisitSpans(JobId(id), evidence_.begin(), evidence_.end(), [&](const metrics::WaitingSpan& span) {
        const bool names_a_pool = span.stated == metrics::Stated::kReason && NamesAPool(span.reason.rule) &&
                                  span.reason.subject < evidence_.inventory().pools.size();
        if (names_a_pool) Of(PoolId(span.reason.subject)).waiting.Add(span.from, span.to, milli);
      });
    }
  }

  void Write(std::ostream& out) const {
    for (std::size_t center = 0; center < hours_.size(); ++center) WriteCenter(center, out);
  }

 private:
  CenterHours& Of(PoolId pool) { return hours_[evidence_.inventory().pools[pool.value()].center.value()]; }

  void WriteCenter(std::size_t center, std::ostream& out) const {
    const CenterHours& hours = hours_[center];
    const auto usable = hours.usable.ByHour(), allocated = hours.allocated.ByHour(), running = hours.running.ByHour(), waiting = hours.waiting.ByHour();
    for (std::size_t i = 0; i < usable.size(); ++i) {
      const std::int64_t hour = hours.usable.first_hour() + static_cast<std::int64_t>(i);
      const Time from = Time() + Hours(hour);
      const auto length = static_cast<double>(metrics::Overlap(from, from + Hours(1), evidence_.begin(), evidence_.end()).ns());
      const auto mean = [&](Int128 sum) { return ToDouble(sum) / kMilli / length; };
      out << FormatSeconds(from) << ',' << Field(evidence_.inventory().centers[center].name)
          << fmt::format(",{:.3f},{:.3f},{:.3f},{:.3f}\n", mean(usable[i]), mean(allocated[i]), mean(running[i]), mean(waiting[i]));
    }
  }

  const metrics::Evidence& evidence_;
  std::vector<CenterHours> hours_;
};

}  // namespace

void WriteJobsCsv(const metrics::Evidence& evidence, std::span<const std::string> names, std::ostream& out) {
  out << "job_id,class,origin,submit_s,start_s,end_s,wait_s,state,center,pool,accelerators,queued_s,grants\n";
  for (std::uint32_t id = 0; id < evidence.jobs().size(); ++id) {
    const record::ScheduledJob& job = evidence.jobs()[id];
    if (!job.exists()) continue;
    const bool has_begun = job.first_begin != Time::Never();
    out << Field(id < names.size() ? names[id] : std::to_string(id)) << ',' << Class(evidence, job.job_class) << ','
        << Origin(evidence, job.origin) << ',' << Seconds(job.submit) << ',' << Seconds(job.first_begin) << ',' << Seconds(job.end) << ','
        << (has_begun ? FormatSeconds(job.first_begin - job.submit) : "") << ',' << Name(job.state) << ',' << Place(evidence, job.pool) << ','
        << Accelerators(job.milli) << ',' << FormatSeconds(evidence.Queued(JobId(id))) << ',' << job.grants << '\n';
  }
}

void WriteCentersCsv(const metrics::Evidence& evidence, const metrics::WaitingReasons& reasons, std::ostream& out) {
  CenterSeries series(evidence);
  series.AddSupply();
  series.AddStays();
  series.AddWaiting(reasons);
  out << "hour_s,center,usable,allocated,running,waiting\n";
  series.Write(out);
}

}  // namespace suanwang::report
