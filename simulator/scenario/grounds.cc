#include "simulator/scenario/grounds.h"

#include <algorithm>

namespace suanwang::scenario {
namespace {

// Schedulable FP16 (GFLOPS) by the confidence of the centre.
struct Shares {
  double reported = 0;
  double derived = 0;
  double assumed = 0;
  bool is_stated = false;

  void Add(v1::Confidence confidence, double gflops) {
    is_stated |= confidence != v1::CONFIDENCE_UNSPECIFIED;
    if (confidence == v1::CONFIDENCE_REPORTED) reported += gflops;
    else if (confidence == v1::CONFIDENCE_DERIVED) derived += gflops;
    else assumed += gflops;
  }
};

Shares SharesOf(const v1::Scenario& scenario, const Inventory& inventory) {
  Shares shares;
  for (const Pool& pool : inventory.pools) {
    const auto accelerators = static_cast<double>(pool.shape.total_milli() / kMilli);
    const auto peak = static_cast<double>(inventory.accelerators[pool.accelerator.value()].fp16_gflops);
    shares.Add(scenario.centers(static_cast<int>(pool.center.value())).confidence(), accelerators * peak);
  }
  return shares;
}

template <class Rows>
bool RestsOnReports(const Rows& rows) {
  return std::ranges::all_of(rows, [](const auto& row) { return row.confidence() == v1::CONFIDENCE_REPORTED || row.confidence() == v1::CONFIDENCE_UNSPECIFIED; });
}

bool AsksForData(const v1::Scenario& scenario) {
  const auto& classes = scenario.job_classes();
  const auto& jobs = scenario.workload().jobs().job();
  return std::ranges::any_of(classes, [](const v1::JobClass& text) { return text.data_in_max_bytes() > 0; }) ||
         std::ranges::any_of(jobs, [](const v1::ListedJob& text) { return text.data_bytes() > 0; });
}

}  // namespace

Grounds BuildGrounds(const Building& building, const Inventory& inventory) {
  const v1::Scenario& scenario = building.scenario();
  Grounds grounds;
  const Shares shares = SharesOf(scenario, inventory);
  const double sum = shares.reported + shares.derived + shares.assumed;
  if (shares.is_stated && sum > 0) {
    grounds.reported = shares.reported / sum;
    grounds.derived = shares.derived / sum;
    grounds.assumed = shares.assumed / sum;
  }
  const auto remark = [&](std::string text, std::string zh) {
    grounds.remarks_zh.push_back(zh.empty() ? text : std::move(zh));
    grounds.remarks.push_back(std::move(text));
  };
  grounds.notice = scenario.notice();
  grounds.notice_zh = scenario.notice_zh().empty() ? scenario.notice() : scenario.notice_zh();
  if (!RestsOnReports(scenario.tariffs())) remark("tariffs are illustrative: replace them before a yuan total is used", "电价仅为示意：采用金额结论前须替换为真实电价");
  if (!RestsOnReports(scenario.links())) remark("the network is illustrative and no operator's map", "网络拓扑仅为示意，并非任何运营商的实际网络");
  if (!RestsOnReports(scenario.pools())) remark("the split of capacity into pools is assumed", "资源池构成为假设");
  if (AsksForData(scenario)) remark("data of jobs are not moved: no job waits for its data", "未模拟数据搬运：作业不因数据而等待");
  for (const v1::Remark& text : scenario.remarks()) remark(text.text(), text.zh());
  return grounds;
}

}  // namespace suanwang::scenario
