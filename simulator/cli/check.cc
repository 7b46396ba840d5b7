#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "simulator/cli/command.h"
#include "simulator/cli/one_run.h"
#include "simulator/cli/progress.h"
#include "simulator/report/check_text.h"
#include "simulator/report/write_out.h"
#include "simulator/workload/pack.h"

namespace suanwang::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kJournalFormat = 1;
constexpr std::uint64_t kBytesOfOneRun = std::uint64_t{1} << 30;
constexpr std::size_t kMostStoredBytes = 256 * 1024;      // of a packed decision log beside a baseline
constexpr std::uint64_t kMostUnpackedBytes = 64 * 1024 * 1024;

struct CheckOptions {
  std::vector<std::string> files;
  std::string junit;
  std::string why;
  std::string language;
  std::uint32_t threads = 0;
  bool accept = false;
  bool json = false;
  bool quiet = false;
};

// Files as they are; of folders, all .yaml files that state expectations, in order of path.
std::vector<std::string> FilesOf(const std::vector<std::string>& named) {
  std::vector<std::string> files;
  for (const std::string& one : named) {
    std::error_code none;
    if (!fs::is_directory(one, none)) {
      files.push_back(one);
      continue;
    }
    std::vector<std::string> found;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(one, none)) {
      if (!entry.is_regular_file() || entry.path().extension() != ".yaml") continue;
      std::ifstream lines(entry.path());
      for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("expect:")) continue;
        found.push_back(entry.path().string());
        break;
      }
    }
    std::ranges::sort(found);
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

// "dir/hello.yaml" → "dir/hello.baseline".
std::string BaselineStem(const std::string& file) { return fs::path(ScenarioFile(file)).replace_extension(".baseline").string(); }

std::optional<std::string> ReadWhole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// Nothing: there is none. A file that cannot be read as one is a problem, unless it is about to be replaced.
std::optional<study::Baseline> ReadBaseline(const std::string& path, bool is_replaced, std::vector<std::string>& problems) {
  const std::optional<std::string> text = ReadWhole(path);
  if (!text) return std::nullopt;
  auto parsed = study::ParseBaseline(*text);
  if (auto* baseline = std::get_if<study::Baseline>(&parsed)) return *baseline;
  if (!is_replaced) problems.push_back(path + ": " + std::get<std::string>(parsed));
  return std::nullopt;
}

std::vector<study::Expected> ExpectedOf(const Loaded& loaded) {
  std::vector<study::Expected> all;
  for (const scenario::Expectation& one : loaded.scenario->expectations) {
    all.push_back({one.that, one.because, loaded.sources.Place(one.origin), one.confidence});
  }
  return all;
}

// The decision log of the baseline's first seed; empty: not stored.
std::string StoredDecisions(const std::string& stem) {
  const std::optional<std::string> packed = ReadWhole(stem + ".decisions.zst");
  std::string text;
  if (!packed || workload::Unpack(*packed, workload::Packing::kZstd, kMostUnpackedBytes, text) != workload::UnpackOutcome::kWhole) return "";
  return text;
}

void Accept(const std::string& stem, const study::Study& study, const std::string& why, const std::optional<study::Baseline>& before, study::Checked& checked) {
  std::vector<std::pair<std::string, metrics::Labels>> values;
  for (const study::CheckedClaim& claim : checked.claims) {
    const std::pair value(claim.claim.value_name, claim.claim.labels);
    if (std::ranges::find(values, value) == values.end()) values.push_back(value);
  }
  const study::Baseline baseline = study::BaselineOf(study, 0, kJournalFormat, why, before, values);
  const std::string packed = workload::Pack(study.sides[0].runs[0]->decisions, workload::Packing::kZstd);
  const auto write = [&](const std::string& path, const std::string& text) {
    if (const auto failed = report::WriteWhole(path, [&](std::ostream& out) { out << text; })) checked.problems.push_back(*failed);
  };
  std::error_code none;
  fs::remove(stem + ".decisions.zst", none);
  if (packed.size() <= kMostStoredBytes) write(stem + ".decisions.zst", packed);
  write(stem + ".json", study::ToText(baseline));
  if (checked.problems.empty()) checked.accepted = stem + ".json";
}

void HoldToBaseline(const std::string& stem, const study::Study& study, const study::Baseline& baseline, study::Checked& checked) {
  checked.drift = study::DriftOf(baseline, kJournalFormat, study, 0);
  if (checked.drift->same_decisions || !checked.drift->same_seeds) return;
  const std::string stored = StoredDecisions(stem);
  if (!stored.empty()) checked.first_difference = study::FirstDifference(stored, study.sides[0].runs[0]->decisions);
}

