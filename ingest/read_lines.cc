// Stretches of a line are read, rather than lines: columns that recognition took for one line have nothing in common.
#include "ingest/read_lines.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/fold.h"
#include "ingest/line_vote.h"
#include "ingest/word_boxes.h"

namespace diwan {
namespace {

// From this confidence on a second reading changes hardly anything: chosen on rendered and real pages.
constexpr double kGood = 90;

// Words of one line without a wide gap between them.
struct Stretch {
  std::vector<Word> words;
  Box box;

  double Confidence() const {
    double sum = 0;
    double letters = 0;
    for (const Word& word : words) {
      const auto count = static_cast<double>(CodePoints(word.text));
      sum += word.confidence * count;
      letters += count;
    }
    return letters == 0 ? 0 : sum / letters;
  }
};

int GapBetween(const Box& a, const Box& b) { return std::max(a.x, b.x) - std::min(a.x + a.width, b.x + b.width); }

bool GoesOn(const Stretch& stretch, const Word& word) {
  constexpr double kWide = 2.0;  // of the height: more than between words of running text
  const Word& last = stretch.words.back();
  return word.line == last.line && word.block == last.block &&
         GapBetween(stretch.box, word.box) < kWide * std::max(word.box.height, stretch.box.height);
}

std::vector<Stretch> StretchesOf(const std::vector<Word>& words) {
  std::vector<Stretch> stretches;
  for (const Word& word : words) {
    if (stretches.empty() || !GoesOn(stretches.back(), word)) stretches.emplace_back();
    stretches.back().words.push_back(word);
    stretches.back().box = Union(stretches.back().box, word.box);
  }
  return stretches;
}

}  // namespace

std::vector<Word> ReadPoorLines(Pix* gray, const std::vector<Word>& words, std::string_view language,
                                LineReader& reader) {
  std::vector<Stretch> stretches = StretchesOf(words);
  std::vector<Stretch*> poor;
  std::vector<InkCrop> crops;
  for (Stretch& stretch : stretches) {
    if (stretch.Confidence() >= kGood) continue;
    poor.push_back(&stretch);
    crops.push_back({stretch.box, stretch.box.y, stretch.box.y + stretch.box.height});
  }
  const auto read = reader.Read(gray, crops, language);
  for (size_t i = 0; i < poor.size(); ++i) poor[i]->words = VotedWords(poor[i]->words, read[i]);
  std::vector<Word> voted;
  for (Stretch& stretch : stretches) std::ranges::move(stretch.words, std::back_inserter(voted));
  return voted;
}

}  // namespace diwan
