// Every error of meaning, with the text that people read.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "simulator/scenario/scenario.h"
#include "tests/support/text_files.h"

namespace suanwang::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A scenario of one pool and one job, which is right.
const char* const kBase = R"(start: 2026-03-02T00:00+08:00
sites: {here: {lat: 30, lon: 110}, there: {lat: 31, lon: 111}, dark: {}}
links:
  here--there: {from: here, to: there, capacity: 1 Gbps}
accelerators:
  a800: {ecosystem: cuda, fp16: 312 TFLOPS, memory: 80 GB}
centers:
  here: {site: here}
pools:
  here.a800: {center: here, accelerator: a800, installed_nodes: 4, accelerators_per_node: 8}
workload:
  jobs: {one: {submit: 0 s, duration: 1 h, accelerators: 8}}
)";

class ScenarioErrorsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "suanwang_scenario_errors_" + ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
    Write("base.yaml", kBase);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) { std::ofstream(folder_ + "/" + name, std::ios::binary) << text; }

  // What loading the base with `changes` complains about, without the name of the folder.
  std::vector<std::string> Errors(const std::string& changes) {
    Write("s.yaml", "extends: base.yaml\n" + changes);
    text::Sources sources;
    text::Diagnostics diagnostics;
    const auto scenario = LoadScenario({folder_ + "/s.yaml", {}, {}, ""}, sources, diagnostics);
    EXPECT_EQ(scenario.has_value(), diagnostics.ok());
    std::vector<std::string> lines = suanwang::testing::Lines(diagnostics, sources);
    for (std::string& line : lines) {
      for (std::size_t at = line.find(folder_ + "/"); at != std::string::npos; at = line.find(folder_ + "/")) line.erase(at, folder_.size() + 1);
    }
    return lines;
  }

 private:
  std::string folder_;
};

TEST_F(ScenarioErrorsTest, TheBaseIsRight) { EXPECT_THAT(Errors(""), IsEmpty()); }

TEST_F(ScenarioErrorsTest, NamesThatNobodyHas) {
  EXPECT_THAT(Errors("set: {pools.here.a800.accelerator: a80}\n"),
              ElementsAre("s.yaml:2:36: pools.here.a800.accelerator: nothing named 'a80' in accelerators (did you mean 'a800'?)"));
  EXPECT_THAT(Errors("policy: {name: eazy}\n"), ElementsAre("s.yaml:2:16: policy.name: no policy named 'eazy' (did you mean 'easy'?)"));
  EXPECT_THAT(Errors("policy: {name: easy, knobs: {deep: 4}}\n"),
              ElementsAre("s.yaml:2:36: policy.knobs.deep: policy 'easy' has no knob 'deep' (one of: score, depth)"));
  EXPECT_THAT(Errors("centers: {here: {tariff: dear}}\n"), ElementsAre("s.yaml:2:26: centers.here.tariff: no tariff named 'dear'"));
  EXPECT_THAT(Errors("hubs: {West: {region: west}}\ncenters: {here: {hub: Wst}}\n"),
              ElementsAre("s.yaml:3:23: centers.here.hub: no hub named 'Wst' (did you mean 'West'?)"));
}

TEST_F(ScenarioErrorsTest, APoolThatIsEmptyOrOfImpossibleShape) {
  EXPECT_THAT(Errors("centers: {here: {schedulable_fraction: 0}}\n"),
              ElementsAre("base.yaml:10:14: pools.here.a800: no node of it may be used (a schedulable_fraction above 0, or null removes the pool)"));
  EXPECT_THAT(Errors("pools: {here.a800: {fabric_domain_accelerators: 4}}\n"),
              ElementsAre("s.yaml:2:49: pools.here.a800.fabric_domain_accelerators: a fabric domain smaller than a node (at least 8)"));
}

TEST_F(ScenarioErrorsTest, JobsThatAskForPartsOfSeveralAccelerators) {
  EXPECT_THAT(Errors("set: {workload.jobs.one.accelerators: 1.5}\n"),
              ElementsAre("s.yaml:2:39: workload.jobs.one.accelerators: a job takes whole accelerators, or a share of one (such as 2 or 0.25)"));
}

TEST_F(ScenarioErrorsTest, AJobThatNoCentreCanRunIsAResultAndNoError) {
  EXPECT_THAT(Errors("set: {workload.jobs.one.accelerators: 1000}\n"), IsEmpty());
}

TEST_F(ScenarioErrorsTest, LinksWithoutALengthOrWithOneEnd) {
  EXPECT_THAT(Errors("links: {x: {from: here, to: dark, capacity: 1 Gbps}, y: {from: here, to: here, capacity: 1 Gbps}}\n"),
              ElementsAre("s.yaml:2:12: links.x: its delay is not known (give one_way, or lat and lon of both sites)",
                          "s.yaml:2:74: links.y.to: both ends are 'here' (a link joins two sites)"));
}

