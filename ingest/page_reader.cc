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

// Upright pages are read with more than this, upside-down ones with less: by the engine, and by our reader of lines.
// Chosen on rendered and real pages.
constexpr double kDoubtful = 40;
constexpr double kDoubtfulLines = 70;

struct Recognized {
  CleanPage clean;
  Recognition recognition;
};

// A few lines of the page turned clockwise by `turn`, read.
Recognition ReadSample(const CleanPage& page, int turn, const std::string& language, OcrEngine& engine,
                       LineReader* reader) {
  constexpr int kLines = 4;
  const PixPtr turned = Turn(PixPtr(pixClone(page.image.get())), turn);
  const std::vector<Box> lines = SampleLines(turned.get(), kLines);
  if (reader != nullptr) {
    return RecognizeLines(Turn(PixPtr(pixClone(page.letters.get())), turn).get(), lines, language, *reader);
  }
  const PixPtr sheet = SampleSheet(turned.get(), lines);
  return sheet == nullptr ? Recognition() : engine.Recognize(sheet.get(), language);
}

// By how many more degrees the page has to be turned, as some of its lines tell, read each way round.
int BestTurn(const Recognized& first, OcrEngine& engine, LineReader* reader) {
  constexpr double kClearly = 8;  // so much better another way round must be read
  const auto read = [&](int turn) { return ReadSample(first.clean, turn, first.recognition.language, engine, reader); };
  const double now = reader == nullptr ? first.recognition.confidence : read(0).confidence;
  double most = 0;  // weighted: one word of a page on its side may be read with more confidence than all its lines
  int best_turn = 0;
  for (const int turn : {180, 90, 270}) {
    Recognition other = read(turn);
    const double weight = other.confidence * static_cast<double>(CodePoints(JoinWords(other.words)));
    if (other.confidence <= now + kClearly || weight <= most) continue;
    most = weight;
    best_turn = turn;
  }
  return best_turn;
}

// `turn` as CleanForOcr takes it.
Recognized RecognizeTurned(Pix* scan, int turn, const ReadOptions& options, OcrEngine& engine, LineReader* reader) {
  Recognized result;
  result.clean = CleanForOcr(scan, turn);
  Pix* image = result.clean.image.get();
  if (reader != nullptr) {
    result.recognition = RecognizeByLines(result.clean, options.language, engine, *reader);
  } else {
    result.recognition = engine.RecognizePage(image, result.clean.letters.get(), options.language);
    std::vector<Word>& words = result.recognition.words;
    for (Word& word : words) word.text = InLettersOf(result.recognition.language, word.text);
    words = RestoreMarks(StopsForZeros(std::move(words), image), image);
  }
  result.recognition.words = WithoutStamps(std::move(result.recognition.words), result.clean.stamps);
  return result;
}

Recognized RecognizeScan(Pix* scan, const ReadOptions& options, OcrEngine& engine, LineReader* reader) {
  Recognized first = RecognizeTurned(scan, -1, options, engine, reader);
  if (first.recognition.confidence >= (reader == nullptr ? kDoubtful : kDoubtfulLines) || IsStrip(scan)) return first;
  const int turn = BestTurn(first, engine, reader);
  if (turn == 0) return first;
  Recognized second = RecognizeTurned(scan, (first.clean.rotation + turn) % 360, options, engine, reader);
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

// Numbers at the edge of the image, or beside a stamp, which takes ink away with it, may be parts of others.
void DoubtCutOff(const CleanPage& clean, std::vector<Word>& words) {
  const auto near = [](const Box& a, const Box& b, int reach) {
    return a.x < b.x + b.width + reach && b.x < a.x + a.width + reach && a.y < b.y + b.height + reach &&
           b.y < a.y + a.height + reach;
  };
  const int width = pixGetWidth(clean.image.get());
  const int height = pixGetHeight(clean.image.get());
  for (Word& word : words) {
    if (word.number != NumberState::kSure) continue;
    const Box& box = word.box;
    const int reach = box.height / 2;
    const bool at_edge =
        box.x < reach || box.y < reach || box.x + box.width > width - reach || box.y + box.height > height - reach;
    const bool at_stamp = std::ranges::any_of(clean.stamps, [&](const Box& stamp) { return near(stamp, box, reach); });
    if (at_edge || at_stamp) word.number = NumberState::kUnsure;
  }
}

void ReadNumbersAgain(Recognized& recognized, OwnReaders readers) {
  if (readers.numbers == nullptr) return;
  auto& [clean, recognition] = recognized;
  const FirstReader first = readers.lines == nullptr ? FirstReader::kEngine : FirstReader::kOwn;
  recognition.words = ConfirmNumbers(clean.gray.get(), clean.image.get(), recognition.words, recognition.language,
                                     first, *readers.numbers);
  DoubtCutOff(clean, recognition.words);
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

// What `work` returns; its CPU time is added to `taken`.
auto Timed(std::clock_t& taken, auto work) {
  const std::clock_t begin = std::clock();
  auto result = work();
  taken += std::clock() - begin;
  return result;
}

// Counts the engine's own CPU time, so that what everything else costs can be told.
class TimedEngine : public OcrEngine {
 public:
  explicit TimedEngine(OcrEngine& engine) : engine_(engine) {}

  Recognition Recognize(Pix* image, const std::string& language) override {
    return RecognizePage(image, nullptr, language);
  }
  Recognition RecognizePage(Pix* image, Pix* gray, const std::string& language) override {
    return Timed(taken_, [&] { return engine_.RecognizePage(image, gray, language); });
  }
  std::vector<TextLine> FindLines(Pix* image, const std::string& language) override {
    return Timed(taken_, [&] { return engine_.FindLines(image, language); });
  }
  std::vector<Word> ReadLine(Pix* image, Pix* gray, const Box& box, const std::string& language) override {
    return Timed(taken_, [&] { return engine_.ReadLine(image, gray, box, language); });
  }
  std::string Describe(const std::string& language) const override { return engine_.Describe(language); }

  std::clock_t taken() const { return taken_; }

 private:
  OcrEngine& engine_;
  std::clock_t taken_ = 0;
};

int Milliseconds(std::clock_t clocks) { return static_cast<int>(clocks * 1000 / CLOCKS_PER_SEC); }

PageReading ReadBy(PageSource& source, int number, const ReadOptions& options, OcrEngine& engine, OwnReaders readers) {
  if (options.language == kImageOnly) return BuildPage(number, MakeAccessImage(source.Render(number), 0, 0), {});
  const std::optional<TextLayer> layer = source.TrustedTextLayer(number);
  PixPtr scan = source.Render(number);
  if (layer) return PageFromTextLayer(number, *layer, std::move(scan));
  Recognized recognized = RecognizeScan(scan.get(), options, engine, readers.lines);
  ReadNumbersAgain(recognized, readers);
  Calibrate(recognized.recognition);
  PageReading reading = PageFromOcr(number, std::move(recognized), std::move(scan), engine);
  if (readers.lines != nullptr) reading.page.engine += ", " + readers.lines->name();
  if (readers.numbers != nullptr) reading.page.engine += ", " + readers.numbers->name();
  return reading;
}

}  // namespace

PageReading ReadPage(PageSource& source, int number, const ReadOptions& options, OcrEngine& engine,
                     OwnReaders readers) {
  const std::clock_t begin = std::clock();
  TimedEngine timed(engine);
  PageReading reading = ReadBy(source, number, options, timed, readers);
  reading.page.cpu_ms = Milliseconds(std::clock() - begin);
  reading.page.recognition_ms = Milliseconds(timed.taken());
  return reading;
}

}  // namespace diwan
