#include "simulator/study/parting.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <vector>

namespace suanwang::study {
namespace {

constexpr std::string_view kUntil = "until";
constexpr std::string_view kPreempted = "preempted";

using Cells = std::array<std::string_view, 6>;  // of a line, cut at its commas; missing ones are empty

Cells CellsOf(std::string_view line) {
  Cells cells;
  for (std::string_view& cell : cells) {
    const std::size_t comma = line.find(',');
    cell = line.substr(0, comma);
    if (comma == std::string_view::npos) break;
    line.remove_prefix(comma + 1);
  }
  return cells;
}

template <class Integer>
std::optional<Integer> NumberIn(std::string_view cell) {
  Integer number = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return error == std::errc() && end == cell.data() + cell.size() ? std::optional(number) : std::nullopt;
}

Time InstantIn(std::string_view cell) {
  const std::optional<std::int64_t> ns = NumberIn<std::int64_t>(cell);
  return ns ? Time(*ns) : Time::Never();
}

JobId JobIn(std::string_view cell) { return JobId(NumberIn<std::uint32_t>(cell).value_or(JobId::kNoneValue)); }

// One line, still lying in its log.
struct Line {
  JobId job;
  std::string_view text;
};

// A log, cut at its lines: jobs by id, preemptions in order of time.
struct Log {
  explicit Log(std::string_view text) {
    while (!text.empty()) Add(TakeLine(text));
  }

  static std::string_view TakeLine(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
  }

  void Add(std::string_view line) {
    const std::string_view head = line.substr(0, line.find(','));
    if (head == kUntil) {
      until = InstantIn(CellsOf(line)[1]);
    } else if (head == kPreempted) {
      preemptions.push_back(line);
    } else if (const JobId job = JobIn(head); !job.is_none()) {
      jobs.push_back({job, line});
    }
  }

  std::vector<Line> jobs;
  std::vector<std::string_view> preemptions;
  Time until = Time::Never();
};

Decided JobDecided(std::string_view line) {
  if (line.empty()) return {};
  const Cells cells = CellsOf(line);
  return {.is_told = true, .start = InstantIn(cells[1]), .end = InstantIn(cells[2]), .state = std::string(cells[3]),
          .pool = std::string(cells[4]), .accelerators = std::string(cells[5])};
}

// When one of the two says something that the other does not.
Time InstantOf(const Decided& before, const Decided& now) {
  const bool is_started_alike = before.is_told && now.is_told && before.start == now.start && before.pool == now.pool && before.accelerators == now.accelerators;
  return is_started_alike ? std::min(before.end, now.end) : std::min(before.start, now.start);
}

// Keeps the earliest parting that it is told of.
class Earliest {
 public:
  explicit Earliest(Time kept_until) : kept_until_(kept_until) {}

  void Job(JobId job, std::string_view before, std::string_view now) {
    if (before != now) Take({Parting::Kind::kJob, Time(), job, JobDecided(before), JobDecided(now), kept_until_});
  }

  // Up to here both logs preempt alike; what comes first in either was not done in the other.
  void Preemption(std::string_view before, std::string_view now) {
    const Decided then = PreemptionDecided(before), instead = PreemptionDecided(now);
    const auto key = [](const Decided& one, std::string_view line) { return std::tuple(one.start, JobIn(CellsOf(line)[1])); };
    const auto before_key = key(then, before), now_key = key(instead, now);
    Parting parting{.kind = Parting::Kind::kPreemption, .kept_until = kept_until_};
    std::tie(parting.at, parting.job) = std::min(before_key, now_key);
    if (before_key <= now_key) parting.before = then;
    if (now_key <= before_key) parting.now = instead;
    TakeAt(std::move(parting));
  }

  [[nodiscard]] std::optional<Parting> first() && { return std::move(first_); }

 private:
  static Decided PreemptionDecided(std::string_view line) {
    if (line.empty()) return {};
    const Cells cells = CellsOf(line);
    return {.is_told = true, .start = InstantIn(cells[2]), .end = Time::Never(), .state = {}, .pool = std::string(cells[3]), .accelerators = {}};
  }

  void Take(Parting parting) {
    parting.at = InstantOf(parting.before, parting.now);
    TakeAt(std::move(parting));
  }

  void TakeAt(Parting parting) {
    const bool is_beyond = kept_until_ != Time::Never() && parting.at > kept_until_;
    const auto order = [](const Parting& one) { return std::tie(one.at, one.job, one.kind); };
    if (!is_beyond && (!first_ || order(parting) < order(*first_))) first_ = std::move(parting);
  }

  Time kept_until_;
  std::optional<Parting> first_;
};

// Both in order of id.
void HoldJobs(const std::vector<Line>& before, const std::vector<Line>& now, Earliest& earliest) {
  auto old = before.begin();
  auto fresh = now.begin();
  while (old != before.end() || fresh != now.end()) {
    const JobId old_id = old == before.end() ? JobId() : old->job;
    const JobId new_id = fresh == now.end() ? JobId() : fresh->job;
    const JobId job = std::min(old_id, new_id);
    earliest.Job(job, old_id == job ? (old++)->text : std::string_view(), new_id == job ? (fresh++)->text : std::string_view());
  }
}

void HoldPreemptions(const std::vector<std::string_view>& before, const std::vector<std::string_view>& now, Earliest& earliest) {
  const auto [old, fresh] = std::ranges::mismatch(before, now);
  if (old == before.end() && fresh == now.end()) return;
  earliest.Preemption(old == before.end() ? std::string_view() : *old, fresh == now.end() ? std::string_view() : *fresh);
}

}  // namespace

std::optional<Parting> PartingOf(std::string_view before, std::string_view now) {
  const Log old(before), fresh(now);
  Earliest earliest(old.until);
  HoldJobs(old.jobs, fresh.jobs, earliest);
  HoldPreemptions(old.preemptions, fresh.preemptions, earliest);
  return std::move(earliest).first();
}

std::size_t StartedJobs(std::string_view log) {
  return static_cast<std::size_t>(std::ranges::count_if(Log(log).jobs, [](const Line& line) { return !CellsOf(line.text)[1].empty(); }));
}

std::string FirstDecisions(std::string_view log, std::size_t jobs) {
  const Log whole(log);
  const auto start = [](const Line& line) { return InstantIn(CellsOf(line.text)[1]); };
  std::vector<Time> starts;
  for (const Line& line : whole.jobs) {
    if (start(line) != Time::Never()) starts.push_back(start(line));
  }
  if (jobs == 0 || starts.empty()) return "";
  const auto last = starts.begin() + static_cast<std::ptrdiff_t>(std::min(jobs, starts.size()) - 1);
  std::ranges::nth_element(starts, last);
  const Time until = *last;
  std::string text = std::string(kUntil) + "," + std::to_string(until.ns()) + "\n";
  const auto add = [&](std::string_view line) { text.append(line).append("\n"); };
  for (const Line& line : whole.jobs) {
    if (start(line) <= until) add(line.text);
  }
  for (const std::string_view line : whole.preemptions) {
    if (InstantIn(CellsOf(line)[2]) <= until) add(line);
  }
  return text;
}

Time KeptUntil(std::string_view log) { return Log(log.substr(0, log.find('\n'))).until; }

}  // namespace suanwang::study
