#include "scheduler/text/bind.h"

#include <gmock/gmock.h>

#include "suanwang/v1/scenario.pb.h"
#include "tests/support/text_files.h"

namespace suanwang::text {
namespace {

using suanwang::testing::BindErrors;
using suanwang::testing::Bound;
using ::testing::ElementsAre;
using v1::Scenario;

std::vector<std::string> Errors(const std::string& yaml) { return BindErrors<Scenario>(yaml); }

TEST(BindTest, FillsFieldsByTheirUsualKeys) {
  const Scenario scenario = Bound<Scenario>(
      "about: a test\nstart: 1970-01-01T08:00+08:00\nwindow: 7 d\ninitial: steady\nkill_at_limit: true\n"
      "seeds: 1..3\npolicy: {name: easy, knobs: {depth: 64}}\n");

  EXPECT_EQ(scenario.about(), "a test");
  EXPECT_EQ(scenario.start_unix_ns(), 0);
  EXPECT_EQ(scenario.window_ns(), 604'800'000'000'000);
  EXPECT_EQ(scenario.initial(), v1::INITIAL_STEADY);
  EXPECT_TRUE(scenario.kill_at_limit());
  EXPECT_THAT(scenario.seeds(), ElementsAre(1u, 2u, 3u));
  EXPECT_EQ(scenario.policy().knobs().at("depth"), "64");
}

TEST(BindTest, TellsAbsentFromZero) {
  EXPECT_FALSE(Bound<Scenario>("about: x\n").has_warmup_ns());
  EXPECT_TRUE(Bound<Scenario>("warmup: 0\n").has_warmup_ns());
  EXPECT_FALSE(Bound<Scenario>("warmup: null\n").has_warmup_ns());
}

TEST(BindTest, KeepsEntitiesInTheOrderOfTheText) {
  const Scenario scenario = Bound<Scenario>("sites: {z: {}, a: {}, m:}\n");

  ASSERT_EQ(scenario.sites_size(), 3);
  EXPECT_EQ(scenario.sites(0).name(), "z");
  EXPECT_EQ(scenario.sites(1).name(), "a");
  EXPECT_EQ(scenario.sites(2).name(), "m");
}

TEST(BindTest, AcceptsUnitsInKeysAndNamesOfColumns) {
  const Scenario scenario = Bound<Scenario>(
      "sites: {a: {lat: 30.5}, b: {}}\nlinks: {a--b: {from_node: a, to: b, capacity_gbps: 400, one_way_ms: 2.5}}\n");

  EXPECT_EQ(scenario.sites(0).latitude_deg(), 30.5);
  EXPECT_EQ(scenario.links(0).from(), "a");
  EXPECT_EQ(scenario.links(0).capacity_bps(), 400'000'000'000);
  EXPECT_EQ(scenario.links(0).one_way_ns(), 2'500'000);
}

TEST(BindTest, ReadsListedJobsByName) {
  const Scenario scenario = Bound<Scenario>(
      "workload:\n  jobs:\n    first: {submit: 0, duration: 1 h, accelerators: 8, tiers: [edge, cloud]}\n"
      "    second: {submit: 5 s, duration: 90 s, accelerators: 0.25}\n");

  ASSERT_EQ(scenario.workload().jobs().job_size(), 2);
  EXPECT_EQ(scenario.workload().jobs().job(0).accelerators_milli(), 8'000);
  EXPECT_EQ(scenario.workload().jobs().job(1).name(), "second");
  EXPECT_EQ(scenario.workload().jobs().job(1).accelerators_milli(), 250);
}

TEST(BindTest, NamesUnknownKeysAndTheNearestKnown) {
  EXPECT_THAT(Errors("abuot: x\npolicy: {nmae: easy, name: easy}\n"),
              ElementsAre("s.yaml:1:1: abuot: unknown key 'abuot' (did you mean 'about'?)",
                          "s.yaml:2:10: policy.nmae: unknown key 'nmae' (did you mean 'name'?)"));
}

TEST(BindTest, NamesWrongKinds) {
  EXPECT_THAT(Errors("about: [x]\nsites: 5\npolicy: easy\nexpect: {that: x}\n"),
              ElementsAre("s.yaml:1:8: about: a list stands where a word or number belongs",
                          "s.yaml:2:8: sites: a word or number stands where a map belongs",
                          "s.yaml:3:9: policy: a word or number stands where a map belongs",
                          "s.yaml:4:9: expect: a map stands where a list belongs"));
}

TEST(BindTest, NamesUnknownWords) {
  EXPECT_THAT(Errors("initial: stedy\noutcomes: perhaps\n"),
              ElementsAre("s.yaml:1:10: initial: unknown word 'stedy' (did you mean 'steady'?)",
                          "s.yaml:2:11: outcomes: unknown word 'perhaps' (one of: completed, trace)"));
}

TEST(BindTest, IsStrictAboutTruthValuesAndNumbers) {
  EXPECT_THAT(Errors("kill_at_limit: 1\nhold_while_staging: \"true\"\nmax_restarts: \"3\"\nseeds: [1.5]\n"),
              ElementsAre("s.yaml:1:16: kill_at_limit: '1' is no truth value (write true or false, without quotes)",
                          "s.yaml:2:21: hold_while_staging: 'true' is no truth value (write true or false, without quotes)",
                          "s.yaml:3:15: max_restarts: \"3\" is a word, not a number (leave the quotes out)",
                          "s.yaml:4:9: seeds[0]: '1.5' is no whole number (for example 2)"));
}

TEST(BindTest, HoldsNumbersToTheirRange) {
  EXPECT_THAT(Errors("max_restarts: -1\nwindow: -5 s\nsites: {a: {lat: 91}}\ndefaults: {schedulable_fraction: 1.5}\n"
                     "monitoring: {report_period: 300000 d}\n"),
              ElementsAre("s.yaml:1:15: max_restarts: '-1' is out of range (at least 0, at most 4294967295)",
                          "s.yaml:2:9: window: '-5 s' is out of range (at least 0, at most 13149 d)",
                          "s.yaml:3:18: sites.a.lat: '91' is out of range (at least -90, at most 90)",
                          "s.yaml:4:34: defaults.schedulable_fraction: '1.5' is out of range (at least 0, at most 1)",
                          "s.yaml:5:29: monitoring.report_period: '300000 d' is too large (at most 9.2e18 of the unit it is kept in)"));
}

TEST(BindTest, PassesOnWhatIsWrongWithAQuantity) {
  EXPECT_THAT(Errors("window: 7\nwarmup: 7 dayz\n"),
              ElementsAre("s.yaml:1:9: window: no unit after 7 (write it with its unit, for example 2.5 ms, 6 h or 7 d)",
                          "s.yaml:2:9: warmup: unknown unit 'dayz' (did you mean 'day'?)"));
}

TEST(BindTest, RefusesTwoUnitsForOneNumber) {
  EXPECT_THAT(Errors("sites: {a: , b: }\nlinks: {l: {from: a, to: b, capacity_gbps: 400 Gbps}}\n"),
              ElementsAre("s.yaml:2:44: links.l.capacity_gbps: '400 Gbps' is no plain number, and the key already says the "
                          "unit (write the number alone, or use the key 'capacity')"));
}

TEST(BindTest, RefusesAValueUnderTwoNames) {
  EXPECT_THAT(Errors("sites: {a: , b: }\nlinks: {l: {from: a, to: b, capacity: 1 Gbps, capacity_gbps: 1}}\n"),
              ElementsAre("s.yaml:2:47: links.l.capacity_gbps: 'capacity' is given twice, under two names (remove one)"));
}

TEST(BindTest, RefusesTwoKindsOfWorkload) {
  EXPECT_THAT(Errors("workload: {trace: {path: t.csv, format: swf}, jobs: {}}\n"),
              ElementsAre("s.yaml:1:47: workload.jobs: 'trace' is given already (give one of the two)"));
}

TEST(BindTest, NamesWhatIsMissing) {
  EXPECT_THAT(Errors("policy: {}\nhubs: {h: }\nexpect: [{}]\nworkload: {trace: {path: x}}\nlinks: {l: }\n"),
              ElementsAre("s.yaml:1:9: policy: 'name' is missing (one of `suanwang policies`)",
                          "s.yaml:4:19: workload.trace: 'format' is missing (swf, philly, …, or normalised)",
                          "s.yaml:5:12: links.l: 'from' is missing", "s.yaml:5:12: links.l: 'to' is missing",
                          "s.yaml:5:12: links.l: 'capacity' is missing (of each direction)"));
}

TEST(BindTest, FindsDanglingNames) {
  EXPECT_THAT(Errors("sites: {beijing: {}, guian: {}}\nlinks: {l: {from: beijng, to: guian, capacity: 1 Gbps}}\n"
                     "workload: {jobs: {j: {submit: 0, duration: 1 s, accelerators: 1, accepts: [h100]}}}\n"),
              ElementsAre("s.yaml:2:19: links.l.from: nothing named 'beijng' in sites (did you mean 'beijing'?)",
                          "s.yaml:3:76: workload.jobs.j.accepts[0]: nothing named 'h100' in accelerators"));
}

TEST(BindTest, RefusesRangesThatAreNone) {
  EXPECT_THAT(Errors("seeds: 5..1\n"),
              ElementsAre("s.yaml:1:8: seeds: '5..1' is no range (for example 1..20, at most 100,000 numbers)"));
}

}  // namespace
}  // namespace suanwang::text
