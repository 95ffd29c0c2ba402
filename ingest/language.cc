// Arabic or Persian: asked of a few lines before a page is read whole, because each has a model of its own.
#include "ingest/language.h"

#include <algorithm>
#include <array>

#include "core/fold.h"

namespace diwan {
namespace {

// Folded forms (core/fold.h): one letter each for the alefs, yehs, kafs and hehs. Weights are positive for Persian.
struct Sign {
  enum Kind { kWord, kPrefix, kSuffix, kLetter } kind;
  std::string_view text;
  int weight;
};
constexpr std::array kSigns = {
    Sign{Sign::kWord, "از", 4},    Sign{Sign::kWord, "به", 3},     Sign{Sign::kWord, "که", 3},
    Sign{Sign::kWord, "را", 3},    Sign{Sign::kWord, "در", 3},     Sign{Sign::kWord, "این", 3},
    Sign{Sign::kWord, "است", 4},   Sign{Sign::kWord, "شد", 3},     Sign{Sign::kWord, "شده", 3},
    Sign{Sign::kWord, "برای", 4},  Sign{Sign::kWord, "با", 2},     Sign{Sign::kWord, "می", 2},
    Sign{Sign::kWord, "های", 3},   Sign{Sign::kWord, "شهر", 2},    Sign{Sign::kWord, "شهرداری", 3},
    Sign{Sign::kWord, "شورای", 3}, Sign{Sign::kWord, "گردید", 3},  Sign{Sign::kWord, "باشد", 3},
    Sign{Sign::kWord, "من", -2},   Sign{Sign::kWord, "في", -4},    Sign{Sign::kWord, "علي", -3},
    Sign{Sign::kWord, "الي", -3},  Sign{Sign::kWord, "عن", -2},    Sign{Sign::kWord, "هذا", -3},
    Sign{Sign::kWord, "هذه", -3},  Sign{Sign::kWord, "التي", -4},  Sign{Sign::kWord, "الذي", -4},
    Sign{Sign::kWord, "ان", -1},   Sign{Sign::kWord, "ذلك", -3},   Sign{Sign::kWord, "بعد", -1},
    Sign{Sign::kPrefix, "ال", -2}, Sign{Sign::kPrefix, "وال", -3}, Sign{Sign::kPrefix, "بال", -2},
    Sign{Sign::kPrefix, "لل", -2}, Sign{Sign::kSuffix, "های", 3},  Sign{Sign::kSuffix, "ها", 1},
    Sign{Sign::kLetter, "گ", 3},   Sign{Sign::kLetter, "چ", 3},    Sign{Sign::kLetter, "پ", 3},
    Sign{Sign::kLetter, "ژ", 3},
};

bool Shows(std::u32string_view word, const Sign& sign, std::u32string_view text) {
  if (sign.kind == Sign::kWord) return word == text;
  if (sign.kind == Sign::kLetter) return word.find(text) != std::u32string_view::npos;
  if (word.size() < text.size() + 2) return false;
  return sign.kind == Sign::kPrefix ? word.substr(0, text.size()) == text
                                    : word.substr(word.size() - text.size()) == text;
}

struct FoldedSign {
  Sign sign;
  std::u32string text;
};

// Folded once, so that the table is right whatever letters the folding settles on.
const std::array<FoldedSign, kSigns.size()>& FoldedSigns() {
  static const auto signs = [] {
    std::array<FoldedSign, kSigns.size()> folded;
    for (size_t i = 0; i < kSigns.size(); ++i) folded.at(i) = {kSigns.at(i), Fold(kSigns.at(i).text).text};
    return folded;
  }();
  return signs;
}

}  // namespace

std::optional<std::string> GuessLanguage(std::string_view text) {
  constexpr int kClear = 6;  // two or three signs that agree
  const std::u32string folded = Fold(text).text;
  int score = 0;
  for (size_t at = 0; at < folded.size();) {
    const size_t end = std::min(folded.find_first_of(U" \n\t\u200c", at), folded.size());
    const std::u32string_view word(folded.data() + at, end - at);
    for (const FoldedSign& sign : FoldedSigns()) score += Shows(word, sign.sign, sign.text) ? sign.sign.weight : 0;
    at = end + 1;
  }
  if (score >= kClear) return "fas";
  if (score <= -kClear) return "ara";
  return std::nullopt;
}

std::optional<std::string> GuessWrittenLanguage(std::string_view text) {
  if (const auto told = GuessLanguage(text)) return told;
  constexpr std::u32string_view kPersian = U"یک۰۱۲۳۴۵۶۷۸۹";
  constexpr std::u32string_view kArabic = U"يكة٠١٢٣٤٥٦٧٨٩";
  const std::u32string written = FromUtf8(text);
  const bool persian = written.find_first_of(kPersian) != std::u32string::npos;
  const bool arabic = written.find_first_of(kArabic) != std::u32string::npos;
  if (persian == arabic) return std::nullopt;
  return persian ? "fas" : "ara";
}

}  // namespace diwan
