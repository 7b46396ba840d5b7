#include "simulator/scenario/fault_model.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>

#include "simulator/scenario/scenario.h"

namespace suanwang::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using world::Outage;

// ---- times ----------------------------------------------------------------------------------------------------------

// Mean of n draws in hours, and how far from the truth it may be: five standard errors of the truth's own.
double MeanHours(int n, const std::function<Duration()>& draw) {
  double sum = 0;
  for (int i = 0; i < n; ++i) sum += draw().seconds() / 3600;
  return sum / n;
}

constexpr int kDraws = 100'000;
double Error(double variance) { return 5 * std::sqrt(variance / kDraws); }

double GammaOf(double x) { return std::tgamma(x); }

TEST(UpAndDownTest, UpTimesHaveTheMeanThatIsAskedForWhateverTheShape) {
  for (const double shape : {0.5, 0.7, 1.0, 1.5, 3.0, 20.0}) {
    UpAndDown times({.mtbf = Hours(100), .shape = shape, .repair = Hours(1)}, RandomStream(1));
    const double spread = GammaOf(1 + 2 / shape) / std::pow(GammaOf(1 + 1 / shape), 2) - 1;

    EXPECT_NEAR(MeanHours(kDraws, [&] { return times.Up(); }), 100, Error(1e4 * spread)) << shape;
  }
}

TEST(UpAndDownTest, UpTimesHaveTheSpreadOfTheirShape) {
  for (const double shape : {0.7, 1.0, 3.0}) {
    UpAndDown times({.mtbf = Hours(100), .shape = shape, .repair = Hours(1)}, RandomStream(2));
    const double scale = 100 / GammaOf(1 + 1 / shape);
    int beyond = 0;
    for (int i = 0; i < kDraws; ++i) beyond += times.Up() > Hours(150) ? 1 : 0;

    const double expected = std::exp(-std::pow(150 / scale, shape));
    EXPECT_NEAR(beyond / double{kDraws}, expected, Error(expected * (1 - expected))) << shape;
  }
}

// E[X²]/(2·E[X]): what is left of a life that is met by chance. Its distribution: ∫ P(up > t) dt / mtbf.
TEST(UpAndDownTest, TheFirstUpTimeIsWhatIsLeftOfALifeThatIsMetByChance) {
  for (const double shape : {0.5, 1.0, 2.0, 5.0}) {
    const double scale = 100 / GammaOf(1 + 1 / shape);
    double sum = 0;
    int within = 0;
    for (std::uint64_t seed = 1; seed <= kDraws; ++seed) {
      const Duration first = UpAndDown({.mtbf = Hours(100), .shape = shape, .repair = Hours(1)}, RandomStream(seed)).FirstUp();
      sum += first.seconds() / 3600;
      within += first < Hours(50) ? 1 : 0;
    }

    const double mean = scale * scale * GammaOf(1 + 2 / shape) / 200;
    const double square = std::pow(scale, 3) * GammaOf(1 + 3 / shape) / 300;
    EXPECT_NEAR(sum / kDraws, mean, Error(square - mean * mean)) << shape;
    double share = 0;
    for (double t = 0.005; t < 50; t += 0.01) share += std::exp(-std::pow(t / scale, shape)) * 0.01 / 100;
    EXPECT_NEAR(within / double{kDraws}, share, Error(share * (1 - share))) << shape;
  }
}

TEST(UpAndDownTest, RepairsHaveTheirMedianAndMean) {
  const Lifetimes lifetimes{.mtbf = Hours(100), .repair = Hours(4), .repair_sigma = 0.8};
  UpAndDown times(lifetimes, RandomStream(3));
  int below = 0;
  const double mean = MeanHours(kDraws, [&] {
    const Duration down = times.Down();
    below += down < Hours(4) ? 1 : 0;
    return down;
  });

  EXPECT_NEAR(below / double{kDraws}, 0.5, Error(0.25));
  EXPECT_NEAR(mean, 4 * std::exp(0.32), Error(16 * std::exp(0.64) * (std::exp(0.64) - 1)));
  EXPECT_NEAR(lifetimes.mean_repair().seconds() / 3600, 4 * std::exp(0.32), 1e-9);
}

