#include "simulator/report/run_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/metrics/hourly.h"

namespace suanwang::report {
namespace {

using metrics::HourlyIntegral;

bool NeedsQuotes(char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; }

// A field of CSV, quoted where it must be.
void AppendField(std::string_view field, std::string& text) {
  if (std::ranges::none_of(field, NeedsQuotes)) {
    text += field;
    return;
  }
  text += '"';
  for (const char c : field) text.append(c == '"' ? 2 : 1, c);
  text += '"';
}

std::string Field(std::string_view field) {
  std::string text;
  AppendField(field, text);
  return text;
}

// The lines of jobs.csv. What many jobs share is made into fields once.
class JobLines {
 public:
  explicit JobLines(const metrics::Evidence& evidence) : evidence_(evidence) {
    const Inventory& inventory = evidence.inventory();
    for (const metrics::ClassLabel& one : evidence.context().classes) classes_.push_back(Field(one.name));
    for (const Site& site : inventory.sites) origins_.push_back(Field(site.name));
    for (const Pool& pool : inventory.pools) {
      const std::string center = pool.center.value() < inventory.centers.size() ? inventory.centers[pool.center.value()].name : "";
      places_.push_back(Field(center) + "," + Field(pool.name));
    }
  }

  void Append(JobId id, std::string_view name, std::string& text) const {
    const record::ScheduledJob& job = evidence_.jobs()[id.value()];
    AppendField(name, text);
    AppendShared(classes_, job.job_class.value(), "", text);
    AppendShared(origins_, job.origin.value(), "", text);
    AppendTime(job.submit, text);
    AppendTime(job.first_begin, text);
    AppendTime(job.end, text);
    text += ',';
    if (job.first_begin != Time::Never()) AppendSeconds(job.first_begin - job.submit, text);
    text += ',';
    text += Name(job.state);
    AppendShared(places_, job.pool.value(), ",", text);
    text += ',';
    AppendSeconds(Milliseconds(job.milli), text);  // thousandths as the shortest exact decimal: "8", "0.25"
    text += ',';
    AppendSeconds(evidence_.Queued(id), text);
    fmt::format_to(std::back_inserter(text), ",{}\n", job.grants);
  }

 private:
  static void AppendShared(const std::vector<std::string>& fields, std::uint32_t which, const char* none, std::string& text) {
    text += ',';
    which < fields.size() ? text += fields[which] : text += none;
  }

  static void AppendTime(Time at, std::string& text) {
    text += ',';
    if (at != Time::Never()) AppendSeconds(at - Time(), text);
  }

  const metrics::Evidence& evidence_;
  std::vector<std::string> classes_;  // by ClassId
  std::vector<std::string> origins_;  // by SiteId
  std::vector<std::string> places_;   // by PoolId: centre and pool
};

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
  constexpr std::size_t kPieceBytes = 64 * 1024;
  const JobLines lines(evidence);
  std::string text = "job_id,class,origin,submit_s,start_s,end_s,wait_s,state,center,pool,accelerators,queued_s,grants\n";
  for (std::uint32_t id = 0; id < evidence.jobs().size(); ++id) {
    if (!evidence.jobs()[id].exists()) continue;
    lines.Append(JobId(id), id < names.size() ? names[id] : std::to_string(id), text);
    if (text.size() < kPieceBytes) continue;
    out << text;
    text.clear();
  }
  out << text;
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
