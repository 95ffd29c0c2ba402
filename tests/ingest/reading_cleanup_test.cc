// The stages of clean-up alone, each on a paper that shows what it is for.
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>

#include "ingest/cleanup.h"
#include "ingest/missed_ink.h"
#include "tests/ingest/reading_papers.h"

namespace diwan {
namespace {

PixPtr Page(int dpi = 165) {
  papers::Paper paper = papers::Arabic();
  paper.dpi = dpi;
  return papers::Draw(paper);
}

int Ink(Pix* binary) {
  l_int32 count = 0;
  pixCountPixels(binary, &count, nullptr);
  return count;
}

// A ring of `width` pixels, or a square frame.
void DrawFrame(Pix* binary, const Box& box, int width, bool round) {
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      const double dx = x - box.width / 2.0;
      const double dy = y - box.height / 2.0;
      const double from_edge =
          round ? box.width / 2.0 - std::hypot(dx, dy) : box.width / 2.0 - std::max(std::fabs(dx), std::fabs(dy));
      if (from_edge >= 0 && from_edge <= width) pixSetPixel(binary, box.x + x, box.y + y, 1);
    }
  }
}

TEST(CleanupTest, SkewIsFoundAndTakenOut) {
  for (const double degrees : {-2.0, 1.0, 3.0}) {
    const PixPtr gray = Page();
    const PixPtr skewed = papers::Black(papers::Rotated(gray.get(), degrees).get());
    const double found = FindSkew(skewed.get());
    EXPECT_NEAR(found, -degrees, 0.25);
    EXPECT_EQ(FindSkew(Deskew(PixPtr(pixClone(skewed.get())), found).get()), 0);
  }
}

TEST(CleanupTest, LinesThatRunDownAreTold) {
  const PixPtr page = papers::Black(Page().get());
  EXPECT_FALSE(LiesOnItsSide(page.get()));
  EXPECT_TRUE(LiesOnItsSide(Turn(PixPtr(pixClone(page.get())), 90).get()));
}

TEST(CleanupTest, WornStrokesAreMended) {
  const PixPtr whole = papers::Black(Page(300).get());
  pixSetResolution(whole.get(), 300, 300);
  EXPECT_EQ(Ink(MendStrokes(whole.get()).get()), Ink(whole.get()));  // nothing to mend
  PixPtr worn(pixCopy(nullptr, whole.get()));
  for (int y = 0; y < pixGetHeight(worn.get()); y += 3) {
    for (int x = y % 2; x < pixGetWidth(worn.get()); x += 4) pixSetPixel(worn.get(), x, y, 0);
  }
  EXPECT_LT(Ink(worn.get()), 0.95 * Ink(whole.get()));
  EXPECT_NEAR(Ink(MendStrokes(worn.get()).get()), Ink(whole.get()), 0.1 * Ink(whole.get()));
  pixSetResolution(worn.get(), 200, 200);
  EXPECT_EQ(Ink(MendStrokes(worn.get()).get()), Ink(worn.get()));  // such gaps may be those between letters
}

TEST(CleanupTest, AnUnevenBackgroundBecomesWhite) {
  const PixPtr gray = Page();
  const int clean = Ink(Binarize(gray.get()).get());
  for (int y = 0; y < pixGetHeight(gray.get()); ++y) {
    for (int x = 0; x < pixGetWidth(gray.get()); ++x) {
      l_uint32 value = 0;
      pixGetPixel(gray.get(), x, y, &value);
      pixSetPixel(gray.get(), x, y, value * static_cast<l_uint32>(90 + 165 * x / pixGetWidth(gray.get())) / 255);
    }
  }
  const int uneven = Ink(Binarize(NormalizeBackground(PixPtr(pixClone(gray.get()))).get()).get());
  EXPECT_NEAR(uneven, clean, 0.15 * clean);
}

TEST(CleanupTest, SmoothingTakesDirtButNotOfCleanPages) {
  const PixPtr gray = Page(300);
  const PixPtr same = SmoothNoise(PixPtr(pixClone(gray.get())));
  EXPECT_EQ(same.get(), gray.get());
  const PixPtr noisy = papers::Noisy(gray.get());
  const int dirty = Ink(papers::Black(noisy.get()).get());
  const int smooth = Ink(papers::Black(SmoothNoise(PixPtr(pixClone(noisy.get()))).get()).get());
  EXPECT_NEAR(smooth, Ink(papers::Black(gray.get()).get()), 0.1 * smooth);
  EXPECT_GT(dirty, 1.2 * smooth);
}

