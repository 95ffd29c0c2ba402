// The table of edits is kept by one column, which begins anew at each letter of the page.
#include "index/letter_fit.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMostOfPage = 10'000;  // letters; a densely printed page has some 4,000
constexpr size_t kMostWords = 24;       // the rarest of a question
constexpr char32_t kArabicBlock = 0x600;
constexpr size_t kBlock = 0x100;
constexpr int kHundred = 100;  // the cost of a letter lost, added or another

bool IsLetterOrDigit(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
  return Xapian::Unicode::is_wordchar(c);
}

bool InBlock(char32_t c) { return c >= kArabicBlock && c < kArabicBlock + kBlock; }

// In hundredths; of the Arabic block, from a table that is made once.
uint8_t CostOf(char32_t meant, char32_t read) {
  static const auto table = [] {
    std::array<std::array<uint8_t, kBlock>, kBlock> costs{};
    for (size_t i = 0; i < kBlock; ++i) {
      for (size_t j = 0; j < kBlock; ++j) {
        const double cost =
            ReplaceCost(kArabicBlock + static_cast<char32_t>(i), kArabicBlock + static_cast<char32_t>(j));
        costs[i][j] = static_cast<uint8_t>(std::lround(cost * kHundred));
      }
    }
    return costs;
  }();
  if (InBlock(meant) && InBlock(read)) return table[meant - kArabicBlock][read - kArabicBlock];
  return meant == read ? 0 : kHundred;
}

std::u32string LettersOf(std::string_view text) {
  std::u32string letters = Fold(text).text;
  std::erase_if(letters, [](char32_t c) { return !IsLetterOrDigit(c); });
  if (letters.size() > kMostOfPage) letters.resize(kMostOfPage);
  return letters;
}

std::u32string WithoutArticle(std::u32string word) {
  constexpr size_t kShortest = 5;
  if (word.size() >= kShortest && word.compare(0, 2, U"ال") == 0) word.erase(0, 2);
  return word;
}

}  // namespace

LetterFit::LetterFit(const Xapian::Database& database, const std::vector<SoughtWord>& words) {
  for (const SoughtWord& sought : words) {
    Word word;
    word.letters = WithoutArticle(FromUtf8(sought.surface)).substr(0, kMostLetters);
    std::erase_if(word.letters, [](char32_t c) { return !IsLetterOrDigit(c); });
    if (word.letters.empty()) continue;
    word.rarity = Rarity(database, sought);
    words_.push_back(std::move(word));
  }
  std::stable_sort(words_.begin(), words_.end(), [](const Word& a, const Word& b) { return a.rarity > b.rarity; });
  if (words_.size() > kMostWords) words_.resize(kMostWords);
  for (Word& word : words_) {
    word.costs.resize(kBlock);
    for (size_t i = 0; i < kBlock; ++i) {
      const char32_t read = kArabicBlock + static_cast<char32_t>(i);
      for (size_t j = 0; j < word.letters.size(); ++j) word.costs[i][j] = CostOf(word.letters[j], read);
    }
  }
}

int LetterFit::LeastCost(const Word& word, const std::u32string& page) {
  const size_t count = word.letters.size();
  std::array<int, kMostLetters + 1> column;  // the cost of so many letters of the word, ending at this of the page
  for (size_t i = 0; i <= count; ++i) column[i] = kHundred * static_cast<int>(i);
  int least = column[count];
  Costs other;
  for (const char32_t c : page) {
    if (!InBlock(c)) {
      for (size_t i = 0; i < count; ++i) other[i] = CostOf(word.letters[i], c);
    }
    const Costs& costs = InBlock(c) ? word.costs[c - kArabicBlock] : other;
    int diagonal = 0;
    for (size_t i = 1; i <= count; ++i) {
      const int replaced = diagonal + costs[i - 1];
      diagonal = column[i];
      column[i] = std::min(replaced, std::min(column[i], column[i - 1]) + kHundred);
    }
    least = std::min(least, column[count]);
  }
  return least;
}

double LetterFit::Score(std::string_view text) const {
  const std::u32string page = LettersOf(text);
  double score = 0;
  for (const Word& word : words_) {
    const double most = kHundred * static_cast<double>(word.letters.size());
    score += word.rarity * std::pow(1 - LeastCost(word, page) / most, 3);
  }
  return score;
}

}  // namespace diwan
