#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace suanwang {

// A dense index into one table, kept apart from the indices of every other table by its tag.
// Ordered, trivially copyable, 32 bits. `kNone` means "no such thing" and sorts last.
template <class Tag>
class Id {
 public:
  static constexpr std::uint32_t kNoneValue = 0xFFFFFFFFu;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t value) : value_(value) {}

  [[nodiscard]] static constexpr Id None() { return Id(); }
  [[nodiscard]] constexpr std::uint32_t value() const { return value_; }
  [[nodiscard]] constexpr bool is_none() const { return value_ == kNoneValue; }

  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::uint32_t value_ = kNoneValue;
};

using JobId = Id<struct JobTag>;                  // position of a job among the submissions of a run
using ProfileId = Id<struct ProfileTag>;          // an interned JobProfile
using CenterId = Id<struct CenterTag>;            // a computing centre
using PoolId = Id<struct PoolTag>;                // homogeneous nodes of one centre
using AcceleratorId = Id<struct AcceleratorTag>;  // an accelerator model
using SiteId = Id<struct SiteTag>;                // a node of the network graph
using LinkId = Id<struct LinkTag>;                // a directed link
using TenantId = Id<struct TenantTag>;            // who submits
using TariffId = Id<struct TariffTag>;            // an electricity price by hour
using ClassId = Id<struct ClassTag>;              // a class of jobs of the scenario

}  // namespace suanwang

template <class Tag>
struct std::hash<suanwang::Id<Tag>> {
  std::size_t operator()(suanwang::Id<Tag> id) const noexcept { return id.value(); }
};
