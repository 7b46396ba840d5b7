#include "simulator/scenario/layers.h"

#include <gmock/gmock.h>

#include "simulator/scenario/scenario_text.h"
#include "simulator/scenario/show.h"
#include "tests/support/text_files.h"

namespace suanwang::scenario {
namespace {

using suanwang::testing::Files;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Two sites, a link, and a centre at each site.
const char* const kBase =
    "about: base\n"
    "sites: {zhongwei: {}, beijing: {}, tianfu: {}}\n"
    "links:\n  zhongwei--beijing: {from: zhongwei, to: beijing, capacity: 800 Gbps}\n"
    "accelerators: {a800: {ecosystem: cuda, fp16: 312 TFLOPS}, ascend-910c: {ecosystem: cann, fp16: 800 TFLOPS}}\n"
    "centers:\n"
    "  zhongwei: {site: zhongwei, province_en: Ningxia, schedulable_fraction: 0.05}\n"
    "  tianfu: {site: tianfu, province_en: Sichuan, schedulable_fraction: 0.05, power_cap: 60 MW}\n"
    "  kunming: {site: beijing, province_en: Yunnan}\n"
    "pools:\n"
    "  zhongwei.a800: {center: zhongwei, accelerator: a800, installed_nodes: 100, accelerators_per_node: 8}\n"
    "  kunming.a800: {center: kunming, accelerator: a800, installed_nodes: 10, accelerators_per_node: 8}\n"
    "policy: {name: list, knobs: {order: sjf, score: nearest}}\n"
    "workload: {trace: {path: traces/t.csv, format: normalised}}\n";

v1::Scenario Scenario(const std::string& overlay, const std::vector<std::string>& with = {},
                      const std::vector<std::string>& set = {}) {
  const Files files = Files().With("dir/base.yaml", kBase).With("dir/s.yaml", "extends: base.yaml\n" + overlay);
  return files.Read({"dir/s.yaml", with, set, ""}).message;
}

std::vector<std::string> Errors(const std::string& overlay, const std::vector<std::string>& with = {},
                                const std::vector<std::string>& set = {}) {
  const Files files = Files().With("base.yaml", kBase).With("s.yaml", "extends: base.yaml\n" + overlay);
  return files.Errors({"s.yaml", with, set, ""});
}

// The example of the user manual, whole.
const char* const kManual = R"(
about: What if Zhongwei–Beijing doubles and a tenth of the nation may be scheduled?
set:
  links.zhongwei--beijing.capacity: {times: 2}
  centers.*.schedulable_fraction: 0.10      # selectors: names, *, [attribute=value]; one that matches nothing is an error
  centers[province_en=Sichuan].power_cap: {times: 0.5}
  policy: {name: easy, knobs: {depth: 64}}
  add_pool: {center: zhongwei, accelerator: ascend-910c, eflops: 10, basis: schedulable}   # basis is required
  centers.kunming: null                     # null removes
overrides:                                  # named, stackable: --with link-cut
  link-cut: {links.zhongwei--beijing.outages: [{at: "6 h", for: "2 h"}]}
sweep:
  policy.name: [first-fit, easy]
  workload.scale: [0.8, 1.0, 1.2]
seeds: 1..20                                # the same arrivals and faults for every variant
expect:
  - that: latency_attainment >= 0.95
    because: the 2026 promise for inference
  - that: wait_s.p95{workload=inference} < 60
  - that: wait_s.mean{policy=easy} < wait_s.mean{policy=first-fit}
    confidence: 0.95
  - never: allocated > capacity
)";

TEST(LayersTest, LoadsTheExampleOfTheManual) {
  const v1::Scenario scenario = Scenario(kManual, {"link-cut"});

  EXPECT_EQ(scenario.links(0).capacity_bps(), 1'600'000'000'000);
  EXPECT_EQ(scenario.links(0).outages(0).for_ns(), 7'200'000'000'000);
  ASSERT_EQ(scenario.centers_size(), 2);
  EXPECT_EQ(scenario.centers(0).schedulable_fraction_ppm(), 100'000);
  EXPECT_EQ(scenario.centers(1).power_cap_mw(), 30'000'000'000);
  EXPECT_EQ(scenario.policy().name(), "easy");
  EXPECT_EQ(scenario.policy().knobs_size(), 1);
  EXPECT_EQ(scenario.add_pool(0).compute_gflops(), 10'000'000'000);
  EXPECT_EQ(scenario.seeds_size(), 20);
  EXPECT_EQ(scenario.sweep(1).values(2), "1.2");
  EXPECT_EQ(scenario.expect_size(), 4);
}

TEST(LayersTest, SaysWhatThisVersionCannotDo) {
  const Files files = Files().With("base.yaml", kBase).With("s.yaml", std::string("extends: base.yaml") + kManual);
  text::Sources sources;
  text::Diagnostics diagnostics;
  const auto scenario = ReadScenario({"s.yaml", {}, {}, ""}, files.Reader(), sources, diagnostics);

  RefuseUnbuilt(*scenario, diagnostics);

  EXPECT_THAT(suanwang::testing::Lines(diagnostics, sources),
              ElementsAre("s.yaml:13:3: sweep: not in this version (use compare with --policy and --variant)",
                          "s.yaml:22:12: expect[3].never: not in this version (the invariants are always checked; remove it)",
                          "s.yaml:6:43: centers.tianfu.power_cap: not in this version (fewer nodes that may be scheduled)"));
}

TEST(LayersTest, MergesMapsAndReplacesLists) {
  const v1::Scenario scenario = Scenario(
      "seeds: [7]\ncenters: {zhongwei: {pue: 1.2}}\n"
      "overrides: {again: {seeds: [8, 9], links.zhongwei--beijing.outages: [{at: 0, for: 1 s}]}}\n",
      {"again"});

  EXPECT_EQ(scenario.centers(0).pue_ppm(), 1'200'000);
  EXPECT_EQ(scenario.centers(0).province_en(), "Ningxia");
  EXPECT_THAT(scenario.seeds(), ElementsAre(8u, 9u));
}

TEST(LayersTest, ReplacesAPolicyWholeButNotItsName) {
  EXPECT_EQ(Scenario("policy: {name: fifo}\n").policy().knobs_size(), 0);
  EXPECT_EQ(Scenario("set: {policy.name: ljf}\n").policy().knobs_size(), 2);
  EXPECT_EQ(Scenario("set: {policy.knobs.order: fifo}\n").policy().knobs().at("order"), "fifo");
}

TEST(LayersTest, OneWorkloadTakesThePlaceOfAnother) {
  const v1::Scenario scenario = Scenario("workload: {generated: {mix: base}}\n");

  EXPECT_TRUE(scenario.workload().has_generated());
  EXPECT_EQ(scenario.workload().generated().mix(), "base");
}

TEST(LayersTest, OneFileMayNotGiveTwoWorkloads) {
  EXPECT_THAT(Errors("workload: {jobs: {}, generated: {}}\n"),
              ElementsAre("s.yaml:2:22: workload.generated: 'jobs' is given already (give one of the two)"));
}

TEST(LayersTest, TakesMilliwattsForAMistakeOfMegawatts) {
  EXPECT_THAT(Errors("centers: {tianfu: {power_cap: 60 mW}}\nset: {add_pool: 5}\n"),
              ElementsAre("s.yaml:2:31: centers.tianfu.power_cap: '60 mW' is out of range (at least 1 W, at most 1000 GW)",
                          "s.yaml:3:17: add_pool: a word or number stands where a list belongs"));
}

TEST(LayersTest, ReadsManyEntitiesInLinearTime) {
  std::string yaml = "sites:\n";
  for (int i = 0; i < 50'000; ++i) yaml += "  s" + std::to_string(i) + ": {}\n";
  const Files files = Files().With("s.yaml", yaml);

  EXPECT_EQ(files.Read({"s.yaml", {}, {"sites.s49999.layer=core"}, ""}).message.sites_size(), 50'000);
}

TEST(LayersTest, AppliesChangesFromLeftToRight) {
  const std::string overlay =
      "set: {about: set}\noverrides: {one: {about: one, warmup: 1 h}, two: {about: two}}\n";

  EXPECT_EQ(Scenario(overlay).about(), "set");
  EXPECT_EQ(Scenario(overlay, {"one", "two"}).about(), "two");
  EXPECT_EQ(Scenario(overlay, {"two", "one"}).about(), "one");
  EXPECT_EQ(Scenario(overlay, {"two", "one"}, {"about=args", "about=last"}).about(), "last");
}

TEST(LayersTest, SetsArgumentsWithSelectorsAndUnits) {
  const v1::Scenario scenario =
      Scenario("", {}, {"centers.*.schedulable_fraction=0.20", "links.zhongwei--beijing.capacity_gbps=100",
                        "centers[province_en=Sichuan].pue=1.1", "pools.zhongwei.a800.installed_nodes={times: 100}",
                        "workload.scale=120 %"});

  EXPECT_EQ(scenario.centers(2).schedulable_fraction_ppm(), 200'000);
  EXPECT_EQ(scenario.links(0).capacity_bps(), 100'000'000'000);
  EXPECT_EQ(scenario.centers(1).pue_ppm(), 1'100'000);
  EXPECT_EQ(scenario.pools(0).installed_nodes(), 10'000u);
  EXPECT_EQ(scenario.workload().scale_ppm(), 1'200'000);
}

TEST(LayersTest, ComparesQuantitiesAcrossSpellings) {
  const v1::Scenario scenario = Scenario("links: {zhongwei--beijing: {capacity_gbps: {plus: 800}}}\n");

  EXPECT_EQ(scenario.links(0).capacity_bps(), 1'600'000'000'000);
}

TEST(LayersTest, AddsPoolsOneByOne) {
  const v1::Scenario scenario = Scenario(
      "set: {add_pool: {center: tianfu, accelerator: a800, eflops: 1, basis: installed}}\n"
      "overrides: {more: {add_pool: [{center: zhongwei, accelerator: a800, compute: 300 P, basis: schedulable}]}}\n",
      {"more"});

  ASSERT_EQ(scenario.add_pool_size(), 2);
  EXPECT_EQ(scenario.add_pool(1).compute_gflops(), 300'000'000);
}

TEST(LayersTest, ARemovedCentreTakesItsPoolsAndASiteItsLinks) {
  EXPECT_EQ(Scenario("centers: {kunming: null}\n").pools_size(), 1);
  EXPECT_EQ(Scenario("centers: {kunming: null}\nset: {centers.kunming: {site: tianfu}}\n").pools_size(), 2);
  EXPECT_EQ(Scenario("set: {sites.beijing: null, centers.kunming: null}\n").links_size(), 0);
}

TEST(LayersTest, ResolvesFileNamesWhereTheyStand) {
  EXPECT_EQ(Scenario("").workload().trace().path(), "dir/traces/t.csv");
  EXPECT_EQ(Scenario("", {}, {"workload.trace.path=x/t.csv"}).workload().trace().path(), "x/t.csv");
  const Files files = Files().With("s.yaml", "workload: {trace: {path: \"${SUANWANG_DATA}/a.csv\", format: swf}}\n");
  EXPECT_EQ(files.Read({"s.yaml", {}, {}, "/data"}).message.workload().trace().path(), "/data/a.csv");
  EXPECT_THAT(files.Errors({"s.yaml", {}, {}, ""}),
              ElementsAre("s.yaml:1:26: SUANWANG_DATA is not set (set it to the folder that holds the public traces)"));
}

TEST(LayersTest, ReadsTablesBeforeEverythingElse) {
  const Files files = Files()
      .With("d/base.yaml", "tables: {sites: nodes.csv, centers: t/centers.csv}\nset: {centers.*.pue: 1.5}\n")
      .With("d/nodes.csv", "id,lat,has_center,note\nguian,26.4,1,\nwuhan,,0,x\n")
      .With("d/t/centers.csv", "id,node_id,installed_eflops_fp16,schedulable_fraction,source,confidence\n"
                               "guian,guian,145,0.05,S13,derived\n")
      .With("s.yaml", "extends: d/base.yaml\ncenters: {guian: {pue: 1.3}, new: {site: wuhan}}\n");

  const v1::Scenario scenario = files.Read({"s.yaml", {}, {}, ""}).message;

  ASSERT_EQ(scenario.centers_size(), 2);
  EXPECT_EQ(scenario.centers(0).installed_gflops(), 145'000'000'000);
  EXPECT_EQ(scenario.centers(0).confidence(), v1::CONFIDENCE_DERIVED);
  EXPECT_EQ(scenario.centers(0).pue_ppm(), 1'300'000);
  EXPECT_FALSE(scenario.sites(1).has_latitude_deg());
  EXPECT_FALSE(scenario.sites(1).has_center());
}

TEST(LayersTest, ALaterFileMayNameAnotherTable) {
  const Files files = Files()
      .With("base.yaml", "tables: {sites: a.csv}\nset: {sites.*.layer: core}\n")
      .With("a.csv", "id\nfrom-a\n").With("b.csv", "id\nfrom-b\n")
      .With("s.yaml", "extends: base.yaml\ntables: {sites: b.csv}\n");

  const v1::Scenario scenario = files.Read({"s.yaml", {}, {}, ""}).message;

  ASSERT_EQ(scenario.sites_size(), 1);
  EXPECT_EQ(scenario.sites(0).name(), "from-b");
  EXPECT_EQ(scenario.sites(0).layer(), "core");
}

TEST(LayersTest, NamesRowsBySeveralColumnsAndSplitsListsInCells) {
  const Files files = Files()
      .With("s.yaml", "tables: {tariffs: t.csv, job_classes: c.csv}\nset: {tariffs.x/all/1.price: {times: 2}}\n")
      .With("t.csv", "tariff_id,season,hour,cny_per_kwh\nx,all,0,0.3\nx,all,1,0.4\n")
      .With("c.csv", "id,kind,tier_allowed,movable,preemptible,duration_s_min,accelerators_min\n"
                     "pretrain,gang,regional;cloud,at_checkpoint,1,864000,0.05\n");

  const v1::Scenario scenario = files.Read({"s.yaml", {}, {}, ""}).message;

  EXPECT_EQ(scenario.tariffs(1).name(), "x/all/1");
  EXPECT_EQ(scenario.tariffs(1).price_micro_cny_per_kwh(), 800'000);
  EXPECT_THAT(scenario.job_classes(0).tiers(), ElementsAre(v1::JOB_TIER_REGIONAL, v1::JOB_TIER_CLOUD));
  EXPECT_EQ(scenario.job_classes(0).movable(), v1::MOVABLE_AT_CHECKPOINT);
  EXPECT_TRUE(scenario.job_classes(0).preemptible());
  EXPECT_EQ(scenario.job_classes(0).accelerators_min_milli(), 50);
}

TEST(LayersTest, ReportsWhatIsWrongWithATable) {
  const Files files = Files()
      .With("s.yaml", "tables: {sites: nodes.csv, pols: x.csv, links: missing.csv, hubs: h.csv, seeds: s.csv}\n")
      .With("nodes.csv", "id,provnce_en,name_en\na,1,A\n,2,B\na,3,C\n")
      .With("h.csv", "hub\nx\n");

  EXPECT_THAT(files.Errors({"s.yaml", {}, {}, ""}),
              ElementsAre("nodes.csv:1:4: unknown column 'provnce_en' (did you mean 'province_en'?)",
                          "nodes.csv:3:1: the row has no name (fill the column id)",
                          "nodes.csv:4:1: 'a' is there twice, first in line 2 (names in a table differ)",
                          "s.yaml:1:28: tables.pols: no table is called 'pols' (did you mean 'pools'?)",
                          "s.yaml:1:48: cannot read 'missing.csv': no such file",
                          "h.csv:1:1: the table has no column 'hub_en' (it names the rows)",
                          HasSubstr("s.yaml:1:74: tables.seeds: no table is called 'seeds'")));
}

TEST(LayersTest, ReportsCellsWithTheirPlace) {
  const Files files = Files().With("s.yaml", "tables: {sites: n.csv}\n").With("n.csv", "id,lat,has_center\na,\"north\",maybe\n");

  EXPECT_THAT(files.Errors({"s.yaml", {}, {}, ""}),
              ElementsAre("n.csv:2:3: sites.a.latitude_deg: 'north' is no number (for example 0.5)",
                          "n.csv:2:11: sites.a.has_center: 'maybe' is no truth value (write 1 or 0)"));
}

TEST(LayersTest, NamesTheCircleThatFilesExtendEachOtherIn) {
  const Files files = Files().With("a.yaml", "extends: d/b.yaml\n").With("d/b.yaml", "extends: c.yaml\n").With(
      "d/c.yaml", "extends: ../a.yaml\n");

  EXPECT_THAT(files.Errors({"a.yaml", {}, {}, ""}),
              ElementsAre("d/c.yaml:1:10: extends: the files extend one another in a circle: "
                          "a.yaml → d/b.yaml → d/c.yaml → a.yaml (cut it)"));
}

TEST(LayersTest, ReportsFilesThatCannotBeRead) {
  EXPECT_THAT(Files().Errors({"no.yaml", {}, {}, ""}), ElementsAre("cannot read 'no.yaml': no such file"));
  EXPECT_THAT(Files().With("a.yaml", "extends: b.yaml\n").Errors({"a.yaml", {}, {}, ""}),
              ElementsAre("a.yaml:1:10: cannot read 'b.yaml': no such file"));
  EXPECT_THAT(Files().With("a.yaml", "- 1\n").Errors({"a.yaml", {}, {}, ""}),
              ElementsAre("a.yaml:1:1: a scenario is a map (write lines such as 'about: …')"));
}

TEST(LayersTest, ASelectorThatSelectsNothingIsAnError) {
  EXPECT_THAT(
      Errors("set:\n  links.zhongwei--beijng.capacity: 1 Gbps\n  centers[province_en=Sichuen].pue: 1.2\n"
             "  centers.x*.pue: 1.2\n  centres.a.pue: 1.2\n  centers.zhongwei.puee: 1.2\n"
             "  centers[provinc_en=x].pue: 1.2\n  about.x: 1\n  centers[pue.x: 1\n"),
      ElementsAre("s.yaml:3:3: links.zhongwei--beijng.capacity: selects nothing: no 'zhongwei--beijng' in links (did you "
                  "mean 'zhongwei--beijing'?)",
                  "s.yaml:4:3: centers[province_en=Sichuen].pue: selects nothing: no entry of centers has province_en = "
                  "'Sichuen' (did you mean 'Sichuan'?)",
                  "s.yaml:5:3: centers.x*.pue: selects nothing: no 'x*' in centers (one of: zhongwei, tianfu, kunming)",
                  "s.yaml:6:3: centres.a.pue: unknown key 'centres' (did you mean 'centers'?)",
                  "s.yaml:7:3: centers.zhongwei.puee: unknown key 'puee' (did you mean 'pue'?)",
                  "s.yaml:8:3: centers[provinc_en=x].pue: unknown attribute 'provinc_en' (did you mean 'province_en'?)",
                  "s.yaml:9:3: about.x: 'about' has nothing in it (declare it first)",
                  "s.yaml:10:3: centers[pue.x: '[pue.x' is no selector (write [attribute=value])"));
}

TEST(LayersTest, ReportsRemovalsAndOperatorsWithNothingUnderThem) {
  EXPECT_THAT(Errors("warmup: null\nset:\n  centers.harbin: null\n  centers.zhongwei.power_cap: {times: 2}\n"
                     "  about: {times: 2}\n  links.zhongwei--beijing.capacity: {plus: 1 h}\n"),
              ElementsAre("s.yaml:2:9: warmup: nothing is there to remove (give a value, or delete the line)",
                          "s.yaml:4:3: centers.harbin: nothing is there to remove (give a value, or delete the line)",
                          "s.yaml:5:31: centers.zhongwei.power_cap: nothing is there to change by 'times' (write the value itself)",
                          "s.yaml:6:10: about: 'times' needs a quantity (write the new value)",
                          "s.yaml:7:44: links.zhongwei--beijing.capacity: the unit 'h' does not fit a data rate (for example "
                          "400 Gbps)"));
}

TEST(LayersTest, NamesUnknownOverridesAndBadArguments) {
  EXPECT_THAT(Errors("overrides: {link-cut: {about: x}}\n", {"link-cutt"}, {"about", "about=[", "abuot=x"}),
              ElementsAre("--set:1:1: 'about' is no change (write --set path=value)",
                          HasSubstr("--set:1:7: not valid YAML"),
                          "--with link-cutt: no override has this name (did you mean 'link-cut'?)",
                          "--set:1:1: abuot: unknown key 'abuot' (did you mean 'about'?)"));
}

TEST(LayersTest, ReportsAllErrorsOfAllFilesAtOnce) {
  const Files files = Files().With("base.yaml", "abuot: x\nwindow: 7\n").With("s.yaml", "extends: base.yaml\nwarmup: 5 parsecs\n");

  EXPECT_THAT(files.Errors({"s.yaml", {}, {}, ""}),
              ElementsAre("base.yaml:1:1: abuot: unknown key 'abuot' (did you mean 'about'?)",
                          HasSubstr("base.yaml:2:9: window: no unit after 7"),
                          HasSubstr("s.yaml:2:9: warmup: unknown unit 'parsecs'")));
}

TEST(LayersTest, ShowsEveryValueWithThePlaceThatItCameFrom) {
  const Files files = Files()
      .With("base.yaml", "about: base\nsites: {a: {}, b: {}}\nlinks: {a--b: {from: a, to: b, capacity: 800 Gbps}}\n")
      .With("s.yaml", "extends: base.yaml\nset: {links.a--b.capacity: {times: 2}}\nseeds: [1, 2]\n");
  text::Sources sources;
  text::Diagnostics diagnostics;
  const auto scenario = ReadScenario({"s.yaml", {}, {"about=new"}, ""}, files.Reader(), sources, diagnostics);

  EXPECT_EQ(ShowOrigins(scenario->tree, sources),
            "about: new  # --set:1:7\n"
            "sites.a: {}  # base.yaml:2:12\n"
            "sites.b: {}  # base.yaml:2:19\n"
            "links.a--b.from: a  # base.yaml:3:22\n"
            "links.a--b.to: b  # base.yaml:3:29\n"
            "links.a--b.capacity: 1.6 Tbps  # s.yaml:2:28\n"
            "seeds: [1, 2]  # s.yaml:3:8\n");
  EXPECT_EQ(sources.Place(OriginOf(scenario->tree, "links.a--b.capacity")), "s.yaml:2:28");
  EXPECT_EQ(sources.Place(OriginOf(scenario->tree, "links.a--b.one_way")), "base.yaml:3:15");
}

TEST(LayersTest, TheResolvedTreeMeansTheSame) {
  const Files files = Files().With("base.yaml", kBase).With("s.yaml", std::string("extends: base.yaml") + kManual);
  const ScenarioText scenario = files.Read({"s.yaml", {"link-cut"}, {}, ""});

  const ScenarioText again = Files().With("r.yaml", ShowResolved(scenario.tree)).Read({"r.yaml", {}, {}, ""});

  EXPECT_EQ(scenario.message.SerializeAsString().size(), again.message.SerializeAsString().size());
  EXPECT_EQ(ShowResolved(scenario.tree), ShowResolved(again.tree));
}

}  // namespace
}  // namespace suanwang::scenario
