#include "scheduler/text/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include "scheduler/text/utf8.h"

namespace suanwang::text {
namespace {

struct TooDeep {
  Origin origin;
};

// The place of a byte of a source.
Origin PlaceOfByte(std::uint32_t source, std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const std::size_t line_start = before.rfind('\n');
  const auto line = static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1);
  const std::size_t column = line_start == std::string_view::npos ? at + 1 : at - line_start;
  return {source, line, static_cast<std::uint32_t>(column)};
}

bool IsSwitchWord(std::string_view text) {
  constexpr std::array kWords = {"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"};
  return std::ranges::find(kWords, text) != kWords.end();
}

bool HasLeadingZero(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Builds the tree from the parser's events and reports what the subset refuses.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(std::uint32_t source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  [[nodiscard]] Node Take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Node node;
    node.origin = PlaceOf(mark);
    if (IsKeyExpected()) {
      diagnostics_.Error(node.origin, {}, "a key is missing", "write a name before ':'");
      OpenKey("", node.origin);
      return;
    }
    Add(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    diagnostics_.Error(PlaceOf(mark), {}, "an alias (*name) is not allowed", "write the value out, or use extends");
    AddPlaceholder(mark);
  }
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    diagnostics_.Error(PlaceOf(mark), {}, "an anchor (&" + name + ") is not allowed", "write values out, or use extends");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    CheckTag(mark, tag);
    Node node = Node::Scalar(value, PlaceOf(mark));
    node.quoted = tag == "!";
    if (IsKeyExpected()) {
      OpenKey(value, node.origin);
      return;
    }
    if (!node.quoted) CheckPlain(node);
    Add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    CheckTag(mark, tag);
    Open(Node::List(PlaceOf(mark)));
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    CheckTag(mark, tag);
    Open(Node::Map(PlaceOf(mark)));
  }
  void OnMapEnd() override { Close(); }

 private:
  struct Frame {
    Node node;
    bool has_key = false;  // of a map: a key was read, its value comes next
    std::string key;
    Origin key_origin;
    std::set<std::string, std::less<>> keys;
    bool is_key = false;   // the whole collection stands where a key belongs
  };

  [[nodiscard]] Origin PlaceOf(const YAML::Mark& mark) const {
    return {source_, static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
  }
  [[nodiscard]] bool IsKeyExpected() const {
    return !frames_.empty() && frames_.back().node.is_map() && !frames_.back().has_key;
  }

  void CheckTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    diagnostics_.Error(PlaceOf(mark), {}, "a tag (" + tag + ") is not allowed", "leave it out; the schema knows the types");
  }

  void CheckPlain(const Node& node) {
    if (IsSwitchWord(node.text)) {
      diagnostics_.Error(node.origin, {}, "'" + node.text + "' is no value",
                         "write true or false, or \"" + node.text + "\" if it is a word");
    } else if (HasLeadingZero(node.text)) {
      diagnostics_.Error(node.origin, {}, "the integer " + node.text + " begins with a zero",
                         "leave the zero out, or write \"" + node.text + "\" if it is a word");
    }
  }

  void OpenKey(const std::string& key, const Origin& origin) {
    Frame& frame = frames_.back();
    if (!frame.keys.insert(key).second) {
      diagnostics_.Error(origin, {}, "duplicate key '" + key + "'", "a key may stand once in a map; remove one");
    }
    frame.has_key = true;
    frame.key = key;
    frame.key_origin = origin;
  }

  void Open(Node node) {
    if (frames_.size() >= kMaxYamlDepth) throw TooDeep{node.origin};
    Frame frame;
    frame.is_key = IsKeyExpected();
    frame.node = std::move(node);
    frames_.push_back(std::move(frame));
  }

  void Close() {
    Frame closed = std::move(frames_.back());
    frames_.pop_back();
    if (!closed.is_key) return Add(std::move(closed.node));
    diagnostics_.Error(closed.node.origin, {}, "a key must be a word", "write a plain name before ':'");
    OpenKey("", closed.node.origin);
  }

