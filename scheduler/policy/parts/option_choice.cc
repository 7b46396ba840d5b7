#include "scheduler/policy/parts/option_choice.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace suanwang {
namespace {

bool IsOpen(const ClosedPools& closed, const Option& option) { return !closed.any_closed() || !closed.IsClosed(option.pool); }

class BestOfScore final : public OptionChoice {
 public:
  explicit BestOfScore(std::unique_ptr<Score> score) : score_(std::move(score)) {}

  std::optional<Option> Choose(Round& round, JobId job, const ClosedPools& closed) override {
    return BestOption(round, job, score_.get(), [&](const Option& option) { return IsOpen(closed, option); });
  }

 private:
  std::unique_ptr<Score> score_;
};

// The options in open pools, in order of pool: scratch of the round.
std::span<Option> OpenOptions(Round& round, JobId job, const ClosedPools& closed) {
  const std::span<Option> options = round.options(job);
  const auto open_end = std::remove_if(options.begin(), options.end(), [&](const Option& option) { return !IsOpen(closed, option); });
  return options.first(static_cast<std::size_t>(open_end - options.begin()));
}

class InTurn final : public OptionChoice {
 public:
  std::optional<Option> Choose(Round& round, JobId job, const ClosedPools& closed) override {
    const std::span<Option> options = OpenOptions(round, job, closed);
    if (options.empty()) return std::nullopt;
    const auto next = std::ranges::find_if(options, [&](const Option& option) { return option.pool.value() >= next_; });
    return next == options.end() ? options.front() : *next;
  }
  void NoteStarted(const Option& option) override { next_ = std::uint64_t{option.pool.value()} + 1; }

  void Save(StateWriter& out) const override { out.Put("next_pool", static_cast<std::int64_t>(next_)); }
  void Load(StateReader& in) override { next_ = static_cast<std::uint64_t>(in.Get("next_pool")); }

 private:
  std::uint64_t next_ = 0;  // the pool whose turn it is
};

class AtRandom final : public OptionChoice {
 public:
  std::optional<Option> Choose(Round& round, JobId job, const ClosedPools& closed) override {
    const std::span<Option> options = OpenOptions(round, job, closed);
    if (options.empty()) return std::nullopt;
    return options[round.rng().UniformInt(options.size())];
  }
};

}  // namespace

std::unique_ptr<OptionChoice> ChooseBest(std::unique_ptr<Score> score) { return std::make_unique<BestOfScore>(std::move(score)); }
std::unique_ptr<OptionChoice> ChooseInTurn() { return std::make_unique<InTurn>(); }
std::unique_ptr<OptionChoice> ChooseAtRandom() { return std::make_unique<AtRandom>(); }

}  // namespace suanwang
