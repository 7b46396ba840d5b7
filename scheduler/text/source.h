#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace suanwang::text {

// Where a value was written. `line` and `column` count from 1; the column counts bytes. Line 0: the source as a whole.
struct Origin {
  static constexpr std::uint32_t kNoSource = 0xFFFFFFFFu;

  std::uint32_t source = kNoSource;  // position in Sources
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const Origin&, const Origin&) = default;
};

// Every text that was read for one scenario: files by the name under which they were opened, and arguments such as
// "--set". Kept whole, so that an error can show its line and a result can be named by the hash of its inputs.
class Sources {
 public:
  // Returns the position of the new source. `name` is what people see in front of a line number.
  std::uint32_t Add(std::string name, std::string text);

  [[nodiscard]] std::size_t size() const { return sources_.size(); }
  [[nodiscard]] const std::string& name(std::uint32_t source) const { return sources_[source].name; }
  [[nodiscard]] const std::string& text(std::uint32_t source) const { return sources_[source].text; }

  // The line without its end, empty where there is none. O(length of the text).
  [[nodiscard]] std::string_view Line(std::uint32_t source, std::uint32_t line) const;

  // "file:line:column", the column in characters; "file" for a source as a whole; "" for no source.
  [[nodiscard]] std::string Place(const Origin& origin) const;

 private:
  struct Source {
    std::string name;
    std::string text;
  };
  std::vector<Source> sources_;
};

}  // namespace suanwang::text
