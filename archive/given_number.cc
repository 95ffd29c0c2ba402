// Words around a number go; a word that may belong to it, or parts it from another, is not guessed at.
#include "archive/given_number.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/fold.h"
#include "core/number_chain.h"
#include "core/number_words.h"
#include "core/paper_number.h"
#include "ingest/printed_number.h"

namespace diwan {
namespace {

constexpr std::string_view kLabels[] = {"رقم", "الرقم", "برقم", "بالرقم", "شماره", "شمارهٔ", "بشماره", "نمره"};
constexpr std::string_view kYears[] = {"لسنة", "سنة", "السنة", "للسنة", "لعام", "عام", "للعام", "العام", "سال"};
constexpr std::string_view kEras[] = {"م",     "ه",      "هـ",      "ش",    "ق",    "هجري",
                                      "هجرية", "ميلادي", "ميلادية", "قمري", "شمسي", "قضائية"};
constexpr std::string_view kRepeated[] = {"مكرر", "مكررا", "مكررة"};

enum class Part { kDigits, kLetters, kBlank, kSign };

struct Piece {
  Part part = Part::kBlank;
  std::u32string text;
};

Part PartOf(char32_t c) {
  constexpr std::u32string_view kBlanks = U" \t\r\n\u00A0()[]{}\uFD3E\uFD3F«»\"'";
  constexpr std::u32string_view kSigns = U"/\\-.:,;=#*_\u060C\u061B\u2010\u2011\u2012\u2013\u2014\u2212\u2044";
  if (IsLatinDigit(c)) return Part::kDigits;
  if (kBlanks.find(c) != std::u32string_view::npos) return Part::kBlank;
  return kSigns.find(c) != std::u32string_view::npos ? Part::kSign : Part::kLetters;
}

using Pieces = std::vector<Piece>;

Pieces Cut(std::u32string_view text) {
  Pieces pieces;
  for (const char32_t c : text) {
    const Part part = PartOf(c);
    if (pieces.empty() || pieces.back().part != part || part == Part::kSign) pieces.push_back({.part = part});
    pieces.back().text += part == Part::kBlank ? U' ' : c;
    if (part == Part::kBlank) pieces.back().text.resize(1);
  }
  return pieces;
}

bool IsOneOf(const Piece& piece, std::span<const std::string_view> words) {
  if (piece.part != Part::kLetters) return false;
  const std::string folded = FoldToUtf8(ToUtf8(piece.text));
  return std::ranges::any_of(words, [&](std::string_view word) { return FoldToUtf8(word) == folded; });
}

bool IsDigits(const Piece& piece) { return piece.part == Part::kDigits; }

bool IsYear(const Piece& piece) { return IsDigits(piece) && !Split("0/" + ToUtf8(piece.text)).year.empty(); }

std::string TextOf(std::span<const Piece> pieces) {
  std::string text;
  for (const Piece& piece : pieces) text += ToUtf8(piece.text);
  return text;
}

// `القرار رقم 146`: up to the last label before the number, and the signs behind it.
void DropLabel(Pieces& pieces) {
  const auto number = std::ranges::find_if(pieces, IsDigits);
  auto begin = pieces.begin();
  for (auto piece = pieces.begin(); piece != number; ++piece) {
    if (IsOneOf(*piece, kLabels)) begin = piece + 1;
  }
  if (begin == pieces.begin()) return;
  begin = std::find_if(begin, pieces.end(), [](const Piece& p) { return p.part < Part::kBlank; });
  pieces.erase(pieces.begin(), begin);
}

// Takes `2018م`, or `2018`, off the end, with the word before it that says that it is a year; "" when there is none.
std::string TakeYear(Pieces& pieces) {
  auto year = std::find_if(pieces.rbegin(), pieces.rend(), IsDigits).base();
  if (year == pieces.begin()) return "";
  --year;
  const bool ends = std::all_of(year + 1, pieces.end(),
                                [](const Piece& piece) { return piece.part >= Part::kBlank || IsOneOf(piece, kEras); });
  auto word = year;
  while (word != pieces.begin() && (word - 1)->part >= Part::kBlank) --word;
  const bool said = word != pieces.begin() && IsOneOf(*(word - 1), kYears);
  const bool after_sign = year != pieces.begin() && word != year && IsYear(*year) &&
                          std::any_of(word, year, [](const Piece& piece) { return piece.part == Part::kSign; });
  if (!ends || (!said && !after_sign)) return "";
  if (!said) {
    pieces.erase(year + 1, pieces.end());
    return "";
  }
  std::string taken = TextOf({&*year, 1});
  pieces.erase(word - 1, pieces.end());
  return taken;
}

void Tidy(Pieces& pieces) {
  const auto blank = [](const Piece& piece) { return piece.part == Part::kBlank; };
  while (!pieces.empty() && blank(pieces.back())) pieces.pop_back();
  Pieces kept;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const bool beside_sign = i + 1 < pieces.size() && pieces[i + 1].part == Part::kSign;
    if (blank(pieces[i]) && (kept.empty() || kept.back().part == Part::kSign || beside_sign)) continue;
    kept.push_back(std::move(pieces[i]));
  }
  pieces = std::move(kept);
}

// A dash right before the digits with which it begins; `-45-` is set off by two.
bool IsNegative(const Pieces& pieces) {
  const auto is_dash = [](const Piece& piece) { return piece.text == U"-" || piece.text == U"\u2212"; };
  return pieces.size() > 1 && is_dash(pieces.front()) && IsDigits(pieces[1]) && !is_dash(pieces.back());
}

// What joins two numbers to one, or is no part of any.
bool HasStrangeWords(const Pieces& pieces) {
  constexpr size_t kLeastWord = 3;  // letters
  for (size_t i = 0; i < pieces.size(); ++i) {
    const bool lone_before = i == 0 || pieces[i - 1].part == Part::kBlank;
    const bool lone_behind = i + 1 == pieces.size() || pieces[i + 1].part == Part::kBlank;
    if (pieces[i].part == Part::kBlank && i > 0 && i + 1 < pieces.size() && IsDigits(pieces[i - 1]) &&
        IsDigits(pieces[i + 1])) {
      return true;  // `45 2018`
    }
    if (pieces[i].part != Part::kLetters || IsOneOf(pieces[i], kRepeated)) continue;
    const bool and_number = pieces[i].text == U"و" && i > 0 && !lone_behind && IsDigits(pieces[i + 1]);
    if (and_number || (lone_before && lone_behind && pieces[i].text.size() >= kLeastWord)) return true;
    if (lone_before && pieces[i].text.size() >= kLeastWord && !lone_behind && IsDigits(pieces[i + 1])) return true;
  }
  return false;
}

// The digits of a number that is written in words alone; "" when it is not.
std::string SpelledDigits(const std::string& text) {
  const std::u32string folded = Fold(text).text;
  const auto number = ReadSpelledNumber(folded, 0);
  return number && number->end == folded.size() ? std::to_string(number->value) : "";
}

}  // namespace

GivenNumber ReadGivenNumber(std::string_view given) {
  Pieces pieces = Cut(FromUtf8(WithoutThousands(LatinDigits(given))));
  Tidy(pieces);
  if (std::string spelled = SpelledDigits(TextOf(pieces)); !spelled.empty()) return {.value = spelled, .problem = {}};
  DropLabel(pieces);
  const std::string year = TakeYear(pieces);
  Tidy(pieces);
  const std::string spelled = SpelledDigits(TextOf(pieces));
  GivenNumber number{.value = spelled.empty() ? TextOf(pieces) : spelled, .problem = {}};
  const bool none = spelled.empty() && std::ranges::none_of(pieces, IsDigits);
  if (none) number.problem = "has no digit, and is no number in words";
  if (!none && IsNegative(pieces)) number.problem = "is below zero; give it without the sign before it";
  if (!none && spelled.empty() && HasStrangeWords(pieces)) {
    number.problem = "has more in it than one number and its year; give it as 45/2018";
  }
  if (!year.empty()) number.value += '/' + year;
  return number;
}

}  // namespace diwan
