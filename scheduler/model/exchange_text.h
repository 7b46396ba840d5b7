#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/fields.h"
#include "scheduler/model/job.h"
#include "scheduler/model/rule.h"

// Items of the exchange and rows of the record as one line for people: the name of the kind, then name=value for each
// field in declared order, those of a field that has fields itself in its place. Nothing is read back from it.
//
//   JobStopped job=3 reason=outage kept_s=12.5 owed_s=0
//
// Times and lengths are in seconds, exact; the largest is "never". Ids are positions, or "none". A list of nodes is
// "[first+count×milli …]", a share of a device "[first.device×milli]". A value that is no enumerator is its number.
namespace suanwang {

class TextWriter {
 public:
  explicit TextWriter(std::string& out) : out_(out) {}

  // Slices of `object` point into `words`.
  template <HasFields Object>
  void PutFields(const Object& object, std::span<const std::uint32_t> words) {
    VisitFields(object, [&](std::string_view name, const auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      if constexpr (HasFields<Member>) {
        PutFields(member, words);
      } else {
        PutName<Member>(name);
        if constexpr (std::is_same_v<Member, Slice>) {
          PutNodes(words.subspan(member.first, member.count));
        } else {
          Put(member);
        }
      }
    });
  }

  template <class Variant>
  void PutItem(const Variant& item, std::span<const std::uint32_t> words) {
    std::visit([&](const auto& value) {
      out_ += std::remove_cvref_t<decltype(value)>::kName;
      PutFields(value, words);
    }, item);
  }

 private:
  template <class Member>
  void PutName(std::string_view name) {
    constexpr bool kIsTime = std::is_same_v<Member, Time> || std::is_same_v<Member, Duration>;
    if (kIsTime) name.remove_suffix(std::string_view("ns").size());
    out_.append(" ").append(name).append(kIsTime ? "s=" : "=");
  }

  template <class Tag>
  void Put(Id<Tag> id) { out_ += id.is_none() ? "none" : std::to_string(id.value()); }
  void Put(Time time) { out_ += time == Time::Never() ? "never" : FormatSeconds(time); }
  void Put(Duration length) { out_ += length == Duration::Max() ? "never" : FormatSeconds(length); }
  void Put(bool value) { out_ += value ? "true" : "false"; }
  template <class Integer>
    requires std::is_integral_v<Integer>
  void Put(Integer value) { out_ += std::to_string(value); }
  void Put(StopReason value);
  void Put(EndState value);
  void Put(PreemptMode value);
  void Put(JobKind value);
  void Put(Shape value);
  void Put(Rule value);
  void PutNodes(std::span<const std::uint32_t> words);

  std::string& out_;
};

}  // namespace suanwang
