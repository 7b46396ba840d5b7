#include "simulator/scenario/json_schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "suanwang/v1/scenario.pb.h"

namespace suanwang::scenario {
namespace {

nlohmann::json ScenarioSchema() {
  return nlohmann::json::parse(JsonSchema(*v1::Scenario::descriptor(), "Suanwang scenario"));
}

TEST(JsonSchemaTest, NamesKeysAsPeopleWriteThem) {
  const nlohmann::json schema = ScenarioSchema();

  EXPECT_TRUE(schema["properties"].contains("decision_period"));
  EXPECT_FALSE(schema["properties"].contains("decision_period_ns_ns"));
  EXPECT_TRUE(schema["properties"].contains("extends"));
  EXPECT_EQ(schema["$defs"]["Link"]["properties"]["capacity_gbps"]["type"], "number");
  EXPECT_EQ(schema["$defs"]["Link"]["properties"]["capacity"]["examples"][0], "400 Gbps");
  EXPECT_EQ(schema["$defs"]["Pool"]["properties"]["accelerators_per_node"]["maximum"], 1024);
  EXPECT_EQ(schema["properties"]["initial"]["enum"], (std::vector<std::string>{"empty", "steady"}));
  EXPECT_FALSE(schema["$defs"]["Link"]["properties"].contains("name"));
}

TEST(JsonSchemaTest, EveryReferenceIsDefined) {
  const nlohmann::json schema = ScenarioSchema();
  const std::string text = schema.dump();
  const std::string mark = "\"#/$defs/";
  std::size_t count = 0;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1), ++count) {
    const std::size_t begin = at + mark.size();
    const std::string name = text.substr(begin, text.find('"', begin) - begin);
    EXPECT_TRUE(schema["$defs"][name].contains("properties")) << name;
  }
  EXPECT_GT(count, 20u);
}

}  // namespace
}  // namespace suanwang::scenario
