#include "scheduler/model/exchange_text.h"

#include <initializer_list>

#include "scheduler/model/placement.h"

namespace suanwang {
namespace {

template <class Enum>
std::string NameAmong(std::initializer_list<std::string_view> names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < names.size() ? std::string(names.begin()[index]) : std::to_string(index);
}

}  // namespace

void TextWriter::Put(StopReason value) { out_ += NameAmong({"preempted", "outage"}, value); }
void TextWriter::Put(PreemptMode value) { out_ += NameAmong({"keep-progress", "to-checkpoint"}, value); }
void TextWriter::Put(JobKind value) { out_ += NameAmong({"batch", "training", "inference"}, value); }
void TextWriter::Put(Shape value) { out_ += NameAmong({"anywhere", "one-domain"}, value); }

void TextWriter::Put(EndState value) {
  const auto index = static_cast<std::size_t>(value);
  out_ += index < kEndStates ? std::string(Name(value)) : std::to_string(index);
}

void TextWriter::Put(Rule value) {
  const auto index = static_cast<std::size_t>(value);
  out_ += index < kRules ? std::string(Name(value)) : std::to_string(index);
}

void TextWriter::PutNodes(std::span<const std::uint32_t> words) {
  out_ += "[";
  for (; words.size() >= NodeRun::kWords; words = words.subspan(NodeRun::kWords)) {
    if (out_.back() != '[') out_ += " ";
    const bool is_whole = words[3] == NodeRun::kWhole;
    out_ += std::to_string(words[0]) + (is_whole ? "+" + std::to_string(words[1]) : "." + std::to_string(words[3]));
    out_ += "×" + std::to_string(words[2]);
  }
  out_ += words.empty() ? "]" : " …]";
}

}  // namespace suanwang
