// Ink in a part of a page, and the gaps in it.
#include "ingest/ink.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

namespace diwan {
namespace {

// A page of 100 x 50 pixels with two bars: columns 20 to 24 and 30 to 39, rows 10 to 19.
PixPtr TwoBars() {
  PixPtr page(pixCreate(100, 50, 1));
  pixRasterop(page.get(), 20, 10, 5, 10, PIX_SET, nullptr, 0, 0);
  pixRasterop(page.get(), 30, 10, 10, 10, PIX_SET, nullptr, 0, 0);
  return page;
}

TEST(Ink, ColumnsAreThoseOfTheBox) {
  const PixPtr page = TwoBars();
  const std::vector<bool> ink = InkColumns(page.get(), {18, 0, 14, 50});
  ASSERT_EQ(ink.size(), 14U);
  for (int x = 0; x < 14; ++x) {
    const int column = 18 + x;
    EXPECT_EQ(ink[static_cast<size_t>(x)], (column >= 20 && column < 25) || column >= 30) << column;
  }
}

TEST(Ink, WhatLiesOutsideThePageHasNone) {
  const PixPtr page = TwoBars();
  EXPECT_EQ(InkColumns(page.get(), {-30, -5, 10, 200}), std::vector<bool>(10));
  EXPECT_EQ(InkColumns(page.get(), {90, 10, 30, 10}), std::vector<bool>(30));
  EXPECT_TRUE(InkColumns(page.get(), {20, 10, -4, 10}).empty());
  const Box outside{500, 500, 10, 10};
  EXPECT_EQ(InkBox(page.get(), outside), outside);
}

TEST(Ink, GapsLieBetweenInk) {
  const PixPtr page = TwoBars();
  const std::vector<Gap> gaps = GapsIn(page.get(), {0, 0, 100, 50});
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].width, 5);
  EXPECT_EQ(gaps[0].middle, 27);
  EXPECT_TRUE(GapsIn(page.get(), {0, 30, 100, 20}).empty());
}

TEST(Ink, ABoxIsDrawnAroundIt) {
  const PixPtr page = TwoBars();
  EXPECT_EQ(InkBox(page.get(), {-10, -10, 200, 200}), (Box{20, 10, 20, 10}));
  EXPECT_EQ(InkBox(page.get(), {22, 12, 5, 5}), (Box{22, 12, 3, 5}));
  const Box empty{0, 0, 15, 50};
  EXPECT_EQ(InkBox(page.get(), empty), empty);
}

}  // namespace
}  // namespace diwan
