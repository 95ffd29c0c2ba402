// From a label in the order of the paper to words in the order of reading.
#include "ingest/line_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/fold.h"
#include "ingest/ctc.h"
#include "ingest/pdf_glyphs.h"
#include "ingest/script.h"

namespace diwan {
namespace {

constexpr char32_t kZwnj = 0x200c;
// Old print is set closer than the lines of training; but not its numbers. Chosen on real pages.
constexpr float kSpaces = 2;

constexpr std::pair<char32_t, char32_t> kMirrored[] = {{U'(', U')'}, {U'[', U']'}, {U'{', U'}'}, {U'«', U'»'}};

char32_t Mirrored(char32_t c) {
  for (const auto& [open, close] : kMirrored) {
    if (c == open) return close;
    if (c == close) return open;
  }
  return c;
}

// As `language` writes what is printed.
char32_t Written(char32_t c, bool persian) {
  if (!persian) return c;
  if (c == U'ي' || c == U'ى') return U'ی';
  if (c == U'ك') return U'ک';
  if (c >= U'٠' && c <= U'٩') return c - U'٠' + U'۰';
  return c;
}

// Whether the sign at `at` of the logical `order` stands in a stretch that runs to the left.
bool RunsLeft(const std::vector<size_t>& order, size_t at) {
  const bool before = at > 0 && order[at - 1] > order[at];
  const bool behind = at + 1 < order.size() && order[at] > order[at + 1];
  return before || behind;
}

bool IsOfNumber(char32_t sign) { return IsDigit(sign) || sign == U'/'; }

// Whether a class is the likeliest of a step.
bool IsLikeliest(const CtcScores& scores, int step, int a_class) {
  for (int other = 0; other < scores.classes(); ++other) {
    if (scores.At(step, other) > scores.At(step, a_class)) return false;
  }
  return true;
}

std::vector<LineSign> LabelOf(const std::u32string& alphabet, const InkScores& ink) {
  const int space = static_cast<int>(alphabet.find(U' ')) + 1;
  const CtcPath path = BestPath(ink.scores, {.a_class = space, .by = kSpaces});
  const auto sign_at = [&](size_t i) { return alphabet[static_cast<size_t>(path.classes[i]) - 1]; };
  std::vector<LineSign> label;
  for (size_t i = 0; i < path.classes.size(); ++i) {
    const int step = path.steps[i];
    const int next = i + 1 < path.steps.size() ? path.steps[i + 1] : ink.scores.steps();
    const bool in_number =
        i > 0 && i + 1 < path.classes.size() && IsOfNumber(sign_at(i - 1)) && IsOfNumber(sign_at(i + 1));
    if (path.classes[i] == space && in_number && !IsLikeliest(ink.scores, step, space)) continue;
    label.push_back({.sign = sign_at(i),
                     .left = ink.column(step),
                     .right = ink.column(next),
                     .confidence = std::exp(ink.scores.At(step, path.classes[i]))});
  }
  return label;
}

}  // namespace

std::vector<LineWord> WordsOfLabel(const std::vector<LineSign>& label, std::string_view language) {
  std::vector<std::u32string> signs;
  signs.reserve(label.size());
  for (const LineSign& sign : label) signs.push_back(sign.sign == kZwnj ? U"\u0640" : std::u32string(1, sign.sign));
  const std::vector<size_t> order = ReadingOrderOf(signs, /*from_right=*/true);
  std::vector<LineWord> words;
  bool within = false;
  for (size_t at = 0; at < order.size(); ++at) {
    const LineSign& sign = label[order[at]];
    if (sign.sign == U' ') {
      within = false;
      continue;
    }
    if (!within) words.push_back({.text = {}, .left = sign.left, .right = sign.right, .confidence = 1});
    within = true;
    LineWord& word = words.back();
    const char32_t turned = RunsLeft(order, at) ? Mirrored(sign.sign) : sign.sign;
    word.text += ToUtf8(std::u32string(1, Written(turned, language == "fas")));
    word.left = std::min(word.left, sign.left);
    word.right = std::max(word.right, sign.right);
    word.confidence = std::min(word.confidence, sign.confidence);
  }
  return words;
}

std::vector<std::vector<LineSign>> LineReader::Read(Pix* gray, const std::vector<InkCrop>& lines) {
  std::vector<std::vector<LineSign>> labels(lines.size());
  network_.Read(gray, lines,
                [&](size_t line, const InkScores& ink) { labels[line] = LabelOf(network_.alphabet(), ink); });
  return labels;
}

}  // namespace diwan
