// One run through all six hops of DESIGN §10, read line by line before it was accepted. Two centres, five jobs, fifo:
//
//   Guiyang (pool 0) has two nodes of 8 accelerators; Shanghai (pool 1) one. A link of 12 ms joins their sites; a
//   computing site adds 0.5 ms of access, each link 0.05 ms, so a job from Shanghai is 12.55 ms from Guiyang.
//   Profile 0 takes anything anywhere. Profile 1 wants at most 5 ms from its origin: for jobs from Shanghai, pool 1 alone.
//
//   tests/golden/hello_journal.txt, what was said:
//   at 0     Profiles are declared before the first job that names them, and no sooner: profile 0 comes with job 0.
//            Jobs 0 and 1 arrive together and so meet in one round. Job 0 (16 accelerators) takes both nodes of pool 0:
//            first pool in order of id. Job 1 (4) finds pool 0 full and goes to node 0 of pool 1.
//            No JobStarted is told: without a control delay the scheduler reckons from its own command.
//   at 5     Profile 1 is declared, job 2 (8, profile 1) is submitted. Pool 0 is too far for it, pool 1 has 4 free:
//            it waits, nothing is answered. fifo closes to those behind it every pool that it could use: pool 1.
//   at 6     Job 3 (1 accelerator, profile 0): pool 0 is full, pool 1 closed by job 2 though 4 are free there. It waits.
//            Job 4 (24 accelerators) fits no pool, empty as it may be: rejected at once, rule size, never queued.
//   at 10    Job 1 ends. Pool 1 is empty: job 2 starts there.
//            Job 3 waits on: pool 0 is full, and so is pool 1.
//   at 12    Node 0 of pool 0 goes down until 20. Job 0 held it: it is stopped, keeps no work (its profile has no
//            checkpoints) and waits again, in its place by submission: first. It needs both nodes of pool 0 and
//            one is down; pool 1 could never hold 16, so only pool 0 is closed behind it. Pool 1 is full: job 3 waits.
//   at 15    Job 2 ends (5 s). Pool 0 is closed by job 0; pool 1 is free and open: job 3 starts there, 9 s after its
//            submission. It takes no time: it holds its unit through this round and ends in pass 1 of the same instant.
//            That pass is a round of its own, in which nothing can start.
//   at 20    The node comes back: job 0 starts anew on both nodes, for its whole 30 s.
//   at 50    Job 0 ends. Nobody waits.
//
//   tests/golden/hello_record.txt, what truly happened: the same instants; a submission also says how long the job truly
//   takes, which no scheduler is told; a start is granted and begins at once, as nothing has to be staged; the stop at 12
//   lost the 12 s that job 0 had run; the end of each says how much useful work it did: all of its own, or none.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "scheduler/base/hash.h"
#include "simulator/record/record_text.h"
#include "tests/support/kept_run.h"

namespace suanwang {
namespace {

class HelloScene {
 public:
  HelloScene() {
    inventory_.hop_delay = Nanoseconds(50'000);
    inventory_.accelerators = {{.name = "ascend-910b", .ecosystem = "cann", .domestic = true, .fp16_gflops = 320'000}};
    inventory_.sites = {{.name = "guiyang", .access_delay = Nanoseconds(500'000)}, {.name = "shanghai", .access_delay = Nanoseconds(500'000)}};
    inventory_.links = {{.name = "sh-gy", .from = SiteId(1), .to = SiteId(0), .delay = Milliseconds(12), .capacity_bps = 400'000'000'000},
                        {.name = "gy-sh", .from = SiteId(0), .to = SiteId(1), .delay = Milliseconds(12), .capacity_bps = 400'000'000'000}};
    inventory_.centers = {{.name = "guiyang", .site = SiteId(0)}, {.name = "shanghai", .site = SiteId(1)}};
    AddPool("guiyang.910b", 0, 2);
    AddPool("shanghai.910b", 1, 1);
    Submit(0, 30, 16, ProfileId(0));
    Submit(0, 10, 4, ProfileId(0));
    Submit(5, 5, 8, ProfileId(1));
    Submit(6, 0, 1, ProfileId(0));
    Submit(6, 10, 24, ProfileId(0));
  }

  [[nodiscard]] run::Experiment UnderFifo() const {
    return {.inventory = inventory_, .profiles = profiles_, .jobs = jobs_,
            .outages = {{.begin = At(12), .end = At(20), .pool = PoolId(0), .first_node = 0, .nodes = 1}},
            .world = {}, .policy = {"fifo", {}}, .scheduler = {.seed = 1}};
  }

 private:
  static Time At(std::int64_t seconds) { return Time() + Seconds(seconds); }

  void AddPool(const char* name, std::uint32_t center, std::uint32_t nodes) {
    inventory_.pools.push_back({.name = name, .center = CenterId(center), .accelerator = AcceleratorId(0),
                                .shape = {.nodes = nodes, .accelerators_per_node = 8}, .installed_nodes = nodes});
  }
  void Submit(std::int64_t at, std::int64_t lasts, std::uint32_t units, ProfileId profile) {
    const auto id = static_cast<std::uint32_t>(jobs_.size());
    jobs_.push_back({.job = {.id = JobId(id), .profile = profile, .submit = At(at), .estimate = Seconds(lasts), .milli = units * kMilli,
                             .tenant = TenantId(0), .origin = SiteId(1)},
                     .duration = Seconds(lasts)});
  }

  Inventory inventory_;
  std::vector<JobProfile> profiles_ = {JobProfile{}, JobProfile{.kind = JobKind::kInference, .max_one_way = Milliseconds(5)}};
  std::vector<workload::SimJob> jobs_;
};

// Where SUANWANG_ACCEPT is set, what was said becomes what is expected: to be read, then committed with its reason.
void ExpectGolden(const std::string& name, const std::string& text) {
  const std::string path = "tests/golden/" + name;  // tests run in the source folder
  if (std::getenv("SUANWANG_ACCEPT") != nullptr) std::ofstream(path) << text;
  std::ostringstream expected;
  expected << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, expected.str()) << path;
}

TEST(HelloTranscriptTest, IsWhatWasReadAndAccepted) {
  const HelloScene scene;

  const KeptRun run = RunInProcess(scene.UnderFifo());

  ExpectGolden("hello_journal.txt", JournalText(run.journal));
  ExpectGolden("hello_record.txt", record::RecordText(run.record));
}

// Constants, so that every build type, compiler and machine is held to the same bytes.
TEST(HelloTranscriptTest, HasTheSameHashesInEveryBuild) {
  const HelloScene scene;

  const KeptRun run = RunInProcess(scene.UnderFifo());

  EXPECT_EQ(HashText(run.outcome.journal_hash), "db9e704d08fb51c0");
  EXPECT_EQ(HashText(run.outcome.record_hash), "75ff7ae1befcb958");
}

}  // namespace
}  // namespace suanwang
