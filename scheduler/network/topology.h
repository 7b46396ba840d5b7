#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"

namespace suanwang {

inline constexpr Duration kLongestLinkDelay = Hours(1);  // of a link, a hop and an access: no path overflows

using Path = std::vector<LinkId>;  // from the first link to the last; empty: both ends are the same site

// The graph of sites and directed links of one Inventory, and the least delays on it; never changes.
//
//   delay of a path       = Σ over its links of (propagation delay + hop delay)
//   one-way latency       = delay of the shortest path + access delay                       (MODEL §3, "Path latency")
//   the shortest path     = the least in (delay, number of links, list of link ids), so there is exactly one
//   access delay          : counted once a path. That of `to` if a center stands there; else that of `from` if one
//                           stands there; else none. So an origin of demand pays it for the site alone, and a path back
//                           costs the same.
//
// One Dijkstra search a destination: for all of them at construction up to kEagerSites sites, beyond that at the first
// question about a destination. Memory 12 bytes a pair of sites that was asked for. All functions may be called by many
// threads at once. The ends of links and the places of centers exist, link and hop delays are 0 to kLongestLinkDelay each; anything
// else is a defect of the loader and is checked.
class Topology {
 public:
  static constexpr std::size_t kEagerSites = 2000;

  explicit Topology(const Inventory& inventory);
  ~Topology();
  Topology(Topology&&) noexcept;
  Topology& operator=(Topology&&) noexcept;

  [[nodiscard]] std::size_t sites() const { return access_.size(); }
  [[nodiscard]] std::size_t links() const { return links_.size(); }

  // Nothing: no path leads there. A site that is none has no place, so no latency: zero. O(1).
  [[nodiscard]] std::optional<Duration> OneWay(SiteId from, SiteId to) const;

  // Likewise without access delays.
  [[nodiscard]] std::optional<Duration> Delay(SiteId from, SiteId to) const;

  // Nothing: no path leads there. Neither site is none. O(links of the path × links that leave a site).
  [[nodiscard]] std::optional<Path> ShortestPath(SiteId from, SiteId to) const;

 private:
  struct Arc {
    SiteId to;
    std::int64_t cost_ns = 0;
  };
  struct Graph;   // what is searched
  struct Column;  // the least costs from every site to one

  [[nodiscard]] const Column& To(SiteId to) const;
  void Search(SiteId to, Column& column) const;
  [[nodiscard]] LinkId NextLink(SiteId at, const Column& column) const;

  std::vector<std::optional<Duration>> access_;  // by site; nothing: no center stands there
  std::vector<Arc> links_;
  std::vector<std::vector<LinkId>> leaving_;  // by site, ascending
  std::unique_ptr<Graph> graph_;
  std::unique_ptr<Column[]> columns_;  // by destination; each filled once
};

}  // namespace suanwang
