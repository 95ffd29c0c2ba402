// From the network's scores to labels.
#include "ingest/number_reader.h"

#include "ingest/ctc.h"

namespace diwan {
namespace {

constexpr size_t kOthers = 4;       // answers kept besides the first
constexpr size_t kBeam = 8;         // prefixes that the search for them follows
constexpr double kUnlikely = 1e-3;  // answers below it are not kept

NumberLabel LabelOf(const std::u32string& alphabet, const std::vector<int>& classes, double probability) {
  NumberLabel label;
  for (const int a_class : classes) {
    const char32_t c = alphabet[static_cast<size_t>(a_class) - 1];
    label.text.push_back(c == U'م' ? kGregorianMark : c);
  }
  label.probability = probability;
  return label;
}

NumberReading ReadingOf(const std::u32string& alphabet, const InkScores& ink) {
  NumberReading reading;
  const CtcPath path = BestPath(ink.scores);
  reading.label = LabelOf(alphabet, path.classes, CtcProbability(ink.scores, path.classes));
  for (const int step : path.steps) reading.columns.push_back(ink.column(step));
  if (1 - reading.label.probability < kUnlikely) return reading;
  for (const CtcAnswer& answer : BestAnswers(ink.scores, kOthers + 1, kBeam)) {
    if (answer.classes == path.classes || answer.probability < kUnlikely) continue;
    reading.others.push_back(LabelOf(alphabet, answer.classes, answer.probability));
  }
  return reading;
}

}  // namespace

std::vector<NumberReading> NumberReader::Read(Pix* gray, const std::vector<InkCrop>& crops) {
  std::vector<NumberReading> readings(crops.size());
  network_.Read(gray, crops,
                [&](size_t crop, const InkScores& ink) { readings[crop] = ReadingOf(network_.alphabet(), ink); });
  return readings;
}

}  // namespace diwan
