#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "scheduler/base/time.h"

namespace suanwang {

// All that a scheduler needs to be told, beside the inventory, to be made.
struct SessionSettings {
  std::string policy;                        // a name of the policy catalog
  std::map<std::string, std::string> knobs;  // of that policy, as a scenario writes them; what is left out: its default
  std::uint64_t seed = 0;
  Duration decision_period;  // rounds only at multiples of it; 0: whenever something was told

  friend bool operator==(const SessionSettings&, const SessionSettings&) = default;
};

}  // namespace suanwang
