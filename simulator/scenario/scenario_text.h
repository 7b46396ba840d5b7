#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "simulator/scenario/layers.h"
#include "suanwang/v1/scenario.pb.h"

namespace suanwang::scenario {

// A scenario as it was written, resolved and held to the schema, but not yet to meaning: the names that it uses exist,
// its numbers are in range; whether a policy knows its knobs is for those who build the run.
struct ScenarioText {
  text::Node tree;       // resolved, every leaf with its origin
  v1::Scenario message;  // the same, bound
};

// Reads, layers and binds. Nothing if any error was found; all of them are in `diagnostics`.
[[nodiscard]] std::optional<ScenarioText> ReadScenario(const LayerRequest& request, const FileReader& reader,
                                                       text::Sources& sources, text::Diagnostics& diagnostics);

// Where the value at `path` ("pools.guian.h800.accelerator", "expect[2].that") came from, for errors that are found
// later; the nearest part above it that exists.
[[nodiscard]] text::Origin OriginOf(const text::Node& tree, std::string_view path);

// Reports what the schema can say and this version cannot do, so that nothing written is ignored in silence. Facts that
// a later model will use (data of jobs, uplinks, memory bandwidth) are read, kept and said to be unused (grounds.h).
void RefuseUnbuilt(const ScenarioText& scenario, text::Diagnostics& diagnostics);

}  // namespace suanwang::scenario
