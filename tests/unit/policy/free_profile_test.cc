#include "scheduler/policy/parts/free_profile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "scheduler/base/random.h"

namespace suanwang {
namespace {

Time At(std::int64_t s) { return Time() + Seconds(s); }

// Free accelerators second by second: what a FreeProfile says, in the plainest form.
class PlainProfile {
 public:
  static constexpr std::int64_t kEnd = 400;  // nothing changes from here on

  explicit PlainProfile(std::int64_t free) : free_(kEnd, free) {}
  void AddEnd(std::int64_t end, std::int64_t milli) { Add(end, kEnd, milli); }
  void Reserve(std::int64_t from, std::int64_t length, std::int64_t milli) { Add(from, from + length, -milli); }

  [[nodiscard]] bool Fits(std::int64_t start, std::int64_t length, std::int64_t need) const {
    for (std::int64_t t = start; t < start + length; ++t) {
      if (free_[static_cast<std::size_t>(std::min(t, kEnd - 1))] < need) return false;
    }
    return true;
  }
  [[nodiscard]] std::int64_t EarliestFit(std::int64_t need, std::int64_t length, std::int64_t not_before) const {
    for (std::int64_t start = not_before; start < kEnd; ++start) {
      if (Fits(start, length, need)) return start;
    }
    return -1;
  }

 private:
  void Add(std::int64_t from, std::int64_t to, std::int64_t milli) {
    for (std::int64_t t = from; t < std::min(to, kEnd); ++t) free_[static_cast<std::size_t>(t)] += milli;
  }
  std::vector<std::int64_t> free_;
};

class FreeProfileTest : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(FreeProfileTest, FindsTheEarliestRoomThatSecondBySecondSearchFinds) {
  RandomStream random(GetParam());
  const auto draw = [&](std::uint64_t below) { return static_cast<std::int64_t>(random.UniformInt(below)); };
  const std::int64_t free_now = draw(5);
  FreeProfile profile;
  PlainProfile plain(free_now);
  profile.Reset(At(0), static_cast<std::uint64_t>(free_now));
  for (std::int64_t end = draw(4); end < 60; end += draw(12)) {
    const std::int64_t milli = 1 + draw(4);
    profile.AddEnd(At(end), static_cast<std::uint64_t>(milli));
    plain.AddEnd(end, milli);
  }

  for (int i = 0; i < 40; ++i) {
    const std::int64_t need = 1 + draw(6), length = 1 + draw(15), not_before = draw(3) * draw(30);
    const FreeProfile::Room room = profile.EarliestFit(static_cast<std::uint64_t>(need), Seconds(length), At(not_before));
    const std::int64_t expected = plain.EarliestFit(need, length, not_before);
    const Time expected_start = expected < 0 ? Time::Never() : At(expected);

    ASSERT_EQ(room.start, expected_start) << "seed " << GetParam() << ", " << need << " for " << length << " s from " << not_before << " s";
    ASSERT_EQ(profile.FitsAtBegin(static_cast<std::uint64_t>(need), Seconds(length)), plain.Fits(0, length, need)) << "seed " << GetParam();
    if (expected < 0) continue;
    profile.Reserve(room, static_cast<std::uint64_t>(need));
    plain.Reserve(expected, length, need);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, FreeProfileTest, ::testing::Range(std::uint64_t{1}, std::uint64_t{201}));

TEST(FreeProfile, AStayWithoutEndHoldsItsPlaceForEver) {
  FreeProfile profile;
  profile.Reset(At(0), 2);

  profile.Reserve(profile.EarliestFit(1, Duration::Max(), At(5)), 1);

  EXPECT_TRUE(profile.FitsAtBegin(2, Seconds(5)));
  EXPECT_EQ(profile.EarliestFit(2, Seconds(1), At(5)).start, Time::Never());
  EXPECT_EQ(profile.EarliestFit(1, Duration::Max(), At(7)).start, At(7));
}

}  // namespace
}  // namespace suanwang
