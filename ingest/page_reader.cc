// The story of one page, from its scan to its words. Everything here happens in the worker.
#include "ingest/page_reader.h"

#include <fmt/format.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <utility>

#include "core/fold.h"
#include "core/id.h"
#include "ingest/access_image.h"
#include "ingest/calibration.h"
#include "ingest/cleanup.h"
#include "ingest/confirm_numbers.h"
#include "ingest/language.h"
#include "ingest/layout.h"
#include "ingest/letter_forms.h"
#include "ingest/line_recognition.h"
#include "ingest/lone_dots.h"
#include "ingest/page_shape.h"
#include "ingest/punctuation.h"
#include "ingest/word_boxes.h"

namespace diwan {
namespace {

// Upright pages are read with more than this, upside-down ones with less: chosen on rendered and real pages.
constexpr double kDoubtful = 40;

struct Recognized {
  CleanPage clean;
  Recognition recognition;
};

Recognition RecognizeSample(Pix* page, Pix* gray, const std::vector<Box>& lines, const std::string& language, OcrEngine& engine, LineReader* reader) {
  if (reader != nullptr) return RecognizeBoxes(gray, lines, language, *reader);
  const PixPtr sheet = SampleSheet(page, lines);
  return sheet == nullptr ? Recognition{} : engine.Recognize(sheet.get(), language);
}

// Lines of the page read each way round. Returns by how many more degrees the page has to be turned.
int BestTurn(const Recognized& first, OcrEngine& engine, LineReader* lines) {
  constexpr int kLines = 4;
  constexpr double kClearly = 8;  // so much better another way round must be read
  double confidence_now = 0;
  double most = 0;  // read, weighted: one word of a page on its side may be read with more confidence than all its lines
  int best_turn = 0;
  for (const int turn : {0, 180, 90, 270}) {
    const PixPtr turned = Turn(PixPtr(pixClone(first.clean.image.get())), turn);
    const PixPtr soft = Turn(PixPtr(pixClone(first.clean.letters.get())), turn);
    Recognition read = RecognizeSample(turned.get(), soft.get(), SampleLines(turned.get(), kLines), first.recognition.language, engine, lines);
    const double weight = read.confidence * static_cast<double>(CodePoints(JoinWords(read.words)));
    if (std::getenv("TURNS")) fprintf(stderr, "turn %d conf %.1f weight %.0f\n", turn, read.confidence, weight);
    if (turn == 0) confidence_now = read.confidence;
    if (read.confidence <= confidence_now + kClearly || weight <= most) continue;
    most = weight;
    best_turn = turn;
  }
  return best_turn;
}

// `turn` as CleanForOcr takes it.
Recognized RecognizeTurned(Pix* scan, int turn, const ReadOptions& options, OcrEngine& engine, LineReader* lines) {
  Recognized result;
  result.clean = CleanForOcr(scan, turn);
  if (lines != nullptr) {
    result.recognition = RecognizeByLines(result.clean, options.language, engine, *lines);
    result.recognition.words = WithoutStamps(std::move(result.recognition.words), result.clean.stamps);
    return result;
  }
  result.recognition = engine.RecognizePage(result.clean.image.get(), result.clean.letters.get(), options.language);
  std::vector<Word>& words = result.recognition.words;
  for (Word& word : words) word.text = InLettersOf(result.recognition.language, word.text);
  words = WithoutStamps(std::move(words), result.clean.stamps);
  words = RestoreMarks(StopsForZeros(std::move(words), result.clean.image.get()), result.clean.image.get());
  return result;
}

Recognized RecognizeScan(Pix* scan, const ReadOptions& options, OcrEngine& engine, LineReader* lines) {
  Recognized first = RecognizeTurned(scan, -1, options, engine, lines);
  static const double d = std::getenv("DOUBT") ? std::atof(std::getenv("DOUBT")) : 70;
  if (std::getenv("TURNS")) fprintf(stderr, "first %.1f\n", first.recognition.confidence);
  if (first.recognition.confidence >= (lines ? d : kDoubtful) || IsStrip(scan)) return first;
  if (std::getenv("TURNS")) fprintf(stderr, "first %.1f\n", first.recognition.confidence);
  const int turn = BestTurn(first, engine, lines);
  if (turn == 0) return first;
  Recognized second = RecognizeTurned(scan, (first.clean.rotation + turn) % 360, options, engine, lines);
  return second.recognition.confidence > first.recognition.confidence ? std::move(second) : std::move(first);
}

double MeanConfidence(const std::vector<Word>& words) {
  double sum = 0;
  double characters = 0;
  for (const Word& word : words) {
    const auto length = static_cast<double>(FromUtf8(word.text).size());
    sum += word.confidence * length;
    characters += length;
  }
  return characters == 0 ? 0 : sum / characters;
}

void TakeSecondLook(Recognized& recognized, SecondReaders seconds) {
  auto& [clean, recognition] = recognized;
  if (seconds.numbers != nullptr) {
    recognition.words =
        ConfirmNumbers(clean.gray.get(), clean.image.get(), recognition.words, recognition.language, *seconds.numbers,
                       seconds.lines != nullptr);
  }
}

// From here on a confidence is the share of such words that are right. The reader of numbers says it so itself.
void Calibrate(Recognition& recognition) {
  for (Word& word : recognition.words) {
    if (word.number == NumberState::kNone) word.confidence = CalibratedConfidence(word.confidence);
  }
  recognition.confidence = MeanConfidence(recognition.words);
}

// From pixels (or points) of one picture of the page to pixels of another of its size.
Box ScaledBox(double x, double y, double width, double height, double scale, const AccessImage& image) {
  const int left = std::clamp(static_cast<int>(std::floor(x * scale)), 0, image.width);
  const int top = std::clamp(static_cast<int>(std::floor(y * scale)), 0, image.height);
  const int right = std::clamp(static_cast<int>(std::ceil((x + width) * scale)), left, image.width);
  const int bottom = std::clamp(static_cast<int>(std::ceil((y + height) * scale)), top, image.height);
  return {left, top, right - left, bottom - top};
}

PageReading BuildPage(int number, AccessImage image, std::vector<Word> words) {
  PageReading reading;
  Page& page = reading.page;
  page.number = number;
  page.width = image.width;
  page.height = image.height;
  page.dpi = image.dpi;
  page.image_type = image.media_type;
  page.words = InReadingOrder(std::move(words));
  page.text = JoinWords(page.words);
  page.read_at = NowMillis();
  reading.image = std::move(image.bytes);
  return reading;
}

PageReading PageFromTextLayer(int number, const TextLayer& layer, PixPtr scan) {
  AccessImage image = MakeAccessImage(std::move(scan), 0, 0);
  const double scale = image.width / std::max(1.0, layer.page_width);
  std::vector<Word> words;
  for (const TextLayer::PlacedWord& placed : layer.words) {
    Word word;
    word.text = placed.text;
    word.box = ScaledBox(placed.x, placed.y, placed.width, placed.height, scale, image);
    word.confidence = 100;
    word.line = placed.line;
    word.block = placed.block;
    words.push_back(std::move(word));
  }
  PageReading reading = BuildPage(number, std::move(image), std::move(words));
  reading.page.origin = TextOrigin::kTextLayer;
  reading.page.engine = "text layer of the file";
  reading.page.confidence = 100;
  reading.page.language = GuessLanguage(reading.page.text).value_or("");
  return reading;
}

PageReading PageFromOcr(int number, Recognized recognized, PixPtr scan, const OcrEngine& engine) {
  const CleanPage& clean = recognized.clean;
  AccessImage image = MakeAccessImage(std::move(scan), clean.rotation, clean.skew);
  // Both pictures are turned about their centres and keep their proportions, so one factor leads from one to the other.
  const double scale = static_cast<double>(image.width) / std::max(1, pixGetWidth(clean.image.get()));
  std::vector<Word> words = std::move(recognized.recognition.words);
  for (Word& word : words) {
    word.box = ScaledBox(word.box.x, word.box.y, word.box.width, word.box.height, scale, image);
  }
  PageReading reading = BuildPage(number, std::move(image), std::move(words));
  Page& page = reading.page;
  page.words = FitToInk(std::move(page.words), clean.image.get(), scale);  // the order goes by the boxes as read
  page.rotation = clean.rotation;
  page.skew = clean.skew;
  page.engine =
      fmt::format("{}, {} dpi", engine.Describe(recognized.recognition.language), pixGetXRes(clean.image.get()));
  if (!page.words.empty()) {
    page.origin = TextOrigin::kOcr;
    page.language = recognized.recognition.language;
    page.confidence = recognized.recognition.confidence;
  }
  return reading;
}

// Counts the engine's own CPU time, so that what everything else costs can be told.
class TimedEngine : public OcrEngine {
  auto Timed(auto work) {
    const std::clock_t begin = std::clock();
    auto result = work();
    taken_ += std::clock() - begin;
    return result;
  }

