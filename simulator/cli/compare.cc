#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "simulator/cli/command.h"
#include "simulator/cli/one_run.h"
#include "simulator/cli/progress.h"
#include "simulator/cli/shell.h"
#include "simulator/metrics/catalog.h"
#include "simulator/report/compare_text.h"

namespace suanwang::cli {
namespace {

constexpr std::uint64_t kBytesOfOneRun = std::uint64_t{1} << 30;  // what a national week may take

struct CompareOptions {
  std::vector<std::string> scenarios;
  std::string policies;               // a,b,c
  std::vector<std::string> policy;    // each with its knobs
  std::vector<std::string> variants;  // x,y
  std::vector<std::string> with;
  std::vector<std::string> set;
  std::string seeds;
  std::string metric = "fill_rate";
  std::string language;
  std::uint32_t threads = 0;
  bool json = false;
  bool quiet = false;
};

// All that is to be run, in the order in which it is named.
struct Plan {
  std::vector<std::unique_ptr<Loaded>> loaded;
  std::vector<study::Variant> variants;
  std::vector<const scenario::Scenario*> scenarios;  // by variant
  std::vector<std::uint64_t> seeds;
};

std::vector<std::string> SplitAtCommas(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

std::string CommandOf(const CompareOptions& options) {
  std::string text = "suanwang compare";
  for (const std::string& one : options.scenarios) text += " " + Quoted(one);
  if (!options.policies.empty()) text += " --policies " + Quoted(options.policies);
  for (const std::string& one : options.policy) text += " --policy " + Quoted(one);
  for (const std::string& one : options.with) text += " --with " + Quoted(one);
  for (const std::string& one : options.variants) text += " --variant " + Quoted(one);
  for (const std::string& one : options.set) text += " --set " + Quoted(one);
  if (!options.seeds.empty()) text += " --seeds " + options.seeds;
  if (options.metric != "fill_rate") text += " --metric " + options.metric;
  return text;
}

std::optional<PolicySpec> CheckedPolicy(const std::string& text, std::string& errors) {
  auto parsed = ParsePolicySpec(text);
  if (const auto* wrong = std::get_if<std::string>(&parsed)) {
    errors += "--policy: " + *wrong + "\n";
    return std::nullopt;
  }
  const auto made = MakePolicy(std::get<PolicySpec>(parsed));
  if (const auto* problems = std::get_if<Problems>(&made)) {
    for (const std::string& problem : *problems) errors += "--policy: " + problem + "\n";
    return std::nullopt;
  }
  return std::get<PolicySpec>(parsed);
}

// Those named; none: each scenario's own.
std::vector<PolicySpec> PoliciesOf(const CompareOptions& options, std::string& errors) {
  std::vector<std::string> texts = options.policy;
  if (options.policies.find('=') != std::string::npos) {
    errors += "--policies: takes bare names; a policy with knobs is its own argument (--policy easy,depth=10)\n";
  } else if (!options.policies.empty()) {
    const std::vector<std::string> named = SplitAtCommas(options.policies);
    texts.insert(texts.begin(), named.begin(), named.end());
  }
  std::vector<PolicySpec> policies;
  for (const std::string& text : texts) {
    if (const std::optional<PolicySpec> policy = CheckedPolicy(text, errors)) policies.push_back(*policy);
  }
  return policies;
}

// One scenario with one stack, under every policy.
void AddVariants(const std::string& named, const std::string& stack, const CompareOptions& options, const std::vector<PolicySpec>& policies, Plan& plan,
                 std::string& errors) {
  std::vector<std::string> with = options.with;
  if (!stack.empty()) {
    for (std::string& name : SplitAtCommas(stack)) with.push_back(std::move(name));
  }
  plan.loaded.push_back(Load(named, with, options.set));
  const Loaded& loaded = *plan.loaded.back();
  errors += loaded.errors;
  if (!loaded.scenario) return;
  const std::vector<PolicySpec> own = {loaded.scenario->policy};
  for (const PolicySpec& policy : policies.empty() ? own : policies) {
    const bool draws = loaded.scenario->draws_chance || DrawsChance(policy);
    plan.variants.push_back({.scenario = named, .overrides = stack, .policy = policy, .draws_chance = draws});
    plan.scenarios.push_back(&*loaded.scenario);
  }
}

Plan PlanOf(const CompareOptions& options, std::string& errors) {
  Plan plan;
  if (!metrics::IsValueName(options.metric)) errors += "--metric: no value named '" + options.metric + "' (see: suanwang metrics)\n";
  const std::vector<PolicySpec> policies = PoliciesOf(options, errors);
  std::vector<std::string> stacks = {""};
  stacks.insert(stacks.end(), options.variants.begin(), options.variants.end());
  for (const std::string& named : options.scenarios) {
    for (const std::string& stack : stacks) AddVariants(named, stack, options, policies, plan, errors);
  }
  if (!options.seeds.empty()) {
    const auto seeds = study::ParseSeeds(options.seeds);
    if (!seeds) errors += "--seeds: '" + options.seeds + "' is no list of seeds (1..20, or 1,2,5: whole numbers of 64 bits, rising in a range, each once, at most 10,000)\n";
    if (seeds) plan.seeds = *seeds;
  } else if (!plan.scenarios.empty()) {
    plan.seeds = plan.scenarios.front()->seeds;
    if (plan.seeds.empty()) plan.seeds = {plan.scenarios.front()->seed};
  }
  if (errors.empty() && plan.variants.size() < 2) errors += "compare: there is one variant only (name a second: --policy easy, --variant load-75, or another scenario)\n";
  return plan;
}

study::Study RunPlan(const Plan& plan, const CompareOptions& options) {
  Progress progress(options.quiet);
  const std::uint32_t threads = options.threads > 0 ? options.threads : study::ThreadsFor(kBytesOfOneRun);
  const study::RunOne run = [&](std::size_t variant, std::uint64_t seed) {
    return OneRun(*plan.scenarios[variant], plan.variants[variant].policy, seed, Decisions::kHashOnly);
  };
  return study::RunStudy(plan.variants, plan.seeds, run,
                         {.threads = threads, .stop = &StopOnInterrupt(), .progress = [&](std::size_t done, std::size_t all) { progress(done, all); }});
}

// A look at what the conclusion names: the better variant, else the baseline.
std::vector<std::string> NextCommands(const CompareOptions& options, const study::Study& study, const study::Comparison& comparison) {
  const study::Variant& named = study.sides[comparison.Best(options.metric)].variant;
  std::string command = "suanwang run " + Quoted(named.scenario) + " --policy " + Quoted(ToText(named.policy));
  for (const std::string& one : options.with) command += " --with " + Quoted(one);
  if (!named.overrides.empty()) command += " --with " + Quoted(named.overrides);
  for (const std::string& one : options.set) command += " --set " + Quoted(one);
  if (study.draws_chance) command += " --seed " + std::to_string(study.seeds.front());
  return {Pasteable(command)};
}

int RunCompare(const CompareOptions& options) {
  const std::optional<report::Language> language = report::LanguageOf(options.language);
  std::string errors = language ? "" : "--lang: '" + options.language + "' (zh or en)\n";
  const Plan plan = PlanOf(options, errors);
  if (errors.empty()) {
    const study::Study study = RunPlan(plan, options);
    for (const std::string& problem : study.Problems()) errors += "compare: " + problem + "\n";
    if (errors.empty()) {
      const study::Comparison comparison = study::Compare(study);
      const report::CompareReport report{.scenarios = plan.scenarios, .study = study, .comparison = comparison, .primary = options.metric,
                                         .command = Pasteable(CommandOf(options)), .next = NextCommands(options, study, comparison)};
      std::cout << (options.json ? report::CompareJson(report).dump(1) + "\n" : report::CompareText(report, *language));
      return study.is_partial ? kInterrupted : kAllHolds;
    }
  }
  std::cerr << errors;
  return kInputIsWrong;
}

}  // namespace

void AddCompare(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CompareOptions>();
  app.add_option("scenario", options->scenarios, "scenario files, or folders that hold a scenario.yaml")->required();
  app.add_option("--policies", options->policies, "policies by bare name: a,b,c; the first is the baseline");
  app.add_option("--policy", options->policy, "a policy with its knobs, as easy,depth=10; may be given several times")->allow_extra_args(false);
  app.add_option("--variant", options->variants, "a stack of overrides beside the base: x,y; may be given several times")->allow_extra_args(false);
  app.add_option("--with", options->with, "an override of every variant")->allow_extra_args(false);
  app.add_option("--set", options->set, "path=value, in every variant")->allow_extra_args(false);
  app.add_option("--seeds", options->seeds, "1..20, or 1,2,5 (default: the scenario's)");
  app.add_option("--metric", options->metric, "by which value the conclusion is drawn (default: fill_rate)");
  app.add_option("--threads", options->threads, "runs side by side (default: as many as cores and memory allow); changes no result")->check(CLI::Range(1, 1024));
  app.add_option("--lang", options->language, "zh or en (default: the environment's)");
  app.add_flag("--json", options->json, "machine-readable, stable, all digits");
  app.add_flag("-q,--quiet", options->quiet, "no progress");
  app.footer(Pasteable("Examples:\n  suanwang compare scenarios/hello --policies fifo,easy --seeds 1..5\n"
             "  suanwang compare scenarios/national --policy first-fit --policy easy,depth=64 --seeds 1..20 --lang zh"));
  app.callback([options, &exit_code] { exit_code = RunCompare(*options); });
}

}  // namespace suanwang::cli
