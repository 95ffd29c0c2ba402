// PDF files: the scan's own pixels are taken, text comes out in logical order, and damage ends in an error.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include "core/error.h"
#include "ingest/page_source.h"
#include "tests/ingest/reading_papers.h"

namespace diwan {
namespace {

using papers::AsJpegImage;
using papers::AsRawImage;
using papers::PdfOf;

// A picture without symmetry: 124 x 91 at 100 dpi.
PixPtr Picture(int depth) {
  const PixPtr grey(pixCreate(124, 91, 8));
  for (int y = 0; y < 91; ++y) {
    for (int x = 0; x < 124; ++x) pixSetPixel(grey.get(), x, y, static_cast<l_uint32>((x * 7 + y * y) % 251));
  }
  PixPtr pix(depth == 1 ? pixThresholdToBinary(grey.get(), 128) : pixClone(grey.get()));
  pixSetResolution(pix.get(), 100, 100);
  return pix;
}

std::string PageOf(const papers::PdfImage& image, const std::string& extra = "", const std::string& content = "") {
  papers::PdfPage page;
  page.width = 89.28;  // 124 pixels at 100 dpi
  page.height = 65.52;
  page.extra = extra;
  page.content = content;
  page.images = {image};
  return papers::Pdf({page});
}

PixPtr RenderFirst(const std::string& bytes) { return OpenSource(bytes, {})->Render(1); }

bool Same(Pix* a, Pix* b) {
  l_int32 same = 0;
  return pixEqual(a, b, &same) == 0 && same == 1;
}

constexpr char kWhole[] = "89.28 0 0 65.52 0 0";

struct WayCase {
  const char* name;
  const char* matrix;
  int page_rotate;
  int quarters;  // clockwise, then
  bool mirrored;
};
const WayCase kWays[] = {
    {"upright", kWhole, 0, 0, false},
    {"upside_down_matrix", "-89.28 0 0 -65.52 89.28 65.52", 0, 2, false},
    {"mirrored_matrix", "-89.28 0 0 65.52 89.28 0", 0, 0, true},
    {"flipped_matrix", "89.28 0 0 -65.52 0 65.52", 0, 2, true},
    {"page_turned_90", kWhole, 90, 1, false},
    {"page_turned_180", kWhole, 180, 2, false},
    {"page_turned_270", kWhole, 270, 3, false},
};

TEST(PdfScanTest, ItsOwnPixelsAreTaken) {
  for (const int depth : {1, 8}) {
    const PixPtr picture = Picture(depth);
    for (const WayCase& way : kWays) {
      PixPtr want(way.quarters == 0 ? pixClone(picture.get()) : pixRotateOrth(picture.get(), way.quarters));
      if (way.mirrored) want.reset(pixFlipLR(nullptr, want.get()));
      const PixPtr got =
          RenderFirst(PageOf(AsRawImage(picture.get(), way.matrix), fmt::format("/Rotate {}", way.page_rotate)));
      EXPECT_EQ(pixGetDepth(got.get()), depth) << way.name;
      EXPECT_TRUE(Same(got.get(), want.get())) << way.name << " " << depth;
      EXPECT_EQ(pixGetXRes(got.get()), 100) << way.name;
    }
  }
}

TEST(PdfScanTest, AJpegIsTakenAsItDecodes) {
  const PixPtr picture = Picture(8);
  const std::string jpeg = papers::Jpeg(picture.get());
  const PixPtr want(pixReadMemJpeg(reinterpret_cast<const l_uint8*>(jpeg.data()), jpeg.size(), 0, 1, nullptr, 0));
  EXPECT_TRUE(Same(RenderFirst(PageOf(AsJpegImage(picture.get(), kWhole))).get(), want.get()));
}

TEST(PdfScanTest, ColourStaysColour) {
  const PixPtr red(pixCreate(124, 91, 32));
  pixSetAllArbitrary(red.get(), 0xc0202000);
  const PixPtr got = RenderFirst(PageOf(AsJpegImage(red.get(), kWhole)));
  ASSERT_EQ(pixGetDepth(got.get()), 32);
  l_int32 r = 0, g = 0, b = 0;
  pixGetRGBPixel(got.get(), 50, 50, &r, &g, &b);
  EXPECT_GT(r - g, 100);
  EXPECT_GT(r - b, 100);
}

TEST(PdfScanTest, AMaskIsAScanToo) {
  const PixPtr picture = Picture(1);
  papers::PdfImage image = AsRawImage(picture.get(), kWhole);
  image.dictionary = "/ImageMask true /BitsPerComponent 1";
  EXPECT_TRUE(Same(RenderFirst(PageOf(image)).get(), picture.get()));
}

TEST(PdfScanTest, StripsArePutTogether) {
  const PixPtr picture = Picture(8);
  papers::PdfPage page;
  page.width = 89.28;
  page.height = 65.52;
  constexpr int kTop = 31;
  BOX* upper = boxCreate(0, 0, 124, kTop);
  BOX* lower = boxCreate(0, kTop, 124, 91 - kTop);
  const PixPtr above(pixClipRectangle(picture.get(), upper, nullptr));
  const PixPtr below(pixClipRectangle(picture.get(), lower, nullptr));
  boxDestroy(&upper);
  boxDestroy(&lower);
  page.images = {AsRawImage(above.get(), fmt::format("89.28 0 0 {} 0 {}", kTop * .72, 65.52 - kTop * .72)),
                 AsRawImage(below.get(), fmt::format("89.28 0 0 {} 0 0", (91 - kTop) * .72))};
  EXPECT_TRUE(Same(RenderFirst(papers::Pdf({page})).get(), picture.get()));
}

TEST(PdfScanTest, WhatTheCropBoxHidesIsCutOff) {
  const PixPtr picture = Picture(8);
  const PixPtr got = RenderFirst(PageOf(AsRawImage(picture.get(), kWhole), "/CropBox [0 0 72 65.52]"));
  EXPECT_EQ(pixGetWidth(got.get()), 100);
  EXPECT_EQ(pixGetHeight(got.get()), 91);
}

TEST(PdfScanTest, InvisibleTextDoesNotCount) {
  const PixPtr picture = Picture(8);
  const char* hidden = "BT 3 Tr /F1 9 Tf 5 30 Td (found by machines) Tj ET";
  EXPECT_TRUE(Same(RenderFirst(PageOf(AsRawImage(picture.get(), kWhole), "", hidden)).get(), picture.get()));
}

TEST(PdfScanTest, WhatIsWrittenOverTheScanIsSeen) {
  const PixPtr picture = Picture(8);
  const char* seen = "BT /F1 30 Tf 5 20 Td (XX) Tj ET";
  const PixPtr got = RenderFirst(PageOf(AsRawImage(picture.get(), kWhole), "", seen));
  EXPECT_EQ(pixGetXRes(got.get()), 150);  // drawn, no coarser than the scan
  EXPECT_FALSE(Same(got.get(), picture.get()));
}

TEST(PdfTextTest, IsInLogicalOrder) {
  for (const papers::Paper* paper : {&papers::Arabic(), &papers::Persian()}) {
    const std::string bytes = papers::DrawPdf(*paper);
    const auto source = OpenSource(bytes, {});
    const std::optional<TextLayer> layer = source->TrustedTextLayer(1);
    ASSERT_TRUE(layer);
    std::string text;
    int line = 0;
    for (const TextLayer::PlacedWord& word : layer->words) {
      if (word.line != line) text += "\n";
      line = word.line;
      text += word.text + " ";
      EXPECT_GT(word.x, 0);
      EXPECT_LT(word.x + word.width, layer->page_width);
    }
    EXPECT_LT(papers::CharacterErrorRate(papers::Text(*paper), text), 0.001) << text;
    const PixPtr drawn = source->Render(1);
    EXPECT_EQ(pixGetXRes(drawn.get()), 300);
  }
}

TEST(PdfTextTest, AScanHasNone) {
  const PixPtr picture = Picture(8);
  EXPECT_FALSE(OpenSource(PageOf(AsRawImage(picture.get(), kWhole)), {})->TrustedTextLayer(1));
}

// Files that are wrong as a whole, and what is said of them.
struct BadCase {
  const char* name;
  std::string bytes;
  ErrorCode code;
};

std::string WithPage(const std::string& page) {
  return PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page});
}

