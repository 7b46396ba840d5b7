#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "scheduler/model/job.h"

namespace suanwang::workload {

// Profiles, each once; ProfileId = position. Interning is O(n): meant for the tens of profiles of a table of classes.
class ProfileTable {
 public:
  ProfileId Intern(const JobProfile& profile) {
    const auto found = std::ranges::find(profiles_, profile);
    const ProfileId id(static_cast<std::uint32_t>(found - profiles_.begin()));
    if (found == profiles_.end()) profiles_.push_back(profile);
    return id;
  }
  [[nodiscard]] const std::vector<JobProfile>& profiles() const { return profiles_; }

 private:
  std::vector<JobProfile> profiles_;
};

}  // namespace suanwang::workload
