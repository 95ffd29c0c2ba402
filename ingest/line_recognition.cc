// Stretches of a line are read, rather than lines: columns that layout analysis took for one line have nothing in common.
#include "ingest/line_recognition.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "core/fold.h"
#include "ingest/language.h"
#include "ingest/layout.h"
#include "ingest/letter_forms.h"
#include "ingest/line_vote.h"
#include "ingest/lone_dots.h"
#include "ingest/missed_ink.h"
#include "ingest/punctuation.h"
#include "ingest/script.h"
#include "ingest/quantile.h"
#include "ingest/word_boxes.h"

namespace diwan {
namespace {
double Env(const char* n, double d) { const char* v = std::getenv(n); return v ? std::atof(v) : d; }

struct Stretch {
  Box box;
  int line = 0;
  int block = 0;
  bool alone = false;
  std::vector<LineSign> label;
};

int GapBetween(const Box& a, const Box& b) { return std::max(a.x, b.x) - std::min(a.x + a.width, b.x + b.width); }

bool HasLetterOrDigit(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return IsDigit(c) || IsArabicLetter(c) || IsLatinLetter(c); });
}

class LineRecognition {
 public:
  LineRecognition(const CleanPage& page, OcrEngine& engine, LineReader& reader)
      : page_(page), engine_(engine), reader_(reader) {}

  Recognition Run(const std::string& language) {
    std::vector<Stretch> stretches = StretchesOf(engine_.FindLines(page_.image.get(), language));
    static const double kSpeck = Env("SPECK", 0.3);
    std::vector<int> heights;
    for (const Stretch& s : stretches) heights.push_back(s.box.height);
    const double least = heights.size() > 3 ? kSpeck * Median(heights) : 0;
    std::erase_if(stretches, [&](const Stretch& s) { return s.alone && std::max(s.box.width, s.box.height) < least; });
    ReadLabels(stretches);
    Recognition result;
    result.language = language == "auto" ? Told(stretches) : language;
    language_ = result.language;
    for (const Stretch& stretch : stretches) Take(Words(stretch), result.words);
    ReadMissed(result.words);
    result.confidence = Confidence(result.words);
    return result;
  }

 private:
std::vector<Stretch> StretchesOf(const std::vector<TextLine>& lines) const {
  constexpr double kWide = 2.0;  // of the height: more than between words of running text
  std::vector<Stretch> stretches;
  for (size_t i = 0; i < lines.size(); ++i) {
    std::vector<Box> words = lines[i].words;
    std::ranges::sort(words, {}, [](const Box& box) { return -box.x - box.width; });
    bool begun = false;
    const size_t before = stretches.size();
    for (const Box& word : words) {
      const bool goes_on = begun && (GapBetween(stretches.back().box, word) < kWide * std::max(word.height, stretches.back().box.height) || HasInk(Between(stretches.back().box, word)));
      if (!goes_on) stretches.push_back({.box = {}, .line = static_cast<int>(i), .block = lines[i].block, .label = {}});
      begun = true;
      stretches.back().box = Union(stretches.back().box, word);
    }
    if (stretches.size() == before + 1) stretches.back().alone = true;
  }
  return stretches;
}


  static Box Between(const Box& a, const Box& b) {
    const int from = std::min(a.x + a.width, b.x + b.width);
    const int to = std::max(a.x, b.x);
    const int top = std::max(a.y, b.y);
    return {from, top, std::max(1, to - from), std::max(1, std::min(a.y + a.height, b.y + b.height) - top)};
  }

  bool HasInk(const Box& gap) const {
    static const double share = Env("GAPINK", 0.2);
    const std::vector<bool> ink = InkColumns(gap);
    return static_cast<double>(std::ranges::count(ink, true)) > share * static_cast<double>(ink.size());
  }

  void ReadLabels(std::vector<Stretch>& stretches) {
    std::vector<InkCrop> crops;
    for (const Stretch& s : stretches) crops.push_back({s.box, s.box.y, s.box.y + s.box.height});
    std::vector<std::vector<LineSign>> labels = reader_.Labels(page_.letters.get(), crops);
    for (size_t i = 0; i < stretches.size(); ++i) stretches[i].label = std::move(labels[i]);
  }