std::vector<BadCase> BadFiles() {
  const std::string encrypt = fmt::format(
      "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]", std::string(64, 'a'));
  return {
      {"only_a_header", "%PDF-1.4\n", ErrorCode::kCorrupt},
      {"password",
       PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"},
             encrypt),
       ErrorCode::kInvalid},
      {"its_own_child", PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
       ErrorCode::kCorrupt},
      {"children_in_a_ring",
       PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 5 >>",
              "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 5 >>"}),
       ErrorCode::kCorrupt},
      {"a_million_pages_claimed",
       PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 1000000 >>"}), ErrorCode::kCorrupt},
      {"no_pages", PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"}),
       ErrorCode::kCorrupt},
  };
}

TEST(PdfTest, BadFilesAreRefused) {
  for (const BadCase& bad : BadFiles()) {
    try {
      OpenSource(bad.bytes, {});
      ADD_FAILURE() << bad.name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), bad.code) << bad.name << ": " << error.what();
    }
  }
}

TEST(PdfTest, PagesAreLimited) {
  ReadLimits limits;
  limits.max_pages = 1;
  try {
    OpenSource(papers::Pdf({{}, {}}), limits);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kTooLarge);
  }
}

std::vector<BadCase> BadPages() {
  const PixPtr picture = Picture(8);
  papers::PdfImage huge = AsRawImage(picture.get(), kWhole);
  huge.width = huge.height = 100'000;
  papers::PdfImage no_jpeg = AsJpegImage(picture.get(), kWhole);
  no_jpeg.bytes = "no jpeg";
  return {
      {"a_hundred_miles", WithPage("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9000000 9000000] >>"),
       ErrorCode::kTooLarge},
      {"as_large_as_allowed", WithPage("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 14400 14400] >>"),
       ErrorCode::kTooLarge},
      {"huge_image", PageOf(huge), ErrorCode::kTooLarge},
      {"image_without_data", PageOf(no_jpeg), ErrorCode::kCorrupt},
  };
}

TEST(PdfTest, BadPagesFailAlone) {
  for (const BadCase& bad : BadPages()) {
    const auto source = OpenSource(bad.bytes, {});
    try {
      source->Render(1);
      ADD_FAILURE() << bad.name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), bad.code) << bad.name << ": " << error.what();
    }
  }
}

TEST(PdfTest, ABrokenTableOfReferencesIsRepaired) {
  const PixPtr picture = Picture(8);
  std::string bytes = PageOf(AsRawImage(picture.get(), kWhole));
  bytes.replace(bytes.find("startxref"), 9, "startxxxx");
  EXPECT_TRUE(Same(RenderFirst(bytes).get(), picture.get()));
}

TEST(PdfTest, ADrawingThatNeedsItselfEnds) {
  const std::string form =
      "<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /Me 4 0 R >> >> "
      "/Length 6 >>\nstream\n/Me Do\nendstream";
  const std::string bytes =
      PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 5 0 R /Resources << /XObject << /Me 4 0 R "
             ">> >> >>",
             form, "<< /Length 6 >>\nstream\n/Me Do\nendstream"});
  EXPECT_NE(RenderFirst(bytes), nullptr);
}

}  // namespace
}  // namespace diwan
