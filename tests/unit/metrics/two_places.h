#pragma once

#include <string>
#include <vector>

#include "simulator/metrics/catalog.h"
#include "simulator/metrics/context.h"
#include "tests/support/run_story.h"

namespace suanwang::metrics {

// Two centres with round numbers, for tests.
//   east.fast  2 nodes × 4 of "fast": foreign,  1000 GFLOP/s, idle 100 W, busy 500 W; PUE 1.5, 1 CNY/kWh by night (0–11 h),
//              2 by day, grid 0.5 kg/kWh, residual 0.6, 50 % green; site 0, region "jjj"
//   west.slow  1 node  × 2 of "slow": domestic, 500 GFLOP/s, idle 50 W, busy 150 W; PUE 1.2, 0.4 CNY/kWh always,
//              grid 0.8 kg/kWh, residual 1.0, no green; site 1, region "gansu", a western hub; 10 nodes installed
// One way between the sites: 20 ms; 1 ms at home. Classes: 0 "chat" (inference), 1 "llm" (pre-training), 2 "tune"
// (pre-training). Profiles: 0 reference fast; 1 reference fast, bound 5 ms.
class TwoPlaces {
 public:
  static constexpr std::int64_t kHour = 3600;

  TwoPlaces() {
    inventory_.accelerators = {
        {.name = "fast", .ecosystem = "cuda", .fp16_gflops = 1000, .busy_mw = 500'000, .idle_mw = 100'000},
        {.name = "slow", .ecosystem = "cann", .domestic = true, .fp16_gflops = 500, .busy_mw = 150'000, .idle_mw = 50'000}};
    std::vector<std::int64_t> day(24, 1'000'000);
    std::fill(day.begin() + 12, day.end(), 2'000'000);
    inventory_.tariffs = {{"day and night", day}, {"flat", {400'000}}};
    inventory_.sites = {{.name = "beijing", .region = "jjj"}, {.name = "qingyang", .region = "gansu"}};
    inventory_.centers = {
        {.name = "east", .site = SiteId(0), .hub = "Beijing-Tianjin-Hebei", .region = "east", .pue_ppm = 1'500'000,
         .grid_mg_per_kwh = 500'000, .residual_mg_per_kwh = 600'000, .green_ppm = 500'000, .tariff = TariffId(0)},
        {.name = "west", .site = SiteId(1), .hub = "Gansu", .region = "west", .pue_ppm = 1'200'000,
         .grid_mg_per_kwh = 800'000, .residual_mg_per_kwh = 1'000'000, .tariff = TariffId(1)}};
    inventory_.pools = {{"east.fast", CenterId(0), AcceleratorId(0), {.nodes = 2, .accelerators_per_node = 4}, 2},
                        {"west.slow", CenterId(1), AcceleratorId(1), {.nodes = 1, .accelerators_per_node = 2}, 10}};
    classes_ = {{"chat", "inference", "consumer"}, {"llm", "pre-training", ""}, {"tune", "pre-training", ""}};
    profiles_.resize(2, JobProfile{.reference = AcceleratorId(0)});
    profiles_[1].max_one_way = Milliseconds(5);
  }

  TwoPlaces& Over(std::int64_t begin_s, std::int64_t end_s) {
    window_ = {Time() + Seconds(begin_s), Time() + Seconds(end_s)};
    return *this;
  }

  [[nodiscard]] MetricContext context() const {
    return {inventory_, classes_, profiles_, window_, eastern_, [](SiteId from, SiteId to) -> std::optional<Duration> {
              return from == to ? Milliseconds(1) : Milliseconds(20);
            }};
  }
  [[nodiscard]] Values Of(const record::Story& story) const {
    History history;
    story.ToldTo(history);
    return ComputeAll(history, context());
  }
  Inventory& inventory() { return inventory_; }

 private:
  Inventory inventory_;
  std::vector<ClassLabel> classes_;
  std::vector<JobProfile> profiles_;
  std::vector<std::string> eastern_ = {"jjj"};
  Window window_;
};

// The number of a value that must be there and defined.
[[nodiscard]] inline double Number(const Values& values, std::string_view name, const Labels& labels = {}) {
  const Value* value = Find(values, name, labels);
  return value != nullptr && value->number ? *value->number : -1e99;
}

}  // namespace suanwang::metrics
