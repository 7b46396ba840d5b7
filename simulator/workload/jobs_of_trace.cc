#include "simulator/workload/jobs_of_trace.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace suanwang::workload {
namespace {

constexpr std::uint32_t kMostUnits = std::numeric_limits<std::uint32_t>::max() / kMilli;
constexpr std::uint32_t kMostModels = 64;  // of JobProfile::accelerators

// Numbers words in order of first appearance.
template <class Number>
class Numbering {
 public:
  Number operator()(WordId word) {
    if (word == 0) return Number();
    const auto [found, is_new] = numbers_.try_emplace(word, static_cast<std::uint32_t>(words_.size()));
    if (is_new) words_.push_back(word);
    return Number(found->second);
  }
  std::vector<WordId> Words() && { return std::move(words_); }

 private:
  std::map<WordId, std::uint32_t> numbers_;
  std::vector<WordId> words_;
};

class JobMaker {
 public:
  JobMaker(const Trace& trace, const JobsOptions& options, Problems& problems)
      : trace_(trace), options_(options), problems_(problems) {}

  std::optional<TraceJobs> Make() {
    const std::uint64_t before = problems_.count();
    for (std::size_t row = 0; row < trace_.rows.size(); ++row) Take(row);
    if (problems_.count() != before) return std::nullopt;
    std::stable_sort(result_.jobs.begin(), result_.jobs.end(),
                     [](const SimJob& a, const SimJob& b) { return a.job.submit < b.job.submit; });
    result_.tenants = std::move(tenants_).Words();
    result_.classes = std::move(classes_).Words();
    result_.dropped = std::move(report_.dropped);
    return std::move(result_);
  }

 private:
  void Take(std::size_t index) {
    const TraceRow& row = trace_.rows[index];
    if (row.units == 0) return report_.Drop(kAsksForNoAccelerator, row.line);
    SimJob made{.duration = row.duration, .job_class = classes_(row.job_class)};
    made.job = Job{.id = JobId(static_cast<std::uint32_t>(result_.rows.size())),
                   .profile = ProfileOf(row),
                   .submit = row.submit,
                   .estimate = EstimateOf(row),
                   .milli = MilliOf(row),
                   .priority = row.priority,
                   .tenant = tenants_(row.user),
                   .origin = SiteOf(row)};
    result_.jobs.push_back(made);
    result_.rows.push_back(static_cast<std::uint32_t>(index));
  }

  Duration EstimateOf(const TraceRow& row) const {
    const bool is_requested = options_.estimates == Estimates::kRequested && row.estimate > Duration();
    return is_requested ? row.estimate : row.duration;
  }

  std::uint32_t MilliOf(const TraceRow& row) {
    if (row.units > kMostUnits) {
      Complain(row, "units: " + std::to_string(row.units) + " accelerators are more than a job may ask for",
               "at most " + std::to_string(kMostUnits));
    }
    if (row.share_milli != kMilli && row.units != 1) {
      Complain(row, "share: " + std::to_string(row.share_milli) + " thousandths of each of " + std::to_string(row.units) + " accelerators",
               "less than 1000 goes with 1 unit; several are whole ones, with a share of 1000 or none");
    }
    return row.units == 1 ? row.share_milli : row.units * kMilli;
  }

  ProfileId ProfileOf(const TraceRow& row) {
    const ProfileKey key{row.accelerator_types, row.cpu_milli, row.memory_mb, row.max_one_way, row.preemptible};
    const auto [found, is_new] = profiles_.try_emplace(key, static_cast<std::uint32_t>(result_.profiles.size()));
    if (is_new) {
      result_.profiles.push_back({.preemptible = row.preemptible,
                                  .accelerators = ModelsOf(row),
                                  .max_one_way = row.max_one_way,
                                  .cpu_milli = row.cpu_milli,
                                  .memory_mb = row.memory_mb});
    }
    return ProfileId(found->second);
  }

  // The set of bits of the models that the row accepts.
  std::uint64_t ModelsOf(const TraceRow& row) {
    if (!options_.accelerator || row.accelerator_types == 0) return JobProfile{}.accelerators;
    std::uint64_t models = 0;
    std::string_view rest = trace_.word(row.accelerator_types);
    while (true) {
      const std::size_t bar = std::min(rest.find('|'), rest.size());
      models |= ModelOf(row, rest.substr(0, bar));
      if (bar == rest.size()) return models;
      rest.remove_prefix(bar + 1);
    }
  }

  std::uint64_t ModelOf(const TraceRow& row, std::string_view name) {
    const std::optional<AcceleratorId> model = options_.accelerator(name);
    if (model && model->value() < kMostModels) return std::uint64_t{1} << model->value();
    Complain(row, "accelerator_types: no accelerator named '" + std::string(name) + "'", "name the inventory's models");
    return 0;
  }

  SiteId SiteOf(const TraceRow& row) {
    if (!options_.site || row.origin == 0) return SiteId::None();
    const std::optional<SiteId> site = options_.site(trace_.word(row.origin));
    if (!site) Complain(row, "origin: no site named '" + trace_.word(row.origin) + "'", "name the network's sites");
    return site.value_or(SiteId::None());
  }

  void Complain(const TraceRow& row, std::string message, std::string remedy) {
    problems_.Add(
        {.file = trace_.source, .line = row.line, .message = std::move(message), .remedy = std::move(remedy)});
  }

  using ProfileKey = std::tuple<WordId, std::uint32_t, std::uint32_t, Duration, bool>;

  const Trace& trace_;
  const JobsOptions& options_;
  Problems& problems_;
  TraceJobs result_;
  ReadReport report_;
  Numbering<TenantId> tenants_;
  Numbering<ClassId> classes_;
  std::map<ProfileKey, std::uint32_t> profiles_;
};

}  // namespace

std::optional<TraceJobs> JobsOfTrace(const Trace& trace, const JobsOptions& options, Problems& problems) {
  return JobMaker(trace, options, problems).Make();
}

}  // namespace suanwang::workload