TEST_F(ScenarioErrorsTest, TimesThatNoRunCanReach) {
  EXPECT_THAT(Errors("network: {hop_delay: 1 h}\n"), IsEmpty());
  EXPECT_THAT(Errors("network: {hop_delay: 61 min}\n"), ElementsAre("s.yaml:2:22: network.hop_delay: a hop longer than an hour"));
  EXPECT_THAT(Errors("decision_period: 13149 d\nset: {workload.jobs.one.submit: 13149 d}\n"), IsEmpty());
  EXPECT_THAT(Errors("decision_period: 13150 d\nset: {workload.jobs.one.submit: 13150 d, workload.jobs.one.duration: 100 y}\n"), ::testing::SizeIs(3));
  EXPECT_THAT(Errors("decision_period: 13150 d\n"),
              ElementsAre("s.yaml:2:18: decision_period: '13150 d' is out of range (at least 0, at most 13149 d)"));
  EXPECT_THAT(Errors("warmup: 1 d\nwindow: 13149 d\nuntil: 13149 d\n"),
              ElementsAre("s.yaml:3:9: window: the run would end after more than 36 years, with its warmup (a shorter one)",
                          "s.yaml:4:8: until: the run would end after more than 36 years, with its warmup (a shorter one)"));
  EXPECT_THAT(Errors("start: 2201-01-01T00:00Z\n"),
              ElementsAre("s.yaml:2:8: start: '2201-01-01T00:00Z' is out of range (at least 1970-01-01T08:00+08:00, at most 2200-01-01T08:00+08:00)"));
}

TEST_F(ScenarioErrorsTest, PoolsLargerThanCanBeKept) {
  EXPECT_THAT(Errors("pools: {here.a800: {installed_nodes: 4000000000}}\n"),
              ElementsAre("s.yaml:2:38: pools.here.a800.installed_nodes: '4000000000' is out of range (at least 1, at most 4000000)"));
  EXPECT_THAT(Errors("pools: {here.a800: {accelerators_per_node: 1025}}\n"),
              ElementsAre("s.yaml:2:44: pools.here.a800.accelerators_per_node: '1025' is out of range (at least 1, at most 1024)"));
  EXPECT_THAT(Errors("pools: {here.a800: {installed_nodes: 4000000, accelerators_per_node: 1024}}\n"),
              ElementsAre("base.yaml:10:3: pools: more than 200,000,000 accelerators may be used (granularity count where nodes do not matter)"));
  EXPECT_THAT(Errors("pools: {here.a800: {installed_nodes: 4000000, accelerators_per_node: 1024, granularity: count}}\n"), IsEmpty());
  EXPECT_THAT(Errors("accelerators: {a800: {tdp: 25 kW}}\npools: {here.a800: {installed_nodes: 4000000, accelerators_per_node: 11}}\n"),
              ElementsAre("base.yaml:10:14: pools.here.a800: its accelerators draw more than 1 TW"));
}

TEST_F(ScenarioErrorsTest, TariffsWithHolesInDayOrYear) {
  Write("tariffs.csv", "tariff_id,season,hour,cny_per_kwh\nt,summer,0,0.5\n");
  const std::vector<std::string> errors = Errors(
      "tables: {tariffs: tariffs.csv}\ntariff_seasons: {t/summer: {tariff_id: t, season: summer, months: [1,2,3,4,5,6,7,8,9,10,11,11]}}\n");

  ASSERT_EQ(errors.size(), 2u + 23u);
  EXPECT_EQ(errors[0], "s.yaml:3:17: tariff_seasons: tariff 't' has 2 seasons in month 11 (exactly one)");
  EXPECT_EQ(errors[1], "s.yaml:3:17: tariff_seasons: tariff 't' has 0 seasons in month 12 (exactly one)");
  EXPECT_THAT(errors[2], ::testing::HasSubstr("tariffs: tariff 't', season 'summer' has no price for hour 1"));
}

TEST_F(ScenarioErrorsTest, OutagesOfNodesThatAreNotThere) {
  EXPECT_THAT(Errors("pools: {here.a800: {outages: [{at: 1 h, for: 1 h, nodes: 4, first_node: 1}]}}\n"),
              ElementsAre("s.yaml:2:31: pools.here.a800.outages[0]: nodes that the pool does not have (it has 4)"));
}

