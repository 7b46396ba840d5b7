#include "simulator/cli/run_text.h"

#include <fmt/format.h>

#include <set>

#include "scheduler/base/hash.h"
#include "simulator/report/number.h"
#include "simulator/report/text_table.h"

namespace suanwang::cli {
namespace {

using metrics::Labels;
using metrics::Value;

const Value* Of(const RunAnswer& answer, std::string_view name, const Labels& labels = {}) {
  const Value* value = metrics::Find(answer.run.values, name, labels);
  return value != nullptr && value->number ? value : nullptr;
}

std::string Number(const Value* value, int decimals) { return value == nullptr ? "–" : report::Fixed(*value->number, decimals); }
std::string Share(const Value* value) { return value == nullptr ? "–" : report::Percent(*value->number); }
std::string Wait(const Value* value) {
  return value == nullptr ? "–" : report::Span(metrics::Statistic{*value->number, value->bound});
}

std::string FirstLine(const RunAnswer& answer) {
  const Value* fill = Of(answer, "fill_rate");
  const Value* wait = Of(answer, "wait_s.mean");
  std::string text = fmt::format("Served {} of the work demanded", Share(fill));
  if (const Value* demanded = Of(answer, "demanded_eflops_h"); demanded != nullptr && *demanded->number >= 1) {
    text += fmt::format(" ({} of {} EFLOPS-h)", Number(Of(answer, "served_eflops_h"), 0), Number(demanded, 0));
  }
  return text + fmt::format("; mean wait {}.\n", Wait(wait));
}

std::string Header(const RunAnswer& answer) {
  const scenario::Scenario& scenario = answer.scenario;
  std::string text = scenario.name;
  if (!scenario.start.empty()) text += " · from " + scenario.start;
  if (scenario.window_begin > Time()) text += fmt::format(", after {} of warm-up", report::LongSpan((scenario.window_begin - Time()).seconds()));
  if (scenario.window_end != Time::Never()) text += fmt::format(", over {}", report::LongSpan((scenario.window_end - scenario.window_begin).seconds()));
  text += scenario.draws_chance || DrawsChance(answer.policy) ? fmt::format(" · seed {}", answer.seed) : " · no chance in it, seeds have no effect";
  return text + " · " + ToText(answer.policy) + "\n";
}

std::string SupplyAndDemand(const RunAnswer& answer) {
  const scenario::Scenario& scenario = answer.scenario;
  std::string text = fmt::format("supply   {} EFLOPS schedulable of {} installed (FP16 dense nominal) · {} centres, {} pools\n",
                                 report::Fixed(scenario.schedulable_eflops, scenario.schedulable_eflops < 1 ? 3 : 1),
                                 report::Fixed(scenario.installed_eflops, scenario.installed_eflops < 1 ? 3 : 0), scenario.inventory.centers.size(),
                                 scenario.inventory.pools.size());
  if (scenario.offered_load > 0) text += fmt::format("demand   offered load {} of the schedulable slice\n", report::Percent(scenario.offered_load, 0));
  return text;
}

std::string WorkloadTable(const RunAnswer& answer) {
  std::set<std::string> seen;
  report::TextTable table({{"workload", report::Align::kLeft}, {"demanded EFLOPS-h"}, {"served"}, {"wait p50"}, {"p95 *"}, {"in latency bound (one-way)"}});
  for (const scenario::ClassName& one : answer.scenario.classes) {
    if (one.workload.empty() || !seen.insert(one.workload).second) continue;
    const Labels labels{{"workload", one.workload}};
    table.AddRow({one.workload, Number(Of(answer, "demanded_eflops_h", labels), answer.scenario.schedulable_eflops < 1 ? 3 : 0), Share(Of(answer, "fill_rate", labels)),
                  Wait(Of(answer, "wait_s.p50", labels)), Wait(Of(answer, "wait_s.p95", labels)), Share(Of(answer, "latency_attainment", labels))});
  }
  return table.Text() + "  * jobs not begun count with their wait so far\n";
}

std::string Jobs(const RunAnswer& answer) {
  std::string text = "jobs     ";
  for (const char* state : {"submitted", "completed", "timeout", "cancelled", "infeasible", "failed", "unfinished"}) {
    const Value* value = Of(answer, std::string("states.") + state);
    if (value == nullptr || *value->number == 0) continue;
    text += fmt::format("{}{} {}", text.size() > 9 ? " · " : "", state, report::Count(static_cast<std::uint64_t>(*value->number)));
  }
  return text + "\n";
}

std::string Energy(const RunAnswer& answer) {
  std::string text = fmt::format("allocated {} of the slice", Share(Of(answer, "allocation_rate")));
  if (const Value* energy = Of(answer, "energy_kwh")) text += fmt::format(" · {} MWh", report::Fixed(*energy->number / 1000, 0));
  if (const Value* cost = Of(answer, "electricity_cny")) text += fmt::format(" · electricity {} yuan [tariffs illustrative]", Number(cost, 0));
  const Value* location = Of(answer, "carbon_location_kg");
  const Value* market = Of(answer, "carbon_market_kg");
  if (location != nullptr && market != nullptr) {
    text += fmt::format(" · carbon {} t location, {} t market", report::Fixed(*location->number / 1000, 0), report::Fixed(*market->number / 1000, 0));
  }
  return text + "\n";
}

std::string Grounds(const scenario::Grounds& grounds) {
  std::string text;
  if (grounds.reported) {
    text = fmt::format("rests on supply: {} reported, {} derived, {} assumed\n", report::Percent(*grounds.reported), report::Percent(grounds.derived.value_or(0)),
                       report::Percent(grounds.assumed.value_or(0)));
  }
  for (const std::string& remark : grounds.remarks) text += "note     " + remark + "\n";
  return text;
}

}  // namespace

std::string RunText(const RunAnswer& answer) {
  return FirstLine(answer) + Header(answer) + SupplyAndDemand(answer) + WorkloadTable(answer) + Jobs(answer) + Energy(answer) +
         Grounds(answer.scenario.grounds) +
         fmt::format("decisions {}  journal {}  record {}  {:.1f} s\n", HashText(answer.run.decision_hash), HashText(answer.run.journal_hash),
                     HashText(answer.run.record_hash), answer.wall_s) +
         fmt::format("next: suanwang compare {} --policy {} --policy {}\n", answer.named, ToText(answer.policy), answer.policy.name == "first-fit" ? "easy" : "first-fit");
}

nlohmann::ordered_json RunJson(const RunAnswer& answer) {
  static constexpr std::array<const char*, 3> kBounds = {"exact", "at-least", "above"};
  nlohmann::ordered_json values = nlohmann::ordered_json::array();
  for (const Value& value : answer.run.values) {
    nlohmann::ordered_json labels = nlohmann::ordered_json::object();
    for (const metrics::Label& label : value.labels) labels[label.key] = label.value;
    values.push_back({{"name", value.name()}, {"labels", labels}, {"number", value.number ? nlohmann::ordered_json(*value.number) : nlohmann::ordered_json(nullptr)},
                      {"bound", kBounds.at(static_cast<std::size_t>(value.bound))}, {"n", value.n}});
  }
  return {{"schema_version", 1}, {"scenario", answer.scenario.name}, {"input_hash", HashText(answer.scenario.input_hash)}, {"policy", ToText(answer.policy)},
          {"seed", answer.seed}, {"decision_hash", HashText(answer.run.decision_hash)}, {"journal_hash", HashText(answer.run.journal_hash)},
          {"record_hash", HashText(answer.run.record_hash)}, {"values", values}};
}

}  // namespace suanwang::cli
