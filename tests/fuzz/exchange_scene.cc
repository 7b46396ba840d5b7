#include "tests/fuzz/exchange_scene.h"

#include <functional>
#include <utility>

#include "scheduler/policy/catalog.h"
#include "scheduler/wire/session_codec.h"

namespace suanwang {
namespace {

constexpr Pool PoolOf(std::uint32_t center, std::uint32_t accelerator, const PoolShape& shape) {
  return Pool{.center = CenterId(center), .accelerator = AcceleratorId(accelerator), .shape = shape, .node_mtbf = Hours(1000)};
}

std::string Opening(const SessionSettings& settings, const Inventory& inventory) {
  std::string bytes;
  wire::EncodeOpen(settings, inventory, wire::kSchemaVersion, bytes);
  return bytes;
}

std::string Asking(std::uint64_t sequence, const Observations& seen) {
  std::string bytes;
  wire::EncodeAdvance(sequence, {}, Time(static_cast<std::int64_t>(sequence)), 0, seen, bytes);
  return bytes;
}

Observations Told(std::initializer_list<Observation> items) {
  Observations seen;
  seen.items = items;
  return seen;
}

Job JobOf(std::uint32_t id, std::uint32_t profile = 0) {
  return Job{.id = JobId(id), .profile = ProfileId(profile), .estimate = Seconds(1)};
}

// Opens, declares the profiles together with the first batch, and asks once for each.
HostileConversation Conversation(std::string name, std::string refusal, const SessionSettings& settings, std::vector<Observations> told) {
  HostileConversation made{std::move(name), std::move(refusal), {Opening(settings, InventoryFor(settings))}};
  Observations first = FourProfiles();
  first.items.insert(first.items.end(), told.front().items.begin(), told.front().items.end());
  first.words = told.front().words;
  told.front() = std::move(first);
  for (const Observations& seen : told) made.requests.push_back(Asking(made.requests.size(), seen));
  return made;
}

HostileConversation WrongInventory(std::string name, std::string refusal, const std::function<void(Inventory&)>& change) {
  Inventory inventory = ThreePools();
  change(inventory);
  return {std::move(name), std::move(refusal), {Opening({.policy = "fifo"}, inventory)}};
}

Observations FoundOn(std::uint32_t profile, std::uint32_t pool, std::uint32_t node) {
  Observations seen;
  const NodeRun runs[] = {{node, 1, kMilli, NodeRun::kWhole}};
  seen.items.emplace_back(JobFound{JobOf(1, profile), PoolId(pool), AppendNodes(runs, seen.words)});
  seen.items.emplace_back(JobStopped{JobId(1), StopReason::kOutage});
  return seen;
}

}  // namespace

Inventory ThreePools() {
  Inventory inventory;
  inventory.hop_delay = Milliseconds(1);
  inventory.accelerators = {Accelerator{.name = "a", .ecosystem = "x", .fp16_gflops = 300'000, .memory_mb_per_s = 2'000'000, .busy_mw = 500'000},
                            Accelerator{.name = "b", .ecosystem = "y", .fp16_gflops = 100'000, .busy_mw = 300'000, .idle_mw = 50'000}};
  inventory.tariffs = {Tariff{.name = "t", .micro_cny_per_kwh = {300'000, 900'000}}};
  inventory.sites = {Site{.name = "s"}, Site{.name = "t", .access_delay = Milliseconds(1)}, Site{.name = "apart"}};
  inventory.links = {Link{.from = SiteId(0), .to = SiteId(1), .delay = Milliseconds(9)}, Link{.from = SiteId(1), .to = SiteId(0), .delay = Milliseconds(9)}};
  inventory.centers = {Center{.name = "c", .site = SiteId(0), .grid_mg_per_kwh = 500'000, .tariff = TariffId(0)},
                       Center{.name = "d", .tier = Tier::kEdge, .site = SiteId(1)}};
  inventory.pools = {PoolOf(0, 0, {.nodes = 4, .accelerators_per_node = 2, .domain_nodes = 2, .cpu_milli_per_node = 8'000}),
                     PoolOf(0, 0, {.nodes = 5, .accelerators_per_node = 1, .granularity = Granularity::kCount}),
                     PoolOf(1, 1, {.nodes = 2, .accelerators_per_node = 4})};
  return inventory;
}

Observations FourProfiles() {
  return Told({ProfileDeclared{ProfileId(0), JobProfile{}},
               ProfileDeclared{ProfileId(1), JobProfile{.reference = AcceleratorId(1), .accelerators = 2}},
               ProfileDeclared{ProfileId(2), JobProfile{.shape = Shape::kOneDomain, .cpu_milli = 4'000, .restart_cost = Seconds(1)}},
               ProfileDeclared{ProfileId(3), JobProfile{.preemptible = false, .reference = AcceleratorId(0), .max_one_way = Milliseconds(5)}}});
}

std::vector<SessionSettings> SettingsOfEveryPolicy() {
  std::vector<SessionSettings> all;
  for (const PolicyEntry& policy : Policies()) all.push_back({.policy = std::string(policy.name)});
  for (const char* order : {"fifo", "priority", "sjf", "smallest", "fair-share"}) {
    all.push_back({.policy = "list", .knobs = {{"order", order}, {"head_blocks", "true"}}});
    all.push_back({.policy = "list", .knobs = {{"order", order}, {"score", "best-fit"}}});
  }
  for (const char* score : {"cheapest", "greenest", "most-reliable", "least-loaded", "nearest"}) {
    all.push_back({.policy = "easy", .knobs = {{"score", score}}});
    all.push_back({.policy = "conservative", .knobs = {{"score", score}}});
  }
  all.push_back({.policy = "srtf", .knobs = {{"restart_cost", "1:10d;*:1h"}}});
  all.push_back({.policy = "easy", .decision_period = Duration(4)});
  return all;
}

Inventory InventoryFor(const SessionSettings& settings) {
  const PolicyEntry* policy = FindPolicy(settings.policy);
  Inventory inventory = ThreePools();
  if (policy != nullptr && policy->one_pool_only) inventory.pools.resize(1);
  return inventory;
}

std::vector<HostileConversation> HostileConversations() {
  const SessionSettings srtf{.policy = "srtf"};
  const SessionSettings fifo{.policy = "fifo"};
  const SessionSettings easy{.policy = "easy"};
  return {
      WrongInventory("a hop of more than an hour", "hop_delay_ns: 3660000000000 is more than", [](Inventory& i) { i.hop_delay = Minutes(61); }),
      WrongInventory("a hop back in time", "hop_delay_ns: -1 is less than 0", [](Inventory& i) { i.hop_delay = Duration(-1); }),
      WrongInventory("a link of more than an hour", "links[0].delay_ns: ", [](Inventory& i) { i.links[0].delay = Minutes(61); }),
      WrongInventory("a domain whose nodes wrap round", "pools[0].shape.domain_nodes: ", [](Inventory& i) { i.pools[0].shape.domain_nodes = 0xFFFFFFFF; }),
      WrongInventory("accelerators whose thousandths are none", "pools[1].shape.accelerators_per_node: ",
                     [](Inventory& i) { i.pools[1].shape = {.nodes = 1, .accelerators_per_node = 1u << 29, .granularity = Granularity::kCount}; }),
      WrongInventory("more power than there is", "accelerators[0].busy_mw: ", [](Inventory& i) { i.accelerators[0].busy_mw = 1'000'000'000'000; }),
      Conversation("nodes that come back and were not down", "observations[4].availability_changed.nodes: 1 come back, and fewer are down", fifo,
                   {Told({AvailabilityChanged{PoolId(1), 0, 1, true}})}),
      Conversation("more nodes that go than were up", "availability_changed.nodes: 3 go down, and fewer are up", fifo,
                   {Told({AvailabilityChanged{PoolId(1), 0, 3, false}}), Told({AvailabilityChanged{PoolId(1), 1, 3, false}})}),
      Conversation("news of a job that is rejected in the same batch", "", fifo,
                   {Told({JobSubmitted{JobOf(1000, 1)}, JobSubmitted{Job{.id = JobId(2000), .profile = ProfileId(0), .milli = 99 * kMilli}},
                          JobStarted{JobId(2000)}, JobStopped{JobId(2000), StopReason::kOutage}, StartRefused{JobId(2000), Rule::kFull}})}),
      Conversation("the end of a job that is rejected in the same batch", "", fifo,
                   {Told({JobSubmitted{Job{.id = JobId(0), .profile = ProfileId(0), .milli = 99 * kMilli}}, JobEnded{JobId(0)}}),
                    Told({JobSubmitted{JobOf(1)}})}),
      Conversation("a job found where its family is not", "job_found.pool: 0 may not run this job (family)", srtf, {FoundOn(1, 0, 0)}),
      Conversation("a job found where its family is not, among many", "job_found.pool: 0 may not run this job (family)", easy, {FoundOn(1, 0, 0)}),
      Conversation("a job found that stops", "", easy, {FoundOn(1, 2, 0), {}}),
      Conversation("an id of four thousand million", "job.id: 4000000000 runs further ahead of the 1 submissions so far", srtf,
                   {Told({JobSubmitted{JobOf(0)}, JobSubmitted{JobOf(4'000'000'000)}})}),
      Conversation("others who hold more than there is", "center_reported.foreign_milli: 5001 is more than the pool has", easy,
                   {Told({CenterReported{PoolId(1), 5001, Time()}})}),
      Conversation("a measurement of tomorrow", "center_reported.measured_ns: 2 is later than now", easy,
                   {Told({CenterReported{PoolId(1), 0, Time(2)}})}),
      Conversation("a job that comes again", "job.id: 1 was submitted before", fifo,
                   {Told({JobSubmitted{JobOf(1)}, JobEnded{JobId(1)}}), Told({JobSubmitted{JobOf(1)}})}),
  };
}

}  // namespace suanwang