TEST_F(ScenarioErrorsTest, FailuresWithoutRepairOrEnd) {
  EXPECT_THAT(Errors("pools: {here.a800: {node_failures: {mtbf: 100 d}}}\n"),
              ElementsAre("s.yaml:2:43: pools.here.a800.node_failures.mtbf: it fails, and how long a repair takes is not said (give repair, such as 4 h)",
                          "s.yaml:2:43: pools.here.a800.node_failures.mtbf: failures are drawn for the length of a run, which has none (give window or until)"));
  EXPECT_THAT(Errors("window: 1 d\ndefaults: {center_failures: {mtbf: 100 d}}\n"),
              ElementsAre("s.yaml:3:36: defaults.center_failures.mtbf: it fails, and how long a repair takes is not said (give repair, such as 4 h)"));
}

TEST_F(ScenarioErrorsTest, FailuresThatDoNotSayHowOftenOrSayTooMuch) {
  EXPECT_THAT(Errors("window: 1 d\npools: {here.a800: {domain_failures: {repair: 4 h}}}\ncenters: {here: {failures: {mtbf_shape: 0.7}}}\n"),
              ElementsAre("s.yaml:3:38: pools.here.a800.domain_failures: how often it fails is not said (give mtbf, such as 90 d)",
                          "s.yaml:4:28: centers.here.failures: how often it fails is not said (give mtbf, such as 90 d)"));
  EXPECT_THAT(Errors("window: 1 d\npools: {here.a800: {failures: {mtbf: 9 d, repair: 4 h, repair_median: 1 h}}}\n"),
              ElementsAre("s.yaml:3:71: pools.here.a800.failures.repair_median: repair says how long already (one of the two)"));
  EXPECT_THAT(Errors("window: 1 d\ndefaults: {node_failures: {mtbf: 1 ms, repair: 1 ms}}\n"),
              ElementsAre("s.yaml:3:34: defaults.node_failures.mtbf: more than 10,000,000 outages are expected in a run (a longer mtbf, such as 90 d, or a shorter window)"));
  EXPECT_THAT(Errors("window: 1 d\ndefaults: {node_failures: {mtbf: 9 d, mtbf_shape: 0.1, repair: 1 h, repair_sigma: 4}}\n"), ::testing::SizeIs(2));
}

TEST_F(ScenarioErrorsTest, FailuresOfAPoolAreCompletedFromTheUsualOnes) {
  const std::string usual = "window: 1 d\ndefaults: {node_failures: {mtbf: 50 d, repair: 4 h, repair_sigma: 1}}\n";
  EXPECT_THAT(Errors(usual + "pools: {here.a800: {node_failures: {mtbf_shape: 0.7}}}\n"), IsEmpty());
  EXPECT_THAT(Errors(usual + "pools: {here.a800: {node_failures: {repair_median: 1 h}}}\n"), IsEmpty());
}

TEST_F(ScenarioErrorsTest, WeightsOfTenantsThatSubmitNothingOrWeighNothing) {
  EXPECT_THAT(Errors("tenants: {portal: 2}\n"),
              ElementsAre("s.yaml:2:19: tenants.portal: no job is submitted by a tenant named 'portal' (no job names a tenant)"));
  EXPECT_THAT(Errors("set: {workload.jobs.one.tenant: portal}\ntenants: {portl: 2, portal: 0.5}\n"),
              ElementsAre("s.yaml:3:29: tenants.portal: '0.5' is no weight (a whole number from 1 to 1000000000)",
                          "s.yaml:3:18: tenants.portl: no job is submitted by a tenant named 'portl' (did you mean 'portal'?)"));
  EXPECT_THAT(Errors("set: {workload.jobs.one.tenant: portal}\ntenants: {portal: 2}\n"), IsEmpty());
}

TEST_F(ScenarioErrorsTest, WhatThisVersionWouldIgnore) {
  EXPECT_THAT(Errors("centers: {here: {power_cap: 1 MW}}\noutcomes: trace\n"),
              ElementsAre("s.yaml:3:11: outcomes: not in this version (every job that runs to its end has completed; remove it)",
                          "s.yaml:2:29: centers.here.power_cap: not in this version (fewer nodes that may be scheduled)"));
}

TEST_F(ScenarioErrorsTest, ABackgroundLoadThatIsNoneOrOutOfOrder) {
  EXPECT_THAT(Errors("pools: {here.a800: {background_load: {note: some}}}\n"),
              ElementsAre("s.yaml:2:38: pools.here.a800.background_load: how much others want is not said (give share, such as 0.4, or steps)"));
  EXPECT_THAT(Errors("centers: {here: {background_load: {share: 0.2, by_hour: [1, 0.5]}}}\n"),
              ElementsAre("s.yaml:2:57: centers.here.background_load.by_hour: 2 factors (24, one for each hour of the day)"));
  EXPECT_THAT(Errors("centers: {here: {background_load: {steps: [{from: 2 h, share: 0.2}, {from: 1 h, share: 0}]}}}\n"),
              ElementsAre("s.yaml:2:76: centers.here.background_load.steps[1].from: no later than the step before it (steps in order of time)"));
  EXPECT_THAT(Errors("centers: {here: {background_load: {share: 1.2}}}\n"),
              ElementsAre(::testing::StartsWith("s.yaml:2:43: centers.here.background_load.share: ")));
}