  std::string Told(const std::vector<Stretch>& stretches) const {
    std::string text;
    for (const Stretch& s : stretches) {
      for (const LineWord& word : WordsOfLabel(s.label, "ara")) text += word.text + " ";
      text += "\n";
    }
    return GuessLanguage(text).value_or("ara");
  }

  static double Confidence(const std::vector<Word>& words) {
    double sum = 0, letters = 0;
    for (const Word& w : words) {
      const auto n = static_cast<double>(CodePoints(w.text));
      sum += n * w.confidence;
      letters += n;
    }
    return letters == 0 ? 0 : sum / letters;
  }

  static double Sureness(const std::vector<LineWord>& words) {
    double sum = 0, letters = 0;
    for (const LineWord& w : words) {
      const auto n = static_cast<double>(CodePoints(w.text));
      sum += n * w.confidence;
      letters += n;
    }
    return letters == 0 ? 0 : sum / letters;
  }

  std::vector<Word> Words(const Stretch& stretch) {
    static const double kSure = Env("SURE", 0.9);
    std::vector<LineWord> read = WordsOfLabel(stretch.label, language_);
    std::vector<Word> words = Placed(read, stretch);
    if (Sureness(read) < kSure) words = Voted(stretch, read, std::move(words));
    static const double kJunk = Env("JUNK", 60);
    static const double kFew = Env("FEW", 3);
    size_t letters = 0;
    for (const Word& word : words) letters += CodePoints(word.text);
    if (static_cast<double>(letters) <= kFew && Confidence(words) < kJunk) return {};
    for (Word& word : words) {
      word.line = stretch.line;
      word.block = stretch.block;
    }
    return words;
  }

  std::vector<Word> Voted(const Stretch& stretch, const std::vector<LineWord>& read, std::vector<Word> alone) {
    std::vector<Word> first = engine_.ReadLine(page_.image.get(), page_.letters.get(), stretch.box, language_);
    for (Word& word : first) word.text = InLettersOf(language_, word.text);
    first = RestoreMarks(StopsForZeros(std::move(first), page_.image.get()), page_.image.get());
    if (first.empty()) return alone;
    return VotedWords(first, read);
  }

  std::vector<Word> Placed(const std::vector<LineWord>& read, const Stretch& stretch) const {
    std::vector<Word> words;
    for (const LineWord& word : read) {
      Word placed;
      placed.text = word.text;
      placed.confidence = static_cast<float>(100 * word.confidence);
      placed.box = {word.left, stretch.box.y, std::max(1, word.right - word.left), stretch.box.height};
      words.push_back(std::move(placed));
    }
    CutAtGaps(words, stretch.box);
    return words;
  }

  // Columns of the box with ink.
  std::vector<bool> InkColumns(const Box& box) const {
    std::vector<bool> ink(static_cast<size_t>(box.width));
    Pix* pix = page_.image.get();
    const int bottom = std::min(pixGetHeight(pix), box.y + box.height);
    for (int y = std::max(0, box.y); y < bottom; ++y) {
      l_uint32* row = pixGetData(pix) + static_cast<int64_t>(y) * pixGetWpl(pix);
      for (int x = 0; x < box.width; ++x) {
        if (box.x + x >= 0 && box.x + x < pixGetWidth(pix) && GET_DATA_BIT(row, box.x + x)) ink[static_cast<size_t>(x)] = true;
      }
    }
    return ink;
  }

  // The box of the ink in `box`, or `box`.
  Box Tight(const Box& box) const {
    const PixPtr part(pixCreate(std::max(1, box.width), std::max(1, box.height), 1));
    if (part == nullptr) return box;
    pixRasterop(part.get(), 0, 0, box.width, box.height, PIX_SRC, page_.image.get(), box.x, box.y);
    BOX* ink = nullptr;
    if (pixClipToForeground(part.get(), nullptr, &ink) != 0 || ink == nullptr) return box;
    l_int32 x = 0, y = 0, w = 0, h = 0;
    boxGetGeometry(ink, &x, &y, &w, &h);
    boxDestroy(&ink);
    return {box.x + x, box.y + y, w, h};
  }

