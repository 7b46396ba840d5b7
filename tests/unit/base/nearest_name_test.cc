#include "scheduler/base/nearest_name.h"

#include <gtest/gtest.h>

#include <array>

namespace suanwang {
namespace {

constexpr std::array<std::string_view, 3> kColours = {"red", "green", "blue"};

std::string Guess(std::string_view word, std::span<const std::string_view> names = kColours) { return DidYouMean(word, names); }

TEST(NearestNameTest, GuessesOnlyWhatIsClose) {
  EXPECT_EQ(Guess("rde"), "did you mean 'red'?");
  EXPECT_EQ(Guess("rxx"), "");
  EXPECT_EQ(Guess("gren"), "did you mean 'green'?");
  EXPECT_EQ(Guess("ed"), "did you mean 'red'?");
  EXPECT_EQ(Guess("red", {}), "");
}

TEST(NearestNameTest, OfColumnsTakesTheNearest) {
  constexpr std::array<std::string_view, 4> kColumns = {"duration_s", "submit_s", "units", "user"};
  EXPECT_EQ(Guess("unit", kColumns), "did you mean 'units'?");
  EXPECT_EQ(Guess("sumbit_s", kColumns), "did you mean 'submit_s'?");
  EXPECT_EQ(Guess("duration", kColumns), "did you mean 'duration_s'?");
  EXPECT_EQ(Guess("colour", kColumns), "");
}

TEST(NearestNameTest, WordsBeyondAllKeyboardsAreNobodysSlip) {
  const std::string long_word(201, 'a');
  const std::array<std::string_view, 1> names = {long_word};
  EXPECT_EQ(Guess(long_word, names), "");
}

}  // namespace
}  // namespace suanwang
