// Image files: told by content, decoded as they were written, and bounded when they lie.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <chrono>
#include <fstream>
#include <iterator>

#include "core/error.h"
#include "ingest/page_source.h"
#include "ingest/scan.h"
#include "ingest/tiff_directory.h"
#include "tests/ingest/reading_papers.h"

namespace diwan {
namespace {

using namespace std::string_literals;

// A picture without symmetry, 310 x 200 at 300 dpi, of 1, 8 or 32 bits.
PixPtr Picture(int depth) {
  const PixPtr colour(pixCreate(310, 200, 32));
  for (int y = 0; y < 200; ++y) {
    for (int x = 0; x < 310; ++x) {
      pixSetRGBPixel(colour.get(), x, y, x * 255 / 310, y * 255 / 200, depth == 32 ? 40 : x * 255 / 310);
    }
  }
  PixPtr pix(depth == 32 ? pixClone(colour.get()) : pixConvertRGBToGray(colour.get(), 0.5, 0.5, 0));
  if (depth == 1) pix.reset(pixThresholdToBinary(pix.get(), 128));
  pixSetResolution(pix.get(), 300, 300);
  return pix;
}

double MeanDifference(Pix* a, Pix* b) {
  if (pixGetDepth(a) != pixGetDepth(b) || pixGetWidth(a) != pixGetWidth(b) || pixGetHeight(a) != pixGetHeight(b)) {
    return 255;
  }
  if (pixGetDepth(a) == 1) {
    l_int32 same = 0;
    pixEqual(a, b, &same);
    return same == 1 ? 0 : 255;
  }
  l_float32 difference = 255;
  if (pixGetDepth(a) == 32) {
    pixCompareRGB(a, b, L_COMPARE_ABS_DIFF, 0, nullptr, &difference, nullptr, nullptr);
  } else {
    pixCompareGray(a, b, L_COMPARE_ABS_DIFF, 0, nullptr, &difference, nullptr, nullptr);
  }
  return difference;
}

struct FormatCase {
  const char* name;
  int depth;
  std::string (*encode)(Pix*);
  MediaKind kind;
  double max_difference;
};
std::string TiffG4(Pix* pix) { return papers::Tiff({pix}, IFF_TIFF_G4); }
std::string TiffLzw(Pix* pix) { return papers::Tiff({pix}, IFF_TIFF_LZW); }
std::string TiffZip(Pix* pix) { return papers::Tiff({pix}, IFF_TIFF_ZIP); }
std::string TiffJpeg(Pix* pix) { return papers::Tiff({pix}, IFF_TIFF_JPEG); }
std::string Progressive(Pix* pix) { return papers::Jpeg(pix, true); }
std::string PlainJpeg(Pix* pix) { return papers::Jpeg(pix); }

const FormatCase kFormats[] = {
    {"g4", 1, TiffG4, MediaKind::kTiff, 0},          {"lzw_1", 1, TiffLzw, MediaKind::kTiff, 0},
    {"lzw_8", 8, TiffLzw, MediaKind::kTiff, 0},      {"lzw_32", 32, TiffLzw, MediaKind::kTiff, 0},
    {"zip", 8, TiffZip, MediaKind::kTiff, 0},        {"tiff_jpeg", 8, TiffJpeg, MediaKind::kTiff, 4},
    {"png_1", 1, papers::Png, MediaKind::kPng, 0},   {"png_8", 8, papers::Png, MediaKind::kPng, 0},
    {"png_32", 32, papers::Png, MediaKind::kPng, 0}, {"jpeg_8", 8, PlainJpeg, MediaKind::kJpeg, 4},
    {"jpeg_32", 32, PlainJpeg, MediaKind::kJpeg, 6}, {"jpeg_progressive", 32, Progressive, MediaKind::kJpeg, 6},
    {"webp", 32, papers::Webp, MediaKind::kWebp, 8},
};

TEST(ImageSourceTest, FormatsComeBackAsTheyWere) {
  for (const FormatCase& format : kFormats) {
    const PixPtr picture = Picture(format.depth);
    const std::string bytes = format.encode(picture.get());
    const auto source = OpenSource(bytes, {});
    EXPECT_EQ(source->Probe().kind, format.kind) << format.name;
    EXPECT_EQ(source->Probe().pages, 1) << format.name;
    const PixPtr read = source->Render(1);
    EXPECT_LE(MeanDifference(picture.get(), read.get()), format.max_difference) << format.name;
    if (format.kind != MediaKind::kWebp) {  // which says no resolution
      EXPECT_EQ(pixGetXRes(read.get()), 300) << format.name;
    }
    EXPECT_THROW(source->Render(0), Error);
    EXPECT_THROW(source->Render(2), Error);
    EXPECT_FALSE(source->TrustedTextLayer(1));
  }
}

TEST(ImageSourceTest, OddPixelsBecomePlain) {
  const PixPtr grey = Picture(8);
  const PixPtr deep(pixConvert8To16(grey.get(), 8));
  EXPECT_LE(MeanDifference(grey.get(), OpenSource(papers::Png(deep.get()), {})->Render(1).get()), 1);

  const PixPtr four(pixThresholdTo4bpp(grey.get(), 16, 1));
  EXPECT_LE(MeanDifference(grey.get(), OpenSource(papers::Png(four.get()), {})->Render(1).get()), 9);

  // Transparent is white, whatever colour lies below.
  const PixPtr clear(pixCreate(60, 60, 32));
  pixSetSpp(clear.get(), 4);
  const PixPtr plain = OpenSource(papers::Png(clear.get()), {})->Render(1);
  l_uint32 value = 0;
  pixGetPixel(plain.get(), 30, 30, &value);
  EXPECT_EQ(pixGetDepth(plain.get()), 8);
  EXPECT_EQ(value, 255U);
}

TEST(ImageSourceTest, ExifOrientationIsApplied) {
  const PixPtr picture = Picture(8);
  const std::string jpeg = papers::Jpeg(picture.get());
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const std::string tiff =
        "II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + static_cast<char>(orientation) + "\0\0\0\0\0\0\0"s;
    const std::string exif = "\xff\xe1\0"s + static_cast<char>(tiff.size() + 8) + "Exif\0\0"s + tiff;
    const std::string bytes = jpeg.substr(0, 2) + exif + jpeg.substr(2);
    EXPECT_EQ(JpegOrientation(bytes), orientation);
    const PixPtr read = OpenSource(bytes, {})->Render(1);
    EXPECT_EQ(pixGetWidth(read.get()), orientation < 5 ? 310 : 200) << orientation;
    // The picture is darkest at its top left corner, which these orientations put elsewhere.
    struct Corner {
      int x, y;
    };
    constexpr Corner kDark[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const Corner dark = kDark[orientation - 1];
    const auto at = [&](int x, int y) {
      l_uint32 value = 0;
      pixGetPixel(read.get(), x == 0 ? 3 : pixGetWidth(read.get()) - 4, y == 0 ? 3 : pixGetHeight(read.get()) - 4,
                  &value);
      return value;
    };
    EXPECT_LT(at(dark.x, dark.y), 20U) << orientation;
    EXPECT_GT(at(1 - dark.x, 1 - dark.y), 230U) << orientation;
  }
}

TEST(ImageSourceTest, CmykIsConverted) {
  std::ifstream in(DIWAN_SEEDS "/image/cmyk.jpg", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const PixPtr read = OpenSource(bytes, {})->Render(1);  // half of it red, half of it white
  l_int32 r = 0, g = 0, b = 0;
  pixGetRGBPixel(read.get(), 2, 8, &r, &g, &b);
  EXPECT_GT(r, 200);
  EXPECT_LT(g, 60);
  EXPECT_LT(b, 60);
  pixGetRGBPixel(read.get(), 13, 8, &r, &g, &b);
  EXPECT_GT(std::min({r, g, b}), 220);
}

TEST(ImageSourceTest, PagesOfATiff) {
  const PixPtr black = Picture(1);
  const PixPtr grey = Picture(8);
  const std::string bytes = papers::Tiff({black.get(), grey.get(), black.get()}, IFF_TIFF_LZW);
  const auto source = OpenSource(bytes, {});
  ASSERT_EQ(source->Probe().pages, 3);
  EXPECT_EQ(MeanDifference(source->Render(3).get(), black.get()), 0);
  EXPECT_EQ(MeanDifference(source->Render(2).get(), grey.get()), 0);
  EXPECT_EQ(MeanDifference(source->Render(1).get(), black.get()), 0);
}

TEST(ImageSourceTest, AFaxIsStretched) {
  const PixPtr picture = Picture(1);
  pixSetResolution(picture.get(), 204, 98);
  const PixPtr read = OpenSource(papers::Tiff({picture.get()}, IFF_TIFF_G4), {})->Render(1);
  EXPECT_EQ(pixGetXRes(read.get()), 204);
  EXPECT_EQ(pixGetYRes(read.get()), 204);
  EXPECT_EQ(pixGetWidth(read.get()), 310);
  EXPECT_NEAR(pixGetHeight(read.get()), 416, 1);
}

TEST(ImageSourceTest, ResolutionIsGuessedFromThePaper) {
  const PixPtr picture(pixCreate(1654, 2339, 8));
  pixSetBlackOrWhite(picture.get(), L_SET_WHITE);
  EXPECT_EQ(pixGetXRes(OpenSource(papers::Webp(picture.get()), {})->Render(1).get()), 200);
}

// A TIFF of directories only, little or big endian, classic or Big.
class TiffBuilder {
 public:
  TiffBuilder(bool big_endian, bool big_tiff) : big_endian_(big_endian), big_(big_tiff) {
    bytes_ = big_endian ? "MM" : "II";
    Put(big_tiff ? 43 : 42, 2);
    if (big_tiff) {
      Put(8, 2);
      Put(0, 2);
    }
    Put(big_tiff ? 16 : 8, big_tiff ? 8 : 4);
  }
  // A directory that gives this size, and the offset of the next one.
  void Directory(uint64_t width, uint64_t height, uint64_t next) {
    Put(2, big_ ? 8 : 2);
    for (const auto& [tag, value] : {std::pair{256, width}, std::pair{257, height}}) {
      Put(static_cast<uint64_t>(tag), 2);
      Put(4, 2);
      Put(1, big_ ? 8 : 4);
      Put(value, 4);
      if (big_) Put(0, 4);
    }
    Put(next, big_ ? 8 : 4);
  }
  size_t size() const { return bytes_.size(); }
  size_t DirectorySize() const { return big_ ? 8 + 2 * 20 + 8 : 2 + 2 * 12 + 4; }
  const std::string& bytes() const { return bytes_; }

 private:
  void Put(uint64_t value, int size) {
    for (int i = 0; i < size; ++i) {
      bytes_ += static_cast<char>(value >> 8 * (big_endian_ ? size - 1 - i : i) & 0xff);
    }
  }
  std::string bytes_;
  bool big_endian_;
  bool big_;
};

TEST(TiffDirectoryTest, WalksAllFourKinds) {
  for (const bool big_endian : {false, true}) {
    for (const bool big_tiff : {false, true}) {
      TiffBuilder tiff(big_endian, big_tiff);
      tiff.Directory(120, 80, tiff.size() + tiff.DirectorySize());
      tiff.Directory(7, 9, 0);
      EXPECT_EQ(SniffKind(tiff.bytes()), MediaKind::kTiff);
      const std::vector<TiffPage> pages = WalkTiff(tiff.bytes(), 10);
      ASSERT_EQ(pages.size(), 2U) << big_endian << big_tiff;
      EXPECT_EQ(pages[0].width, 120U);
      EXPECT_EQ(pages[0].height, 80U);
      EXPECT_EQ(pages[1].height, 9U);
      for (size_t i = 0; i < tiff.size(); ++i) WalkTiff(std::string_view(tiff.bytes()).substr(0, i), 10);
    }
  }
}

TEST(TiffDirectoryTest, ALoopEnds) {
  TiffBuilder tiff(false, false);
  const uint64_t first = tiff.size();
  tiff.Directory(120, 80, tiff.size() + tiff.DirectorySize());
  tiff.Directory(120, 80, first);
  EXPECT_EQ(WalkTiff(tiff.bytes(), 20'000).size(), 2U);
}

ErrorCode CodeOf(const std::string& bytes, const ReadLimits& limits = {}, int page = 0) {
  try {
    const auto source = OpenSource(bytes, limits);
    if (page > 0) source->Render(page);
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    return error.code();
  }
  return ErrorCode::kInternal;  // none
}

TEST(HostileImageTest, WholeFilesAreRefused) {
  TiffBuilder wide(false, false);
  wide.Directory(100'000, 100'000, 0);
  TiffBuilder empty(false, false);
  empty.Directory(0, 80, 0);
  TiffBuilder wider(true, true);
  wider.Directory(0xffffffff, 0xffffffff, 0);
  const std::string png = papers::Png(Picture(8).get());
  std::string wide_png = png;
  wide_png.replace(16, 8, "\0\1\x86\xa0\0\1\x86\xa0"s);  // 100,000 each way
  struct {
    const char* name;
    std::string bytes;
    ErrorCode code;
  } const cases[] = {
      {"empty", "", ErrorCode::kInvalid},
      {"text", "a letter to the council", ErrorCode::kInvalid},
      {"program",
       "\x7f"
       "ELF\2\1\1"s,
       ErrorCode::kInvalid},
      {"zip", "PK\3\4"s, ErrorCode::kInvalid},
      {"tiff_100000", wide.bytes(), ErrorCode::kTooLarge},
      {"bigtiff_4_billion", wider.bytes(), ErrorCode::kTooLarge},
      {"tiff_without_size", empty.bytes(), ErrorCode::kCorrupt},
      {"tiff_header_only", "II\x2a\0"s, ErrorCode::kCorrupt},
      {"tiff_chain_outside", "II\x2a\0\xff\xff\0\0"s, ErrorCode::kCorrupt},
      {"png_100000", wide_png, ErrorCode::kTooLarge},
      {"png_header_only", png.substr(0, 8), ErrorCode::kCorrupt},
      {"jpeg_header_only", "\xff\xd8\xff\xe0"s, ErrorCode::kCorrupt},
      {"webp_header_only", "RIFF\x10\0\0\0WEBPVP8 "s, ErrorCode::kCorrupt},
  };
  for (const auto& bad : cases) EXPECT_EQ(CodeOf(bad.bytes), bad.code) << bad.name;
}

TEST(HostileImageTest, LimitsAreThoseGiven) {
  ReadLimits limits;
  const std::string png = papers::Png(Picture(8).get());
  limits.max_pixels = 310 * 200 - 1;
  EXPECT_EQ(CodeOf(png, limits), ErrorCode::kTooLarge);
  limits = {};
  limits.max_side = 309;
  EXPECT_EQ(CodeOf(png, limits), ErrorCode::kTooLarge);
  limits = {};
  limits.max_pages = 1;
  const PixPtr black = Picture(1);
  EXPECT_EQ(CodeOf(papers::Tiff({black.get(), black.get()}, IFF_TIFF_G4), limits), ErrorCode::kTooLarge);
}

TEST(HostileImageTest, TruncatedFilesFailWhereverTheyAreCut) {
  const PixPtr black = Picture(1);
  const PixPtr grey = Picture(8);
  const std::string files[] = {papers::Tiff({black.get(), black.get()}, IFF_TIFF_G4),
                               papers::Tiff({grey.get(), grey.get()}, IFF_TIFF_LZW), papers::Jpeg(grey.get()),
                               papers::Png(grey.get()), papers::Webp(grey.get())};
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& file : files) {
    for (size_t part = 1; part < 24; ++part) {
      const std::string cut = file.substr(0, file.size() * part / 24);
      try {
        const auto source = OpenSource(cut, {});
        for (int page = 1; page <= source->Probe().pages; ++page) source->Render(page);
        ADD_FAILURE() << MediaTypeOf(SniffKind(cut)) << " cut at " << cut.size() << " of " << file.size();
      } catch (const Error& error) {
        EXPECT_TRUE(error.code() == ErrorCode::kCorrupt || error.code() == ErrorCode::kInvalid) << error.what();
      }
    }
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(HostileImageTest, ThreeThousandPagesOfWhichOneIsReal) {
  const PixPtr black = Picture(1);
  std::string bytes = papers::Tiff({black.get()}, IFF_TIFF_G4);
  const auto word = [&](size_t at, int size) {
    uint64_t value = 0;
    for (int i = size - 1; i >= 0; --i)
      value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<size_t>(i)]);
    return static_cast<size_t>(value);
  };
  // The real page's directory leads on to 2,999 that have a size and no data.
  const size_t directory = word(4, 4);
  const size_t next_at = directory + 2 + word(directory, 2) * 12;
  const auto put = [](size_t value, int size) {
    std::string out;
    for (int i = 0; i < size; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
    return out;
  };
  bytes.replace(next_at, 4, put(bytes.size(), 4));
  constexpr int kClaimed = 3000;
  for (int i = 1; i < kClaimed; ++i) {
    const size_t next = i + 1 < kClaimed ? bytes.size() + 2 + 24 + 4 : 0;
    bytes += put(2, 2) + put(256, 2) + put(4, 2) + put(1, 4) + put(310, 4) + put(257, 2) + put(4, 2) + put(1, 4) +
             put(200, 4) + put(next, 4);
  }
  const auto start = std::chrono::steady_clock::now();
  const auto source = OpenSource(bytes, {});
  EXPECT_EQ(source->Probe().pages, kClaimed);
  EXPECT_EQ(MeanDifference(source->Render(1).get(), black.get()), 0);
  for (const int page : {2, 1500, kClaimed}) EXPECT_EQ(CodeOf(bytes, {}, page), ErrorCode::kCorrupt);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));

  // A chain that leads out of the file has one page more, which fails.
  std::string outside = papers::Tiff({black.get()}, IFF_TIFF_G4);
  outside.replace(next_at, 4, "\xff\xff\xff\x7f"s);
  EXPECT_EQ(OpenSource(outside, {})->Probe().pages, 2);
  EXPECT_EQ(CodeOf(outside, {}, 2), ErrorCode::kCorrupt);
  EXPECT_EQ(CodeOf(outside, {}, 1), ErrorCode::kInternal);
}

TEST(SniffKindTest, TellsFromContent) {
  struct {
    std::string head;
    MediaKind kind;
  } const cases[] = {
      {"%PDF-1.4", MediaKind::kPdf},
      {std::string(1000, '\n') + "%PDF-1.4", MediaKind::kPdf},
      {std::string(1100, '\n') + "%PDF-1.4", MediaKind::kUnknown},
      {"II\x2a\0\x08\0\0\0"s, MediaKind::kTiff},
      {"MM\0\x2a\0\0\0\x08"s, MediaKind::kTiff},
      {"II\x2b\0\x08\0\0\0"s, MediaKind::kTiff},
      {"MM\0\x2b\0\x08\0\0"s, MediaKind::kTiff},
      {"\xff\xd8\xff\xe1"s, MediaKind::kJpeg},
      {"\x89PNG\r\n\x1a\n"s, MediaKind::kPng},
      {"RIFF\0\0\0\0WEBPVP8X"s, MediaKind::kWebp},
      {"RIFF\0\0\0\0WAVEfmt "s, MediaKind::kUnknown},
      {"II", MediaKind::kUnknown},
      {"", MediaKind::kUnknown},
  };
  for (const auto& sniffed : cases) {
    EXPECT_EQ(SniffKind(sniffed.head), sniffed.kind) << sniffed.head.substr(0, 12);
    EXPECT_NE(MediaTypeOf(sniffed.kind), "");
  }
}

}  // namespace
}  // namespace diwan
