#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/text/yaml.h"
#include "simulator/scenario/scenario.h"

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

TEST(ShippedScenariosTest, AllAreLoadedWithoutComplaintAndSayWhatTheyAskAndExpect) {
  const std::vector<std::string> files = Shipped();

  EXPECT_GE(files.size(), 9u);
  for (const std::string& file : files) {
    text::Sources sources;
    text::Diagnostics diagnostics;
    const std::optional<Scenario> scenario = LoadScenario({file, {}, {}, ""}, sources, diagnostics);
    ASSERT_TRUE(scenario) << text::Render(diagnostics, sources);
    EXPECT_NE(scenario->about, "") << file;
    EXPECT_TRUE(scenario->name == "hello" || !scenario->expectations.empty()) << file;
  }
}

TEST(ShippedScenariosTest, EveryOverrideCanBeLaidOnTop) {
  for (const std::string& file : Shipped()) {
    text::Sources sources;
    text::Diagnostics diagnostics;
    const FileText yaml = ReadFromDisk(file);
    const auto tree = text::ReadYaml(sources, sources.Add(file, yaml.text.value_or("")), diagnostics);
    ASSERT_TRUE(tree) << file;
    const text::Node* overrides = tree->Find("overrides");
    if (overrides == nullptr) continue;
    for (const auto& entry : overrides->children) {
      EXPECT_TRUE(LoadScenario({file, {entry.key}, {}, ""}, sources, diagnostics)) << text::Render(diagnostics, sources);
    }
  }
}

TEST(ShippedScenariosTest, EveryRowOfTheNationalSupplySaysHowSureItIs) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  const auto read = ReadScenario({"scenarios/national/scenario.yaml", {}, {}, ""}, ReadFromDisk, sources, diagnostics);
  ASSERT_TRUE(read) << text::Render(diagnostics, sources);
  const v1::Scenario& national = read->message;

  for (const v1::Center& center : national.centers()) EXPECT_NE(center.confidence(), 0) << center.name();
  for (const v1::Pool& pool : national.pools()) EXPECT_NE(pool.confidence(), 0) << pool.name();
  for (const v1::JobClass& job_class : national.job_classes()) EXPECT_NE(job_class.confidence(), 0) << job_class.name();
}

}  // namespace
}  // namespace suanwang::scenario
