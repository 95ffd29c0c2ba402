// The reader of numbers with a network made by hand: framing, batches, order, and models that are wrong.
#include "ingest/number_reader.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include "tests/ingest/tiny_reader.h"
#include "tests/ingest/worker_fixture.h"

namespace diwan {
namespace {

constexpr int kLine = 40;  // height of the drawn line

// A grey page with one line at `top`; each sign is a bar in the line's upper ('1') or lower ('2') half, 40 pixels wide.
PixPtr Drawn(const std::string& signs, int top, int scale = 1) {
  PixPtr pix(pixCreate(scale * 40 * static_cast<int>(signs.size()), scale * (top + kLine + 20), 8));
  pixSetAllGray(pix.get(), 230);
  for (size_t i = 0; i < signs.size(); ++i) {
    const int y = top + (signs[i] == '1' ? 0 : kLine / 2);
    for (int dy = 0; dy < scale * kLine / 2; ++dy) {
      for (int dx = 0; dx < scale * 8; ++dx) {
        pixSetPixel(pix.get(), scale * (40 * static_cast<int>(i) + 16) + dx, scale * y + dy, 20);
      }
    }
  }
  return pix;
}

InkCrop Whole(int first, int signs, int top) {
  return {.box = {40 * first + 4, top, 40 * signs - 8, kLine}, .top = top, .bottom = top + kLine};
}

TEST(NumberReader, ReadsFromLeftToRightAndSaysWhere) {
  const ModelFolder folder;
  NumberReader reader(folder.model());
  const PixPtr page = Drawn("1221", 10);
  const std::vector<NumberReading> readings = reader.Read(page.get(), {Whole(0, 4, 10)});
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0].label.text, U"1221");
  EXPECT_GT(readings[0].label.probability, 0.99);
  EXPECT_LE(readings[0].label.probability, 1);
  ASSERT_EQ(readings[0].columns.size(), 4U);
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(readings[0].columns[static_cast<size_t>(i)], 40 * i + 16, 4);
  EXPECT_EQ(reader.name(), "tiny " + Sha256Hex(TinyNetwork()).substr(0, 8));
}

TEST(NumberReader, ManyCropsOfManyWidthsAreAnsweredInTheirOrder) {
  const ModelFolder folder;
  NumberReader reader(folder.model());
  const std::string signs = "1212112221211122";
  const PixPtr page = Drawn(signs, 5);
  std::vector<InkCrop> crops;
  std::vector<std::u32string> expected;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i + 4 < static_cast<int>(signs.size()); ++i) {
      const int count = 1 + (i + round) % 4;
      crops.push_back(Whole(i, count, 5));
      expected.emplace_back(signs.begin() + i, signs.begin() + i + count);
    }
  }
  for (int i = 0; i < 40; ++i) {  // more than one batch of one width
    crops.push_back(Whole(2, 2, 5));
    expected.emplace_back(U"12");
  }
  const std::vector<NumberReading> readings = reader.Read(page.get(), crops);
  ASSERT_EQ(readings.size(), crops.size());
  for (size_t i = 0; i < readings.size(); ++i) EXPECT_EQ(readings[i].label.text, expected[i]) << i;
}

TEST(NumberReader, SizeDoesNotMatter) {
  const ModelFolder folder;
  NumberReader reader(folder.model());
  const PixPtr page = Drawn("121", 10, 3);
  const InkCrop crop = {.box = {12, 30, 336, 120}, .top = 30, .bottom = 150};
  const NumberReading reading = reader.Read(page.get(), {crop})[0];
  EXPECT_EQ(reading.label.text, U"121");
  ASSERT_EQ(reading.columns.size(), 3U);
  EXPECT_NEAR(reading.columns[2], 3 * (80 + 16), 12);
}

TEST(NumberReader, DoubtfulInkHasAlternatives) {
  const ModelFolder folder;
  NumberReader reader(folder.model());
  const PixPtr page = Drawn("12", 0);
  for (int y = 10; y < 20; ++y) {  // ink in the upper half that is half as much as below: 1 or 2 is as likely as none
    for (int x = 56; x < 64; ++x) pixSetPixel(page.get(), x, y, 20);
  }
  const NumberReading reading = reader.Read(page.get(), {Whole(0, 2, 0)})[0];
  EXPECT_LT(reading.label.probability, 0.9);
  ASSERT_FALSE(reading.others.empty());
  EXPECT_NE(reading.others[0].text, reading.label.text);
}

TEST(NumberReader, CropsBeyondTheImageAreCutAndThoseOfNoSizeUnread) {
  const ModelFolder folder;
  NumberReader reader(folder.model());
  const PixPtr page = Drawn("12", 0);
  const std::vector<InkCrop> crops = {
      {.box = {-30, -10, 140, 60}, .top = 0, .bottom = kLine},  // wider than the image
      {.box = {200, 0, 40, kLine}, .top = 0, .bottom = kLine},  // beside it
      {.box = {0, 0, 80, 3}, .top = 0, .bottom = 3},            // too low
      {.box = {10, 0, -5, kLine}, .top = kLine, .bottom = 0},   // inside out
  };
  const std::vector<NumberReading> readings = reader.Read(page.get(), crops);
  ASSERT_EQ(readings.size(), crops.size());
  EXPECT_EQ(readings[0].label.text, U"12");
  for (size_t i = 1; i < readings.size(); ++i) EXPECT_EQ(readings[i].label.text, U"") << i;
}

TEST(NumberReader, ALineTooLongForANumberIsNotRead) {
  const ModelFolder folder;
  NumberReader reader(folder.model());
  const PixPtr page = Drawn(std::string(60, '1'), 0);
  EXPECT_EQ(reader.Read(page.get(), {Whole(0, 60, 0)})[0].label.text, U"");
}

TEST(NumberReader, WrongModelsAreRefused) {
  const std::string network = TinyNetwork();
  const std::string card = TinyCard(network);
  struct Row {
    std::string network, card;
    ErrorCode code;
  };
  const Row rows[] = {
      {network + " ", card, ErrorCode::kCorrupt},                               // not the card's
      {network, TinyCard(network, R"(["1", "2", "3"])"), ErrorCode::kCorrupt},  // other classes
      {"hello", TinyCard("hello"), ErrorCode::kCorrupt},                        // no network
      {network, "{}", ErrorCode::kCorrupt},
      {network, "[" + card, ErrorCode::kCorrupt},
      {network, TinyCard(network, R"(["12"])"), ErrorCode::kCorrupt},  // two letters for one class
      {std::string(20'000'001, 'x'), card, ErrorCode::kTooLarge},
  };
  for (const Row& row : rows) {
    const ModelFolder folder(row.network, row.card);
    const auto error = ErrorOf([&] { NumberReader reader(folder.model()); });
    ASSERT_TRUE(error) << row.card;
    EXPECT_EQ(error->code(), row.code) << error->what();
  }
}

TEST(NumberReader, MissingModelsAreNamed) {
  const ModelFolder folder;
  std::filesystem::remove(std::filesystem::path(folder.model()).replace_extension(".json"));
  for (const std::filesystem::path& model : {folder.model(), std::filesystem::path("/nowhere/tiny.onnx")}) {
    const auto error = ErrorOf([&] { NumberReader reader(model); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::kNotFound);
    EXPECT_NE(std::string(error->what()).find("tiny"), std::string::npos);
  }
}

}  // namespace
}  // namespace diwan
