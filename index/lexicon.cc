// Reads the lists of index/word_lists.h, folding each word as a page's words are folded.
#include "index/lexicon.h"

#include <algorithm>

#include "core/fold.h"
#include "index/word_lists.h"

namespace diwan {
namespace {

constexpr char32_t kHamza = 0x0621;

std::vector<std::string_view> Split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::u32string Folded(std::string_view word) { return FromUtf8(FoldToUtf8(word)); }

}  // namespace

const Lexicon& Lexicon::Of(Language language) {
  static const Lexicon arabic(Language::kArabic);
  static const Lexicon persian(Language::kPersian);
  return language == Language::kArabic ? arabic : persian;
}

Lexicon::Lexicon(Language language) {
  if (language == Language::kArabic) {
    for (const std::string_view list : {kArabicFamilies, kSharedFamilies, kArabicAdjectives, kArabicNations}) {
      AddFamilies(list);
    }
    AddWhole(kArabicWhole);
  } else {
    AddFamilies(kPersianFamilies);
    AddFamilies(kSharedFamilies);
    AddVerbs(kPersianVerbs);
    AddWhole(kPersianWhole);
  }
  AddWhole(kNames);
  for (const auto& [word, stem] : stems_) likely_.set(Trait(word));
}

void Lexicon::AddFamilies(std::string_view lines) {
  for (const std::string_view line : Split(lines, "\n")) {
    const std::vector<std::string_view> members = Split(line, " ");
    const std::u32string stem = Folded(members.front());
    for (const std::string_view member : members) {
      std::u32string word = Folded(member);
      // As written in Persian, and before a possessive in Arabic.
      if (word.size() > 3 && word.back() == kHamza) stems_.emplace(word.substr(0, word.size() - 1), stem);
      const auto [known, added] = stems_.emplace(std::move(word), stem);
      if (!added && known->second != stem) clashes_.emplace_back(known->first, known->second);
    }
  }
}

void Lexicon::AddVerbs(std::string_view lines) {
  for (const std::string_view line : Split(lines, "\n")) {
    const std::vector<std::string_view> stems = Split(line, " ");
    const std::u32string past = Folded(stems.front());
    stems_.emplace(past, past);
    verbs_.emplace(past, past);
    verbs_.emplace(Folded(stems.back()), past);
  }
}

void Lexicon::AddWhole(std::string_view words) {
  for (const std::string_view word : Split(words, " \n")) {
    std::u32string folded = Folded(word);
    stems_.emplace(folded, folded);
  }
}

}  // namespace diwan
