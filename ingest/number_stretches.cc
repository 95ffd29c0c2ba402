// Which parts of a line the reader of numbers is asked about. Asking costs more than a millisecond a word, so ordinary
// words that were well read are left alone.
#include <algorithm>
#include <iterator>

#include "core/fold.h"
#include "ingest/number_merge.h"
#include "ingest/number_text.h"
#include "ingest/script.h"

namespace diwan {
namespace {

constexpr float kGarbage = 40;   // words read with less confidence may be parts of a number
constexpr float kDoubtful = 60;  // the same for a lone sign, such as a dash between two numbers
constexpr float kMark = 85;      // the same for one or two letters: هـ and م are often read with little

// A word of letters alone is asked about when it was read with less confidence than this, by its number of letters: a
// number is taken for a short word rather than for a long one.
constexpr float kAskedBelow[] = {0, 90, 80, 60, 60};
constexpr size_t kFewLetters = 3;  // with signs, such as a bracket or a dash, so many may be digits
constexpr char32_t kZwnj = 0x200c;
constexpr std::u32string_view kEndings = U".:،؛!«»\"";
constexpr double kLongest = 12;  // heights of the line: the reader was trained on no longer lines

struct Piece {
  Box box;
  bool is_ink = false;
  size_t word = 0;     // where it is no ink
  bool asked = true;   // whether the reader is asked about it; if not, it parts what is on either side
  bool joins = false;  // may be a part of a number
};

int Right(const Box& box) { return box.x + box.width; }

void Extend(Box& box, const Box& other) {
  const int right = std::max(Right(box), Right(other));
  const int bottom = std::max(box.y + box.height, other.y + other.height);
  box.x = std::min(box.x, other.x);
  box.y = std::min(box.y, other.y);
  box.width = right - box.x;
  box.height = bottom - box.y;
}

struct Characters {
  size_t all = 0;
  size_t letters = 0;
  bool digits = false;
  bool signs = false;  // other than those that end a word
};

Characters CharactersOf(const Word& word) {
  Characters characters;
  for (const char32_t c : FromUtf8(word.text)) {
    const bool is_letter = IsArabicLetter(c) || IsLatinLetter(c) || IsArabicMark(c) || c == kZwnj;
    ++characters.all;
    characters.letters += is_letter ? 1 : 0;
    characters.digits |= IsDigit(c);
    characters.signs |= !is_letter && !IsDigit(c) && kEndings.find(c) == kEndings.npos;
  }
  return characters;
}

bool MayBePartOfNumber(const Word& word, const Characters& characters) {
  constexpr float kBelow[] = {kDoubtful, kMark, kMark};  // by the number of letters
  const float below = characters.letters < std::size(kBelow) ? kBelow[characters.letters] : kGarbage;
  return characters.digits || word.confidence < below;
}

bool MayBeNumber(const Word& word, const Characters& characters, const Word* before) {
  if (characters.letters == 0) return characters.all > 1;  // ٢ may be read as ؟
  const float below = characters.letters < std::size(kAskedBelow) ? kAskedBelow[characters.letters] : kGarbage;
  return (characters.signs && characters.letters <= kFewLetters) || word.confidence < below ||
         (before != nullptr && ExpectedAfter(before->text) != NumberExpected::kNothing);
}

// Whether the box of word `i`, which is divided, may cover a part of the number beside it.
bool CoversPartOfNeighbour(const std::vector<Word>& line, size_t i) {
  return (i > 0 && CharactersOf(line[i - 1]).digits) || (i + 1 < line.size() && CharactersOf(line[i + 1]).digits);
}

// All that stands on the line, from left to right.
std::vector<Piece> Pieces(const std::vector<Word>& line, const LineInk& ink) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < line.size(); ++i) {
    const Characters characters = CharactersOf(line[i]);
    const bool divided = std::ranges::count(ink.divided, i) > 0;
    const bool joins = MayBePartOfNumber(line[i], characters) || (divided && CoversPartOfNeighbour(line, i));
    const bool asked = joins || MayBeNumber(line[i], characters, i == 0 ? nullptr : &line[i - 1]);
    pieces.push_back({.box = line[i].box, .word = i, .asked = asked, .joins = joins});
  }
  for (const Box& box : ink.loose) pieces.push_back({.box = box, .is_ink = true, .joins = true});
  std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.box.x < b.box.x; });
  return pieces;
}

// Parts of a number, or a doubtful word and ink that its box should have covered.
bool BelongTogether(const Piece& left, const Piece& right, int height) {
  constexpr double kNear = 0.5;     // of the line's height: parts of a number are less far apart
  constexpr double kNearInk = 0.3;  // the same for ink beside a word
  if (!left.asked) return false;
  const double gap = right.box.x - Right(left.box);
  if (left.joins && right.joins) return gap <= kNear * height;
  return (left.is_ink || right.is_ink) && gap <= kNearInk * height;
}

}  // namespace

std::vector<Stretch> NumberStretches(const std::vector<Word>& line, const LineInk& ink) {
  std::vector<Stretch> stretches;
  const std::vector<Piece> pieces = Pieces(line, ink);
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (!piece.asked) continue;
    const bool goes_on = i > 0 && BelongTogether(pieces[i - 1], piece, ink.height) &&
                         Right(piece.box) - stretches.back().box.x <= kLongest * ink.height;
    if (!goes_on) stretches.push_back({.box = piece.box});
    Extend(stretches.back().box, piece.box);
    if (!piece.is_ink) stretches.back().words.push_back(piece.word);
  }
  return stretches;
}

}  // namespace diwan
