// Stretches of a line are read, rather than lines: columns that layout analysis took for one line have nothing in
// common. The numbers here were chosen on rendered and real pages (docs/decisions/0031).
#include "ingest/line_recognition.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/fold.h"
#include "ingest/ink.h"
#include "ingest/language.h"
#include "ingest/layout.h"
#include "ingest/letter_forms.h"
#include "ingest/line_vote.h"
#include "ingest/lone_dots.h"
#include "ingest/missed_ink.h"
#include "ingest/punctuation.h"
#include "ingest/quantile.h"
#include "ingest/script.h"
#include "ingest/word_boxes.h"

namespace diwan {
namespace {

constexpr double kSure = 80;  // from this mean confidence on a stretch is read by our reader alone
constexpr double kKept = 60;  // the same for lines that layout analysis lost, and for signs without letter or digit
constexpr size_t kMostMissed = 40;

// A part of a line without a wide gap.
struct Stretch {
  Box box;
  int line = 0;
  int block = 0;
  bool alone = false;  // on its line
};

// Mean over letters, 0..100, of words whose own confidence is `most` at the most.
double MeanConfidence(const auto& words, double most) {
  double sum = 0;
  double letters = 0;
  for (const auto& word : words) {
    const auto count = static_cast<double>(CodePoints(word.text));
    sum += 100 / most * word.confidence * count;
    letters += count;
  }
  return letters == 0 ? 0 : sum / letters;
}
double Confidence(const std::vector<LineWord>& words) { return MeanConfidence(words, 1); }
double Confidence(const std::vector<Word>& words) { return MeanConfidence(words, 100); }

bool HasLetterOrDigit(const std::string& text) {
  return std::ranges::any_of(FromUtf8(text),
                             [](char32_t c) { return IsDigit(c) || IsArabicLetter(c) || IsLatinLetter(c); });
}

std::vector<InkCrop> CropsOf(const std::vector<Stretch>& stretches) {
  std::vector<InkCrop> crops;
  crops.reserve(stretches.size());
  for (const Stretch& stretch : stretches) {
    crops.push_back({stretch.box, stretch.box.y, stretch.box.y + stretch.box.height});
  }
  return crops;
}

// The space between two boxes that stand beside each other; of no width when they touch.
Box Between(const Box& a, const Box& b) {
  const int left = std::min(a.x + a.width, b.x + b.width);
  const int top = std::max(a.y, b.y);
  return {left, top, std::max(0, std::max(a.x, b.x) - left), std::min(a.y + a.height, b.y + b.height) - top};
}

// Whether a gap parts two stretches: wide, and not full of ink that layout analysis left out.
bool IsApart(Pix* binary, const Box& stretch, const Box& word) {
  constexpr double kWide = 2.0;  // of the height: more than between words of running text
  constexpr double kInk = 0.2;   // share of columns
  const Box gap = Between(stretch, word);
  if (gap.width < kWide * std::max(word.height, stretch.height)) return false;
  const std::vector<bool> ink = InkColumns(binary, gap);
  return static_cast<double>(std::ranges::count(ink, true)) <= kInk * gap.width;
}

// From the top; those of a line from the right.
std::vector<Stretch> StretchesOf(const std::vector<TextLine>& lines, Pix* binary) {
  std::vector<Stretch> stretches;
  for (size_t i = 0; i < lines.size(); ++i) {
    std::vector<Box> words = lines[i].words;
    std::ranges::sort(words, std::greater<>(), [](const Box& box) { return box.x + box.width; });
    const size_t before = stretches.size();
    for (const Box& word : words) {
      if (stretches.size() == before || IsApart(binary, stretches.back().box, word)) {
        stretches.push_back({.box = word, .line = static_cast<int>(i), .block = lines[i].block});
      }
      stretches.back().box = Union(stretches.back().box, word);
    }
    if (stretches.size() == before + 1) stretches.back().alone = true;
  }
  return stretches;
}

// Without specks that layout analysis took for lines: in a table's row as small a sign may be a zero.
std::vector<Stretch> WithoutSpecks(std::vector<Stretch> stretches) {
  constexpr size_t kFew = 3;
  constexpr double kSpeck = 0.3;  // of a line's usual height
  if (stretches.size() <= kFew) return stretches;
  std::vector<int> heights;
  heights.reserve(stretches.size());
  for (const Stretch& stretch : stretches) heights.push_back(stretch.box.height);
  const double least = kSpeck * Median(std::move(heights));
  std::erase_if(stretches, [&](const Stretch& s) { return s.alone && std::max(s.box.width, s.box.height) < least; });
  return stretches;
}

// Whether so few letters as were read can be all that stands in so wide a box: a signature is no letter.
bool AreTooFew(const std::vector<Word>& words, const Box& box) {
  constexpr int kWidest = 3;  // heights of the line, of a letter that is drawn out
  size_t letters = 0;
  for (const Word& word : words) letters += CodePoints(word.text);
  return static_cast<int>(letters) * kWidest * box.height < box.width;
}

// Where two neighbouring words part: the reader of lines says only roughly where a sign begins. `ink` is of the columns
// of `box`; the space between the words was seen from column `from` to column `to`.
int PartingColumn(const std::vector<bool>& ink, const Box& box, int from, int to) {
  constexpr double kReach = 0.35;   // of the line's height, to either side
  constexpr double kFarther = 0.3;  // columns of width that a gap must have more for each column that it is farther
  const int reach = static_cast<int>(kReach * box.height);
  const int centre = (from + to) / 2;
  const int begin = std::clamp(std::min(from, to) - reach - box.x, 0, box.width);
  const int end = std::clamp(std::max(from, to) + reach - box.x, begin, box.width);
  int best = std::clamp(centre, box.x, box.x + box.width);
  double most = -box.width;
  for (int x = begin; x < end; ++x) {
    int gap_end = x;
    while (gap_end < end && !ink[static_cast<size_t>(gap_end)]) ++gap_end;
    if (gap_end == x) continue;
    const int middle = box.x + (x + gap_end) / 2;
    const double value = (gap_end - x) - kFarther * std::abs(middle - centre);
    if (value > most) {
      most = value;
      best = middle;
    }
    x = gap_end;
  }
  return best;
}

// Words with the boxes of their ink.
std::vector<Word> Placed(const std::vector<LineWord>& read, const Box& box, Pix* binary) {
  std::vector<Word> words(read.size());
  std::vector<size_t> across(read.size());  // from the left
  for (size_t i = 0; i < read.size(); ++i) {
    words[i].text = read[i].text;
    words[i].confidence = static_cast<float>(100 * read[i].confidence);
    across[i] = i;
  }
  std::ranges::stable_sort(across, {}, [&](size_t i) { return read[i].left; });
  const std::vector<bool> ink = InkColumns(binary, box);
  int left = box.x;
  for (size_t i = 0; i < across.size(); ++i) {
    const int end = box.x + box.width;
    const bool last = i + 1 == across.size();
    const int parting = last ? end : PartingColumn(ink, box, read[across[i]].right, read[across[i + 1]].left);
    const int right = std::max(left + 1, parting);
    words[across[i]].box = InkBox(binary, {left, box.y, right - left, box.height});
    left = right;
  }
  return words;
}

class LineRecognition {
 public:
  LineRecognition(const CleanPage& page, OcrEngine& engine, LineReader& reader)
      : page_(page), engine_(engine), reader_(reader) {}

