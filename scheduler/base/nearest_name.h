#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace suanwang {

// Edits (a byte inserted, deleted or replaced, two neighbours swapped) between the words: Damerau–Levenshtein distance
// in its restricted form (optimal string alignment). O(|a|·|b|).
[[nodiscard]] std::size_t EditDistance(std::string_view a, std::string_view b);

// The name that was probably meant by `word`: the nearest within a third of the word's length (at least 1 edit), the
// first of equals; null if none is near. Words and names beyond 200 bytes are nobody's slip of the keyboard.
template <class Name>
[[nodiscard]] const Name* NearestName(std::string_view word, std::span<const Name> names) {
  constexpr std::size_t kLongest = 200;
  const Name* nearest = nullptr;
  std::size_t least = (word.size() < 3 ? 1 : word.size() / 3) + 1;
  for (const Name& name : names) {
    if (word.size() > kLongest || std::string_view(name).size() > kLongest) continue;
    const std::size_t distance = EditDistance(word, name);
    if (distance >= least) continue;
    least = distance;
    nearest = &name;
  }
  return nearest;
}

// "did you mean 'units'?", or nothing where no name is near.
template <class Name>
[[nodiscard]] std::string DidYouMean(std::string_view word, std::span<const Name> names) {
  const Name* nearest = NearestName(word, names);
  return nearest == nullptr ? std::string() : "did you mean '" + std::string(*nearest) + "'?";
}

}  // namespace suanwang
