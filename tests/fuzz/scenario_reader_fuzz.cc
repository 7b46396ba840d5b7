// Any bytes as a scenario: reading ends, with a message or with errors that have a place; never in a crash.

#include <cstddef>
#include <cstdint>
#include <string>

#include "scheduler/base/check.h"
#include "scheduler/text/bind.h"
#include "scheduler/text/write.h"
#include "scheduler/text/yaml.h"
#include "simulator/scenario/scenario_text.h"
#include "simulator/scenario/show.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace suanwang {
namespace {

// The bytes are the scenario, the base that it may extend, and every table that it may name.
scenario::FileReader TheSameForEveryName(const std::string& bytes) {
  return [&bytes](const std::string&) { return scenario::FileText{bytes, {}}; };
}

// What was read is written and read again: the same message must come out.
void CheckRoundTrip(const v1::Scenario& message) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  const std::string yaml = text::YamlOf(message);
  const auto tree = text::ReadYaml(sources, sources.Add("written", yaml), diagnostics);
  v1::Scenario again;
  if (tree) text::Bind(*tree, again, diagnostics);
  SUANWANG_CHECK(message.ByteSizeLong() == 0 || diagnostics.ok(), "what is written can be read");
  SUANWANG_CHECK(message.ByteSizeLong() == 0 || text::YamlOf(again) == yaml, "what is written reads back equal");
}

}  // namespace
}  // namespace suanwang

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  suanwang::text::Sources sources;
  suanwang::text::Diagnostics diagnostics;
  const suanwang::scenario::LayerRequest request{"s.yaml", {"link-cut"}, {"about=x"}, "/data"};
  const auto scenario =
      suanwang::scenario::ReadScenario(request, suanwang::TheSameForEveryName(bytes), sources, diagnostics);
  (void)suanwang::text::Render(diagnostics, sources);
  if (!scenario) return 0;
  (void)suanwang::scenario::ShowOrigins(scenario->tree, sources);
  suanwang::CheckRoundTrip(scenario->message);
  return 0;
}
