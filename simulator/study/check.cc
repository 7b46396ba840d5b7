#include "simulator/study/check.h"

#include <algorithm>

namespace suanwang::study {

std::size_t Checked::failed_claims() const {
  return static_cast<std::size_t>(std::ranges::count_if(claims, [](const CheckedClaim& claim) { return !claim.judgement.holds; }));
}

bool Checked::holds() const {
  if (is_wrong() || !unwritten.empty() || claims.empty() || failed_claims() > 0 || lacks_baseline()) return false;
  return !accepted.empty() || !drift || drift->holds();
}

int ExitCodeOf(std::span<const Checked> all) {
  if (std::ranges::any_of(all, [](const Checked& one) { return one.is_wrong() || !one.unwritten.empty(); })) return 2;
  return !all.empty() && std::ranges::all_of(all, &Checked::holds) ? 0 : 1;
}

std::vector<CheckedClaim> ParseClaims(std::span<const Expected> expected, std::vector<std::string>& problems) {
  std::vector<CheckedClaim> claims;
  for (const Expected& one : expected) {
    auto parsed = ParseClaim(one.that);
    if (const auto* problem = std::get_if<std::string>(&parsed)) {
      problems.push_back(one.place + ": expect: " + *problem);
    } else {
      claims.push_back({one, std::get<Claim>(parsed), {}});
    }
  }
  return claims;
}

void JudgeClaims(const Study& study, std::vector<CheckedClaim>& claims, std::vector<std::string>& problems) {
  std::vector<const metrics::Values*> seeds;
  for (const std::optional<SeedRun>& run : study.sides.front().runs) {
    if (run) seeds.push_back(&run->values);
  }
  for (CheckedClaim& claim : claims) {
    auto judged = Judge(claim.claim, claim.expected.confidence, study.draws_chance, seeds);
    if (const auto* problem = std::get_if<std::string>(&judged)) {
      problems.push_back(claim.expected.place + ": expect: " + *problem);
    } else {
      claim.judgement = std::get<Judgement>(judged);
    }
  }
}

}  // namespace suanwang::study