  void CutAtGaps(std::vector<Word>& words, const Box& box) const {
    if (words.empty()) return;
    const std::vector<bool> ink = InkColumns(box);
    std::vector<Word*> order;
    for (Word& w : words) order.push_back(&w);
    std::ranges::sort(order, {}, [](const Word* w) { return w->box.x; });
    int left = box.x;
    for (size_t i = 0; i < order.size(); ++i) {
      const int old_right = order[i]->box.x + order[i]->box.width;
      int right = box.x + box.width;
      if (i + 1 < order.size()) right = Gap(ink, box, old_right, order[i + 1]->box.x);
      right = std::max(right, left + 1);
      order[i]->box.x = left;
      order[i]->box.width = right - left;
      order[i]->box = Tight(order[i]->box);
      left = right;
    }
  }

  static int Gap(const std::vector<bool>& ink, const Box& box, int from, int to) {
    static const double reach_f = Env("REACH", 0.35);
    static const double slope = Env("SLOPE", 0.3);
    const int reach = static_cast<int>(reach_f * box.height);
    const int centre = (from + to) / 2;
    const int begin = std::clamp(std::min(from, to) - reach - box.x, 0, box.width);
    const int end = std::clamp(std::max(from, to) + reach - box.x, begin, box.width);
    double best = -1e9;
    int cut = std::clamp(centre, box.x, box.x + box.width);
    for (int x = begin; x < end;) {
      if (ink[static_cast<size_t>(x)]) { ++x; continue; }
      int e = x;
      while (e < end && !ink[static_cast<size_t>(e)]) ++e;
      const int middle = box.x + (x + e) / 2;
      const double value = (e - x) - slope * std::abs(middle - centre);
      if (value > best) { best = value; cut = middle; }
      x = e;
    }
    return cut;
  }

  static void Take(std::vector<Word> words, std::vector<Word>& all) {
    static const double kGraphics = Env("GRAPHICS", 60);
    for (Word& word : words) {
      if (!HasLetterOrDigit(FromUtf8(word.text)) && word.confidence < kGraphics) continue;
      all.push_back(std::move(word));
    }
  }

  void ReadMissed(std::vector<Word>& words) {
    static const double kMissedKept = Env("MISSED", 60);
    constexpr size_t kMost = 40;
    const MissedInk missed = FindMissedInk(page_.image.get(), words);
    if (missed.lines.size() > kMost) return;
    std::vector<Stretch> stretches;
    int line = words.empty() ? 0 : words.back().line + 1;
    int block = words.empty() ? 0 : words.back().block + 1;
    const std::vector<Word> first = words;
    for (const Box& box : missed.lines) {
      const int around = BlockAt(first, box);
      stretches.push_back({.box = box, .line = line++, .block = around < 0 ? block++ : around, .label = {}});
    }
    ReadLabels(stretches);
    for (const Stretch& stretch : stretches) {
      std::vector<Word> found = Words(stretch);
      if (Confidence(found) >= kMissedKept) Take(std::move(found), words);
    }
  }

  const CleanPage& page_;
  OcrEngine& engine_;
  LineReader& reader_;
  std::string language_;
};

}  // namespace

Recognition RecognizeByLines(const CleanPage& page, const std::string& language, OcrEngine& engine, LineReader& reader) {
  return LineRecognition(page, engine, reader).Run(language);
}

Recognition RecognizeBoxes(Pix* gray, const std::vector<Box>& lines, const std::string& language, LineReader& reader) {
  std::vector<InkCrop> crops;
  for (const Box& s : lines) crops.push_back({s, s.y, s.y + s.height});
  Recognition result;
  result.language = language;
  double sum = 0, letters = 0;
  for (const auto& line : reader.Read(gray, crops, language)) {
    for (const LineWord& word : line) {
      const auto n = static_cast<double>(CodePoints(word.text));
      sum += 100 * word.confidence * n;
      letters += n;
      Word w;
      w.text = word.text;
      result.words.push_back(std::move(w));
    }
  }
  result.confidence = letters == 0 ? 0 : sum / letters;
  return result;
}

}  // namespace diwan