TEST(UpAndDownTest, ARepairWithoutSpreadIsAlwaysAsLong) {
  UpAndDown times({.mtbf = Hours(100), .repair = Minutes(90)}, RandomStream(4));

  EXPECT_THAT((std::vector{times.Down(), times.Down()}), ElementsAre(Minutes(90), Minutes(90)));
}

TEST(UpAndDownTest, NoLengthIsZeroOrBeyondTheClock) {
  UpAndDown extreme({.mtbf = Duration::Max(), .shape = 0.25, .repair = Duration::Max(), .repair_sigma = 3}, RandomStream(5));
  UpAndDown tiny({.mtbf = Nanoseconds(1), .shape = 0.25, .repair = Nanoseconds(1), .repair_sigma = 3}, RandomStream(5));
  for (int i = 0; i < 10'000; ++i) {
    for (const Duration length : {extreme.FirstUp(), extreme.Up(), extreme.Down(), tiny.FirstUp(), tiny.Up(), tiny.Down()}) {
      ASSERT_GT(length, Duration());
      ASSERT_LT(length, Days(40'000));
    }
  }
}

// ---- units ----------------------------------------------------------------------------------------------------------

Pool PoolOf(const std::string& name, CenterId center, std::uint32_t nodes, std::uint32_t domain_nodes) {
  return {.name = name, .center = center, .shape = {.nodes = nodes, .accelerators_per_node = 8, .domain_nodes = domain_nodes}};
}

// North has a pool of three domains (4, 4 and 2 nodes) and one without; south has one.
Inventory NorthAndSouth() {
  Inventory inventory;
  inventory.centers = {{.name = "north"}, {.name = "south"}};
  inventory.pools = {PoolOf("n.a", CenterId(0), 10, 4), PoolOf("n.b", CenterId(0), 5, 0), PoolOf("s.a", CenterId(1), 7, 2)};
  return inventory;
}

const Lifetimes kDays{.mtbf = Days(10), .shape = 1.5, .repair = Days(1), .repair_sigma = 0.5};

Scenario Failing(const Inventory& inventory, std::vector<FaultModel> faults, Duration run_length = Days(100)) {
  Scenario scenario;
  scenario.inventory = inventory;
  scenario.run_length = run_length;
  scenario.faults = std::move(faults);
  return scenario;
}

using Where = std::tuple<PoolId, std::uint32_t, std::uint32_t>;
std::vector<Where> PlacesOf(const std::vector<Outage>& outages) {
  std::vector<Where> places;
  for (const Outage& outage : outages) places.emplace_back(outage.pool, outage.first_node, outage.nodes);
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

std::vector<Outage> Of(const std::vector<Outage>& outages, const std::function<bool(const Outage&)>& wanted) {
  std::vector<Outage> found;
  std::ranges::copy_if(outages, std::back_inserter(found), wanted);
  return found;
}

using Times = std::vector<std::tuple<Time, Time, std::uint32_t, std::uint32_t>>;
Times TimesIn(const std::vector<Outage>& outages, PoolId pool) {
  Times times;
  for (const Outage& o : outages) {
    if (o.pool == pool) times.emplace_back(o.begin, o.end, o.first_node, o.nodes);
  }
  return times;
}

TEST(FaultModelTest, ADomainFailsWithAllItsNodes) {
  const Scenario scenario = Failing(NorthAndSouth(), {{.unit = FaultUnit::kDomain, .pool = PoolId(0), .lifetimes = kDays},
                                                      {.unit = FaultUnit::kDomain, .pool = PoolId(1), .lifetimes = kDays}});

  EXPECT_THAT(PlacesOf(MakeOutages(scenario, 1)),
              ElementsAre(Where(PoolId(0), 0, 4), Where(PoolId(0), 4, 4), Where(PoolId(0), 8, 2), Where(PoolId(1), 0, 5)))
      << "a pool without domains is one";
}

TEST(FaultModelTest, ANodeFailsAloneAPoolWhole) {
  const Scenario scenario = Failing(NorthAndSouth(), {{.unit = FaultUnit::kNode, .pool = PoolId(1), .lifetimes = kDays},
                                                      {.unit = FaultUnit::kPool, .pool = PoolId(2), .lifetimes = kDays}});

  EXPECT_THAT(PlacesOf(MakeOutages(scenario, 1)),
              ElementsAre(Where(PoolId(1), 0, 1), Where(PoolId(1), 1, 1), Where(PoolId(1), 2, 1), Where(PoolId(1), 3, 1),
                          Where(PoolId(1), 4, 1), Where(PoolId(2), 0, 7)));
}

TEST(FaultModelTest, ACenterFailsWithAllItsPoolsAtOnce) {
  const Scenario scenario = Failing(NorthAndSouth(), {{.unit = FaultUnit::kCenter, .center = CenterId(0), .lifetimes = kDays}});

  const std::vector<Outage> outages = MakeOutages(scenario, 1);

  ASSERT_THAT(PlacesOf(outages), ElementsAre(Where(PoolId(0), 0, 10), Where(PoolId(1), 0, 5)));
  for (std::size_t i = 0; i < outages.size(); i += 2) {
    EXPECT_EQ(outages[i].begin, outages[i + 1].begin);
    EXPECT_EQ(outages[i].end, outages[i + 1].end);
  }
}

// A stationary process fails at the rate 1/mtbf from the first hour on, whatever its shape; repairs take no time here.
// The variance of a count is below that of its gamma-like worst case, 8 times its mean for the shapes here.
TEST(FaultModelTest, FailuresComeAtTheirRateFromTheBeginningOn) {
  constexpr std::uint32_t kNodes = 20'000;
  for (const double shape : {0.5, 1.0, 3.0}) {
    const Lifetimes lifetimes{.mtbf = Days(10), .shape = shape, .repair = Nanoseconds(1)};
    const Scenario scenario =
        Failing(OnePool(kNodes, 8), {{.unit = FaultUnit::kNode, .pool = PoolId(0), .lifetimes = lifetimes}}, Days(20));
    const std::vector<Outage> outages = MakeOutages(scenario, 1);

    for (const int day : {0, 1, 5, 19}) {
      const auto of_the_day = Of(outages, [&](const Outage& o) { return o.begin >= Time() + Days(day) && o.begin < Time() + Days(day + 1); });
      EXPECT_NEAR(static_cast<double>(of_the_day.size()), kNodes / 10.0, 5 * std::sqrt(8 * kNodes / 10.0)) << shape << " day " << day;
    }
  }
}

// Share of time down = mean repair / (mtbf + mean repair), once the start (all up) is forgotten.
TEST(FaultModelTest, NodesAreDownForTheirShareOfTheTime) {
  for (const double shape : {0.7, 1.0, 3.0}) {
    const Lifetimes lifetimes{.mtbf = Days(10), .shape = shape, .repair = Days(1), .repair_sigma = 0.5};
    const Scenario scenario = Failing(OnePool(1000, 8), {{.unit = FaultUnit::kNode, .pool = PoolId(0), .lifetimes = lifetimes}}, Days(400));
    double down = 0;
    for (const Outage& o : MakeOutages(scenario, 1)) {
      const Time from = std::max(o.begin, Time() + Days(100)), to = std::min(o.end, Time() + Days(400));
      if (from < to) down += (to - from).seconds() / 86'400;
    }

    const double mean_repair = std::exp(0.125);
    EXPECT_NEAR(down / (1000 * 300), mean_repair / (10 + mean_repair), 0.002) << shape;
  }
}

TEST(FaultModelTest, ExpectedOutagesAreWhatComesInTheMean) {
  const FaultModel model{.unit = FaultUnit::kCenter, .center = CenterId(0), .lifetimes = kDays};
  const Scenario scenario = Failing(NorthAndSouth(), {model}, Days(10'000));
  double outages = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) outages += static_cast<double>(MakeOutages(scenario, seed).size()) / 20;

  EXPECT_NEAR(outages, ExpectedOutages(model, scenario.inventory, Time() + Days(10'000)), 0.02 * outages);
}

// ---- chance ---------------------------------------------------------------------------------------------------------

std::vector<FaultModel> Everything(const Inventory& inventory) {
  std::vector<FaultModel> models;
  for (std::uint32_t i = 0; i < inventory.pools.size(); ++i) {
    for (const FaultUnit unit : {FaultUnit::kNode, FaultUnit::kDomain, FaultUnit::kPool}) models.push_back({.unit = unit, .pool = PoolId(i), .lifetimes = kDays});
  }
  for (std::uint32_t i = 0; i < inventory.centers.size(); ++i) models.push_back({.unit = FaultUnit::kCenter, .center = CenterId(i), .lifetimes = kDays});
  return models;
}

TEST(FaultModelTest, MorePoolsAndMoreNodesMoveNobodyElsesFailures) {
  const Inventory before = NorthAndSouth();
  Inventory after = before;
  after.pools.insert(after.pools.begin(), PoolOf("n.new", CenterId(0), 3, 0));
  after.pools[3].shape.nodes = 9;  // s.a had 7, of domains of 2
  std::vector<FaultModel> models_before = Everything(before), models_after = Everything(after);
  std::ranges::reverse(models_after);

  const std::vector<Outage> old = MakeOutages(Failing(before, models_before), 7);
  const std::vector<Outage> now = MakeOutages(Failing(after, models_after), 7);

  EXPECT_EQ(TimesIn(old, PoolId(0)), TimesIn(now, PoolId(1)));
  EXPECT_EQ(TimesIn(old, PoolId(1)), TimesIn(now, PoolId(2)));
  const auto of_node = [](PoolId pool) { return [pool](const Outage& o) { return o.pool == pool && o.nodes == 1 && o.first_node < 6; }; };
  EXPECT_EQ(TimesIn(Of(old, of_node(PoolId(2))), PoolId(2)), TimesIn(Of(now, of_node(PoolId(3))), PoolId(3)));
}

TEST(FaultModelTest, ALongerRunBeginsAsAShorterOne) {
  const Inventory inventory = NorthAndSouth();
  const std::vector<Outage> shorter = MakeOutages(Failing(inventory, Everything(inventory), Days(50)), 7);
  const std::vector<Outage> longer =
      Of(MakeOutages(Failing(inventory, Everything(inventory), Days(100)), 7), [](const Outage& o) { return o.begin < Time() + Days(50); });

  ASSERT_THAT(shorter, ::testing::Not(IsEmpty()));
  for (std::uint32_t pool = 0; pool < 3; ++pool) EXPECT_EQ(TimesIn(shorter, PoolId(pool)), TimesIn(longer, PoolId(pool)));
}

TEST(FaultModelTest, UnitsFailIndependently) {
  const std::vector<FaultModel> pools = {{.unit = FaultUnit::kPool, .pool = PoolId(0), .lifetimes = kDays},
                                         {.unit = FaultUnit::kPool, .pool = PoolId(1), .lifetimes = kDays}};
  const std::vector<Outage> outages = MakeOutages(Failing(NorthAndSouth(), pools), 1);

  EXPECT_NE(TimesIn(outages, PoolId(0)).front(), TimesIn(outages, PoolId(1)).front());
}

TEST(FaultModelTest, FailuresDependOnTheSeed) {
  const Scenario scenario = Failing(NorthAndSouth(), Everything(NorthAndSouth()));

  EXPECT_EQ(TimesIn(MakeOutages(scenario, 1), PoolId(0)), TimesIn(MakeOutages(scenario, 1), PoolId(0)));
  EXPECT_NE(TimesIn(MakeOutages(scenario, 1), PoolId(0)), TimesIn(MakeOutages(scenario, 2), PoolId(0)));
}

TEST(FaultModelTest, ListedOutagesStandBesideThoseByChance) {
  Scenario scenario = Failing(NorthAndSouth(), {{.unit = FaultUnit::kPool, .pool = PoolId(0), .lifetimes = kDays}});
  const std::size_t by_chance = MakeOutages(scenario, 1).size();
  scenario.outages = {{Time() + Days(99), Time() + Days(100), PoolId(1), 0, 5}, {Time(), Time() + Hours(1), PoolId(1), 0, 5}};

  const std::vector<Outage> outages = MakeOutages(scenario, 1);

  EXPECT_THAT(outages, SizeIs(by_chance + 2));
  EXPECT_TRUE(std::ranges::is_sorted(outages, {}, &Outage::begin));
}

}  // namespace
}  // namespace suanwang::scenario
