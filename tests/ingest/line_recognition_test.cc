// Lines of drawn pages through our own reader and the real engine, which is counted.
#include "ingest/line_recognition.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <cmath>

#include "ingest/page_reader.h"
#include "tests/ingest/reading_papers.h"

namespace diwan {
namespace {

// The real engine, asked through a window that counts.
class CountedEngine : public OcrEngine {
 public:
  Recognition Recognize(Pix* image, const std::string& language) override {
    ++pages;
    return engine_->Recognize(image, language);
  }
  std::vector<TextLine> FindLines(Pix* image, const std::string& language) override {
    return engine_->FindLines(image, language);
  }
  std::vector<Word> ReadLine(Pix* image, Pix* gray, const Box& box, const std::string& language) override {
    ++lines;
    return engine_->ReadLine(image, gray, box, language);
  }
  std::string Describe(const std::string& language) const override { return engine_->Describe(language); }

  int pages = 0;
  int lines = 0;

 private:
  std::unique_ptr<OcrEngine> engine_ = MakeTesseract({});
};

LineReader& Reader() {
  static LineReader reader(DIWAN_MODELS "lines.onnx");
  return reader;
}

Recognition Recognized(Pix* pix, CountedEngine& engine, const std::string& language = "auto") {
  return RecognizeByLines(CleanForOcr(pix), language, engine, Reader());
}

std::string TextOf(Recognition recognition) { return JoinWords(recognition.words); }

TEST(RecognizeByLines, TheEngineIsHardlyAskedWhereAllIsSure) {
  for (const auto* paper : {&papers::Arabic(), &papers::Persian()}) {
    CountedEngine engine;
    const Recognition read = Recognized(papers::Draw(*paper).get(), engine);
    EXPECT_EQ(read.language, paper == &papers::Arabic() ? "ara" : "fas");
    EXPECT_EQ(engine.pages, 0);
    EXPECT_LE(engine.lines, 1);
    EXPECT_GT(read.confidence, 80);
    EXPECT_LT(papers::CharacterErrorRate(papers::Text(*paper), TextOf(read)), 0.025) << TextOf(read);
  }
}

TEST(RecognizeByLines, TheEngineVotesOnWhatIsPoor) {
  CountedEngine engine;
  const PixPtr page = papers::Draw(papers::Arabic());
  const PixPtr small(pixScaleAreaMap(page.get(), 0.2F, 0.2F));
  pixSetResolution(small.get(), 60, 60);
  Recognized(small.get(), engine);
  EXPECT_GT(engine.lines, 0);
}

TEST(RecognizeByLines, ColumnsOfOneLineAreReadApart) {
  const papers::Paper paper{.lines = {"قرار مجلس بلدية المدينة"}, .width = 4};
  const PixPtr one = papers::Draw(paper);
  const int width = pixGetWidth(one.get());
  const int height = pixGetHeight(one.get());
  const PixPtr two(pixCreate(3 * width, 6 * height, 8));
  pixSetBlackOrWhite(two.get(), L_SET_WHITE);
  pixSetResolution(two.get(), 300, 300);
  for (int row = 0; row < 6; ++row) {
    for (const int left : {0, 2 * width}) {
      pixRasterop(two.get(), left, row * height, width, height, PIX_SRC, one.get(), 0, 0);
    }
  }
  CountedEngine engine;
  const Recognition read = Recognized(two.get(), engine, "ara");
  EXPECT_EQ(read.words.size(), 6U * 2 * 4);
  for (const Word& word : read.words) EXPECT_LT(word.box.width, width) << word.text;
}

TEST(RecognizeByLines, WordsHaveTheBoxesOfTheirInk) {
  const PixPtr pix = papers::Draw(papers::Arabic());
  CountedEngine engine;
  const CleanPage page = CleanForOcr(pix.get());
  const Recognition read = RecognizeByLines(page, "ara", engine, Reader());
  const double scale = static_cast<double>(pixGetWidth(page.image.get())) / pixGetWidth(pix.get());
  const std::vector<Word> drawn = papers::DrawnWords(papers::Arabic());
  ASSERT_EQ(read.words.size(), drawn.size());
  for (size_t i = 0; i < drawn.size(); ++i) {
    const Box& box = read.words[i].box;
    EXPECT_NEAR(box.x, drawn[i].box.x * scale, 0.3 * box.height) << drawn[i].text;
    EXPECT_NEAR(box.x + box.width, (drawn[i].box.x + drawn[i].box.width) * scale, 0.3 * box.height) << drawn[i].text;
  }
}

TEST(RecognizeByLines, SpecksAreNoNumbers) {
  const PixPtr pix = papers::Draw(papers::Arabic());
  CountedEngine engine;
  const size_t words = Recognized(pix.get(), engine, "ara").words.size();
  const int height = pixGetHeight(pix.get());
  const PixPtr dirty(pixCreate(pixGetWidth(pix.get()), height + 900, 8));
  pixSetBlackOrWhite(dirty.get(), L_SET_WHITE);
  pixSetResolution(dirty.get(), 300, 300);
  pixRasterop(dirty.get(), 0, 0, pixGetWidth(pix.get()), height, PIX_SRC, pix.get(), 0, 0);
  for (int i = 0; i < 5; ++i) pixRasterop(dirty.get(), 200 + 240 * i, height + 150 * i, 9, 9, PIX_CLR, nullptr, 0, 0);
  EXPECT_EQ(Recognized(dirty.get(), engine, "ara").words.size(), words);
}

// A long stroke is as likely a drawn-out letter to the reader.
TEST(RecognizeByLines, AStrokeIsNoWord) {
  const PixPtr pix = papers::Draw(papers::Arabic());
  CountedEngine engine;
  const size_t words = Recognized(pix.get(), engine, "ara").words.size();
  const int height = pixGetHeight(pix.get());
  const PixPtr signed_page(pixCreate(pixGetWidth(pix.get()), height + 400, 8));
  pixSetBlackOrWhite(signed_page.get(), L_SET_WHITE);
  pixSetResolution(signed_page.get(), 300, 300);
  pixRasterop(signed_page.get(), 0, 0, pixGetWidth(pix.get()), height, PIX_SRC, pix.get(), 0, 0);
  for (int x = 0; x < 460; ++x) {
    const int y = height + 200 + static_cast<int>(25 * std::sin(x / 45.0));
    pixRasterop(signed_page.get(), 500 + x, y, 5, 5, PIX_CLR, nullptr, 0, 0);
  }
  EXPECT_EQ(Recognized(signed_page.get(), engine, "ara").words.size(), words);
}

TEST(RecognizeByLines, AnEmptyPageHasNoWords) {
  const PixPtr pix(pixCreate(1240, 1754, 8));
  pixSetBlackOrWhite(pix.get(), L_SET_WHITE);
  pixSetResolution(pix.get(), 150, 150);
  CountedEngine engine;
  EXPECT_TRUE(Recognized(pix.get(), engine).words.empty());
}

}  // namespace
}  // namespace diwan
