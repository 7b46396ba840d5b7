#include "simulator/scenario/build_jobs.h"

#include <algorithm>
#include <limits>

namespace suanwang::scenario {
namespace {

constexpr std::int64_t kMost32 = std::numeric_limits<std::uint32_t>::max();

class JobListBuilder {
 public:
  JobListBuilder(const Building& building, std::vector<ClassName>& classes)
      : building_(building),
        classes_(classes),
        sites_(PositionsOf(building.scenario().sites())),
        models_(PositionsOf(building.scenario().accelerators())) {}

  RunJobs Build() {
    for (const v1::ListedJob& text : building_.scenario().workload().jobs().job()) Add(text);
    if (jobs_.jobs.empty()) building_.Error("workload.jobs", "the list is empty", "at least one job");
    std::ranges::sort(jobs_.jobs, {}, [](const workload::SimJob& job) { return std::pair(job.job.submit, job.job.id); });
    return std::move(jobs_);
  }

 private:
  void Add(const v1::ListedJob& text) {
    const std::string path = "workload.jobs." + text.name();
    workload::SimJob job;
    job.duration = Duration(text.duration_ns());
    job.job_class = ClassOf(text.class_());
    job.job.id = JobId(static_cast<std::uint32_t>(jobs_.jobs.size()));
    job.job.profile = ProfileOf(text, path);
    job.job.submit = Time(text.submit_ns());
    job.job.estimate = text.has_estimate_ns() ? Duration(text.estimate_ns()) : job.duration;
    job.job.milli = MilliOf(text, path);
    job.job.priority = text.priority();
    job.job.tenant = TenantOf(text.tenant());
    if (!text.origin().empty()) job.job.origin = SiteId(At(sites_, text.origin()));
    jobs_.jobs.push_back(job);
    jobs_.names.push_back(text.name());
  }

  std::uint32_t MilliOf(const v1::ListedJob& text, const std::string& path) {
    const std::int64_t milli = text.accelerators_milli();
    if (milli > kMilli && milli % kMilli != 0) {
      building_.Error(path + ".accelerators", "a job takes whole accelerators, or a share of one", "such as 2 or 0.25");
    }
    return Narrow(milli, path + ".accelerators");
  }

  std::uint32_t Narrow(std::int64_t value, const std::string& path) {
    if (value > kMost32) building_.Error(path, "too large for one job");
    return static_cast<std::uint32_t>(std::min(value, kMost32));
  }

  std::uint64_t AcceptedBy(const v1::ListedJob& text) const {
    std::uint64_t accepted = text.accepts().empty() ? ~std::uint64_t{0} : 0;
    for (const std::string& model : text.accepts()) accepted |= std::uint64_t{1} << (At(models_, model) % 64);
    return accepted;
  }

  JobKind KindOf(const v1::ListedJob& text) const {
    for (const v1::JobClass& job_class : building_.scenario().job_classes()) {
      if (job_class.name() != text.class_()) continue;
      if (job_class.kind() == v1::JOB_CLASS_KIND_GANG) return JobKind::kTraining;
      if (job_class.kind() == v1::JOB_CLASS_KIND_SERVICE) return JobKind::kInference;
    }
    return JobKind::kBatch;
  }

  ProfileId ProfileOf(const v1::ListedJob& text, const std::string& path) {
    JobProfile profile;
    profile.kind = KindOf(text);
    profile.shape = text.one_domain() ? Shape::kOneDomain : Shape::kAnywhere;
    profile.tiers = TiersOf(text.tiers());
    profile.preemptible = !text.has_preemptible() || text.preemptible();
    if (!text.reference().empty()) profile.reference = AcceleratorId(At(models_, text.reference()));
    profile.accelerators = AcceptedBy(text);
    if (text.has_max_one_way_ns()) profile.max_one_way = Duration(text.max_one_way_ns());
    profile.cpu_milli = Narrow(text.cpu_milli(), path + ".cpu");
    profile.memory_mb = Narrow(text.memory_mb(), path + ".memory");
    if (text.has_checkpoint_interval_ns()) profile.checkpoint_interval = Duration(text.checkpoint_interval_ns());
    const auto known = std::ranges::find(jobs_.profiles, profile);
    if (known == jobs_.profiles.end()) jobs_.profiles.push_back(profile);
    return ProfileId(static_cast<std::uint32_t>(std::ranges::find(jobs_.profiles, profile) - jobs_.profiles.begin()));
  }

  ClassId ClassOf(const std::string& name) {
    if (name.empty()) return ClassId::None();
    const auto known = std::ranges::find(classes_, name, &ClassName::name);
    const auto position = static_cast<std::uint32_t>(known - classes_.begin());
    if (known == classes_.end()) classes_.push_back({.name = name, .workload = {}, .demand_class = {}});
    return ClassId(position);
  }

  TenantId TenantOf(const std::string& name) {
    if (name.empty()) return TenantId::None();
    const auto known = std::ranges::find(jobs_.tenants, name);
    const auto position = static_cast<std::uint32_t>(known - jobs_.tenants.begin());
    if (known == jobs_.tenants.end()) jobs_.tenants.push_back(name);
    return TenantId(position);
  }

  const Building& building_;
  std::vector<ClassName>& classes_;
  Positions sites_;
  Positions models_;
  RunJobs jobs_;
};

}  // namespace

std::vector<ClassName> BuildClasses(const Building& building) {
  std::vector<ClassName> classes;
  for (const v1::JobClass& text : building.scenario().job_classes()) {
    classes.push_back({.name = text.name(), .workload = text.workload(), .demand_class = text.demand_class()});
  }
  return classes;
}

RunJobs BuildListedJobs(const Building& building, std::vector<ClassName>& classes) {
  return JobListBuilder(building, classes).Build();
}

std::uint8_t TiersOf(const google::protobuf::RepeatedField<int>& tiers) {
  if (tiers.empty()) return kAnyTier;
  unsigned allowed = 0;
  for (const int tier : tiers) {
    if (tier == v1::JOB_TIER_DEVICE) allowed |= TierBit(Tier::kDevice);
    if (tier == v1::JOB_TIER_EDGE) allowed |= TierBit(Tier::kEdge);
    if (tier == v1::JOB_TIER_REGIONAL) allowed |= TierBit(Tier::kRegional);
    if (tier == v1::JOB_TIER_CLOUD) allowed |= TierBit(Tier::kCloud);
  }
  return static_cast<std::uint8_t>(allowed);
}

}  // namespace suanwang::scenario
