// What holds of every policy of the catalog, with every choice of its knobs, in worlds that seeds make up. A policy added
// to the catalog meets this suite without being asked.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <variant>

#include "tests/support/plain_policies.h"
#include "tests/support/policy_specs.h"
#include "tests/support/random_scene.h"
#include "tests/support/truth_watch.h"

namespace suanwang {
namespace {

// SUANWANG_MORE_SEEDS=50 attacks with fifty times as many.
std::uint64_t MoreSeeds() {
  const char* more = std::getenv("SUANWANG_MORE_SEEDS");
  return more == nullptr ? 1 : std::strtoull(more, nullptr, 10);
}

class PolicySuite : public ::testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] const PolicyEntry& entry() const { return *FindPolicy(GetParam()); }

  // Calls body(variant, scene, seed) over all variants of the policy, each with seeds of its own, until something fails.
  template <class Body>
  void Attack(std::uint64_t seeds, SceneTraits traits, Body&& body) {
    traits.one_pool |= entry().one_pool_only;
    std::uint64_t seed = 0;
    for (const PolicySpec& variant : AllVariantsOf(entry())) {
      for (std::uint64_t last = seed + seeds * MoreSeeds(); seed < last && !HasFailure(); ++seed) {
        SCOPED_TRACE(ToText(variant) + ", seed " + std::to_string(seed));
        const RandomScene scene(seed, traits);
        body(variant, scene, seed);
      }
    }
  }
};

struct Seen {
  run::RunOutcome outcome;
  TruthWatch watch;
};

Seen RunOf(const RandomScene& scene, const PolicySpec& policy, const run::PortFactory& make_port = run::MakeLocalPort) {
  Seen seen{{}, TruthWatch(scene)};
  record::RunRecord record;
  record.AddSink(&seen.watch);
  auto outcome = run::Run(scene.Under(policy), make_port, record);
  if (const auto* problems = std::get_if<Problems>(&outcome)) {
    ADD_FAILURE() << problems->front();
  } else {
    seen.outcome = std::get<run::RunOutcome>(outcome);
  }
  return seen;
}

std::string FirstOf(const std::vector<std::string>& complaints) { return complaints.empty() ? "" : complaints.front(); }

TEST_P(PolicySuite, DoesNothingThatCannotBe) {
  Attack(30, {}, [](const PolicySpec& policy, const RandomScene& scene, std::uint64_t) {
    const Seen seen = RunOf(scene, policy);

    EXPECT_EQ(FirstOf(seen.watch.complaints()), "");
    EXPECT_EQ(seen.watch.submitted(), scene.jobs.size());
    EXPECT_EQ(seen.watch.ended(EndState::kUnfinished), 0u) << "a job waits for ever";
  });
}

TEST_P(PolicySuite, IsNeverRefusedWhereNothingIsDelayed) {
  Attack(10, {.delays = false}, [](const PolicySpec& policy, const RandomScene& scene, std::uint64_t) {
    EXPECT_EQ(RunOf(scene, policy).watch.refused(), 0u);
  });
}

// Beside others who hold a part of the pools. Nothing follows from a sample, so a job may wait to the end.
TEST_P(PolicySuite, IsNeverRefusedWhatOthersHoldWhereAllOfItIsKnown) {
  Attack(10, {.delays = false, .others = true}, [](const PolicySpec& policy, const RandomScene& scene, std::uint64_t) {
    const Seen seen = RunOf(scene, policy);

    EXPECT_EQ(seen.watch.refused(), 0u);
    EXPECT_EQ(FirstOf(seen.watch.complaints()), "");
    EXPECT_EQ(seen.watch.submitted(), scene.jobs.size());
  });
}

