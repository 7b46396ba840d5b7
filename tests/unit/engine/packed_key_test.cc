#include "simulator/engine/packed_key.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace suanwang {
namespace {

std::vector<EventKey> KeysAtTheEdges() {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  std::vector<EventKey> keys;
  for (const Time time : {Time(kLeast), Time(-1), Time(), Time(1), Time::Never()}) {
    for (const std::uint32_t pass : {0u, 1u, 999u, 1023u}) {
      for (const Phase phase : {Phase::kCompletion, Phase::kFault, Phase::kSample}) {
        for (const std::uint64_t sequence : {std::uint64_t{0}, std::uint64_t{1}, PackedKey::kMaxSequence}) {
          keys.push_back({time, pass, phase, sequence});
        }
      }
    }
  }
  return keys;
}

TEST(PackedKeyTest, KeepsEveryField) {
  for (const EventKey& key : KeysAtTheEdges()) EXPECT_EQ(PackedKey::Of(key).Unpack(), key);
}

TEST(PackedKeyTest, ComparesLikeTheKeyItPacks) {
  const std::vector<EventKey> keys = KeysAtTheEdges();

  for (const EventKey& a : keys) {
    for (const EventKey& b : keys) EXPECT_EQ(PackedKey::Of(a) < PackedKey::Of(b), a < b);
  }
}

}  // namespace
}  // namespace suanwang
