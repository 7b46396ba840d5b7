#include "simulator/scenario/build_demand.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "scheduler/text/instant.h"
#include "simulator/scenario/build_jobs.h"

namespace suanwang::scenario {
namespace {

using workload::ClassSpec;
using workload::DemandSpec;
using workload::FamilyShare;

constexpr std::int64_t kLeastMemoryOfEither = 48'000;  // MB
constexpr double kLeaseSpread = 10;                    // below the mean length; above it the usual 6
constexpr std::string_view kOnly = "-only";
constexpr std::string_view kWeekend = "weekend";
constexpr std::string_view kWorkingDay = "working-day";

double Ppm(std::int64_t millionths) { return static_cast<double>(millionths) / 1e6; }

std::optional<double> NumberOf(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

JobKind KindOf(v1::JobClassKind kind) {
  if (kind == v1::JOB_CLASS_KIND_GANG) return JobKind::kTraining;
  return kind == v1::JOB_CLASS_KIND_SERVICE ? JobKind::kInference : JobKind::kBatch;
}

workload::Range AcceleratorsOf(const v1::JobClass& text) {
  const auto of = [](std::int64_t milli) { return static_cast<double>(milli) / kMilli; };
  return {of(text.accelerators_min_milli()), of(text.accelerators_typical_milli()), of(text.accelerators_max_milli())};
}

workload::Range DurationsOf(const v1::JobClass& text, const v1::GeneratedWorkload& generated) {
  if (text.has_duration_typical_ns()) {
    return {Duration(text.duration_min_ns()).seconds(), Duration(text.duration_typical_ns()).seconds(),
            Duration(text.duration_max_ns()).seconds()};
  }
  if (!generated.has_lease_ns()) return workload::kLeaseSeconds;
  const double lease = Duration(generated.lease_ns()).seconds();
  return {lease / kLeaseSpread, lease, lease * 6};
}

class DemandBuilder {
 public:
  DemandBuilder(const Building& building, const Schedule& schedule, const Inventory& inventory)
      : building_(building),
        generated_(building.scenario().workload().generated()),
        schedule_(schedule),
        inventory_(inventory),
        mix_id_(generated_.mix().empty() ? "base" : generated_.mix()),
        family_mix_id_(generated_.family_mix().empty() ? "base" : generated_.family_mix()) {}

  std::optional<workload::DemandGenerator> Build() {
    const std::size_t errors = building_.diagnostics.size();
    DemandSpec spec;
    BuildTimes(spec);
    CheckDayTypes();
    ReadHolidays();
    spec.total_eflops = TotalEflops();
    spec.estimate_sigma = EstimateSigma();
    spec.classes = Classes();
    spec.mix = Mix();
    spec.families = Families();
    spec.origins = Origins();
    if (!generated_.classes().empty()) RestrictTo(spec);
    if (building_.diagnostics.size() > errors) return std::nullopt;
    for (const workload::DemandProblem& problem : workload::ProblemsOf(spec)) Report(problem);
    if (building_.diagnostics.size() > errors) return std::nullopt;
    return workload::DemandGenerator(std::move(spec));
  }

 private:
  [[nodiscard]] const v1::Scenario& scenario() const { return building_.scenario(); }

  void BuildTimes(DemandSpec& spec) {
    if (!scenario().has_window_ns()) {
      building_.Error("workload.generated", "demand is drawn for a window, and there is none", "give window, such as 7 d");
    }
    if (!schedule_.has_start()) {
      building_.Error("workload.generated", "demand follows days and hours, and there is no start",
                      "give a start, such as 2026-03-02T00:00+08:00");
    }
    spec.start_in_week = schedule_.since_monday();
    spec.warmup = schedule_.warmup();
    if (scenario().has_window_ns()) spec.window = Duration(scenario().window_ns());
    spec.initial = scenario().initial() == v1::INITIAL_STEADY ? workload::InitialState::kSteady : workload::InitialState::kEmpty;
    if (scenario().workload().has_scale_ppm()) spec.scale = Ppm(scenario().workload().scale_ppm());
  }

  // A row of demand_total.
  double Total(const std::string& quantity) {
    for (const v1::DemandTotal& total : scenario().demand_total()) {
      if (total.name() != quantity) continue;
      const std::optional<double> value = NumberOf(total.value());
      if (!value) building_.Error("demand_total." + quantity + ".value", "'" + total.value() + "' is no number");
      return value.value_or(0);
    }
    building_.Error("workload.generated", "how much work is demanded is not said", "give offered, or demand_total." + quantity);
    return 0;
  }

  double TotalEflops() {
    if (generated_.demand() == v1::DEMAND_RULE_FOLLOWS_SUPPLY) return Total("offered_load_mean") * SchedulableEflops(inventory_);
    if (generated_.has_offered_gflops()) return static_cast<double>(generated_.offered_gflops()) * 1e-9;
    return Total("offered_load_mean_eflops");
  }

  std::optional<double> EstimateSigma() {
    if (scenario().estimates() == v1::ESTIMATE_KIND_EXACT) return std::nullopt;
    if (scenario().estimates() == v1::ESTIMATE_KIND_REQUESTED) {
      building_.Error("estimates", "generated jobs request no times", "exact or noisy");
    }
    return scenario().has_estimate_sigma_ppm() ? Ppm(scenario().estimate_sigma_ppm()) : 0.5;
  }

  // ---- classes

  std::vector<ClassSpec> Classes() {
    std::vector<ClassSpec> classes;
    for (const v1::JobClass& text : scenario().job_classes()) {
      if (!text.workload().empty()) classes.push_back(Class(text));
    }
    CheckShapeKeys();
    return classes;
  }

  ClassSpec Class(const v1::JobClass& text) {
    const bool is_gang = text.kind() == v1::JOB_CLASS_KIND_GANG;
    ClassSpec spec{.name = text.name(), .workload = text.workload(), .demand_class = text.demand_class()};
    spec.share_of_workload = text.has_share_of_workload_ppm() ? Ppm(text.share_of_workload_ppm()) : 1;
    spec.kind = KindOf(text.kind());
    spec.shape = (text.has_one_domain() ? text.one_domain() : is_gang) ? Shape::kOneDomain : Shape::kAnywhere;
    spec.tiers = TiersOf(text.tiers());
    spec.preemptible = !text.has_preemptible() || text.preemptible();
    spec.priority = text.priority();
    if (text.has_max_one_way_ns()) spec.max_one_way = Duration(text.max_one_way_ns());
    if (text.checkpoint_interval_ns() > 0) spec.checkpoint_interval = Duration(text.checkpoint_interval_ns());
    spec.restart_cost = Duration(text.restart_cost_ns());
    spec.accelerators = AcceleratorsOf(text);
    if (text.has_bundle()) spec.bundle = text.bundle();
    spec.duration_s = DurationsOf(text, generated_);
    ShapeTimes(spec);
    return spec;
  }

  void ShapeTimes(ClassSpec& spec) {
    if (generated_.arrivals() == v1::ARRIVAL_PROCESS_POISSON) return;
    const std::string shape = ShapeOf(spec);
    if (!shape.empty()) {
      spec.day_shape = Day(shape);
      spec.weekend = Weekend(shape);
      for (const auto& [day, type] : holidays_) spec.special_days.push_back({day, MultipliersOf(type, shape)});
    }
    if (generated_.arrivals() != v1::ARRIVAL_PROCESS_BURSTY) return;
    spec.bursts.factor = generated_.has_burst_factor_ppm() ? Ppm(generated_.burst_factor_ppm()) : 4;
    spec.bursts.share = generated_.has_burst_share_ppm() ? Ppm(generated_.burst_share_ppm()) : 0.1;
    spec.bursts.mean_length = generated_.has_burst_length_ns() ? Duration(generated_.burst_length_ns()) : Minutes(10);
  }

  std::string ShapeOf(const ClassSpec& spec) {
    const auto& shapes = generated_.shapes();
    if (const auto own = shapes.find(spec.name); own != shapes.end()) return own->second;
    const auto shared = shapes.find(spec.demand_class);
    return shared == shapes.end() ? std::string() : shared->second;
  }

  std::array<double, 24> Day(const std::string& shape) {
    std::array<double, 24> day = ClassSpec::FlatDay();
    std::set<std::uint32_t> hours;
    for (const v1::ShapeHour& row : scenario().diurnal()) {
      if (row.shape_id() != shape) continue;
      day[row.hour()] = Ppm(row.factor_ppm());
      hours.insert(row.hour());
    }
    if (hours.size() != day.size() && broken_shapes_.insert(shape).second) {
      building_.Error("workload.generated.shapes", "shape '" + shape + "' has " + std::to_string(hours.size()) + " of 24 hours in diurnal");
    }
    return day;
  }

  double Weekend(const std::string& shape) {
    for (const v1::DayType& row : scenario().day_types()) {
      if (row.day_type() == kWeekend && row.shape_id() == shape) return Ppm(row.multiplier_ppm());
    }
    return 1;
  }

  // ---- holidays

  void CheckDayTypes() {
    for (const v1::DayType& row : scenario().day_types()) {
      const std::uint32_t end = row.has_end_hour() ? row.end_hour() : 24;
      const std::string path = "day_types." + row.name();
      if (row.start_hour() >= end) building_.Error(path + ".end_hour", "it ends before it begins", "more than " + std::to_string(row.start_hour()));
      if (row.day_type() == kWeekend && (row.start_hour() > 0 || end < 24)) {
        building_.Error(path, "a weekend has its multiplier all day", "start_hour 0 and end_hour 24");
      }
    }
  }

  void ReadHolidays() {
    if (!schedule_.has_start()) return;  // reported
    std::vector<std::string> types = {std::string(kWorkingDay), std::string(kWeekend)};
    for (const v1::DayType& row : scenario().day_types()) types.push_back(row.day_type());
    const std::map<std::string, std::string> written(scenario().holidays().begin(), scenario().holidays().end());
    for (const auto& [date, type] : written) {
      const std::optional<std::int64_t> instant = text::ReadInstant(date + "T00:00+08:00");
      const bool is_near = instant && schedule_.IsNear(*instant);
      if (!is_near) building_.Error("holidays." + date, "'" + date + "' is no date" + (instant ? " near this run" : ""), "such as 2026-02-17");
      if (std::ranges::find(types, type) == types.end()) {
        building_.Error("holidays." + date, "day_types has no '" + type + "'", text::Suggest(type, types));
      }
      if (is_near) holidays_.emplace(schedule_.DayOf(*instant), type);
    }
  }

  // Of a shape on a day of this type. Shapes of which the type says nothing go on as on a working day.
  [[nodiscard]] std::array<double, 24> MultipliersOf(const std::string& type, const std::string& shape) const {
    std::array<double, 24> multipliers = ClassSpec::FlatDay();
    for (const v1::DayType& row : scenario().day_types()) {
      if (row.day_type() != type || row.shape_id() != shape) continue;
      const std::uint32_t end = row.has_end_hour() ? row.end_hour() : 24;
      for (std::uint32_t hour = row.start_hour(); hour < end; ++hour) multipliers[hour] = Ppm(row.multiplier_ppm());
    }
    return multipliers;
  }

  void CheckShapeKeys() {
    std::vector<std::string> names;
    for (const v1::JobClass& text : scenario().job_classes()) {
      names.push_back(text.name());
      names.push_back(text.demand_class());
    }
    for (const auto& [key, shape] : generated_.shapes()) {
      if (std::ranges::find(names, key) != names.end()) continue;
      building_.Error("workload.generated.shapes." + key, "no job class or demand class named '" + key + "'", text::Suggest(key, names));
    }
  }

  // ---- how the work is split

  std::vector<workload::WorkloadShare> Mix() {
    std::vector<workload::WorkloadShare> mix;
    std::set<std::string> ids;
    for (const v1::WorkShare& row : scenario().workload_mix()) {
      ids.insert(row.mix_id());
      if (row.mix_id() == mix_id_) mix.push_back({row.workload(), Ppm(row.share_ppm())});
    }
    if (mix.empty()) ReportMix("mix", "workload_mix", mix_id_, ids);
    return mix;
  }

  void ReportMix(const std::string& key, const std::string& table, const std::string& id, const std::set<std::string>& ids) {
    building_.Error("workload.generated." + key, table + " has no mix '" + id + "'",
                    text::Suggest(id, std::vector<std::string>(ids.begin(), ids.end())));
  }

  std::vector<FamilyShare> Families() {
    std::vector<FamilyShare> families;
    std::set<std::string> ids;
    for (const v1::FamilyShare& row : scenario().family_mix()) {
      ids.insert(row.mix_id());
      if (row.mix_id() == family_mix_id_) families.push_back(Family(row));
    }
    if (families.empty()) ReportMix("family_mix", "family_mix", family_mix_id_, ids);
    CheckReferenceKeys(families);
    return families;
  }

  FamilyShare Family(const v1::FamilyShare& row) {
    FamilyShare family{.name = row.accepted(), .share = Ppm(row.share_ppm())};
    for (std::size_t i = 0; i < inventory_.accelerators.size(); ++i) {
      if (Accepts(row.accepted(), inventory_.accelerators[i])) family.accelerators |= std::uint64_t{1} << i;
    }
    if (family.accelerators == 0) {
      building_.Error("family_mix." + row.name() + ".accepted", "no accelerator model is '" + row.accepted() + "'",
                      "an ecosystem, as in cuda-only, or either");
    }
    family.reference = Reference(row.accepted());
    if (!family.reference.is_none()) {
      family.reference_fp16_tflops = static_cast<double>(inventory_.accelerators[family.reference.value()].fp16_gflops) / 1e3;
    }
    family.largest_gang = LargestGang(row.accepted(), family.accelerators);
    return family;
  }

  static bool Accepts(const std::string& accepted, const Accelerator& model) {
    if (accepted == "either") return model.memory_mb >= kLeastMemoryOfEither;
    return accepted.ends_with(kOnly) && model.ecosystem == accepted.substr(0, accepted.size() - kOnly.size());
  }

  AcceleratorId Reference(const std::string& accepted) {
    const auto given = generated_.reference().find(accepted);
    const std::string name = given != generated_.reference().end() ? given->second : accepted == "cann-only" ? "ascend-910b" : "a800";
    const auto found = std::ranges::find(inventory_.accelerators, name, &Accelerator::name);
    if (found != inventory_.accelerators.end()) {
      return AcceleratorId(static_cast<std::uint32_t>(found - inventory_.accelerators.begin()));
    }
    std::vector<std::string> names;
    for (const Accelerator& model : inventory_.accelerators) names.push_back(model.name);
    const std::string what = "the reference accelerator of '" + accepted + "', '" + name + "', is no accelerator";
    building_.Error("workload.generated.reference." + accepted, what, text::Suggest(name, names));
    return AcceleratorId::None();
  }

  void CheckReferenceKeys(const std::vector<FamilyShare>& families) {
    std::vector<std::string> names;
    for (const FamilyShare& family : families) names.push_back(family.name);
    for (const auto& [key, model] : generated_.reference()) {
      if (std::ranges::find(names, key) != names.end()) continue;
      building_.Error("workload.generated.reference." + key, "the family mix has no '" + key + "'", text::Suggest(key, names));
    }
  }

  std::uint32_t LargestGang(const std::string& accepted, std::uint64_t accelerators) const {
    if (accepted == "cann-only" && generated_.has_max_gang_cann()) return static_cast<std::uint32_t>(generated_.max_gang_cann());
    if (accepted == "cuda-only" && generated_.has_max_gang_cuda()) return static_cast<std::uint32_t>(generated_.max_gang_cuda());
    if (accepted == "either" && (generated_.has_max_gang_cann() || generated_.has_max_gang_cuda())) {
      return static_cast<std::uint32_t>(std::max(generated_.max_gang_cann(), generated_.max_gang_cuda()));
    }
    std::uint32_t largest = 0;
    for (const Pool& pool : inventory_.pools) {
      if ((accelerators >> pool.accelerator.value() & 1) == 0) continue;
      const std::uint32_t nodes = pool.shape.domain_nodes == 0 ? pool.shape.nodes : pool.shape.domain_nodes;
      largest = std::max(largest, nodes * pool.shape.accelerators_per_node);
    }
    return largest;
  }

  std::vector<workload::OriginShare> Origins() {
    const Positions sites = PositionsOf(scenario().sites());
    const std::vector<std::string> tenants = OriginsOf(scenario());
    std::vector<workload::OriginShare> origins;
    for (const v1::OriginShare& row : scenario().demand()) {
      const TenantId tenant(static_cast<std::uint32_t>(std::ranges::find(tenants, row.origin_id()) - tenants.begin()));
      double shares = 0;
      for (const v1::OriginNode& node : scenario().demand_nodes()) {
        if (node.origin_id() != row.origin_id()) continue;
        shares += Ppm(node.share_ppm());
        origins.push_back({row.demand_class(), SiteId(At(sites, node.site())), tenant, Ppm(row.weight_ppm()) * Ppm(node.share_ppm())});
      }
      if (std::abs(shares - 1) > 1e-6 && broken_origins_.insert(row.origin_id()).second) {
        building_.Error("demand_nodes", "the shares of origin '" + row.origin_id() + "' do not sum to 1");
      }
    }
    return origins;
  }

  // Keeps the classes that are asked for, in the proportions that they have, as the whole of the demand.
  void RestrictTo(DemandSpec& spec) {
    const auto& kept = generated_.classes();
    std::erase_if(spec.classes, [&](const ClassSpec& c) { return std::ranges::find(kept, c.name) == kept.end(); });
    std::map<std::string, double> shares;
    for (const ClassSpec& c : spec.classes) shares[c.workload] += c.share_of_workload;
    double total = 0;
    for (workload::WorkloadShare& workload : spec.mix) total += workload.share *= shares[workload.workload];
    for (workload::WorkloadShare& workload : spec.mix) workload.share /= total > 0 ? total : 1;
    for (ClassSpec& c : spec.classes) c.share_of_workload /= shares[c.workload] > 0 ? shares[c.workload] : 1;
  }

  // Problems of a DemandSpec speak of its members; here they are said of the tables that these come from.
  void Report(const workload::DemandProblem& problem) {
    std::string path = "workload.generated";
    const std::size_t open = problem.path.find('['), close = problem.path.find(']');
    if (problem.path.starts_with("classes[") && close != std::string::npos) {
      path = "job_classes." + problem.path.substr(open + 1, close - open - 1) + problem.path.substr(close + 1);
    } else if (problem.path.starts_with("mix")) {
      path = "workload_mix";
    } else if (problem.path.starts_with("origins")) {
      path = "demand";
    } else if (problem.path.starts_with("families")) {
      path = "family_mix";
    }
    building_.Error(path, problem.message);
  }

  const Building& building_;
  const v1::GeneratedWorkload& generated_;
  const Schedule& schedule_;
  const Inventory& inventory_;
  std::string mix_id_;
  std::string family_mix_id_;
  std::map<std::int64_t, std::string> holidays_;  // day types by day from the Monday of the start's week
  std::set<std::string> broken_shapes_;
  std::set<std::string> broken_origins_;
};

}  // namespace

std::optional<workload::DemandGenerator> BuildDemand(const Building& building, const Schedule& schedule, const Inventory& inventory) {
  return DemandBuilder(building, schedule, inventory).Build();
}

std::vector<std::string> OriginsOf(const v1::Scenario& scenario) {
  std::vector<std::string> origins;
  for (const v1::OriginShare& row : scenario.demand()) {
    if (std::ranges::find(origins, row.origin_id()) == origins.end()) origins.push_back(row.origin_id());
  }
  return origins;
}

double SchedulableEflops(const Inventory& inventory) {
  double eflops = 0;
  for (const Pool& pool : inventory.pools) {
    const auto accelerators = static_cast<double>(pool.shape.total_milli() / kMilli);
    eflops += accelerators * static_cast<double>(inventory.accelerators[pool.accelerator.value()].fp16_gflops) * 1e-9;
  }
  return eflops;
}

}  // namespace suanwang::scenario
