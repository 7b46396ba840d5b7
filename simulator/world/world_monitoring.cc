#include "simulator/world/world.h"

// What others hold of the pools, and how the scheduler hears of it.
namespace suanwang::world {

void World::BeginBackground() {
  for (std::uint32_t i = 0; i < setup_.background.size(); ++i) {
    const BackgroundLoad& load = setup_.background[i];
    foreign_.Allow(load.pool);
    if (!load.steps.empty()) ArmLoad(i, load.steps.front().from);
  }
  const bool measures = !setup_.background.empty() && setup_.options.reports.period != Duration();
  if (measures) PushBackground(Time(), Phase::kSample, SamplesAreTaken{});
}

void World::ArmLoad(std::uint32_t load, Time at) {
  if (at != Time::Never()) PushBackground(at, Phase::kFault, LoadChanges{load});
}

void World::PushBackground(Time at, Phase phase, const Event& event) {
  queue_.Push(at, phase, event);
  ++background_events_;
}

void World::On(const LoadChanges& event) {
  --background_events_;
  const BackgroundLoad& load = setup_.background[event.load];
  foreign_.SetWanted(load.pool, WantedMilli(load, setup_.inventory.pools[load.pool.value()].shape, now_));
  ArmLoad(event.load, NextChange(load, now_));
}

void World::On(const SamplesAreTaken&) {
  --background_events_;
  samples_are_due_ = true;
  PushBackground(now_ + setup_.options.reports.period, Phase::kSample, SamplesAreTaken{});
}

void World::On(const ReportsArrive& event) {
  --background_events_;
  const Observations& batch = messages_under_way_[event.batch];
  seen_.items.insert(seen_.items.end(), batch.items.begin(), batch.items.end());
  messages_under_way_.Arrived(event.batch);
}

void World::SettleForeign() {
  const bool tells_changes = setup_.options.reports.period == Duration();
  foreign_.Settle([&](PoolId pool) -> const PoolOccupancy& { return pools_[pool.value()].occupancy; },
                  [&](PoolId pool, std::uint64_t held_milli) {
                    record_.Add(record::ForeignUse{now_, pool, held_milli});
                    if (tells_changes) reports_.items.push_back(CenterReported{pool, held_milli, now_});
                  });
}

// Reports of this pass are told before its round, unless they take their time.
void World::TakeSamples() {
  if (samples_are_due_) {
    for (const PoolId pool : foreign_.pools()) reports_.items.push_back(measuring_.Measure(pool, foreign_.held_milli(pool), now_));
    samples_are_due_ = false;
  }
  if (reports_.empty()) return;
  if (setup_.options.reports.delay != Duration()) return SendReports(now_ + setup_.options.reports.delay);
  seen_.items.insert(seen_.items.end(), reports_.items.begin(), reports_.items.end());
  reports_.Clear();
}

void World::SendReports(Time at) {
  PushBackground(at, Phase::kDelivery, ReportsArrive{messages_under_way_.Put(reports_)});
  reports_.Clear();
}

bool World::OthersLeaveRoom(PoolId pool, std::uint32_t milli) const {
  return milli + foreign_.held_milli(pool) <= pools_[pool.value()].occupancy.free_milli();
}

void World::TellOfOthers(PoolId pool, Observations& refusal) const {
  if (foreign_.IsPossibleIn(pool)) refusal.items.push_back(CenterReported{pool, foreign_.held_milli(pool), now_});
}

}  // namespace suanwang::world