study::Study RunScenario(const std::string& file, const scenario::Scenario& scenario, const CheckOptions& options, const std::atomic<bool>& stop) {
  Progress progress(options.quiet);
  const std::vector<std::uint64_t> seeds = scenario.seeds.empty() ? std::vector{scenario.seed} : scenario.seeds;
  const study::RunOne run = [&](std::size_t, std::uint64_t seed) {
    return OneRun(scenario, scenario.policy, seed, seed == seeds.front() ? Decisions::kText : Decisions::kHashOnly);
  };
  const bool draws = scenario.draws_chance || DrawsChance(scenario.policy);
  return study::RunStudy({{.scenario = file, .overrides = "", .policy = scenario.policy, .draws_chance = draws}}, seeds, run,
                         {.threads = options.threads > 0 ? options.threads : study::ThreadsFor(kBytesOfOneRun), .stop = &stop,
                          .progress = [&](std::size_t done, std::size_t all) { progress(done, all); }});
}

study::Checked CheckOne(const std::string& file, const CheckOptions& options, const std::atomic<bool>& stop) {
  const auto begun = std::chrono::steady_clock::now();
  study::Checked checked{.file = file, .journal_format = kJournalFormat};
  const std::unique_ptr<Loaded> loaded = Load(file, {}, {});
  if (!loaded->scenario) {
    checked.problems.push_back(loaded->errors);
    return checked;
  }
  checked.claims = study::ParseClaims(ExpectedOf(*loaded), checked.problems);
  const std::string stem = BaselineStem(file);
  const std::optional<study::Baseline> baseline = ReadBaseline(stem + ".json", options.accept, checked.problems);
  if (!checked.problems.empty() || checked.claims.empty()) return checked;
  const study::Study study = RunScenario(file, *loaded->scenario, options, stop);
  checked.seeds = study.seeds;
  for (const std::string& problem : study.Problems()) checked.problems.push_back(file + ": " + problem);
  if (!checked.problems.empty() || study.is_partial) return checked;
  study::JudgeClaims(study, checked.claims, checked.problems);
  if (checked.problems.empty() && baseline) HoldToBaseline(stem, study, *baseline, checked);
  if (checked.problems.empty() && options.accept) Accept(stem, study, options.why, baseline, checked);
  checked.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return checked;
}

std::string WrongOptions(const CheckOptions& options) {
  const char* ci = std::getenv("CI");
  if (options.accept && ci != nullptr && std::string_view(ci) == "true") return "--accept: refused where CI=true: a person accepts, not a machine\n";
  if (options.accept && options.why.empty()) return "--accept: say why (-m \"why\")\n";
  if (!options.accept && !options.why.empty()) return "-m: belongs to --accept\n";
  if (!report::LanguageOf(options.language)) return "--lang: '" + options.language + "' (zh or en)\n";
  return "";
}

int RunCheck(const CheckOptions& options) {
  const std::string wrong = WrongOptions(options);
  if (!wrong.empty()) {
    std::cerr << wrong;
    return kInputIsWrong;
  }
  const std::atomic<bool>& stop = StopOnInterrupt();
  std::vector<study::Checked> all;
  for (const std::string& file : FilesOf(options.files)) {
    study::Checked checked = CheckOne(file, options, stop);
    if (stop) break;  // what was interrupted says nothing
    all.push_back(std::move(checked));
  }
  if (!options.junit.empty()) {
    const auto failed = report::WriteWhole(options.junit, [&](std::ostream& out) { out << report::JUnitText(all); });
    if (failed) std::cerr << *failed << "\n";
    if (failed) return kInputIsWrong;
  }
  std::cout << (options.json ? report::CheckJson(all).dump(1) + "\n" : report::CheckText(all, SUANWANG_VERSION, *report::LanguageOf(options.language)));
  if (stop) std::cerr << "interrupted: the scenarios above are those that were done (exit 130)\n";
  return stop ? kInterrupted : study::ExitCodeOf(all);
}

}  // namespace

void AddCheck(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CheckOptions>();
  app.add_option("files", options->files, "scenario files, or folders: then all .yaml files in them that have an expect:")->required();
  app.add_option("--junit", options->junit, "write the outcome as JUnit XML");
  app.add_flag("--accept", options->accept, "write what was found as the new baseline beside each scenario (refused where CI=true)");
  app.add_option("-m,--message", options->why, "why it is accepted");
  app.add_option("--threads", options->threads, "runs side by side; changes no result")->check(CLI::Range(1, 1024));
  app.add_option("--lang", options->language, "zh or en (default: the environment's)");
  app.add_flag("--json", options->json, "machine-readable, stable, all digits");
  app.add_flag("-q,--quiet", options->quiet, "no progress");
  app.footer("Examples:\n  suanwang check scenarios/hello\n  suanwang check scenarios/ --junit junit.xml\n"
             "Always runs anew. Exit code: 0 all holds, 1 something failed or there was nothing to check, 2 an input is wrong.");
  app.callback([options, &exit_code] { exit_code = RunCheck(*options); });
}

}  // namespace suanwang::cli
