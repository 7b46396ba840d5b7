#include "simulator/metrics/catalog.h"

#include <algorithm>
#include <array>

#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {
namespace {

constexpr Direction kHigher = Direction::kHigherIsBetter;
constexpr Direction kLower = Direction::kLowerIsBetter;
constexpr Direction kNeither = Direction::kNeither;

constexpr std::string_view kTimes = "mean,p50,p95,p99,max";

// name, English, 中文, unit, which way is better, statistics ("" among them: the bare name is a value too), definition, 定义, function
constexpr std::array kCatalog = {
    Metric{"wait_s", "queue wait", "排队等待时间", "s", kLower, kTimes,
           "first start of computing − submission, of jobs submitted in the window; one not begun counts with its wait so far",
           "首次开始计算 − 提交；未开始的作业按已等待时长计入", &WaitTime},
    Metric{"queue_s", "time to first grant", "首次分配等待时间", "s", kLower, kTimes,
           "first grant − submission; one never granted counts with its wait so far",
           "首次获得资源 − 提交", &QueueTime},
    Metric{"queued_s", "time spent waiting in all", "累计排队时间", "s", kLower, kTimes,
           "all time without a grant, after preemptions and outages too",
           "未持有资源的全部时间，含被抢占之后", &QueuedTime},
    Metric{"not_begun", "not begun", "未开始的作业", "see statistic", kLower, "jobs,eflops_h",
           "feasible jobs submitted in the window that had not begun by its end, and their work",
           "窗口结束时尚未开始的可行作业及其工作量", &NotBegun},
    Metric{"infeasible", "infeasible", "无处可运行的作业", "see statistic", kLower, "jobs,eflops_h",
           "jobs submitted in the window that no pool could ever run, and the work they demanded in it",
           "窗口内提交、任何资源池都无法运行的作业及其需求量", &Infeasible},
    Metric{"turnaround_s", "turnaround", "作业周转时间", "s", kLower, kTimes,
           "end − submission, of jobs submitted in the window; one not ended counts with its time so far",
           "结束 − 提交", &Turnaround},
    Metric{"bounded_slowdown", "bounded slowdown", "有界减速比", "1", kLower, kTimes,
           "max(1, turnaround / max(true duration, 10 s))",
           "max(1, 周转时间 / max(真实时长, 10 s))", &BoundedSlowdown},
    Metric{"allocation_rate", "allocation rate", "算力分配率", "share", kHigher, ",installed,to_last_submission,to_last_end",
           "accelerator-time granted / accelerator-time that could have been granted (nodes that are up, less what others held), of the schedulable slice and of what is installed; of a whole run also up to its last submission and its last end",
           "已分配卡时 / 可分配卡时（在线节点，扣除他人占用）", &AllocationRate},
    Metric{"occupancy_rate", "occupancy while demand waits", "饱和占用率（SOR）", "share", kHigher, "",
           "share of the time at which jobs waited that none of them could have been granted anywhere; looked at when decisions take effect; not defined where nobody waits",
           "有作业等待的时间中，没有一个等待作业能在任何资源池得到分配的时间占比；在决策生效时观察；无人等待时无定义", &OccupancyRate},
    Metric{"fragmentation_rate", "fragmentation", "碎片率（GFR）", "share", kLower, ",in_pieces",
           "free accelerator-time that no waiting job could use / free accelerator-time, of nodes that are up, while jobs waited; in_pieces: in pools that waiting jobs may use, on nodes where not even one node's part of them fits",
           "有作业等待时，任何等待作业都无法使用的空闲卡时 / 空闲卡时；in_pieces：其中位于等待作业可用的资源池、但所在节点连任一等待作业的单节点部分也放不下的部分", &FragmentationRate},
    Metric{"makespan_s", "makespan", "完工时间", "s", kLower, "",
           "last end − first submission, of the whole run",
           "最后结束 − 首次提交", &Makespan},
    Metric{"latency_attainment", "latency attainment", "时延达标率", "share", kHigher, "",
           "of jobs with a one-way bound: accelerator-time granted within it / (accelerator-time granted + demanded in the window and not served)",
           "满足单向时延上限的已分配卡时 / 所有有时延要求的卡时", &LatencyAttainment},
    Metric{"fill_rate", "fill rate", "需求满足率", "share", kHigher, "",
           "work done in the window / work that would have been done in it had every job started at once at reference speed, per job at most 1",
           "窗口内完成的工作量 / 所有作业立即以参考速度开始时应完成的工作量", &FillRate},
    Metric{"demanded_eflops_h", "work demanded", "需求工作量", "EFLOPS-hour FP16 dense", kNeither, "",
           "work that would have been done in the window had every job started at once at reference speed",
           "所有作业立即以参考速度开始时窗口内应完成的工作量", &DemandedWork},
    Metric{"served_eflops_h", "work served", "已满足工作量", "EFLOPS-hour FP16 dense", kHigher, "",
           "work done in the window, of each job at most what it demanded in it",
           "窗口内完成的工作量，每个作业不超过其需求", &ServedWork},
    Metric{"energy_kwh", "facility energy", "用电量", "kWh", kLower, "",
           "IT energy of the slice × PUE, idle power included, without what others held",
           "可调度部分的 IT 用电 × PUE，含空闲功耗，不含他人占用部分", &Energy},
    Metric{"energy_kwh_per_eflops_h", "energy per EFLOPS-hour", "单位算力用电量", "kWh/EFLOPS-hour", kLower, "",
           "energy_kwh / work served in the window", "energy_kwh / 窗口内已满足的工作量", &EnergyPerWork},
    Metric{"electricity_cny", "electricity cost", "电费", "CNY", kLower, "",
           "energy × tariff of the hour; electricity only, a small part of the price of a card-hour",
           "用电量 × 分时电价；仅电费", &Electricity},
    Metric{"electricity_cny_per_eflops_h", "electricity cost per EFLOPS-hour", "单位算力电费", "CNY/EFLOPS-hour", kLower, "",
           "electricity_cny / work served in the window", "electricity_cny / 窗口内已满足的工作量", &ElectricityPerWork},
    Metric{"carbon_location_kg", "location-based carbon", "位置法碳排放", "kgCO2", kLower, "",
           "IT energy × PUE × provincial grid factor",
           "IT 用电 × PUE × 省级电网因子", &CarbonLocation},
    Metric{"carbon_location_kg_per_eflops_h", "carbon per EFLOPS-hour, location-based", "碳效（算力，位置法）", "kgCO2/EFLOPS-hour", kLower, "",
           "carbon_location_kg / work served in the window", "carbon_location_kg / 窗口内已满足的工作量", &CarbonLocationPerWork},
    Metric{"carbon_market_kg", "market-based carbon", "市场法碳排放", "kgCO2", kLower, "",
           "IT energy × PUE × (1 − green share) × residual factor",
           "IT 用电 × PUE × (1 − 绿电占比) × 剩余因子", &CarbonMarket},
    Metric{"carbon_market_kg_per_eflops_h", "carbon per EFLOPS-hour, market-based", "碳效（算力，市场法）", "kgCO2/EFLOPS-hour", kLower, "",
           "carbon_market_kg / work served in the window", "carbon_market_kg / 窗口内已满足的工作量", &CarbonMarketPerWork},
    Metric{"west_share", "west share", "东数西算比例", "share", kNeither, "",
           "eastern demand served in western hubs / eastern demand served, in work",
           "东部需求中在西部枢纽完成的工作量占比", &WestShare},
    Metric{"cross_region_pflops_h", "cross-region dispatch", "跨区域调度量（PFLOPS·小时）", "PFLOPS-hour FP16 dense", kNeither, "",
           "work served outside its region of origin",
           "在来源区域之外完成的工作量", &CrossRegion},
    Metric{"domestic_share_by_fp16", "domestic share", "国产算力占比（按 FP16 标称）", "share", kNeither, "",
           "of the supply used, by nominal FP16",
           "所用算力中的国产占比，按 FP16 标称", &DomesticShareByFp16},
    Metric{"domestic_share_by_card", "domestic share by card", "国产算力占比（按卡）", "share", kNeither, "",
           "of the supply used, by accelerator",
           "所用算力中的国产占比，按卡", &DomesticShareByCard},
    Metric{"preemptions", "preemptions", "抢占次数", "1", kLower, "",
           "stops by a decision in the window",
           "窗口内由调度决定的停止次数", &Preemptions},
    Metric{"lost_accelerator_h", "accelerator-hours lost", "损失卡时", "accelerator-hour", kLower, ",preempted,outage",
           "accelerator-time of work that stops in the window made necessary to do again",
           "须重做的工作所占卡时", &LostTime},
    Metric{"goodput", "goodput", "有效利用率", "share", kHigher, "",
           "useful / granted accelerator-time",
           "有效卡时 / 已分配卡时", &Goodput},
    Metric{"jain_fairness", "Jain's fairness", "Jain 公平指数", "1", kHigher, "",
           "(Σx)² / (n Σx²) over tenants, x = work served / work demanded in the window",
           "各租户所得与所需工作量之比的 Jain 指数", &JainFairness},
    Metric{"start_refused", "starts refused", "被拒绝的启动次数", "1", kLower, "",
           "starts that the truth refused, in the window",
           "窗口内被实际状况拒绝的启动次数", &StartRefused},
    Metric{"states", "end states", "作业结束状态", "1", kLower, "submitted,completed,timeout,cancelled,infeasible,failed,unfinished",
           "jobs submitted in the window, by how they ended; the six add up to submitted",
           "窗口内提交的作业按结束状态计数", &States},
    Metric{"starved", "starvation", "饥饿", "see statistic", kLower, "top_percent_share,longest_s,waiting_accelerator_h",
           "share of all waiting accelerator-hours borne by the 1 % of the jobs that bear most; the longest time one job waited in all; the waiting accelerator-hours",
           "等待卡时最多的 1 % 作业所占份额；最长等待；等待卡时总量", &Starved},
};

// Calls visit(part) for every part of comma-separated text, the empty ones too.
template <class Visit>
void VisitParts(std::string_view text, const Visit& visit) {
  for (;;) {
    const std::size_t comma = text.find(',');
    visit(text.substr(0, comma));
    if (comma == std::string_view::npos) return;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

std::span<const Metric> Catalog() { return kCatalog; }

const Metric* FindMetric(std::string_view name) {
  const auto found = std::ranges::find(kCatalog, name, &Metric::name);
  return found == kCatalog.end() ? nullptr : &*found;
}

bool IsValueName(std::string_view name) {
  const std::size_t dot = name.find('.');
  const Metric* metric = FindMetric(name.substr(0, dot));
  if (metric == nullptr) return false;
  const std::string_view statistic = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
  if (dot != std::string_view::npos && statistic.empty()) return false;
  bool found = false;
  VisitParts(metric->statistics, [&](std::string_view part) { found = found || part == statistic; });
  return found;
}

Values ComputeAll(const History& history, const MetricContext& context) {
  const Evidence evidence(history, context);
  Values values;
  for (const Metric& metric : kCatalog) metric.compute(evidence, values);
  return values;
}

}  // namespace suanwang::metrics
