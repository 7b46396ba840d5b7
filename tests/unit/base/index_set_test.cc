#include "scheduler/base/index_set.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "scheduler/base/random.h"

namespace suanwang {
namespace {

std::uint32_t RunIn(const std::set<std::uint32_t>& plain, std::uint32_t index, std::uint32_t most) {
  std::uint32_t count = 0;
  while (count < most && plain.contains(index + count)) ++count;
  return count;
}

TEST(IndexSetTest, HoldsWhatASetHolds) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed);
    const auto draw = [&](std::uint64_t below) { return static_cast<std::uint32_t>(random.UniformInt(below)); };
    const std::uint32_t size = seed % 4 == 0 ? 64 * (1 + draw(70)) : 1 + draw(5000);
    IndexSet set(size);
    std::set<std::uint32_t> plain;
    for (int step = 0; step < 60; ++step) {
      const std::uint32_t first = draw(size);
      const std::uint32_t count = draw(3) == 0 ? 1 : draw(size - first + 1);
      const bool inserts = draw(2) == 0;
      if (count == 1) {
        inserts ? set.Insert(first) : set.Erase(first);
      } else {
        inserts ? set.InsertRun(first, count) : set.EraseRun(first, count);
      }
      for (std::uint32_t index = first; index < first + count; ++index) {
        if (inserts) plain.insert(index); else plain.erase(index);
      }
      const std::uint32_t at = draw(size);
      const auto next = plain.lower_bound(at);
      ASSERT_EQ(set.NextFrom(at), next == plain.end() ? IndexSet::kNone : *next);
      ASSERT_EQ(set.Contains(at), plain.contains(at));
      const std::uint32_t most = draw(size);
      ASSERT_EQ(set.RunFrom(at, most), RunIn(plain, at, most));
    }
  }
}

}  // namespace
}  // namespace suanwang