  void AddPlaceholder(const YAML::Mark& mark) {
    if (IsKeyExpected()) return OpenKey("", PlaceOf(mark));
    Node node;
    node.origin = PlaceOf(mark);
    Add(std::move(node));
  }

  void Add(Node node) {
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.is_list()) return frame.node.Append(std::move(node));
    frame.has_key = false;
    frame.node.children.push_back({std::move(frame.key), frame.key_origin, std::move(node)});
  }

  std::uint32_t source_;
  Diagnostics& diagnostics_;
  std::vector<Frame> frames_;
  Node root_;
};

bool IsBinary(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
}

void CheckTabs(std::uint32_t source, std::string_view text, Diagnostics& diagnostics) {
  for (std::size_t at = text.find('\t'); at != std::string_view::npos; at = text.find('\t', at + 1)) {
    const std::size_t line_start = text.rfind('\n', at) + 1;  // npos + 1 is 0
    const std::string_view indentation = text.substr(line_start, at - line_start);
    if (indentation.find_first_not_of(' ') != std::string_view::npos) continue;
    diagnostics.Error(PlaceOfByte(source, text, at), {}, "a tab in the indentation", "indent with spaces");
    return;  // one is enough: an editor sets them all
  }
}

// Whether the text can be given to the parser at all.
bool CheckText(std::uint32_t source, std::string_view text, Diagnostics& diagnostics) {
  const auto refuse = [&](const Origin& origin, std::string what, std::string remedy) {
    diagnostics.Error(origin, {}, std::move(what), std::move(remedy));
    return false;
  };
  if (text.size() > kMaxYamlBytes) {
    return refuse({source}, "the file is larger than 16 MiB", "put large tables and traces into CSV files");
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return refuse({source}, "the file is UTF-16", "save it as UTF-8");
  }
  if (IsBinary(text)) return refuse({source}, "the file is binary, not text", "name a scenario file in YAML");
  if (const auto at = FirstInvalidUtf8(text)) {
    const bool chinese = LooksLikeGb18030(text);
    return refuse(PlaceOfByte(source, text, *at), chinese ? "the file is GB18030 (GBK), not UTF-8" : "not valid UTF-8",
                  chinese ? "convert it: iconv -f GB18030 -t UTF-8" : "save the file as UTF-8");
  }
  const std::size_t before = diagnostics.size();
  CheckTabs(source, text, diagnostics);
  return diagnostics.size() == before;
}

std::optional<Node> Parse(std::uint32_t source, const std::string& text, Diagnostics& diagnostics) {
  TreeBuilder builder(source, diagnostics);
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  if (!parser.HandleNextDocument(builder)) {
    diagnostics.Error({source}, {}, "the file is empty", "a scenario begins with a line such as 'about: …'");
    return std::nullopt;
  }
  Node root = builder.Take();
  TreeBuilder rest(source, diagnostics);
  if (parser.HandleNextDocument(rest)) {
    diagnostics.Error(rest.Take().origin, {}, "a second document begins here", "one document a file; remove the '---'");
  }
  return root;
}

}  // namespace

std::optional<Node> ReadYaml(const Sources& sources, std::uint32_t source, Diagnostics& diagnostics) {
  std::string text = sources.text(source);
  if (text.starts_with("\xEF\xBB\xBF")) text.replace(0, 3, "");
  if (!CheckText(source, text, diagnostics)) return std::nullopt;
  try {
    return Parse(source, text, diagnostics);
  } catch (const YAML::ParserException& error) {
    const Origin origin = error.mark.is_null() ? Origin{source}
                                               : Origin{source, static_cast<std::uint32_t>(error.mark.line + 1),
                                                        static_cast<std::uint32_t>(error.mark.column + 1)};
    diagnostics.Error(origin, {}, "not valid YAML: " + error.msg);
  } catch (const YAML::Exception& error) {
    diagnostics.Error({source}, {}, "not valid YAML: " + error.msg);
  } catch (const TooDeep& error) {
    diagnostics.Error(error.origin, {}, "nested deeper than 64 levels", "a scenario needs at most 8");
  }
  return std::nullopt;
}

}  // namespace suanwang::text