TEST_F(ScenarioErrorsTest, ReportsOfNothingOrWithAnErrorOfWhatIsKnown) {
  EXPECT_THAT(Errors("monitoring: {report_period: 1 min}\n"),
              ElementsAre("s.yaml:2:29: monitoring.report_period: there is nothing to report: no pool has a background_load "
                          "(give background_load to pools or centres, or remove it)"));
  EXPECT_THAT(Errors("centers: {here: {background_load: {share: 0.2}}}\nmonitoring: {report_error: 0.1}\n"),
              ElementsAre("s.yaml:3:28: monitoring.report_error: what is told at every change is known exactly (give report_period, such as 1 min, or remove it)"));
  EXPECT_THAT(Errors("centers: {here: {background_load: {share: 0.2}}}\n"
                     "monitoring: {report_period: 1 min, report_delay: 1 s, report_error: 0.1}\n"), IsEmpty());
}

TEST_F(ScenarioErrorsTest, ATraceThatCannotBeRead) {
  EXPECT_THAT(Errors("workload: {trace: {path: none.csv, format: normalized}}\n"),
              ElementsAre(::testing::HasSubstr("workload.trace.path: none.csv")));
  EXPECT_THAT(Errors("workload: {trace: {path: none.csv, format: swift}}\n"),
              ElementsAre(::testing::HasSubstr("workload.trace.format: no trace format named 'swift'")));
}

const char* const kDemand = R"(
window: 7 d
estimates: noisy
job_classes:
  chat: {kind: service, accelerators_min: 1, accelerators_typical: 1, accelerators_max: 1, workload: inference, demand_class: all}
workload_mix: {base/inference: {mix_id: base, workload: inference, share: 1}}
family_mix: {base/cuda-only: {mix_id: base, accepted: cuda-only, share: 1}}
demand: {h/all: {origin_id: h, demand_class: all, weight: 1}}
demand_nodes: {h/here: {origin_id: h, site: here, share: 1}}
workload: {generated: {offered: 1 PFLOPS}}
)";

TEST_F(ScenarioErrorsTest, DemandThatIsRight) { EXPECT_THAT(Errors(kDemand), IsEmpty()); }

TEST_F(ScenarioErrorsTest, DemandThatDoesNotAddUp) {
  EXPECT_THAT(Errors(std::string(kDemand) + "set: {workload_mix.base/inference.share: 0.9}\n"),
              ElementsAre(::testing::HasSubstr("workload_mix: shares sum to 0.900000 (1 is right)")));
  EXPECT_THAT(Errors(std::string(kDemand) + "set: {demand_nodes.h/here.share: 0.5}\n"),
              ElementsAre(::testing::HasSubstr("demand_nodes: the shares of origin 'h' do not sum to 1")));
  EXPECT_THAT(Errors(std::string(kDemand) + "set: {job_classes.chat.accelerators_max: 0.5}\n"),
              ElementsAre(::testing::HasSubstr("job_classes.chat.accelerators: 1 / 1 / 0.5 is no range (0 < min <= typical <= max)")));
}

TEST_F(ScenarioErrorsTest, DemandThatNamesWhatIsNotThere) {
  EXPECT_THAT(Errors(std::string(kDemand) + "set: {workload.generated.mix: bass}\n"),
              ElementsAre("s.yaml:12:31: workload.generated.mix: workload_mix has no mix 'bass' (did you mean 'base'?)"));
  EXPECT_THAT(Errors(std::string(kDemand) + "set: {workload.generated.reference: {cuda-only: a900}}\n"),
              ElementsAre("s.yaml:12:49: workload.generated.reference.cuda-only: the reference accelerator of 'cuda-only', 'a900', is no accelerator (did you mean 'a800'?)"));
  EXPECT_THAT(Errors(std::string(kDemand) + "set: {workload.generated.shapes: {chat: day}}\n"),
              ElementsAre("s.yaml:12:34: workload.generated.shapes: shape 'day' has 0 of 24 hours in diurnal"));
  EXPECT_THAT(Errors(std::string(kDemand) + "set: {workload.generated.shapes: {chad: day}}\n"),
              ElementsAre("s.yaml:12:41: workload.generated.shapes.chad: no job class or demand class named 'chad' (did you mean 'chat'?)"));
}

TEST_F(ScenarioErrorsTest, DemandWithoutATime) {
  EXPECT_THAT(Errors(std::string(kDemand) + "set: {window: null}\n"),
              ElementsAre(::testing::HasSubstr("workload.generated: demand is drawn for a window, and there is none (give window, such as 7 d)")));
}

}  // namespace
}  // namespace suanwang::scenario
