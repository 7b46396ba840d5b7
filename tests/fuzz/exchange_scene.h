#pragma once

#include <string>
#include <vector>

#include "scheduler/core/session_settings.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"

// What the fuzz target of sessions and its tests have in common: places, profiles, policies, and conversations that were
// known to end a server, made by the encoder.
namespace suanwang {

// A pool of nodes with domains and cores, one whose nodes are but counted, and one of another family, in two centers.
[[nodiscard]] Inventory ThreePools();
// 0: anything; 1: the other family alone; 2: cores and one domain; 3: near its origin, not preemptible.
[[nodiscard]] Observations FourProfiles();

// Every policy of the catalog, and lists with every order, and scores that reckon with power and money.
[[nodiscard]] std::vector<SessionSettings> SettingsOfEveryPolicy();
[[nodiscard]] Inventory InventoryFor(const SessionSettings& settings);  // ThreePools, or one for policies of one pool

// A conversation from its opening on, of which no request may do more than be refused.
struct HostileConversation {
  std::string name;
  std::string refusal;  // a part of it; empty: nothing is wrong with it
  std::vector<std::string> requests;
};
[[nodiscard]] std::vector<HostileConversation> HostileConversations();

}  // namespace suanwang
