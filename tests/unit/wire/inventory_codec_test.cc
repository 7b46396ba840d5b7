#include "scheduler/wire/inventory_codec.h"

#include <google/protobuf/descriptor.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <type_traits>

#include "scheduler/wire/inventory_fields.h"

namespace suanwang::wire {
namespace {

using ::testing::HasSubstr;

// ---- values of every type, from the list of fields alone ----

class RandomInventory {
 public:
  explicit RandomInventory(std::uint64_t seed) : engine_(seed) {}

  template <class Object>
  Object Make() {
    Object object;
    std::apply([&](const auto&... field) { (Set(object.*(field.member)), ...); }, InventoryFields(&object));
    return object;
  }

 private:
  template <class Member>
  void Set(Member& member) {
    if constexpr (requires { InventoryFields(&member); }) {
      member = Make<Member>();
    } else if constexpr (std::is_enum_v<Member>) {
      member = static_cast<Member>(engine_() % 2);
    } else if constexpr (std::is_same_v<Member, bool>) {
      member = engine_() % 2 == 0;
    } else if constexpr (std::is_same_v<Member, std::string>) {
      member = "text-" + std::to_string(engine_());
    } else if constexpr (std::is_arithmetic_v<Member>) {
      member = static_cast<Member>(engine_());
    } else if constexpr (std::is_same_v<Member, Time> || std::is_same_v<Member, Duration>) {
      member = Member(static_cast<std::int64_t>(engine_()));
    } else {
      member = Member(static_cast<std::uint32_t>(engine_()));
    }
  }
  template <class Item>
  void Set(std::vector<Item>& list) {
    for (int i = 0; i < 3; ++i) Set(list.emplace_back());
  }

  std::mt19937_64 engine_;
};

template <class Item>
bool Same(const std::vector<Item>& a, const std::vector<Item>& b);

template <class Member>
bool Same(const Member& a, const Member& b) {
  if constexpr (requires { InventoryFields(&a); }) {
    return std::apply([&](const auto&... field) { return (Same(a.*(field.member), b.*(field.member)) && ...); }, InventoryFields(&a));
  } else {
    return a == b;
  }
}
template <class Item>
bool Same(const std::vector<Item>& a, const std::vector<Item>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Item& x, const Item& y) { return Same(x, y); });
}

TEST(InventoryCodecTest, ThereAndBackIsTheIdentity) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Inventory sent = RandomInventory(seed).Make<Inventory>();
    v1::inventory::Inventory message;
    Inventory received;

    ToProto(sent, message);
    v1::inventory::Inventory parsed;
    ASSERT_TRUE(parsed.ParseFromString(message.SerializeAsString()));
    (void)FromProto(parsed, "inventory", received);  // random ids name nothing, which is told and changes no value

    EXPECT_TRUE(Same(sent, received)) << "seed " << seed;
  }
}

template <class Object>
void ExpectAllListed(const std::string& message) {
  const auto* descriptor = v1::inventory::Inventory::descriptor()->file()->FindMessageTypeByName(message);
  ASSERT_NE(descriptor, nullptr);
  EXPECT_EQ(static_cast<std::size_t>(descriptor->field_count()),
            std::tuple_size_v<decltype(InventoryFields(static_cast<const Object*>(nullptr)))>) << message;
}

TEST(InventoryCodecTest, TheSchemaHasNoFieldThatTheListLacks) {
  ExpectAllListed<Accelerator>("Accelerator");
  ExpectAllListed<Tariff>("Tariff");
  ExpectAllListed<Center>("Center");
  ExpectAllListed<PoolShape>("PoolShape");
  ExpectAllListed<Pool>("Pool");
  ExpectAllListed<Site>("Site");
  ExpectAllListed<Link>("Link");
  ExpectAllListed<Inventory>("Inventory");
}

// ---- what a received inventory may not be ----

