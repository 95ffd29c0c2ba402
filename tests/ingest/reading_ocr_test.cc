// Whole pages through the real engine: recognised, turned, straightened, told by language, words where they stand.
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <algorithm>

#include "core/error.h"
#include "core/fold.h"
#include "ingest/page_reader.h"
#include "tests/ingest/reading_papers.h"

namespace diwan {
namespace {

using papers::Arabic;
using papers::Paper;
using papers::Persian;

OcrEngine& Engine() {
  static const std::unique_ptr<OcrEngine> engine = MakeTesseract({});
  return *engine;
}

OwnReaders Own() {
  static LineReader lines(DIWAN_MODELS "lines.onnx");
  static NumberReader numbers(DIWAN_MODELS "numbers.onnx");
  return {.lines = &lines, .numbers = &numbers};
}

PageReading Read(const std::string& bytes, const std::string& language = "auto", OwnReaders readers = Own()) {
  ReadOptions options;
  options.language = language;
  const std::unique_ptr<PageSource> source = OpenSource(bytes, options.limits);
  return ReadPage(*source, 1, options, Engine(), readers);
}

struct ScanCase {
  const char* name;
  const Paper& (*paper)();
  double degrees;  // clockwise, of the scan
  bool noisy;
  const char* language;
  int rotation;      // expected
  double max_error;  // character error rate of the engine alone
};
const ScanCase kScans[] = {
    {"arabic", Arabic, 0, false, "ara", 0, 0.06},
    {"persian", Persian, 0, false, "fas", 0, 0.06},
    {"arabic_noisy", Arabic, 0, true, "ara", 0, 0.09},
    {"arabic_on_its_side", Arabic, 90, false, "ara", 270, 0.08},
    {"arabic_upside_down", Arabic, 180, false, "ara", 180, 0.08},
    {"persian_on_its_other_side", Persian, 270, false, "fas", 90, 0.08},
    {"arabic_skewed", Arabic, 3, false, "ara", 0, 0.08},
    {"persian_skewed", Persian, -3, false, "fas", 0, 0.08},
};

void PrintTo(const ScanCase& scan, std::ostream* out) { *out << scan.name; }

class ScanTest : public testing::TestWithParam<ScanCase> {};

void ExpectReadUpright(const ScanCase& scan, OwnReaders readers, double max_error) {
  PixPtr pix = papers::Draw(scan.paper());
  if (scan.noisy) pix = papers::Noisy(pix.get());
  if (scan.degrees != 0) pix = papers::Rotated(pix.get(), scan.degrees);
  const PageReading reading = Read(papers::Png(pix.get()), "auto", readers);
  EXPECT_EQ(reading.page.language, scan.language);
  EXPECT_EQ(reading.page.rotation, scan.rotation);
  if (std::abs(scan.degrees) < 10) {
    EXPECT_NEAR(reading.page.skew, -scan.degrees, 0.3);
  }
  EXPECT_EQ(reading.page.origin, TextOrigin::kOcr);
  EXPECT_GT(reading.page.confidence, 60);
  EXPECT_LT(papers::CharacterErrorRate(papers::Text(scan.paper()), reading.page.text), max_error) << reading.page.text;
}

TEST_P(ScanTest, IsReadUpright) { ExpectReadUpright(GetParam(), Own(), 0.025); }

TEST_P(ScanTest, IsReadUprightByTheEngineAlone) { ExpectReadUpright(GetParam(), {}, GetParam().max_error); }

INSTANTIATE_TEST_SUITE_P(Scans, ScanTest, testing::ValuesIn(kScans),
                         [](const auto& tested) { return tested.param.name; });

TEST(ReadPageTest, WordsLieWhereTheyWereDrawn) {
  const PixPtr pix = papers::Draw(Arabic());
  const PageReading reading = Read(papers::Png(pix.get()), "ara");
  const double scale = static_cast<double>(reading.page.width) / pixGetWidth(pix.get());
  int found = 0;
  for (const Word& drawn : papers::DrawnWords(Arabic())) {
    for (const Word& word : reading.page.words) {
      if (FoldToUtf8(word.text) != FoldToUtf8(drawn.text) || word.line != drawn.line) continue;
      const double middle_x = (word.box.x + word.box.width / 2.0) / scale;
      const double middle_y = (word.box.y + word.box.height / 2.0) / scale;
      EXPECT_GT(middle_x, drawn.box.x) << drawn.text;
      EXPECT_LT(middle_x, drawn.box.x + drawn.box.width) << drawn.text;
      EXPECT_GT(middle_y, drawn.box.y) << drawn.text;
      EXPECT_LT(middle_y, drawn.box.y + drawn.box.height) << drawn.text;
      ++found;
      break;
    }
  }
  EXPECT_GT(found, 35);
}

TEST(ReadPageTest, TellsWhatItDid) {
  const PixPtr pix = papers::Draw(Arabic());
  const PageReading reading = Read(papers::Png(pix.get()), "ara");
  const Page& page = reading.page;
  EXPECT_EQ(page.number, 1);
  EXPECT_EQ(page.image_type, "image/jpeg");
  EXPECT_EQ(page.dpi, 150);
  EXPECT_EQ(page.width, (pixGetWidth(pix.get()) + 1) / 2);
  EXPECT_NE(page.engine.find("tesseract"), std::string::npos);
  EXPECT_GT(page.read_at, 0);
  const auto* bytes = reinterpret_cast<const l_uint8*>(reading.image.data());
  const PixPtr image(pixReadMemJpeg(bytes, reading.image.size(), 0, 1, nullptr, 0));
  ASSERT_NE(image, nullptr);
  EXPECT_EQ(pixGetWidth(image.get()), page.width);
  EXPECT_EQ(pixGetHeight(image.get()), page.height);
  for (const Word& word : page.words) EXPECT_EQ(page.text.substr(word.offset, word.text.size()), word.text);
}

TEST(ReadPageTest, AWrongResolutionDoesNotMatter) {
  for (const int claimed : {100, 600}) {
    const PixPtr pix = papers::Draw(Arabic());
    pixSetResolution(pix.get(), claimed, claimed);
    const PageReading reading = Read(papers::Png(pix.get()), "ara");
    EXPECT_LT(papers::CharacterErrorRate(papers::Text(Arabic()), reading.page.text), 0.08) << claimed << "\n"
                                                                                           << reading.page.text;
  }
}

TEST(ReadPageTest, BlackAndWhiteStaysSo) {
  const PixPtr pix = papers::Black(papers::Draw(Arabic()).get());
  const PageReading reading = Read(papers::Tiff({pix.get()}, IFF_TIFF_G4), "ara");
  EXPECT_EQ(reading.page.image_type, "image/png");
  EXPECT_EQ(reading.page.dpi, 300);
  EXPECT_LT(papers::CharacterErrorRate(papers::Text(Arabic()), reading.page.text), 0.08) << reading.page.text;
}

// With the project's own model; stock Tesseract knows hardly any of these digits.
TEST(ReadPageTest, NumbersAreReadTwice) {
  const papers::Paper paper{
      .lines = {"قرار مجلس بلدية المدينة رقم (٤٠٨٣) لسنة ١٩٩٧", "المنعقد في جلسته بتاريخ ٩/١٠/١٩٩٩م",
                "بعد الاطلاع على كتاب الوزارة رقم ٢٣٥٧ والقرار ١٦/٢٠١٣", "٣- يعمل بهذا القرار من تاريخ نشره"}};
  const std::string file = papers::Png(papers::Draw(paper).get());
  const std::unique_ptr<PageSource> source = OpenSource(file, {});
  const std::string once = ReadPage(*source, 1, {.language = "ara"}, Engine()).page.text;
  const Page twice = ReadPage(*source, 1, {.language = "ara"}, Engine(), {.numbers = Own().numbers}).page;
  for (const char* number : {"(٤٠٨٣)", "١٩٩٧", "٩/١٠/١٩٩٩م", "٢٣٥٧", "١٦/٢٠١٣", "٣-"}) {
    EXPECT_EQ(once.find(number), std::string::npos) << once;
    EXPECT_NE(twice.text.find(number), std::string::npos) << number << "\n" << twice.text;
  }
  EXPECT_NE(twice.engine.find("numbers"), std::string::npos);
  const Page own = Read(file, "ara").page;
  for (const char* number : {"(٤٠٨٣)", "١٩٩٧", "٢٣٥٧", "١٦/٢٠١٣", "٣-"}) {
    const auto word = std::ranges::find(own.words, number, &Word::text);
    ASSERT_NE(word, own.words.end()) << number << "\n" << own.text;
    EXPECT_EQ(word->number, NumberState::kSure) << number;
  }
  EXPECT_LT(papers::CharacterErrorRate(papers::Text(paper), twice.text),
            papers::CharacterErrorRate(papers::Text(paper), once));
}

// The first digits of a number are not on the scan: what is left of it is no number to rely on.
TEST(ReadPageTest, ANumberAtTheEdgeIsNotSure) {
  const papers::Paper paper{
      .lines = {"٤٠٨٣ قرار مجلس بلدية المدينة", "المنعقد في جلسته", "بعد الاطلاع على كتاب الوزارة"}};
  const PixPtr pix = papers::Draw(paper);
  const Box number = papers::DrawnWords(paper)[0].box;
  const int right = number.x + number.width * 3 / 4;
  BOX* part = boxCreate(0, 0, right, pixGetHeight(pix.get()));
  const PixPtr cut(pixClipRectangle(pix.get(), part, nullptr));
  boxDestroy(&part);
  pixSetResolution(cut.get(), 300, 300);
  for (const Word& word : Read(papers::Png(cut.get()), "ara").page.words) {
    EXPECT_NE(word.number, NumberState::kSure) << word.text;
  }
}

TEST(ReadPageTest, AnEmptyPageHasNoTextAndNoFailure) {
  const PixPtr pix(pixCreate(1240, 1754, 8));
  pixSetBlackOrWhite(pix.get(), L_SET_WHITE);
  pixSetResolution(pix.get(), 150, 150);
  const PageReading reading = Read(papers::Png(pix.get()));
  EXPECT_EQ(reading.page.text, "");
  EXPECT_EQ(reading.page.origin, TextOrigin::kNone);
  EXPECT_EQ(reading.page.failure, "");
  EXPECT_FALSE(reading.image.empty());
}

TEST(ReadPageTest, ATinyOrBlackPageIsNoTrouble) {
  for (const int size : {1, 3, 40}) {
    for (const int depth : {1, 8, 32}) {
      const PixPtr pix(pixCreate(size, size, depth));
      EXPECT_EQ(Read(papers::Png(pix.get())).page.width, size) << depth;
    }
  }
}

TEST(ReadPageTest, ABornDigitalPageIsNotRecognised) {
  const PageReading reading = Read(papers::DrawPdf(Arabic()));
  EXPECT_EQ(reading.page.origin, TextOrigin::kTextLayer);
  EXPECT_EQ(reading.page.language, "ara");
  EXPECT_EQ(reading.page.confidence, 100);
  EXPECT_LT(papers::CharacterErrorRate(papers::Text(Arabic()), reading.page.text), 0.001) << reading.page.text;
}

TEST(OcrEngineTest, AMissingModelIsNamed) {
  ReadOptions options;
  options.tessdata = "/nonexistent";
  const std::unique_ptr<OcrEngine> engine = MakeTesseract(options);
  const PixPtr pix(pixCreate(100, 100, 1));
  try {
    engine->Recognize(pix.get(), "ara");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kNotFound);
  }
}

}  // namespace
}  // namespace diwan
