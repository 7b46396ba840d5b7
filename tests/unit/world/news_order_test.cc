// When the scheduler hears what an outage did, and what becomes of commands that were on their way meanwhile.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include "simulator/world/world.h"
#include "simulator/record/run_record.h"

namespace suanwang::world {
namespace {

Time At(std::int64_t seconds) { return Time() + Seconds(seconds); }

struct CountRefused final : record::RowSink {
  void On(const record::Row& row, std::span<const std::uint32_t>) override { count += std::holds_alternative<record::Refused>(row); }
  int count = 0;
};

// One job of 100 s on one node that is down for a while; starts are sent at the seconds named, blindly.
class NewsOrderTest : public ::testing::Test {
 protected:
  void Run(const Outage& outage, const WorldOptions& options, Time submit, const std::vector<Time>& starts) {
    const workload::SimJob job{.job = {.id = JobId(0), .profile = ProfileId(0), .submit = submit, .estimate = Seconds(100)},
                               .duration = Seconds(100)};
    const WorldSetup setup{inventory_, profiles_, {&job, 1}, {outage}, options};
    record::RunRecord record;
    record.AddSink(&refused_);
    World world(setup, record);
    while (world.BeginPass()) {
      for (const Observation& seen : world.RunPass().items) heard_.emplace(world.now(), seen.index());
      world.Apply(std::ranges::find(starts, world.now()) == starts.end() ? Actions{} : StartOnNode0());
    }
    world.Close(world.now());
  }

  // When news of this kind came.
  template <class Kind>
  [[nodiscard]] std::vector<Time> Heard() const {
    std::vector<Time> times;
    for (const auto& [at, kind] : heard_) {
      if (kind == Observation(Kind{}).index()) times.push_back(at);
    }
    return times;
  }

  CountRefused refused_;

 private:
  static Actions StartOnNode0() {
    Actions actions;
    const NodeRun run{.first = 0, .count = 1, .milli = kMilli};
    actions.items.emplace_back(Start{JobId(0), PoolId(0), kMilli, AppendNodes({&run, 1}, actions.words)});
    return actions;
  }

  Inventory inventory_ = OnePool(1, 1);
  std::vector<JobProfile> profiles_ = {JobProfile{}};
  std::multimap<Time, std::size_t> heard_;
};

using Times = std::vector<Time>;

TEST_F(NewsOrderTest, AStopByAnOutageIsNotHeardBeforeTheStartThatItFollows) {
  // Submitted at 0, heard at 10; the start arrives at 20, is heard of at 30. At 25 the node fails.
  Run({At(25), At(27), PoolId(0), 0, 1}, {.control_delay = Seconds(10)}, At(0), {At(10)});

  EXPECT_EQ(Heard<AvailabilityChanged>(), (Times{At(25), At(27)}));
  EXPECT_EQ(Heard<JobStarted>(), Times{At(30)});
  EXPECT_EQ(Heard<JobStopped>(), Times{At(35)});
}

TEST_F(NewsOrderTest, AStartSentBeforeTheStopWasHeardIsRefusedByThatNews) {
  // Sent again at 27, when the stop is not heard of yet, and at 35, when it is.
  Run({At(25), At(27), PoolId(0), 0, 1}, {.control_delay = Seconds(10)}, At(0), {At(10), At(27), At(35)});

  EXPECT_EQ(refused_.count, 1);
  EXPECT_EQ(Heard<StartRefused>(), Times{});
  EXPECT_EQ(Heard<JobStarted>(), (Times{At(30), At(55)}));
}

TEST_F(NewsOrderTest, ARefusalByNodesThatAreDownIsHeardWhenTheirOutageIsKnown) {
  Run({At(5), At(100), PoolId(0), 0, 1}, {.detection_delay = Seconds(30)}, At(10), {At(10), At(35), At(130)});

  EXPECT_EQ(Heard<StartRefused>(), Times{At(40)}) << "and not in the same instant, to be tried again and again";
  EXPECT_EQ(Heard<JobEnded>(), Times{At(230)});
}

TEST_F(NewsOrderTest, WithoutDelaysAllIsHeardAtOnce) {
  Run({At(25), At(27), PoolId(0), 0, 1}, {}, At(0), {At(0), At(27)});

  EXPECT_EQ(Heard<JobStopped>(), Times{At(25)});
  EXPECT_EQ(Heard<JobEnded>(), Times{At(127)});
}

}  // namespace
}  // namespace suanwang::world
