#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scheduler/text/diagnostic.h"
#include "scheduler/text/node.h"

// The strict subset of YAML that scenarios and configurations are written in: one document; block and flow maps and
// lists; plain, quoted and block scalars; comments. Refused, each by name and with the remedy: duplicate keys, keys
// that are no words, anchors, aliases, tags, tabs in the indentation, more than one document, integers with leading
// zeros, yes/no/on/off, nothing at all, what is not UTF-8 text, more than kMaxYamlBytes, nesting beyond kMaxYamlDepth.
namespace suanwang::text {

inline constexpr std::size_t kMaxYamlBytes = 16u << 20;
inline constexpr std::size_t kMaxYamlDepth = 64;

// The value of a source of `sources`; nothing if it cannot be used at all. Where duplicate keys and the like are
// found, a value comes back as well as errors, so that the reading can go on and find the rest.
[[nodiscard]] std::optional<Node> ReadYaml(const Sources& sources, std::uint32_t source, Diagnostics& diagnostics);

// The node in block style, keys in their order, ending with a line end; reads back as an equal tree (but for places).
[[nodiscard]] std::string WriteYaml(const Node& node);

}  // namespace suanwang::text
