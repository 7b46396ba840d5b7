#include "simulator/metrics/catalog.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "simulator/record/record_file.h"
#include "tests/support/random_story.h"
#include "tests/unit/metrics/two_places.h"

namespace suanwang::metrics {
namespace {

TEST(MetricCatalogTest, NamesAreUniqueAndEverythingIsSaidInBothLanguages) {
  std::set<std::string_view> names;
  for (const Metric& metric : Catalog()) {
    EXPECT_TRUE(names.insert(metric.name).second) << metric.name;
    EXPECT_FALSE(metric.name_en.empty() || metric.name_zh.empty() || metric.unit.empty()) << metric.name;
    EXPECT_FALSE(metric.definition.empty() || metric.definition_zh.empty()) << metric.name;
    EXPECT_EQ(FindMetric(metric.name), &metric);
  }
}

TEST(MetricCatalogTest, EveryMetricGivesValuesOfItsOwnNameAndOfItsStatisticsOnly) {
  History history;
  record::RandomStory(3).story().ToldTo(history);
  const TwoPlaces places;
  const MetricContext context = places.context();
  const Evidence evidence(history, context);

  for (const Metric& metric : Catalog()) {
    Values values;
    metric.compute(evidence, values);
    EXPECT_FALSE(values.empty()) << metric.name;
    for (const Value& value : values) {
      EXPECT_EQ(value.metric, metric.name);
      EXPECT_TRUE(IsValueName(value.name())) << value.name();
    }
  }
}

TEST(MetricCatalogTest, NoTwoValuesHaveTheSameNameAndLabels) {
  std::set<std::string> keys;
  for (const Value& value : TwoPlaces().Of(record::RandomStory(3).story())) {
    std::string key = value.name();
    for (const Label& label : value.labels) key += "," + label.key + "=" + label.value;
    EXPECT_TRUE(keys.insert(key).second) << key;
  }
}

TEST(MetricCatalogTest, KnowsTheNamesThatExpectationsMayUse) {
  EXPECT_TRUE(IsValueName("wait_s.p95"));
  EXPECT_TRUE(IsValueName("fill_rate"));
  EXPECT_TRUE(IsValueName("allocation_rate"));
  EXPECT_TRUE(IsValueName("allocation_rate.installed"));
  EXPECT_TRUE(IsValueName("carbon_market_kg_per_eflops_h"));
  EXPECT_FALSE(IsValueName("wait_s"));
  EXPECT_FALSE(IsValueName("wait_s."));
  EXPECT_FALSE(IsValueName("wait_s.p96"));
  EXPECT_FALSE(IsValueName("fill_rate.mean"));
  EXPECT_FALSE(IsValueName("fill_rate."));
  EXPECT_FALSE(IsValueName("utilization_busy"));
  EXPECT_FALSE(IsValueName(""));
}

TEST(MetricCatalogTest, AStoredRecordGivesTheSameValuesWithoutASimulation) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("suanwang-metrics-" + std::to_string(::getpid()) + ".zst")).string();
  const TwoPlaces places = TwoPlaces().Over(40, 210);
  History live;
  record::RecordWriter writer(path, {});
  record::RunRecord record;
  record.KeepIn(&writer);
  record.AddSink(&live);
  record::RandomStory(5).story().ToldTo(record);
  ASSERT_EQ(writer.Finish(), std::nullopt);

  History stored;
  std::vector<record::RowSink*> sinks = {&stored};
  record::RecordReader reader(path);
  ASSERT_TRUE(reader.ReadHeader() && reader.Replay(sinks)) << reader.error();
  std::filesystem::remove(path);

  EXPECT_EQ(reader.hash(), record.hash());
  EXPECT_EQ(ComputeAll(stored, places.context()), ComputeAll(live, places.context()));
}

}  // namespace
}  // namespace suanwang::metrics