  Recognition Run(const std::string& language) {
    Pix* image = page_.image.get();
    const std::vector<Stretch> stretches = WithoutSpecks(StretchesOf(engine_.FindLines(image, language), image));
    const auto labels = reader_.Read(page_.letters.get(), CropsOf(stretches));
    recognition_.language = language == "auto" ? LanguageOf(labels) : language;
    for (size_t i = 0; i < stretches.size(); ++i) Take(WordsOf(stretches[i], labels[i]));
    ReadMissed();
    recognition_.confidence = Confidence(recognition_.words);
    return std::move(recognition_);
  }

 private:
  static std::string LanguageOf(const std::vector<std::vector<LineSign>>& labels) {
    std::string text;
    for (const auto& label : labels) {
      for (const LineWord& word : WordsOfLabel(label, "ara")) text += word.text + ' ';
    }
    return GuessLanguage(text).value_or("ara");
  }

  std::vector<Word> WordsOf(const Stretch& stretch, const std::vector<LineSign>& label) {
    const std::vector<LineWord> read = WordsOfLabel(label, recognition_.language);
    std::vector<Word> words;
    if (Confidence(read) < kSure) words = VotedWords(EngineWords(stretch.box), read);
    if (words.empty()) words = Placed(read, stretch.box, page_.image.get());
    if (AreTooFew(words, stretch.box)) return {};
    for (Word& word : words) {
      word.line = stretch.line;
      word.block = stretch.block;
    }
    return words;
  }

  std::vector<Word> EngineWords(const Box& box) {
    Pix* image = page_.image.get();
    std::vector<Word> words = engine_.ReadLine(image, page_.letters.get(), box, recognition_.language);
    for (Word& word : words) word.text = InLettersOf(recognition_.language, word.text);
    return RestoreMarks(StopsForZeros(std::move(words), image), image);
  }

  void Take(std::vector<Word> words) {
    for (Word& word : words) {
      if (word.confidence >= kKept || HasLetterOrDigit(word.text)) recognition_.words.push_back(std::move(word));
    }
  }

  // Lines that layout analysis lost.
  void ReadMissed() {
    const std::vector<Word> first = recognition_.words;
    const MissedInk missed = FindMissedInk(page_.image.get(), first);
    if (missed.lines.size() > kMostMissed) return;  // a picture, not text
    std::vector<Stretch> stretches;
    int line = first.empty() ? 0 : first.back().line + 1;
    int block = first.empty() ? 0 : first.back().block + 1;
    for (const Box& box : missed.lines) {
      const int around = BlockAt(first, box);
      stretches.push_back({.box = box, .line = line++, .block = around < 0 ? block++ : around});
    }
    const auto labels = reader_.Read(page_.letters.get(), CropsOf(stretches));
    for (size_t i = 0; i < stretches.size(); ++i) {
      std::vector<Word> words = WordsOf(stretches[i], labels[i]);
      if (Confidence(words) >= kKept) Take(std::move(words));
    }
  }

  const CleanPage& page_;
  OcrEngine& engine_;
  LineReader& reader_;
  Recognition recognition_;
};

}  // namespace

Recognition RecognizeByLines(const CleanPage& page, const std::string& language, OcrEngine& engine,
                             LineReader& reader) {
  return LineRecognition(page, engine, reader).Run(language);
}

Recognition RecognizeLines(Pix* gray, const std::vector<Box>& lines, const std::string& language, LineReader& reader) {
  std::vector<Stretch> stretches;
  stretches.reserve(lines.size());
  for (const Box& line : lines) stretches.push_back({.box = line});
  Recognition recognition;
  recognition.language = language;
  for (const auto& label : reader.Read(gray, CropsOf(stretches))) {
    for (const LineWord& read : WordsOfLabel(label, language)) {
      Word word;
      word.text = read.text;
      word.confidence = static_cast<float>(100 * read.confidence);
      recognition.words.push_back(std::move(word));
    }
  }
  recognition.confidence = Confidence(recognition.words);
  return recognition;
}

}  // namespace diwan
