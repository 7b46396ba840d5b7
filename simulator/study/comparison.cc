#include "simulator/study/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace suanwang::study {
namespace {

using metrics::Bound;
using metrics::Value;

// Name and labels as one text: what makes two values comparable.
std::string KeyOf(const Value& value) {
  std::string key = value.name();
  for (const metrics::Label& label : value.labels) key += '\n' + label.key + '\t' + label.value;
  return key;
}

// The values of one run, or of no run.
using Index = std::map<std::string, const Value*, std::less<>>;

std::vector<std::vector<Index>> IndexesOf(const Study& study) {
  std::vector<std::vector<Index>> all;
  for (const Side& side : study.sides) {
    std::vector<Index>& indexes = all.emplace_back(side.runs.size());
    for (std::size_t i = 0; i < side.runs.size(); ++i) {
      if (!side.runs[i]) continue;
      for (const Value& value : side.runs[i]->values) indexes[i].emplace(KeyOf(value), &value);
    }
  }
  return all;
}

const Value* At(const Index& index, const std::string& key) {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : found->second;
}

bool DecideAlike(const Study& study, std::size_t variant, std::size_t seed) {
  const auto& base = study.sides[0].runs[seed];
  const auto& other = study.sides[variant].runs[seed];
  return base && other && base->decision_hash == other->decision_hash;
}

// The mean over seeds, and what kind of bound it is.
void Summarise(const std::vector<Index>& seeds, const std::string& key, double confidence, Cell& cell) {
  std::vector<double> numbers;
  for (const Index& index : seeds) {
    const Value* value = At(index, key);
    if (value == nullptr || !value->number) continue;
    numbers.push_back(*value->number);
    if (value->bound != Bound::kExact) cell.bound = seeds.size() == 1 ? value->bound : Bound::kAtLeast;
  }
  cell.estimate = EstimateMean(numbers, confidence);
  if (cell.bound != Bound::kExact) cell.estimate.interval.reset();
}

Cell CellOf(const Study& study, const std::vector<std::vector<Index>>& indexes, std::size_t variant, const std::string& key,
            Direction direction, double confidence) {
  Cell cell;
  Summarise(indexes[variant], key, confidence, cell);
  std::vector<Pair> pairs;
  for (std::size_t seed = 0; seed < study.seeds.size(); ++seed) {
    if (!study.sides[0].runs[seed] || !study.sides[variant].runs[seed]) continue;
    pairs.push_back({At(indexes[0][seed], key), At(indexes[variant][seed], key), DecideAlike(study, variant, seed)});
  }
  cell.difference = PairedDifference(pairs, confidence);
  cell.verdict = VerdictOf(cell.difference, direction);
  return cell;
}

void CountPairs(const Study& study, Comparison& comparison) {
  const std::size_t variants = study.sides.size();
  for (auto* counts : {&comparison.pairs, &comparison.identical, &comparison.same_arrivals, &comparison.same_faults}) counts->resize(variants);
  for (std::size_t variant = 0; variant < variants; ++variant) {
    for (std::size_t seed = 0; seed < study.seeds.size(); ++seed) {
      const auto& base = study.sides[0].runs[seed];
      const auto& other = study.sides[variant].runs[seed];
      if (!base || !other) continue;
      ++comparison.pairs[variant];
      comparison.identical[variant] += base->decision_hash == other->decision_hash ? 1 : 0;
      comparison.same_arrivals[variant] += base->arrivals_hash == other->arrivals_hash ? 1 : 0;
      comparison.same_faults[variant] += base->faults_hash == other->faults_hash ? 1 : 0;
    }
  }
}

}  // namespace

const Row* Comparison::Find(std::string_view name, const metrics::Labels& labels) const {
  const auto found = std::ranges::find_if(rows, [&](const Row& row) { return row.name == name && row.labels == labels; });
  return found == rows.end() ? nullptr : &*found;
}

std::size_t Comparison::Best(std::string_view name) const {
  const Row* row = Find(name);
  std::size_t best = 0;
  double most = 0;
  for (std::size_t v = 1; row != nullptr && v < row->cells.size(); ++v) {
    const Cell& cell = row->cells[v];
    if (cell.verdict != Verdict::kBetter || std::abs(*cell.difference.mean) <= most) continue;
    best = v;
    most = std::abs(*cell.difference.mean);
  }
  return best;
}

Comparison Compare(const Study& study, double confidence) {
  const std::vector<std::vector<Index>> indexes = IndexesOf(study);
  Comparison comparison;
  CountPairs(study, comparison);
  std::map<std::string, bool, std::less<>> seen;
  for (const Side& side : study.sides) {
    for (const std::optional<SeedRun>& run : side.runs) {
      if (!run) continue;
      for (const Value& value : run->values) {
        const std::string key = KeyOf(value);
        if (!seen.emplace(key, true).second) continue;
        Row& row = comparison.rows.emplace_back(Row{value.name(), value.labels, DirectionOf(value.name()), {}});
        for (std::size_t variant = 0; variant < study.sides.size(); ++variant) {
          row.cells.push_back(CellOf(study, indexes, variant, key, row.direction, confidence));
        }
      }
    }
  }
  return comparison;
}

}  // namespace suanwang::study
