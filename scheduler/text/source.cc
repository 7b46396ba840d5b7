#include "scheduler/text/source.h"

#include <algorithm>

#include "scheduler/text/utf8.h"

namespace suanwang::text {

std::uint32_t Sources::Add(std::string name, std::string text) {
  sources_.push_back({std::move(name), std::move(text)});
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

std::string_view Sources::Line(std::uint32_t source, std::uint32_t line) const {
  std::string_view rest = sources_[source].text;
  for (std::uint32_t at = 1; at < line; ++at) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

std::string Sources::Place(const Origin& origin) const {
  if (origin.source == Origin::kNoSource) return {};
  if (origin.line == 0) return name(origin.source);
  const std::string_view line = Line(origin.source, origin.line);
  const std::size_t before = std::min<std::size_t>(line.size(), origin.column > 0 ? origin.column - 1 : 0);
  return name(origin.source) + ":" + std::to_string(origin.line) + ":" +
         std::to_string(CountCharacters(line.substr(0, before)) + 1);
}

}  // namespace suanwang::text
