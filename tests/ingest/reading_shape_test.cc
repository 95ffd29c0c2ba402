// What is told before and after recognition from the ink alone: a page's shape, words' boxes, dots.
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <vector>

#include "ingest/cleanup.h"
#include "ingest/lone_dots.h"
#include "ingest/page_shape.h"
#include "ingest/word_boxes.h"

namespace diwan {
namespace {

constexpr int kDpi = 150;

PixPtr Paper(int width, int height) {
  PixPtr page(pixCreate(width, height, 1));
  pixSetResolution(page.get(), kDpi, kDpi);
  return page;
}

void Ink(Pix* page, const Box& box) { pixRasterop(page, box.x, box.y, box.width, box.height, PIX_SET, nullptr, 0, 0); }

// Words of 30 pixels, 8 apart, from `left` to `right`.
void Text(Pix* page, int left, int right, int top) {
  for (int x = left; x + 30 <= right; x += 38) Ink(page, {x, top, 30, 15});
}

TEST(PageShapeTest, LinesBelowEachOtherAreRows) {
  const PixPtr page = Paper(800, 1000);
  for (int top = 100; top < 800; top += 40) Text(page.get(), 100, 700, top);
  EXPECT_EQ(ShapeOf(page.get()), PageShape::kRows);
  EXPECT_EQ(ShapeOf(Paper(800, 1000).get()), PageShape::kRows);
}

TEST(PageShapeTest, TextBesideTextIsColumns) {
  const PixPtr in_step = Paper(800, 1000);
  const PixPtr out_of_step = Paper(800, 1000);
  int ragged = 0;
  for (int top = 100; top < 800; top += 40) {
    ragged = (ragged + 70) % 200;
    Text(in_step.get(), 100 + ragged, 380, top);
    Text(in_step.get(), 440, 740, top);
  }
  for (int top = 100; top < 800; top += 25) {  // each line of one column fills the white between two of the other
    Text(out_of_step.get(), 100, 380, top);
    Text(out_of_step.get(), 440, 740, top + 12);
  }
  EXPECT_EQ(ShapeOf(in_step.get()), PageShape::kColumns);
  EXPECT_EQ(ShapeOf(out_of_step.get()), PageShape::kColumns);
}

TEST(PageShapeTest, VersesAreRows) {
  const PixPtr page = Paper(800, 1000);
  for (int top = 100; top < 800; top += 40) {
    Text(page.get(), 100, 370, top);
    Text(page.get(), 440, 710, top);
  }
  EXPECT_EQ(ShapeOf(page.get()), PageShape::kRows);
}

TEST(PageShapeTest, ThreeRowsOfTwoNamesAreNoColumns) {
  const PixPtr page = Paper(800, 1000);
  for (int top = 100; top < 220; top += 40) {
    Text(page.get(), 100, 250, top);
    Text(page.get(), 550, 700, top);
  }
  for (int top = 240; top < 800; top += 40) Text(page.get(), 100, 700, top);
  EXPECT_EQ(ShapeOf(page.get()), PageShape::kRows);
}

TEST(PageShapeTest, ACuttingIsALine) {
  const PixPtr strip = Paper(600, 50);
  Text(strip.get(), 20, 580, 18);
  EXPECT_TRUE(IsStrip(strip.get()));
  EXPECT_EQ(ShapeOf(strip.get()), PageShape::kLine);
  EXPECT_FALSE(LiesOnItsSide(strip.get()));
  EXPECT_FALSE(IsStrip(Paper(1240, 1754).get()));
}

TEST(CleanupTest, RulesThatRunDownGo) {
  const PixPtr page = Paper(800, 1000);
  Ink(page.get(), {20, 50, 3, 900});
  Text(page.get(), 100, 700, 100);
  Ink(page.get(), {100, 200, 600, 3});
  const PixPtr clean = RemoveUprights(page.get());
  l_int32 before = 0;
  l_int32 after = 0;
  pixCountPixels(page.get(), &before, nullptr);
  pixCountPixels(clean.get(), &after, nullptr);
  EXPECT_EQ(before - after, 3 * 900);
}

TEST(CleanupTest, LettersKeepTheirEdgesAndLoseWhatIsAround) {
  const PixPtr gray(pixCreate(100, 100, 8));
  pixSetAllArbitrary(gray.get(), 240);
  const auto paint = [&](const Box& box, l_uint32 value) {
    for (int y = box.y; y < box.y + box.height; ++y) {
      for (int x = box.x; x < box.x + box.width; ++x) pixSetPixel(gray.get(), x, y, value);
    }
  };
  paint({19, 19, 22, 42}, 130);  // an edge of one pixel
  paint({20, 20, 20, 40}, 10);
  paint({70, 20, 20, 40}, 10);  // a stamp: not in the binary image
  const PixPtr binary = Paper(100, 100);
  Ink(binary.get(), {20, 20, 20, 40});
  const PixPtr letters = SoftLetters(gray.get(), binary.get(), 3);
  const auto at = [&](int x, int y) {
    l_uint32 value = 0;
    pixGetPixel(letters.get(), x, y, &value);
    return value;
  };
  EXPECT_LT(at(30, 40), 20U);
  EXPECT_GT(at(19, 40), 20U);
  EXPECT_LT(at(19, 40), 250U);
  EXPECT_EQ(at(80, 40), 255U);
  EXPECT_EQ(at(50, 40), 255U);
}

Word Placed(const char* text, const Box& box) {
  Word word;
  word.text = text;
  word.box = box;
  return word;
}

TEST(WordBoxesTest, ABoxIsThatOfItsInk) {
  const PixPtr page = Paper(400, 200);
  Ink(page.get(), {300, 60, 40, 15});   // the first word
  Ink(page.get(), {315, 50, 4, 4});     // its dot
  Ink(page.get(), {200, 60, 60, 15});   // the second, which the first one's box covers
  Ink(page.get(), {210, 120, 60, 15});  // the line below
  std::vector<Word> words = {Placed("a", {195, 40, 150, 50}), Placed("b", {205, 40, 50, 50}),
                             Placed("c", {200, 115, 80, 25}), Placed("d", {20, 115, 30, 25})};
  words[2].line = words[3].line = 1;
  const std::vector<Word> fitted = FitToInk(words, page.get(), 1);
  EXPECT_EQ(fitted[0].box, (Box{300, 50, 40, 25}));
  EXPECT_EQ(fitted[1].box, (Box{200, 60, 60, 15}));
  EXPECT_EQ(fitted[2].box, (Box{210, 120, 60, 15}));
  EXPECT_EQ(fitted[3].box, words[3].box);
}

TEST(WordBoxesTest, BoxesOfALargerImage) {
  const PixPtr page = Paper(400, 200);
  Ink(page.get(), {300, 60, 40, 15});
  EXPECT_EQ(FitToInk({Placed("a", {590, 100, 110, 60})}, page.get(), 2)[0].box, (Box{600, 120, 80, 30}));
  EXPECT_TRUE(FitToInk({}, page.get(), 2).empty());
}

struct DotCase {
  const char* before;
  const char* zero;
  int size;  // of its ink
  int gap;
  const char* after;
  bool is_stop;
};
const DotCase kDots[] = {
    {"المعارف", "٠", 6, 10, "ثم", true},  {"المعارف", "0", 6, 10, "ثم", true}, {"المعارف", "٠", 12, 10, "ثم", false},
    {"المعارف", "٠", 6, 90, "ثم", false}, {"١٢", "٠", 6, 10, "ثم", false},     {"المعارف", "٠", 6, 10, "٥", false},
    {"المعارف", "٥", 6, 10, "ثم", false},
};

TEST(LoneDotsTest, AZeroAfterAWordIsAStop) {
  for (const DotCase& dot : kDots) {
    const PixPtr page = Paper(400, 100);
    const int x = 300 - dot.gap - dot.size;
    Ink(page.get(), {x, 40, dot.size, dot.size});
    const std::vector<Word> words = {Placed(dot.before, {300, 30, 60, 30}),
                                     Placed(dot.zero, {x - 2, 30, dot.size + 4, 30}),
                                     Placed(dot.after, {50, 30, 60, 30})};
    EXPECT_EQ(StopsForZeros(words, page.get())[1].text, dot.is_stop ? "." : dot.zero)
        << dot.before << dot.size << ' ' << dot.gap;
  }
}

}  // namespace
}  // namespace diwan