TEST_P(PolicySuite, IsRefusedByAStaleViewAndEveryJobStillEndsOnce) {
  std::uint64_t refused = 0;
  Attack(10, {.others = true, .stale_reports = true}, [&](const PolicySpec& policy, const RandomScene& scene, std::uint64_t) {
    const Seen seen = RunOf(scene, policy);

    EXPECT_EQ(FirstOf(seen.watch.complaints()), "");
    EXPECT_EQ(seen.watch.submitted(), scene.jobs.size());
    EXPECT_LT(seen.watch.refused(), 100 * scene.jobs.size()) << "one refusal breeds another";
    refused += seen.watch.refused();
  });
  EXPECT_GT(refused, 0u) << "nothing was stale, so nothing was tried";
}

TEST_P(PolicySuite, DecidesTheSameWhenRunAgain) {
  Attack(3, {}, [](const PolicySpec& policy, const RandomScene& scene, std::uint64_t) {
    const Seen first = RunOf(scene, policy);
    const Seen second = RunOf(scene, policy);

    EXPECT_EQ(first.outcome.journal_hash, second.outcome.journal_hash);
    EXPECT_EQ(first.outcome.record_hash, second.outcome.record_hash);
  });
}

TEST_P(PolicySuite, StartsAJobThatIsAloneAtOnce) {
  Attack(5, {.outages = false, .delays = false}, [](const PolicySpec& policy, const RandomScene& whole, std::uint64_t seed) {
    RandomScene scene = whole;
    scene.jobs = {whole.jobs[seed % whole.jobs.size()]};
    scene.jobs[0].job.id = JobId(0);

    const Seen seen = RunOf(scene, policy);

    const bool can_run = seen.watch.ended(EndState::kInfeasible) == 0;
    EXPECT_EQ(seen.watch.first_start_of(JobId(0)), can_run ? scene.jobs[0].job.submit : Time::Never());
    EXPECT_EQ(FirstOf(seen.watch.complaints()), "");
  });
}

// What it passes over and what it keeps between rounds changes nothing: a plain second program decides the same.
TEST_P(PolicySuite, DecidesAsItsPlainTwinDoes) {
  if (MakePlain({GetParam(), {}}) == nullptr) GTEST_SKIP() << "has no plain twin in tests/support/plain_policies.cc";
  const auto decide_alike = [](const PolicySpec& policy, const RandomScene& scene, std::uint64_t) {
    const Seen seen = RunOf(scene, policy);
    const Seen plain = RunOf(scene, policy, [](const Inventory& inventory, const PolicySpec& spec, const SchedulerOptions& options) {
      return std::make_unique<Scheduler>(inventory, MakePlain(spec), options);
    });

    EXPECT_EQ(seen.outcome.journal_hash, plain.outcome.journal_hash);
  };
  Attack(12, {}, decide_alike);
  Attack(4, {.others = true, .stale_reports = true}, decide_alike);
}

// ---- memory ---------------------------------------------------------------------------------------------------------

// A scheduler that gives way to its own fork after so many calls.
class ForkingPort final : public SchedulerPort {
 public:
  ForkingPort(std::unique_ptr<Scheduler> scheduler, PolicySpec policy, std::uint64_t calls_left)
      : scheduler_(std::move(scheduler)), policy_(std::move(policy)), calls_left_(calls_left) {}

  void Tell(Time now, std::uint32_t pass, const Observations& seen) override { Next().Tell(now, pass, seen); }
  const Actions& Advance(Time now, std::uint32_t pass, const Observations& seen) override { return Next().Advance(now, pass, seen); }

 private:
  Scheduler& Next() {
    if (calls_left_-- == 0) scheduler_ = scheduler_->Fork(std::get<std::unique_ptr<Policy>>(MakePolicy(policy_)));
    return *scheduler_;
  }

  std::unique_ptr<Scheduler> scheduler_;
  PolicySpec policy_;
  std::uint64_t calls_left_;
};

