#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "scheduler/text/bind.h"
#include "scheduler/text/yaml.h"
#include "simulator/scenario/scenario_text.h"

// Scenes in words for tests of text: files that are only in memory, and the messages that reading them gives.
namespace suanwang::testing {

inline std::vector<std::string> Lines(const text::Diagnostics& diagnostics, const text::Sources& sources) {
  std::vector<std::string> lines;
  for (const text::Diagnostic& error : diagnostics.errors()) lines.push_back(text::OneLine(error, sources));
  return lines;
}

// What reading `yaml` as the file s.yaml complains about.
inline std::vector<std::string> YamlErrors(const std::string& yaml) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  (void)text::ReadYaml(sources, sources.Add("s.yaml", yaml), diagnostics);
  return Lines(diagnostics, sources);
}

// The tree of `yaml`, which is right.
inline text::Node Tree(const std::string& yaml) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  const auto node = text::ReadYaml(sources, sources.Add("s.yaml", yaml), diagnostics);
  EXPECT_EQ(text::Render(diagnostics, sources), "");
  return node.value_or(text::Node());
}

// What binding `yaml` to a message complains about.
template <class Message>
std::vector<std::string> BindErrors(const std::string& yaml) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  Message message;
  const auto node = text::ReadYaml(sources, sources.Add("s.yaml", yaml), diagnostics);
  if (node) text::Bind(*node, message, diagnostics);
  return Lines(diagnostics, sources);
}

// The message of `yaml`, which is right.
template <class Message>
Message Bound(const std::string& yaml) {
  EXPECT_EQ(BindErrors<Message>(yaml), std::vector<std::string>());
  Message message;
  text::Diagnostics diagnostics;
  text::Bind(Tree(yaml), message, diagnostics);
  return message;
}

// Files by name, and scenarios read from them.
class Files {
 public:
  Files& With(const std::string& name, const std::string& text) {
    texts_[name] = text;
    return *this;
  }

  [[nodiscard]] scenario::FileReader Reader() const {
    return [this](const std::string& name) -> scenario::FileText {
      const auto found = texts_.find(name);
      if (found == texts_.end()) return {std::nullopt, "no such file"};
      return {found->second, {}};
    };
  }

  [[nodiscard]] std::vector<std::string> Errors(const scenario::LayerRequest& request) const {
    text::Sources sources;
    text::Diagnostics diagnostics;
    (void)scenario::ReadScenario(request, Reader(), sources, diagnostics);
    return Lines(diagnostics, sources);
  }

  // The scenario, which is right.
  [[nodiscard]] scenario::ScenarioText Read(const scenario::LayerRequest& request) const {
    text::Sources sources;
    text::Diagnostics diagnostics;
    auto read = scenario::ReadScenario(request, Reader(), sources, diagnostics);
    EXPECT_EQ(text::Render(diagnostics, sources), "");
    return read.value_or(scenario::ScenarioText());
  }

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace suanwang::testing
