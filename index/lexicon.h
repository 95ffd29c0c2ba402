// The words that the stemmer knows: families whose forms no rule brings together, and words that only look as if an
// affix were on them. The lists are in index/word_lists.h.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "index/stem.h"

namespace diwan {

class Lexicon {
 public:
  // Read from the lists when first asked for. Any thread may call.
  static const Lexicon& Of(Language language);

  // The stem of a folded word as it stands in a list; empty when it does not. Lives as long as the program.
  std::u32string_view Find(std::u32string_view word) const {
    if (!likely_[Trait(word)]) return {};
    const auto found = stems_.find(word);
    return found == stems_.end() ? std::u32string_view() : found->second;
  }

  // The past stem of the verb whose past or present stem this is, کرد for کرد and کن. Persian alone.
  std::u32string_view FindVerb(std::u32string_view stem) const {
    const auto found = verbs_.find(stem);
    return found == verbs_.end() ? std::u32string_view() : found->second;
  }

  // Words that two lines give to two families, with the stem that lost: none, as a test demands.
  const std::vector<std::pair<std::u32string, std::u32string_view>>& Clashes() const { return clashes_; }

 private:
  struct Hash : std::hash<std::u32string_view> {
    using is_transparent = void;
  };
  using Words = std::unordered_map<std::u32string, std::u32string, Hash, std::equal_to<>>;

  // Length, first and last letter: few of the words looked up share theirs with a word of the lists, and most of the
  // time of stemming would go into looking in vain.
  static size_t Trait(std::u32string_view word) {
    if (word.empty()) return 0;
    return (word.front() & 63U) << 10U | (word.back() & 63U) << 4U | (word.size() & 15U);
  }

  explicit Lexicon(Language language);
  void AddFamilies(std::string_view lines);
  void AddVerbs(std::string_view lines);
  void AddWhole(std::string_view words);

  Words stems_;
  std::bitset<1 << 16> likely_;  // by Trait()
  Words verbs_;
  std::vector<std::pair<std::u32string, std::u32string_view>> clashes_;
};

}  // namespace diwan
