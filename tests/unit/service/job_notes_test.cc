#include "scheduler/service/job_notes.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace suanwang {
namespace {

TEST(JobNotesTest, AgreesWithAMapAndASet) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::mt19937_64 engine(seed);
    JobNotes<int> notes;
    std::map<JobId, int> alive;
    std::set<JobId> ever;
    for (int step = 0; step < 20'000; ++step) {
      const JobId id(static_cast<std::uint32_t>(engine() % 3'000));
      const int* found = notes.Find(id);
      ASSERT_EQ(found != nullptr, alive.contains(id)) << "seed " << seed;
      if (found != nullptr) { ASSERT_EQ(*found, alive.at(id)); }
      if (engine() % 2 == 0) {
        const bool is_new = ever.insert(id).second;
        ASSERT_EQ(notes.Add(id, step), is_new) << "seed " << seed;
        if (is_new) alive[id] = step;
      } else {
        ASSERT_EQ(notes.Forget(id), alive.erase(id) > 0) << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace suanwang
