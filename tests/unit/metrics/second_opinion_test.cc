#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/random_story.h"
#include "tests/unit/metrics/two_places.h"

// A second opinion that shares no code with the metrics: it walks through the record second by second and adds up what
// it sees, in whole seconds and plain doubles. All rows of these records lie on whole seconds.
namespace suanwang::metrics {
namespace {

struct Seen {
  double held = 0;       // accelerator-seconds
  double up = 0;
  double joule = 0;      // of the facility
  double micro_cny = 0;  // × kWh → 10^-6 CNY
  double domestic = 0;
  double waiting = 0;    // accelerator-seconds without a grant, of jobs submitted in the window
  std::map<std::uint32_t, double> first_begin;
};

class SecondBySecond {
 public:
  SecondBySecond(const std::vector<record::Row>& rows, std::int64_t begin, std::int64_t end) : begin_(begin), end_(end) {
    std::size_t next = 0;
    for (std::int64_t second = 0; second < 1000; ++second) {
      for (; next < rows.size() && record::AtOf(rows[next]).ns() == second * 1'000'000'000; ++next) See(rows[next], second);
      if (begin <= second && second < end) Measure(second);
    }
  }
  const Seen& seen() const { return seen_; }

 private:
  struct Job {
    double accelerators = 0;
    bool counted = false;
    int pool = -1;
    bool computing = false;
    bool over = false;
  };

  void See(const record::Row& row, std::int64_t second) {
    if (const auto* r = std::get_if<record::Submitted>(&row)) {
      jobs_[r->job.id.value()] = {r->job.milli / 1000.0, begin_ <= second && second < end_};
    }
    if (const auto* r = std::get_if<record::Granted>(&row)) jobs_[r->job.value()].pool = static_cast<int>(r->pool.value());
    if (const auto* r = std::get_if<record::Began>(&row)) {
      jobs_[r->job.value()].computing = true;
      seen_.first_begin.emplace(r->job.value(), static_cast<double>(second));
    }
    if (const auto* r = std::get_if<record::Stopped>(&row)) Release(jobs_[r->job.value()]);
    if (const auto* r = std::get_if<record::Ended>(&row)) {
      Release(jobs_[r->job.value()]);
      jobs_[r->job.value()].over = true;
    }
    if (const auto* r = std::get_if<record::Availability>(&row)) nodes_[r->pool.value()] += r->up ? 1 : -1;
    if (const auto* r = std::get_if<record::ForeignUse>(&row)) others_[r->pool.value()] = static_cast<double>(r->held_milli) / 1000;
  }

  static void Release(Job& job) {
    job.pool = -1;
    job.computing = false;
  }

  void Measure(std::int64_t second) {
    const double per_node[2] = {4, 2};
    const double idle[2] = {100, 50};
    const double extra[2] = {400, 100};
    const double pue[2] = {1.5, 1.2};
    const double price[2] = {second < 150 ? 1e6 : 2e6, 0.4e6};  // the test moves noon to second 150
    double watt[2];
    for (int pool = 0; pool < 2; ++pool) {
      const double ours = nodes_[pool] * per_node[pool] - others_[pool];
      watt[pool] = ours * idle[pool];
      seen_.up += ours;
    }
    for (const auto& [id, job] : jobs_) {
      if (job.pool >= 0) seen_.held += job.accelerators;
      if (job.pool == 1) seen_.domestic += job.accelerators;
      if (job.computing) watt[job.pool] += job.accelerators * extra[job.pool];
      if (job.counted && !job.over && job.pool < 0) seen_.waiting += job.accelerators;
    }
    for (int pool = 0; pool < 2; ++pool) {
      seen_.joule += watt[pool] * pue[pool];
      seen_.micro_cny += watt[pool] * pue[pool] / 3.6e6 * price[pool];
    }
  }

  std::int64_t begin_;
  std::int64_t end_;
  double nodes_[2] = {2, 1};
  double others_[2] = {0, 0};
  std::map<std::uint32_t, Job> jobs_;
  Seen seen_;
};

class SecondOpinionTest : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SecondOpinionTest, AgreesOnAllocationEnergyMoneyAndWaiting) {
  const record::Story story = record::RandomStory(GetParam()).story();
  for (const auto& [begin, end] : {std::pair<std::int64_t, std::int64_t>{0, 300}, {40, 210}, {149, 152}}) {
    const Seen seen = SecondBySecond(story.rows(), begin, end).seen();
    TwoPlaces places;
    places.inventory().year_start = Time() + Seconds(150 - 12 * 3600);

    const Values values = places.Over(begin, end).Of(story);

    EXPECT_NEAR(Number(values, "allocation_rate"), seen.held / seen.up, 1e-12);
    EXPECT_NEAR(Number(values, "energy_kwh"), seen.joule / 3.6e6, 1e-9);
    EXPECT_NEAR(Number(values, "electricity_cny"), seen.micro_cny / 1e6, 1e-9);
    EXPECT_NEAR(Number(values, "starved.waiting_accelerator_h"), seen.waiting / 3600, 1e-9);
    if (seen.held > 0) {
      EXPECT_NEAR(Number(values, "domestic_share_by_card"), seen.domestic / seen.held, 1e-12);
    }
  }
}

TEST_P(SecondOpinionTest, AgreesOnWaits) {
  const record::Story story = record::RandomStory(GetParam()).story();
  const Seen seen = SecondBySecond(story.rows(), 0, 300).seen();
  std::map<std::uint32_t, double> submitted;
  for (const record::Row& row : story.rows()) {
    if (const auto* r = std::get_if<record::Submitted>(&row)) submitted[r->job.id.value()] = r->at.seconds();
  }
  std::map<std::uint32_t, double> ended;
  for (const record::Row& row : story.rows()) {
    const auto* r = std::get_if<record::Ended>(&row);
    if (r != nullptr && r->state == EndState::kInfeasible) submitted.erase(r->job.value());
    if (r != nullptr) ended[r->job.value()] = r->at.seconds();
  }
  std::vector<double> waits;
  for (const auto& [id, at] : submitted) {
    waits.push_back((seen.first_begin.contains(id) ? seen.first_begin.at(id) : ended.at(id)) - at);
  }
  std::ranges::sort(waits);
  double sum = 0;
  for (double wait : waits) sum += wait;

  const Values values = TwoPlaces().Over(0, 300).Of(story);

  const auto rank = [&](std::size_t percent) { return waits[(percent * waits.size() + 99) / 100 - 1]; };
  EXPECT_NEAR(Number(values, "wait_s.mean"), sum / static_cast<double>(waits.size()), 1e-9);
  EXPECT_EQ(Number(values, "wait_s.p50"), rank(50));
  EXPECT_EQ(Number(values, "wait_s.p95"), rank(95));
  EXPECT_EQ(Number(values, "wait_s.p99"), rank(99));
  EXPECT_EQ(Number(values, "wait_s.max"), waits.back());
}

TEST_P(SecondOpinionTest, WorkDoneInAllIsWhatTheEndsSayAndWindowsSplitIt) {
  const record::Story story = record::RandomStory(GetParam()).story();
  History history;
  story.ToldTo(history);
  TwoPlaces places;
  const MetricContext whole = places.context();
  const MetricContext early = places.Over(-1, 120).context();
  const MetricContext late = places.Over(120, 1000).context();
  const Evidence all(history, whole), before(history, early), after(history, late);

  for (const record::Row& row : story.rows()) {
    const auto* ended = std::get_if<record::Ended>(&row);
    if (ended == nullptr) continue;
    EXPECT_EQ(all.Done(ended->job), ended->done);
    // each stay may be rounded by 1 ns
    EXPECT_NEAR(static_cast<double>((before.Done(ended->job) + after.Done(ended->job)).ns()), static_cast<double>(ended->done.ns()), 50);
  }
}

TEST_P(SecondOpinionTest, AddsUp) {
  const Values values = TwoPlaces().Over(40, 210).Of(record::RandomStory(GetParam()).story());
  const auto sum_of = [&](std::string_view name, std::string_view key) {
    double sum = 0;
    for (const Value& value : values) {
      if (value.name() == name && !value.labels.empty() && value.labels[0].key == key) sum += value.number.value_or(0);
    }
    return sum;
  };

  double states = 0;
  for (const Value& value : values) states += value.metric == "states" && value.statistic != "submitted" ? *value.number : 0;
  EXPECT_EQ(states, Number(values, "states.submitted"));
  EXPECT_NEAR(sum_of("demanded_eflops_h", "class"), Number(values, "demanded_eflops_h"), 1e-15);
  EXPECT_NEAR(sum_of("served_eflops_h", "workload"), Number(values, "served_eflops_h"), 1e-15);
  EXPECT_NEAR(sum_of("energy_kwh", "center"), Number(values, "energy_kwh"), 1e-9);
  EXPECT_EQ(sum_of("not_begun.jobs", "class"), Number(values, "not_begun.jobs"));
  EXPECT_LE(Number(values, "fill_rate"), 1);
  EXPECT_GE(Number(values, "fill_rate"), 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SecondOpinionTest, testing::Range<std::uint64_t>(1, 21));

}  // namespace
}  // namespace suanwang::metrics
