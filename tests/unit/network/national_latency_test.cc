#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "scheduler/network/great_circle.h"
#include "scheduler/network/topology.h"

// The national graph against the latencies that were worked out for it independently of this program.
namespace suanwang {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> Tables() {
  const char* named = std::getenv("SUANWANG_FACTS");
  for (const fs::path& folder :
       {fs::path(named ? named : ""), fs::path("scenarios/national/tables"), fs::path("../shared/facts")}) {
    if (fs::exists(folder / "latency_calibration.csv")) return folder;
  }
  return std::nullopt;
}

using Row = std::map<std::string, std::string>;

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted)
      cells.emplace_back();
    else if (c != '\r')
      cells.back() += c;
  }
  return cells;
}

std::vector<Row> Read(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> header = Cells(line);
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = Cells(line);
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i) row[header[i]] = cells[i];
  }
  return rows;
}

struct National {
  Inventory inventory;
  std::map<std::string, SiteId> sites;
};

National Load(const fs::path& folder) {
  National national;
  for (const Row& row : Read(folder / "nodes.csv")) {
    national.sites.emplace(row.at("id"), SiteId(static_cast<std::uint32_t>(national.inventory.sites.size())));
    national.inventory.sites.push_back(Site{.name = row.at("id")});
  }
  for (const Row& row : Read(folder / "links.csv")) {
    const SiteId from = national.sites.at(row.at("from_node"));
    const SiteId to = national.sites.at(row.at("to_node"));
    const Duration delay = ParseDecimal(row.at("one_way_ms"), Milliseconds(1)).value();
    national.inventory.links.push_back({.from = from, .to = to, .delay = delay});
    national.inventory.links.push_back({.from = to, .to = from, .delay = delay});
  }
  return national;
}

TEST(NationalLatencyTest, EqualsTheCalibrationTableWithinItsRounding) {
  const std::optional<fs::path> folder = Tables();
  if (!folder) GTEST_SKIP() << "no national tables here: set SUANWANG_FACTS";
  const National national = Load(*folder);
  const Topology topology(national.inventory);

  const std::vector<Row> calibration = Read(*folder / "latency_calibration.csv");

  ASSERT_FALSE(calibration.empty());
  for (const Row& row : calibration) {
    SCOPED_TRACE(row.at("from_node") + " to " + row.at("to_node"));
    const SiteId from = national.sites.at(row.at("from_node"));
    const SiteId to = national.sites.at(row.at("to_node"));
    const double expected_ms = std::stod(row.at("model_one_way_ms"));
    EXPECT_NEAR(topology.OneWay(from, to).value().seconds() * 1e3, expected_ms, 0.06);
    EXPECT_EQ(topology.OneWay(from, to), topology.OneWay(to, from));
  }
}

// Shortest one-way latency from a cluster to a city of demand, ms, as published with the graph of 38 core links.
constexpr const char* kCities[] = {"beijing",  "shanghai", "guangzhou", "shenzhen",
                                   "hangzhou", "wuhan",    "chengdu",   "zhengzhou"};
const std::map<std::string, std::vector<double>> kPublishedMs = {
    {"zhangjiakou", {0.6, 8.7, 14.1, 14.5, 9.8, 8.1, 11.3, 4.9}},
    {"horinger", {2.7, 10.7, 16.1, 16.6, 11.8, 10.2, 9.1, 7.0}},
    {"zhongwei", {6.9, 12.3, 15.0, 15.5, 13.4, 9.0, 5.3, 5.8}},
    {"qingyang", {8.1, 10.3, 13.0, 13.4, 11.4, 7.0, 5.5, 3.8}},
    {"guian", {13.6, 11.8, 5.3, 6.0, 12.5, 6.6, 4.5, 9.4}},
    {"tianfu", {11.6, 12.2, 9.7, 10.4, 13.3, 7.0, 0.1, 7.3}},
    {"chongqing", {11.0, 10.4, 7.9, 8.6, 11.5, 5.2, 1.9, 6.8}},
    {"wuhu", {6.8, 2.5, 8.7, 9.2, 3.6, 2.7, 9.8, 4.0}},
    {"yrd-demo", {8.3, 0.2, 8.1, 8.8, 0.9, 5.4, 12.5, 6.7}},
    {"shaoguan", {12.1, 9.6, 1.3, 1.8, 8.5, 4.7, 11.1, 7.9}}};

TEST(NationalLatencyTest, EqualsThePublishedMatrixWithinItsRounding) {
  const std::optional<fs::path> folder = Tables();
  if (!folder) GTEST_SKIP() << "no national tables here: set SUANWANG_FACTS";
  const National national = Load(*folder);
  const Topology topology(national.inventory);

  for (const auto& [cluster, row] : kPublishedMs) {
    for (std::size_t city = 0; city < row.size(); ++city) {
      SCOPED_TRACE(cluster + " to " + kCities[city]);
      const auto one_way = topology.OneWay(national.sites.at(cluster), national.sites.at(kCities[city]));
      EXPECT_NEAR(one_way.value().seconds() * 1e3, row[city], 0.06);
    }
  }
}

TEST(NationalLatencyTest, FindsTheFibreOfEachLinkByItsGreatCircle) {
  const std::optional<fs::path> folder = Tables();
  if (!folder) GTEST_SKIP() << "no national tables here: set SUANWANG_FACTS";
  std::map<std::string, GeoPoint> places;
  for (const Row& row : Read(*folder / "nodes.csv")) {
    places[row.at("id")] = {std::stod(row.at("lat")), std::stod(row.at("lon"))};
  }

  for (const Row& row : Read(*folder / "links.csv")) {
    SCOPED_TRACE(row.at("id"));
    const GeoPoint from = places.at(row.at("from_node"));
    const GeoPoint to = places.at(row.at("to_node"));
    // The table was made from finer coordinates than it prints: two decimals are up to 0.8 km a place.
    EXPECT_NEAR(FibreDelay(from, to).seconds() * 1e3, std::stod(row.at("one_way_ms")), 0.010);
    EXPECT_NEAR(GreatCircleKm(from, to) * kRouteFactor, std::stod(row.at("fibre_km")), 2);
  }
}

}  // namespace
}  // namespace suanwang