 public:
  explicit TimedEngine(OcrEngine& engine) : engine_(engine) {}

  Recognition Recognize(Pix* image, const std::string& language) override {
    return RecognizePage(image, nullptr, language);
  }
  Recognition RecognizePage(Pix* image, Pix* gray, const std::string& language) override {
    return Timed([&] { return engine_.RecognizePage(image, gray, language); });
  }
  std::vector<TextLine> FindLines(Pix* image, const std::string& language) override {
    return Timed([&] { return engine_.FindLines(image, language); });
  }
  std::vector<Word> ReadLine(Pix* image, Pix* gray, const Box& box, const std::string& language) override {
    return Timed([&] { return engine_.ReadLine(image, gray, box, language); });
  }
  std::string Describe(const std::string& language) const override { return engine_.Describe(language); }

  std::clock_t taken() const { return taken_; }

 private:
  OcrEngine& engine_;
  std::clock_t taken_ = 0;
};

int Milliseconds(std::clock_t clocks) { return static_cast<int>(clocks * 1000 / CLOCKS_PER_SEC); }

PageReading ReadBy(PageSource& source, int number, const ReadOptions& options, OcrEngine& engine,
                   SecondReaders seconds) {
  if (options.language == kImageOnly) return BuildPage(number, MakeAccessImage(source.Render(number), 0, 0), {});
  const std::optional<TextLayer> layer = source.TrustedTextLayer(number);
  PixPtr scan = source.Render(number);
  if (layer) return PageFromTextLayer(number, *layer, std::move(scan));
  Recognized recognized = RecognizeScan(scan.get(), options, engine, seconds.lines);
  TakeSecondLook(recognized, seconds);
  Calibrate(recognized.recognition);
  PageReading reading = PageFromOcr(number, std::move(recognized), std::move(scan), engine);
  if (seconds.lines != nullptr) reading.page.engine += ", " + seconds.lines->name();
  if (seconds.numbers != nullptr) reading.page.engine += ", " + seconds.numbers->name();
  return reading;
}

}  // namespace

PageReading ReadPage(PageSource& source, int number, const ReadOptions& options, OcrEngine& engine,
                     SecondReaders seconds) {
  const std::clock_t begin = std::clock();
  TimedEngine timed(engine);
  PageReading reading = ReadBy(source, number, options, timed, seconds);
  reading.page.cpu_ms = Milliseconds(std::clock() - begin);
  reading.page.recognition_ms = Milliseconds(timed.taken());
  return reading;
}

}  // namespace diwan