Inventory TwoCenters() {
  Inventory inventory = OnePool(4, 8);
  inventory.sites = {Site{.name = "guiyang"}, Site{.name = "beijing"}};
  inventory.links = {Link{.name = "east", .from = SiteId(0), .to = SiteId(1), .capacity_bps = 1}};
  inventory.tariffs = {Tariff{.name = "flat", .micro_cny_per_kwh = {400'000}}};
  inventory.centers.push_back(Center{.name = "other", .site = SiteId(1), .tariff = TariffId(0)});
  inventory.pools.push_back(Pool{.name = "p", .center = CenterId(1), .accelerator = AcceleratorId(0)});
  return inventory;
}

std::string ErrorsOf(const Inventory& inventory) {
  v1::inventory::Inventory message;
  Inventory received;
  ToProto(inventory, message);
  return FromProto(message, "inventory", received);
}

TEST(InventoryCodecTest, AWholeInventoryHasNoErrors) {
  EXPECT_EQ(ErrorsOf(TwoCenters()), "");
  EXPECT_EQ(ErrorsOf(OnePool(512)), "");
}

TEST(InventoryCodecTest, EveryIdThatNamesNothingIsTold) {
  Inventory inventory = TwoCenters();
  inventory.links[0].to = SiteId(2);
  inventory.centers[1].tariff = TariffId(1);
  inventory.centers[1].site = SiteId(9);
  inventory.pools[0].accelerator = AcceleratorId::None();

  EXPECT_EQ(ErrorsOf(inventory),
            "inventory.links[0].to: 2 names no site\n"
            "inventory.centers[1].site: 9 names no site\n"
            "inventory.centers[1].tariff: 1 names no tariff\n"
            "inventory.pools[0].accelerator: 4294967295 names no accelerator\n");
}

TEST(InventoryCodecTest, PoolsOfACenterStandTogether) {
  Inventory inventory = TwoCenters();
  inventory.pools.push_back(inventory.pools[0]);

  EXPECT_EQ(ErrorsOf(inventory), "inventory.pools[2].center: the pools of a center stand together\n");
}

TEST(InventoryCodecTest, QuantitiesThatNothingCanBeDividedByAreTold) {
  Inventory inventory = TwoCenters();
  inventory.accelerators[0].fp16_gflops = 0;
  inventory.tariffs[0].micro_cny_per_kwh.clear();
  inventory.pools[1].shape.accelerators_per_node = 0;
  inventory.pools[1].node_mtbf = Duration(0);

  const std::string errors = ErrorsOf(inventory);

  EXPECT_THAT(errors, HasSubstr("accelerators[0].fp16_gflops: 0 is less than 1\n"));
  EXPECT_THAT(errors, HasSubstr("tariffs[0].micro_cny_per_kwh: has no price\n"));
  EXPECT_THAT(errors, HasSubstr("pools[1].shape.accelerators_per_node: 0 is less than 1\n"));
  EXPECT_THAT(errors, HasSubstr("pools[1].node_mtbf_ns: 0 is less than 1\n"));
}

TEST(InventoryCodecTest, NoPoolIsLargerThanASchedulerCouldKeep) {
  Inventory by_node = TwoCenters();
  by_node.pools[0].shape.nodes = 4'000'000'000u;
  Inventory by_count = OnePool(4'000'000'000u);

  EXPECT_THAT(ErrorsOf(by_node), HasSubstr("inventory.pools: more than 200 million"));
  EXPECT_EQ(ErrorsOf(by_count), "") << "where only a number is kept, it may be large";
}

TEST(InventoryCodecTest, EnumeratorsAndMessagesLeftOutAreTold) {
  v1::inventory::Inventory message;
  ToProto(TwoCenters(), message);
  message.mutable_centers(0)->set_tier(static_cast<v1::inventory::Tier>(77));
  message.mutable_pools(1)->clear_shape();
  Inventory received;

  const std::string errors = FromProto(message, "open.inventory", received);

  EXPECT_THAT(errors, HasSubstr("open.inventory.centers[0].tier: 77 is not an enumerator\n"));
  EXPECT_THAT(errors, HasSubstr("open.inventory.pools[1].shape: is missing\n"));
}

}  // namespace
}  // namespace suanwang::wire