TEST(CleanupTest, LetterHeightFollowsTheResolution) {
  const double small = LetterHeight(papers::Black(Page(150).get()).get());
  EXPECT_NEAR(LetterHeight(papers::Black(Page(300).get()).get()), 2 * small, 0.3 * small);
}

TEST(CleanupTest, FramesGoAndSpecksGoAndTextStays) {
  const PixPtr page = papers::Black(Page().get());
  const int text = Ink(page.get());
  const PixPtr more(pixCopy(nullptr, page.get()));
  DrawFrame(more.get(), {5, 5, 90, 90}, 4, false);
  pixSetPixel(more.get(), 40, 200, 1);
  EXPECT_NEAR(Ink(RemoveStraySpecks(RemoveLargeComponents(more.get()).get()).get()), text, 0.01 * text);
}

TEST(CleanupTest, StampsAreRings) {
  const PixPtr page = papers::Black(Page().get());
  EXPECT_TRUE(FindStamps(page.get()).empty());
  DrawFrame(page.get(), {10, 10, 150, 150}, 4, true);
  DrawFrame(page.get(), {170, 10, 150, 150}, 4, false);
  const std::vector<Box> stamps = FindStamps(page.get());
  ASSERT_EQ(stamps.size(), 1U);
  EXPECT_NEAR(stamps[0].x, 10, 2);
  EXPECT_NEAR(stamps[0].width, 150, 3);
}

TEST(MissedInkTest, TheLineWithoutWordsIsFound) {
  papers::Paper paper = papers::Arabic();
  paper.dpi = 165;
  const PixPtr page = papers::Black(papers::Draw(paper).get());
  std::vector<Word> words = papers::DrawnWords(paper);
  EXPECT_TRUE(FindMissedInk(page.get(), words).lines.empty());
  int top = 0;
  for (const Word& word : words) top = word.line == 2 ? word.box.y : top;
  std::erase_if(words, [](const Word& word) { return word.line == 2; });
  const std::vector<Box> lines = FindMissedInk(page.get(), words).lines;
  ASSERT_FALSE(lines.empty());
  for (const Box& line : lines) EXPECT_NEAR(line.y, top, 25);
}

TEST(MissedInkTest, AStretchedLineIsOneWithItsDots) {
  const PixPtr page(pixCreate(900, 300, 1));
  pixSetResolution(page.get(), 165, 165);
  const auto fill = [&](int x, int y, int width, int height) {
    pixRasterop(page.get(), x, y, width, height, PIX_SET, nullptr, 0, 0);
  };
  for (int i = 0; i < 4; ++i) fill(100 + 160 * i, 100, 120, 20);  // 40 pixels apart: 0.24 inches
  fill(130, 94, 4, 4);                                            // a dot
  fill(100, 200, 120, 20);                                        // another line
  const MissedInk missed = FindMissedInk(page.get(), {});
  ASSERT_EQ(missed.lines.size(), 2U);
  EXPECT_EQ(missed.lines[0].width, 3 * 160 + 120);
  EXPECT_LE(missed.lines[0].y, 94);
  EXPECT_EQ(Ink(missed.rest.get()), Ink(page.get()));
}

// ٥٠٠٠٠٠: each zero is a dot that only the one before it holds to the number.
TEST(CleanupTest, DotsInARowBehindALetterAreNoSpecks) {
  const PixPtr page(pixCreate(600, 300, 1));
  pixSetResolution(page.get(), 165, 165);
  const auto fill = [&](int x, int y, int width, int height) {
    pixRasterop(page.get(), x, y, width, height, PIX_SET, nullptr, 0, 0);
  };
  fill(100, 100, 14, 24);
  for (int i = 0; i < 5; ++i) fill(124 + 12 * i, 110, 5, 5);
  const int number = Ink(page.get());
  fill(400, 200, 5, 5);
  EXPECT_EQ(Ink(RemoveStraySpecks(page.get()).get()), number);
}

}  // namespace
}  // namespace diwan
