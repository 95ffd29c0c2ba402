// Cuts folded text into words, and hands them on to index/numbers.cc. Nothing here knows the database.
#include "index/analysis.h"

#include <xapian.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/fold.h"
#include "index/numbers.h"

namespace diwan {
namespace {

constexpr char32_t kJoiner = 0x200C;  // ZWNJ

enum class Char { kOther, kLetter, kLatin, kDigit, kZwnj };

Char KindOf(char32_t c) {
  if (c >= U'0' && c <= U'9') return Char::kDigit;
  if (c >= U'a' && c <= U'z') return Char::kLatin;
  if (c == kJoiner) return Char::kZwnj;
  if (c < 0x80 || !Xapian::Unicode::is_wordchar(c)) return Char::kOther;
  return Char::kLetter;
}

// Arabic letters and digits that touch are two words, as in رقم١٢٣; Latin ones are one, as in A4.
bool Joins(Char before, Char next) {
  if (next == Char::kOther) return false;
  if (next == Char::kDigit) return before == Char::kDigit || before == Char::kLatin;
  if (before == Char::kDigit) return next == Char::kLatin;
  return true;
}

class WordCutter {
 public:
  explicit WordCutter(const FoldedText& folded) : folded_(folded) {}

  std::vector<TextWord> Cut() {
    size_t at = 0;
    while (at < folded_.text.size()) {
      const Char kind = KindOf(folded_.text[at]);
      if (kind == Char::kOther || kind == Char::kZwnj) {
        ++at;
        continue;
      }
      const size_t end = kind == Char::kDigit ? NumberEnd(at) : WordEnd(at, kind);
      Add(at, end);
      at = end;
    }
    return std::move(words_);
  }

 private:
  size_t WordEnd(size_t at, Char kind) const {
    size_t end = at + 1;
    for (size_t i = end; i < folded_.text.size(); ++i) {
      const Char next = KindOf(folded_.text[i]);
      if (!Joins(kind, next)) break;
      if (next == Char::kZwnj) continue;  // taken only when a letter follows
      kind = next;
      end = i + 1;
    }
    return end;
  }

  // A number with its thousands and its decimals; plain digits with Latin letters after them are a word, as in 4th.
  size_t NumberEnd(size_t at) const {
    const size_t end = at + NumberLength(folded_.text, at);
    const auto number = std::u32string_view(folded_.text).substr(at, end - at);
    const bool plain = number.find_first_of(U",.") == std::u32string_view::npos;
    const bool mixed = end < folded_.text.size() && KindOf(folded_.text[end]) == Char::kLatin;
    return plain && mixed ? WordEnd(at, Char::kDigit) : end;
  }

  void Add(size_t at, size_t end) {
    TextWord word;
    word.folded = folded_.text.substr(at, end - at);
    word.begin = folded_.begin[at];
    word.end = folded_.end[end - 1];
    word.number = std::none_of(word.folded.begin(), word.folded.end(),
                               [](char32_t c) { return KindOf(c) == Char::kLetter || KindOf(c) == Char::kLatin; });
    if (word.number) word.folded = FromUtf8(NormalNumber(word.folded));
    std::u32string joined;
    for (const char32_t c : word.folded) {
      if (c != kJoiner) joined += c;
    }
    word.surface = ToUtf8(joined);
    const bool space = !words_.empty() && at == last_end_ + 1 && folded_.text[last_end_] == U' ';
    word.after_mi = space && !word.number && (words_.back().surface == "مي" || words_.back().surface == "نمي");
    last_end_ = end;
    word.stop = !word.number && IsStopWord(joined);
    if (joined.size() != word.folded.size()) AddPieces(word);
    word.position = next_position_;
    next_position_ += static_cast<uint32_t>(std::max<size_t>(1, word.pieces.size()));
    words_.push_back(std::move(word));
  }

  static void AddPieces(TextWord& word) {
    for (size_t at = 0; at < word.folded.size();) {
      const size_t end = std::min(word.folded.find(kJoiner, at), word.folded.size());
      if (end > at) word.pieces.push_back(ToUtf8(word.folded.substr(at, end - at)));
      at = end + 1;
    }
    if (word.pieces.size() < 2) word.pieces.clear();
  }

