#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "scheduler/network/topology.h"

// The national graph against the latencies that were worked out for it independently of this program.
namespace suanwang {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> Tables() {
  const char* named = std::getenv("SUANWANG_FACTS");
  for (const fs::path& folder : {fs::path(named ? named : ""), fs::path("scenarios/national/tables"), fs::path("../shared/facts")}) {
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
    if (c == ',' && !quoted) cells.emplace_back();
    else if (c != '\r') cells.back() += c;
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

}  // namespace
}  // namespace suanwang
