// The second look at a page, with a network made by hand: ink in the upper half of a line is 1, in the lower half 2.
#include "ingest/confirm_numbers.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <cmath>

#include "ingest/page_reader.h"
#include "tests/ingest/reading_papers.h"
#include "tests/ingest/tiny_reader.h"

namespace diwan {
namespace {

constexpr int kLine = 40;  // height of a line, and distance of its signs

struct DrawnPage {
  DrawnPage(int width, int height) : binary(pixCreate(width, height, 1)) {}

  void Fill(int x, int y, int width, int height) {
    pixRasterop(binary.get(), x, y, width, height, PIX_SET, nullptr, 0, 0);
  }
  // "1" and "2" as bars on the line that begins at `top`.
  void Number(const std::string& signs, int x, int top) {
    for (const char sign : signs) {
      Fill(x, top + (sign == '1' ? 0 : kLine / 2), 8, kLine / 2);
      x += 20;
    }
  }
  PixPtr Gray() const { return PixPtr(pixConvert1To8(nullptr, binary.get(), 255, 0)); }

  PixPtr binary;
};

Word WordAt(const char* text, float confidence, const Box& box, int line) {
  Word word;
  word.text = text;
  word.confidence = confidence;
  word.box = box;
  word.line = line;
  return word;
}

std::string Confirmed(const DrawnPage& page, const std::vector<Word>& words) {
  const ModelFolder folder;
  NumberReader reader(folder.model());
  const PixPtr gray = page.Gray();
  std::string text;
  for (const Word& word : ConfirmNumbers(gray.get(), page.binary.get(), words, "ara", FirstReader::kEngine, reader)) {
    text += (text.empty() ? "" : " ") + word.text;
  }
  return text;
}

TEST(ConfirmNumbers, ReadsWordsAndLooseInkLineByLine) {
  DrawnPage page(800, 300);
  page.Number("12", 600, 50);   // covered by a word
  page.Number("212", 400, 50);  // not covered
  page.Number("21", 600, 150);  // on the next line
  page.Number("11", 40, 250);   // on no line
  const std::vector<Word> words = {
      WordAt("رقم", 95, {700, 50, 60, kLine}, 0),  WordAt("5", 30, {596, 50, 40, kLine}, 0),
      WordAt("بلدي", 95, {500, 50, 60, kLine}, 0), WordAt("لسنة", 95, {700, 150, 60, kLine}, 1),
      WordAt("عو", 10, {596, 150, 40, kLine}, 1),
  };
  EXPECT_EQ(Confirmed(page, words), "رقم 12 بلدي 212 لسنة 21");
}

// Two cells of one row: the sign stands 12 pixels from the left one and 60 from the right one.
TEST(ConfirmNumbers, InkGoesToTheNearestOfLinesSideBySide) {
  DrawnPage page(800, 300);
  page.Number("12", 600, 50);
  page.Number("122", 500, 50);  // its last sign not covered
  const std::vector<Word> words = {WordAt("5", 30, {600, 50, 28, kLine}, 0), WordAt("6", 30, {500, 50, 28, kLine}, 1)};
  EXPECT_EQ(Confirmed(page, words), "12 122");
}

// Finds the same words on every page, at the same places.
class FixedEngine : public OcrEngine {
 public:
  FixedEngine(std::vector<Word> words, int page_width) : words_(std::move(words)), page_width_(page_width) {}

  Recognition Recognize(Pix* image, const std::string& /*language*/) override {
    Recognition recognition{.words = words_, .language = "ara", .confidence = 90};
    const double scale = static_cast<double>(pixGetWidth(image)) / page_width_;
    for (Word& word : recognition.words) {
      for (int* length : {&word.box.x, &word.box.y, &word.box.width, &word.box.height}) {
        *length = static_cast<int>(std::lround(*length * scale));
      }
    }
    return recognition;
  }
  std::vector<TextLine> FindLines(Pix* /*image*/, const std::string& /*language*/) override { return {}; }
  std::vector<Word> ReadLine(Pix* /*image*/, Pix* /*gray*/, const Box& /*box*/,
                             const std::string& /*language*/) override {
    return {};
  }
  std::string Describe(const std::string& /*language*/) const override { return "fixed"; }

 private:
  std::vector<Word> words_;
  int page_width_;
};

TEST(ReadPage, APageKeepsWhatTheSecondLookTold) {
  constexpr int kWidth = 800;
  DrawnPage page(kWidth, 300);
  page.Number("12", 600, 50);
  for (const int top : {150, 220}) page.Fill(100, top, 600, 16);  // by these it is upright
  FixedEngine engine({WordAt("رقم", 95, {700, 50, 60, kLine}, 0), WordAt("5", 30, {596, 50, 40, kLine}, 0)}, kWidth);
  const ModelFolder folder;
  NumberReader reader(folder.model());
  const std::string file = papers::Png(page.binary.get());
  const std::unique_ptr<PageSource> source = OpenSource(file, {});
  const Page read = ReadPage(*source, 1, {.language = "ara"}, engine, {.numbers = &reader}).page;
  ASSERT_EQ(read.text, "رقم 12\n");
  EXPECT_EQ(read.words[0].number, NumberState::kNone);
  EXPECT_EQ(read.words[0].first_reading, "");
  EXPECT_EQ(read.words[1].number, NumberState::kSure);
  EXPECT_EQ(read.words[1].first_reading, "5");
}

TEST(ConfirmNumbers, APictureIsNotRead) {
  DrawnPage page(30'000, 100);
  page.Number("12", 200, 30);
  const std::vector<Word> words = {WordAt("مجلس", 95, {29'900, 30, 60, kLine}, 0),
                                   WordAt("بلدي", 95, {0, 30, 60, kLine}, 0)};
  EXPECT_EQ(Confirmed(page, words), "مجلس 12 بلدي");
  for (int i = 0; i < 400; ++i) page.Number("12", 400 + 70 * i, 30);
  EXPECT_EQ(Confirmed(page, words), "مجلس بلدي");
}

TEST(ConfirmNumbers, APageWithoutWordsHasNoNumbers) {
  DrawnPage page(300, 100);
  page.Number("12", 100, 30);
  EXPECT_EQ(Confirmed(page, {}), "");
}

}  // namespace
}  // namespace diwan