  const FoldedText& folded_;
  std::vector<TextWord> words_;
  uint32_t next_position_ = 1;
  size_t last_end_ = 0;
};

// What speaks for a language in a word.
struct Signs {
  bool persian = false;
  bool arabic = false;
};

Signs SignsOf(const TextWord& word) {
  static const std::set<std::string_view> persian_words = {"از", "به", "در", "را", "است", "اين", "شد", "شده"};
  static const std::set<std::string_view> arabic_words = {"في", "علي", "الي", "عن", "هذا", "هذه", "التي", "الذي"};
  constexpr std::u32string_view kPersianLetters = U"پچژگ";
  const bool letters = word.folded.find_first_of(kPersianLetters) != std::u32string::npos;
  return {letters || !word.pieces.empty() || persian_words.contains(word.surface),
          word.folded.rfind(U"ال", 0) == 0 || arabic_words.contains(word.surface)};
}

void AddStems(const Stems& stems, std::vector<std::string>& out) {
  for (const std::u32string* letters : {&stems.first, &stems.second}) {
    if (letters->empty()) continue;
    std::string stem = ToUtf8(*letters);
    if (std::find(out.begin(), out.end(), stem) == out.end()) out.push_back(std::move(stem));
  }
}

}  // namespace

AnalysedText Analyse(std::string_view utf8) {
  const FoldedText folded = Fold(utf8);
  AnalysedText out;
  out.words = WordCutter(folded).Cut();
  out.numbers = FindNumbers(out.words, utf8);
  return out;
}

std::vector<PlacedSurface> PlacedSurfaces(const AnalysedText& text) {
  std::vector<PlacedSurface> out;
  out.reserve(text.words.size());
  for (size_t i = 0; i < text.words.size(); ++i) {
    const TextWord& word = text.words[i];
    out.push_back({word.surface, word.position, i});
    for (size_t k = 0; k < word.pieces.size(); ++k) {
      out.push_back({word.pieces[k], word.position + static_cast<uint32_t>(k), i});
    }
  }
  return out;
}

std::vector<std::string> StemsOf(const TextWord& word, Language language) {
  std::vector<std::string> out;
  if (word.number || word.stop) return out;
  const bool verb = word.after_mi && language == Language::kPersian;
  AddStems(verb ? StemsOfWord(U"مي\u200C" + word.folded, language) : StemsOfWord(word.folded, language), out);
  for (const std::string& piece : word.pieces) {
    const std::u32string letters = FromUtf8(piece);
    if (letters.size() >= 2 && !IsStopWord(letters)) AddStems(StemsOfWord(letters, language), out);
  }
  return out;
}

void SetLanguages(AnalysedText& text, Language page_language) {
  constexpr std::array kLanguages = {Language::kArabic, Language::kPersian};
  // So many words that speak for the other language make a run of it; fewer where more than a space is between.
  constexpr int kSwitch = 4;
  constexpr int kSwitchAtGap = 3;
  std::array<int, 2> cost = {kSwitchAtGap, kSwitchAtGap};
  cost[page_language == Language::kArabic ? 0 : 1] = 0;
  std::vector<std::array<uint8_t, 2>> from(text.words.size());  // the cheapest way to each language at each word
  for (size_t i = 0; i < text.words.size(); ++i) {
    const std::array<int, 2> before = cost;
    const Signs signs = SignsOf(text.words[i]);
    const bool gap = i > 0 && text.words[i].begin > text.words[i - 1].end + 1;
    const int change = gap ? kSwitchAtGap : kSwitch;
    for (uint8_t k = 0; k < 2; ++k) {
      const uint8_t other = 1 - k;
      from[i][k] = before[k] <= before[other] + change ? k : other;
      cost[k] = std::min(before[k], before[other] + change) + ((k == 0 ? signs.persian : signs.arabic) ? 1 : 0);
    }
  }
  size_t now = cost[0] < cost[1] || (cost[0] == cost[1] && page_language == Language::kArabic) ? 0 : 1;
  for (size_t i = text.words.size(); i-- > 0;) {
    text.words[i].language = kLanguages[now];
    now = from[i][now];
  }
}

Language GuessLanguage(const AnalysedText& text) {
  int64_t persian = 0;
  int64_t arabic = 0;
  for (const TextWord& word : text.words) {
    const Signs signs = SignsOf(word);
    persian += signs.persian ? 1 : 0;
    arabic += signs.arabic ? 1 : 0;
  }
  return persian > arabic ? Language::kPersian : Language::kArabic;
}

}  // namespace diwan
