#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "simulator/scenario/scenario_text.h"
#include "tests/support/text_files.h"

namespace suanwang::scenario {
namespace {

namespace fs = std::filesystem;

// Every scenario of the folder scenarios/, by path.
std::vector<std::string> Shipped() {
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator("scenarios")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().generic_string());
  }
  std::ranges::sort(files);
  return files;
}

ScenarioText Read(const LayerRequest& request) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  auto read = ReadScenario(request, ReadFromDisk, sources, diagnostics);
  EXPECT_EQ(text::Render(diagnostics, sources), "") << request.file;
  return read.value_or(ScenarioText());
}

v1::Scenario National(const std::vector<std::string>& with = {}) {
  return Read({"scenarios/national/scenario.yaml", with, {}, ""}).message;
}

TEST(ShippedScenariosTest, AllAreReadWithoutComplaint) {
  const std::vector<std::string> files = Shipped();

  EXPECT_GE(files.size(), 3u);
  for (const std::string& file : files) EXPECT_NE(Read({file, {}, {}, ""}).message.about(), "") << file;
}

TEST(ShippedScenariosTest, TheNationalOneHasAllCentresPoolsAndLinks) {
  const v1::Scenario national = National();

  EXPECT_EQ(national.centers_size(), 33);
  EXPECT_EQ(national.pools_size(), 120);
  EXPECT_EQ(national.links_size(), 65);
  EXPECT_EQ(national.manufacturing_size(), 52);
}

TEST(ShippedScenariosTest, EveryRowOfTheNationalSupplySaysHowSureItIs) {
  const v1::Scenario national = National();

  for (const v1::Center& center : national.centers()) EXPECT_NE(center.confidence(), 0) << center.name();
  for (const v1::Pool& pool : national.pools()) EXPECT_NE(pool.confidence(), 0) << pool.name();
  for (const v1::JobClass& job_class : national.job_classes()) EXPECT_NE(job_class.confidence(), 0) << job_class.name();
}

TEST(ShippedScenariosTest, TheUsableNodesAtFivePercentAreThoseOfTheTable) {
  const v1::Scenario national = National();
  std::uint64_t nodes = 0;
  for (const v1::Pool& pool : national.pools()) {
    EXPECT_EQ(pool.installed_nodes() * std::uint64_t{50'000} / 1'000'000, pool.schedulable_nodes()) << pool.name();
    nodes += pool.schedulable_nodes();
  }

  EXPECT_EQ(nodes, 27'038u);
}

TEST(ShippedScenariosTest, TheNationalOverridesCanAllBeStacked) {
  const v1::Scenario national =
      National({"schedulable-40-eflops", "load-75", "inference-70", "domestic-heavy", "node-failures"});

  EXPECT_EQ(national.centers(0).schedulable_fraction_ppm(), 25'157);
  EXPECT_EQ(national.workload().scale_ppm(), 1'250'000);
  EXPECT_EQ(national.workload().generated().mix(), "inference-70");
  EXPECT_EQ(national.workload().generated().family_mix(), "domestic-heavy");
}

}  // namespace
}  // namespace suanwang::scenario
