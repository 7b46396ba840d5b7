#include "simulator/scenario/scenario_text.h"

namespace suanwang::scenario {
namespace {

class Refusal {
 public:
  Refusal(const ScenarioText& scenario, text::Diagnostics& diagnostics) : scenario_(scenario), diagnostics_(diagnostics) {}

  void Run() {
    If(message().sweep_size() > 0, "sweep", "use compare with --policy and --variant");
    for (int i = 0; i < message().expect_size(); ++i) {
      If(!message().expect(i).never().empty(), "expect[" + std::to_string(i) + "].never",
         "the invariants are always checked; remove it");
    }
    RefuseRouting();
    If(message().outcomes() == v1::OUTCOMES_TRACE, "outcomes", "every job that runs to its end has completed; remove it");
    If(message().has_hold_while_staging(), "hold_while_staging", "no data are staged; remove it");
    RefuseSupply();
    If(message().workload().generated().applications_size() > 0, "workload.generated.applications",
       "list their jobs, or classes, instead");
  }

 private:
  [[nodiscard]] const v1::Scenario& message() const { return scenario_.message; }

  void If(bool is_asked, const std::string& path, const std::string& remedy) {
    if (is_asked) diagnostics_.Error(OriginOf(scenario_.tree, path), path, "not in this version", remedy);
  }

  void RefuseRouting() {
    If(message().has_routing(), "routing", "paths are the shortest by latency; remove it");
    If(message().has_restoration(), "restoration", "links do not fail; remove it");
    const v1::NetworkModel model = message().network().model();
    If(model == v1::NETWORK_MODEL_CM02 || model == v1::NETWORK_MODEL_LV08, "network.model", "ideal");
    for (const v1::Link& link : message().links()) {
      If(link.outages_size() > 0, "links." + link.name() + ".outages", "an outage of a centre or a pool");
    }
  }

  void RefuseSupply() {
    for (const v1::Center& center : message().centers()) {
      If(center.has_power_cap_mw(), "centers." + center.name() + ".power_cap", "fewer nodes that may be scheduled");
    }
    for (const v1::Pool& pool : message().pools()) {
      If(pool.has_sharing() && !pool.sharing(), "pools." + pool.name() + ".sharing", "shares are possible everywhere; remove it");
    }
  }

  const ScenarioText& scenario_;
  text::Diagnostics& diagnostics_;
};

}  // namespace

void RefuseUnbuilt(const ScenarioText& scenario, text::Diagnostics& diagnostics) { Refusal(scenario, diagnostics).Run(); }

}  // namespace suanwang::scenario
