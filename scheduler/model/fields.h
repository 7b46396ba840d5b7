#pragma once

#include <concepts>
#include <string_view>
#include <tuple>
#include <utility>

namespace suanwang {

// One member of a value type and the name it has in proto, transcripts and tables (unit last).
template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::*member;
};
template <class Owner, class Member>
Field(const char*, Member Owner::*) -> Field<Owner, Member>;

// A value type that lists its members once, as `static constexpr auto Fields()` (a tuple of Field). Bytes, protobuf
// and text are all derived from that list, so they cannot disagree about it.
template <class T>
concept HasFields = requires { T::Fields(); };

// The list as a constant, so that compilers see through it.
template <HasFields T>
inline constexpr auto kFields = T::Fields();

// Calls visit(name, member) for every field in declared order.
template <class Object, class Visit>
constexpr void VisitFields(Object& object, Visit&& visit) {
  std::apply([&](const auto&... field) { (visit(field.name, object.*(field.member)), ...); },
             kFields<std::remove_cvref_t<Object>>);
}

}  // namespace suanwang
