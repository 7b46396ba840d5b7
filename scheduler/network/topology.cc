#include "scheduler/network/topology.h"

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <compare>
#include <functional>
#include <limits>
#include <mutex>
#include <utility>

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

// What a path is compared by before its link ids.
struct Cost {
  std::int64_t ns = 0;
  std::uint32_t hops = 0;

  friend constexpr auto operator<=>(const Cost&, const Cost&) = default;
  friend constexpr Cost operator+(Cost a, Cost b) { return {a.ns + b.ns, a.hops + b.hops}; }
};
constexpr Cost kUnreachable{std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::uint32_t>::max()};

// Every link turned round: a search from a destination finds what leads to it.
using Reversed =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Cost, boost::no_property, std::uint32_t>;

Reversed Reverse(const Inventory& inventory) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  std::vector<Cost> costs;
  for (const Link& link : inventory.links) {
    edges.emplace_back(link.to.value(), link.from.value());
    costs.push_back({(link.delay + inventory.hop_delay).ns(), 1});
  }
  return Reversed(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), costs.begin(),
                  static_cast<std::uint32_t>(inventory.sites.size()));
}

void CheckGraph(const Inventory& inventory) {
  SUANWANG_CHECK(inventory.hop_delay.ns() >= 0, "no hop has a negative delay");
  SUANWANG_CHECK(inventory.hop_delay <= kLongestLinkDelay, "a hop takes at most an hour");
  for (const Link& link : inventory.links) {
    SUANWANG_CHECK(link.from.value() < inventory.sites.size(), "a link begins at a site");
    SUANWANG_CHECK(link.to.value() < inventory.sites.size(), "a link ends at a site");
    SUANWANG_CHECK(link.delay.ns() >= 0, "no link has a negative delay");
    SUANWANG_CHECK(link.delay <= kLongestLinkDelay, "a link takes at most an hour");
  }
  for (const Center& center : inventory.centers) {
    SUANWANG_CHECK(center.site.is_none() || center.site.value() < inventory.sites.size(), "a center stands at a site");
  }
}

}  // namespace

struct Topology::Graph {
  Reversed reversed;
};

struct Topology::Column {
  std::once_flag filled;
  std::vector<std::int64_t> ns;  // by site; kUnreachable.ns: no path
  std::vector<std::uint32_t> hops;

  [[nodiscard]] Cost of(SiteId site) const { return {ns[site.value()], hops[site.value()]}; }
};

Topology::Topology(const Inventory& inventory)
    : access_(inventory.sites.size()),
      leaving_(inventory.sites.size()),
      graph_(std::make_unique<Graph>()),
      columns_(std::make_unique<Column[]>(inventory.sites.size())) {
  CheckGraph(inventory);
  graph_->reversed = Reverse(inventory);
  for (const Center& center : inventory.centers) {
    if (!center.site.is_none()) access_[center.site.value()] = inventory.sites[center.site.value()].access_delay;
  }
  for (const Link& link : inventory.links) {
    leaving_[link.from.value()].push_back(LinkId(static_cast<std::uint32_t>(links_.size())));
    links_.push_back({link.to, (link.delay + inventory.hop_delay).ns()});
  }
  if (sites() > kEagerSites) return;
  for (std::uint32_t to = 0; to < sites(); ++to) static_cast<void>(To(SiteId(to)));
}

Topology::~Topology() = default;
Topology::Topology(Topology&&) noexcept = default;
Topology& Topology::operator=(Topology&&) noexcept = default;

std::optional<Duration> Topology::OneWay(SiteId from, SiteId to) const {
  const std::optional<Duration> delay = Delay(from, to);
  if (!delay || from.is_none() || to.is_none()) return delay;
  const std::optional<Duration>& access = access_[to.value()] ? access_[to.value()] : access_[from.value()];
  return *delay + access.value_or(Duration());
}

std::optional<Duration> Topology::Delay(SiteId from, SiteId to) const {
  if (from.is_none() || to.is_none()) return Duration();
  SUANWANG_CHECK(from.value() < sites(), "a latency is asked from a site of the graph");
  const Cost cost = To(to).of(from);
  if (cost == kUnreachable) return std::nullopt;
  return Duration(cost.ns);
}

std::optional<Path> Topology::ShortestPath(SiteId from, SiteId to) const {
  SUANWANG_CHECK(from.value() < sites(), "a path begins at a site of the graph");
  const Column& column = To(to);
  if (column.of(from) == kUnreachable) return std::nullopt;
  Path path;
  for (SiteId at = from; at != to; at = links_[path.back().value()].to) path.push_back(NextLink(at, column));
  return path;
}

const Topology::Column& Topology::To(SiteId to) const {
  SUANWANG_CHECK(to.value() < sites(), "a path leads to a site of the graph");
  Column& column = columns_[to.value()];
  std::call_once(column.filled, [&] { Search(to, column); });
  return column;
}

// The first link, by id, that some shortest path from `at` begins with. Taking it at each site gives the least list of
// ids, since all shortest paths from a site have the same number of links.
LinkId Topology::NextLink(SiteId at, const Column& column) const {
  for (const LinkId link : leaving_[at.value()]) {
    const Arc& arc = links_[link.value()];
    const Cost rest = column.of(arc.to);
    if (rest != kUnreachable && rest + Cost{arc.cost_ns, 1} == column.of(at)) return link;
  }
  SUANWANG_CHECK(false, "a site with a finite cost has a link that earns it");
}

void Topology::Search(SiteId to, Column& column) const {
  const Reversed& graph = graph_->reversed;
  std::vector<Cost> costs(sites(), kUnreachable);
  boost::dijkstra_shortest_paths(
      graph, to.value(),
      boost::weight_map(boost::get(boost::edge_bundle, graph))
          .distance_map(boost::make_iterator_property_map(costs.begin(), boost::get(boost::vertex_index, graph)))
          .distance_compare(std::less<Cost>())
          .distance_combine(std::plus<Cost>())
          .distance_inf(kUnreachable)
          .distance_zero(Cost{}));
  for (const Cost& cost : costs) {
    column.ns.push_back(cost.ns);
    column.hops.push_back(cost.hops);
  }
}

}  // namespace suanwang
