// Our PDFs, read back by the reader of PDFs that the archive has: pixels, words, their order and places.
#include "api/pdf.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <sstream>

#include "api/pdf_image.h"
#include "api_fixture.h"
#include "core/bidi.h"
#include "core/error.h"
#include "core/fold.h"
#include "ingest/page_source.h"

namespace diwan {
namespace {

// A picture without symmetry, of the size of SamplePage.
PixPtr Picture(int depth) {
  const PixPtr grey(pixCreate(1000, 1400, 8));
  for (int y = 0; y < 1400; ++y) {
    for (int x = 0; x < 1000; ++x) pixSetPixel(grey.get(), x, y, static_cast<l_uint32>((x / 3 + y * y / 90) % 251));
  }
  PixPtr pix(depth == 1 ? pixThresholdToBinary(grey.get(), 128) : pixClone(grey.get()));
  if (depth == 32) {
    const PixPtr other(pixInvert(nullptr, grey.get()));
    pix.reset(pixCreateRGBImage(grey.get(), other.get(), grey.get()));
  }
  pixSetResolution(pix.get(), 300, 300);
  return pix;
}

PageImage Encoded(Pix* pix, int format) {
  l_uint8* bytes = nullptr;
  size_t size = 0;
  EXPECT_EQ(pixWriteMem(&bytes, &size, pix, format), 0);
  PageImage image{.bytes = std::string(reinterpret_cast<const char*>(bytes), size)};
  lept_free(bytes);
  return image;
}

// So much text that the reader believes it: lines from right to left, each word 20 pixels from the next.
Page FullPage() {
  Page page = SamplePage();
  page.words.clear();
  constexpr const char* kLines[] = {"قرر مجلس البلدية في جلسته منح رخصة", "أكشاك السوق القديم رقم (٤٥) لسنة ٢٠١٨",
                                    "على أن يدفع صاحب الكشك بدلاً شهرياً", "قدره ١٥٠ ريالاً إلى مكتب PDF التحصيل"};
  int number = 0;
  for (const char* text : kLines) {
    std::istringstream words(text);
    int right = 960;
    for (std::string word; words >> word; right -= 20) {
      const int width = static_cast<int>(FromUtf8(word).size()) * 20;
      right -= width;
      page.words.push_back({.text = word, .box = {right, 100 + number * 80, width, 40}, .line = number});
    }
    ++number;
  }
  page.text = JoinWords(page.words);
  return page;
}

std::string PdfOf(const std::vector<std::pair<Page, PageImage>>& pages) {
  std::string bytes;
  PdfWriter writer(
      [&bytes](std::string_view piece) {
        bytes += piece;
        return true;
      },
      "قرار (١٢٣) \\");
  for (const auto& [page, image] : pages) writer.AddPage(page, image);
  EXPECT_TRUE(writer.Finish());
  return bytes;
}

TEST(Pdf, HasThePixelsAsTheyAre) {
  for (const int depth : {1, 8, 32}) {
    const PixPtr picture = Picture(depth);
    const std::string bytes = PdfOf({{SamplePage(), Encoded(picture.get(), IFF_PNG)}});
    const PixPtr seen = OpenSource(bytes, {})->Render(1);
    l_int32 same = 0;
    EXPECT_EQ(pixEqual(picture.get(), seen.get(), &same), 0);
    EXPECT_EQ(same, 1) << depth;
  }
}

TEST(Pdf, TakesAJpegAsItIs) {
  const PageImage image = Encoded(Picture(8).get(), IFF_JFIF_JPEG);
  const std::string bytes = PdfOf({{SamplePage(), image}});
  EXPECT_NE(bytes.find(image.bytes), std::string::npos);
  const PixPtr seen = OpenSource(bytes, {})->Render(1);
  EXPECT_EQ(pixGetWidth(seen.get()), 1000);
  EXPECT_EQ(pixGetHeight(seen.get()), 1400);
}

TEST(Pdf, WordsStandAtTheirBoxesInReadingOrder) {
  const Page page = FullPage();
  const std::string bytes = PdfOf({{page, Encoded(Picture(1).get(), IFF_PNG)}});
  const auto layer = OpenSource(bytes, {})->TrustedTextLayer(1);
  ASSERT_TRUE(layer.has_value());
  ASSERT_EQ(layer->words.size(), page.words.size());
  for (size_t i = 0; i < page.words.size(); ++i) {
    const Word& word = page.words[i];
    EXPECT_EQ(layer->words[i].text, word.text);
    const double left = layer->words[i].x;
    EXPECT_NEAR(left + layer->words[i].width, (word.box.x + word.box.width) * 72 / 300.0, 0.5) << word.text;
    const bool ends_in_mark = word.text.ends_with("ً");  // the reader looks at letters alone
    if (!ends_in_mark) {
      EXPECT_NEAR(left, word.box.x * 72 / 300.0, 0.5) << word.text;
    }
    EXPECT_NEAR(layer->words[i].y, word.box.y * 72 / 300.0, 3) << word.text;
  }
}

TEST(Pdf, EveryPageIsThereAlsoWithoutImageOrWords) {
  Page bare;
  bare.number = 2;
  const std::string bytes = PdfOf({{SamplePage(), Encoded(Picture(1).get(), IFF_PNG)}, {bare, {}}, {FullPage(), {}}});
  EXPECT_EQ(OpenSource(bytes, {})->Probe().pages, 3);
  EXPECT_TRUE(OpenSource(bytes, {})->TrustedTextLayer(3).has_value());
}

TEST(Pdf, AWordMayHoldAnything) {
  const std::string texts[] = {std::string("a\0b", 3), "\xFF\xFE", ">]<", "😀", "\xED\xA0\x80", "", "(", ")"};
  for (const std::string& text : texts) {
    Page page = SamplePage();
    page.words[0].text = text;
    page.words[1].box = {};
    page.dpi = 0;
    const std::string bytes = PdfOf({{page, Encoded(Picture(1).get(), IFF_PNG)}});
    EXPECT_EQ(OpenSource(bytes, {})->Probe().pages, 1) << text;
    EXPECT_NO_THROW(OpenSource(bytes, {})->TrustedTextLayer(1)) << text;
  }
}

TEST(Pdf, StopsWhenNobodyTakesIt) {
  int calls = 0;
  PdfWriter writer([&calls](std::string_view) { return ++calls < 3; }, "");
  writer.AddPage(SamplePage(), {});
  EXPECT_FALSE(writer.Finish());
  EXPECT_EQ(calls, 3);
}

TEST(PdfImage, RefusesWhatItCanNotTake) {
  const std::string png = Encoded(Picture(1).get(), IFF_PNG).bytes;
  const std::string jpeg = Encoded(Picture(8).get(), IFF_JFIF_JPEG).bytes;
  for (const std::string& whole : {png, jpeg}) {
    EXPECT_NO_THROW(PdfImageOf(whole));
    for (size_t size = 0; size < 80; ++size) EXPECT_THROW(PdfImageOf(whole.substr(0, size)), Error) << size;
  }
  std::string interlaced = png;
  interlaced[28] = 1;
  EXPECT_THROW(PdfImageOf(interlaced), Error);
  std::string see_through = png;
  see_through[25] = 6;
  EXPECT_THROW(PdfImageOf(see_through), Error);
  std::string endless = png;
  endless[33] = '\x7F';  // the length of what follows the head
  EXPECT_THROW(PdfImageOf(endless), Error);
  EXPECT_THROW(PdfImageOf("GIF89a"), Error);
}

TEST(Bidi, ALineAsItLooks) {
  const auto seen = [](std::string_view logical) { return ToUtf8(FromLeftToRight(FromUtf8(logical))); };
  EXPECT_EQ(seen("قرار"), "رارق");
  EXPECT_EQ(seen("١٢٣/٢٠١٩"), "١٢٣/٢٠١٩");
  EXPECT_EQ(seen("(٤٥)"), ")٤٥(");
  EXPECT_EQ(seen("R&D"), "R&D");
  EXPECT_EQ(seen("والـPDF"), "PDFـلاو");
  EXPECT_EQ(seen("بدلاً"), "ًالدب");  // a mark is a character like any other
  EXPECT_EQ(seen(""), "");
}

}  // namespace
}  // namespace diwan