TEST_P(PolicySuite, GoesOnTheSameFromASavedMemory) {
  Attack(5, {}, [](const PolicySpec& policy, const RandomScene& scene, std::uint64_t seed) {
    const Seen whole = RunOf(scene, policy);
    const std::uint64_t fork_at = seed * 7919 % (whole.outcome.passes + 1);
    SCOPED_TRACE("forked at call " + std::to_string(fork_at));

    const Seen forked = RunOf(scene, policy, [&](const Inventory& inventory, const PolicySpec& spec, const SchedulerOptions& options) {
      auto made = std::get<std::unique_ptr<Policy>>(MakePolicy(spec));
      return std::make_unique<ForkingPort>(std::make_unique<Scheduler>(inventory, std::move(made), options), spec, fork_at);
    });

    EXPECT_EQ(forked.outcome.journal_hash, whole.outcome.journal_hash);
  });
}

// ---- names ----------------------------------------------------------------------------------------------------------

bool GoesByNames(const PolicySpec& policy) {
  const auto score = policy.knobs.find("score");
  if (policy.name == "random" || policy.name == "round-robin") return true;
  return score != policy.knobs.end() && (score->second == "random" || score->second == "round-robin");
}

TEST_P(PolicySuite, DoesNotMindJobsThatFitNowhere) {
  Attack(4, {}, [](const PolicySpec& policy, const RandomScene& scene, std::uint64_t seed) {
    if (GoesByNames(policy)) return;
    // One that fits nowhere before every third: the others keep their order under new ids.
    RandomScene longer = scene;
    longer.jobs.clear();
    std::vector<JobId> now_called;
    for (const workload::SimJob& job : scene.jobs) {
      if ((job.job.id.value() + seed) % 3 == 0) {
        longer.jobs.push_back(job);
        longer.jobs.back().job.milli = 4'000'000'000;
      }
      now_called.emplace_back(static_cast<std::uint32_t>(longer.jobs.size()));
      longer.jobs.push_back(job);
    }
    for (std::uint32_t id = 0; id < longer.jobs.size(); ++id) longer.jobs[id].job.id = JobId(id);

    const Seen seen = RunOf(scene, policy);
    const Seen seen_longer = RunOf(longer, policy);

    for (const workload::SimJob& job : scene.jobs) {
      const JobId id = job.job.id;
      EXPECT_EQ(seen_longer.watch.end_of(now_called[id.value()]), seen.watch.end_of(id)) << "job " << id.value();
    }
  });
}

TEST_P(PolicySuite, DoesNotMindWhatJobsAreCalledWhereNoTwoComeAtOnce) {
  Attack(4, {}, [](const PolicySpec& policy, const RandomScene& scene, std::uint64_t seed) {
    if (GoesByNames(policy)) return;
    RandomScene distinct = scene;
    for (std::size_t i = 0; i < distinct.jobs.size(); ++i) {
      distinct.jobs[i].job.submit = distinct.jobs[i].job.submit + Nanoseconds(static_cast<std::int64_t>(i) * 1000);
    }
    RandomScene renamed = distinct;
    const auto count = static_cast<std::uint32_t>(renamed.jobs.size());
    const auto renaming = [&](std::uint32_t id) { return (id + static_cast<std::uint32_t>(seed)) % count; };
    for (workload::SimJob& job : renamed.jobs) job.job.id = JobId(renaming(job.job.id.value()));

    const Seen seen = RunOf(distinct, policy);
    const Seen seen_renamed = RunOf(renamed, policy);

    for (std::uint32_t id = 0; id < count; ++id) {
      EXPECT_EQ(seen_renamed.watch.end_of(JobId(renaming(id))), seen.watch.end_of(JobId(id))) << "job " << id;
    }
  });
}

std::vector<std::string> NamesOfAll() {
  std::vector<std::string> names;
  for (const PolicyEntry& entry : Policies()) names.emplace_back(entry.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Catalog, PolicySuite, ::testing::ValuesIn(NamesOfAll()), [](const auto& one) {
  std::string name = one.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace suanwang
