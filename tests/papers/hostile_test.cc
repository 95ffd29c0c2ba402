// Each hostile file has the fault it is named for, and no other.
#include "tests/papers/hostile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poppler/ErrorCodes.h>
#include <poppler/GlobalParams.h>
#include <poppler/PDFDoc.h>
#include <poppler/Stream.h>
#include <zlib.h>

#include <algorithm>
#include <array>

#include "tests/papers/owned.h"

namespace diwan::papers {
namespace {

using ::testing::Lt;
using ::testing::SizeIs;

const HostileFile& File(std::string_view name) {
  static const std::vector<HostileFile> files = HostileFiles();
  return *std::ranges::find(files, name, &HostileFile::name);
}

const l_uint8* Bytes(const HostileFile& file) { return reinterpret_cast<const l_uint8*>(file.bytes.data()); }

struct Header {
  int width = 0, height = 0, depth = 0;
};

Header HeaderOf(std::string_view name) {
  const HostileFile& file = File(name);
  Header header;
  int format = 0, samples = 0, colormap = 0;
  pixReadHeaderMem(Bytes(file), file.bytes.size(), &format, &header.width, &header.height, &header.depth, &samples,
                   &colormap);
  return header;
}

uint32_t Little(const std::string& bytes, size_t at, int count) {
  uint32_t value = 0;
  for (int i = count - 1; i >= 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<size_t>(i)));
  return value;
}

// The offset of the directory that follows the one at `at`; 0 at the end of the chain.
uint32_t NextDirectory(const std::string& tiff, uint32_t at) {
  return Little(tiff, at + 2 + 12 * Little(tiff, at, 2), 4);
}

// The error code with which Poppler opens the file, with `password` if there is one.
int PopplerError(std::string_view name, const char* password = nullptr) {
  if (globalParams == nullptr) globalParams = std::make_unique<GlobalParams>();
  globalParams->setErrQuiet(true);
  std::string bytes = File(name).bytes;
  auto stream = std::make_unique<MemStream>(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull));
  std::optional<GooString> user;
  if (password != nullptr) user = GooString(password);
  const PDFDoc document(stream.release(), std::optional<GooString>(), user);
  return document.isOk() ? errNone : document.getErrorCode();
}

TEST(Hostile, FilesAreSmall) {
  for (const HostileFile& file : HostileFiles()) EXPECT_THAT(file.bytes, SizeIs(Lt(1'000'000))) << file.name;
}

TEST(Hostile, HeadersClaimTooMuch) {
  for (const std::string_view name : {"huge.tif", "huge.png"}) {
    EXPECT_EQ(HeaderOf(name).width, 100'000) << name;
    EXPECT_EQ(HeaderOf(name).height, 100'000) << name;
  }
  const Header bomb = HeaderOf("bomb.png");
  EXPECT_LT(bomb.width, 60'000);
  EXPECT_GT(static_cast<int64_t>(bomb.width) * bomb.height, 200'000'000);
}

TEST(Hostile, BombReallyHoldsItsPixels) {
  const std::string& png = File("bomb.png").bytes;
  std::array<Bytef, 1 << 16> out{};
  z_stream stream{};
  ASSERT_EQ(inflateInit(&stream), Z_OK);
  const size_t data = png.find("IDAT") + 4;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(png.data() + data));
  stream.avail_in = static_cast<uInt>(png.size() - data);
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = out.data();
    stream.avail_out = out.size();
    status = inflate(&stream, Z_NO_FLUSH);
  }
  EXPECT_EQ(status, Z_STREAM_END);
  EXPECT_EQ(stream.total_out, 58'001U * 3'500U);
  inflateEnd(&stream);
}

TEST(Hostile, TiffChainsAreAsLongAsTheySay) {
  const std::string& many = File("many-pages.tif").bytes;
  int pages = 0;
  for (uint32_t at = Little(many, 4, 4); at != 0; at = NextDirectory(many, at)) ++pages;
  EXPECT_EQ(pages, kClaimedPages);
  const std::string& loop = File("loop.tif").bytes;
  EXPECT_EQ(NextDirectory(loop, Little(loop, 4, 4)), Little(loop, 4, 4));
}

TEST(Hostile, OnlyTheFirstOfManyPagesIsThere) {
  const HostileFile& file = File("many-pages.tif");
  const PixPtr first(pixReadMemTiff(Bytes(file), file.bytes.size(), 0));
  const PixPtr second(pixReadMemTiff(Bytes(file), file.bytes.size(), 1));
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(pixGetWidth(first.get()), 800);
  EXPECT_EQ(second, nullptr);
}

TEST(Hostile, TruncatedImagesBeginWell) {
  EXPECT_EQ(HeaderOf("truncated.tif").width, 800);
  EXPECT_EQ(HeaderOf("cut.jpg").width, 800);
  EXPECT_EQ(File("cut.jpg").bytes.find("\xFF\xD9"), std::string::npos);
  EXPECT_EQ(HeaderOf("dot.png").width, 1);
}

TEST(Hostile, PdfOpensWithItsPasswordOnly) {
  EXPECT_EQ(PopplerError("password.pdf"), errEncrypted);
  EXPECT_EQ(PopplerError("password.pdf", "guess"), errEncrypted);
  EXPECT_EQ(PopplerError("password.pdf", std::string(kHostilePassword).c_str()), errNone);
}

TEST(Hostile, OtherPdfsAreNone) {
  EXPECT_NE(PopplerError("noise.pdf"), errNone);
  EXPECT_NE(PopplerError("text.pdf"), errNone);
  EXPECT_TRUE(File("loop.pdf").bytes.starts_with("%PDF-"));
  EXPECT_TRUE(File("program.tif")
                  .bytes.starts_with("\x7f"
                                     "ELF"));
  EXPECT_TRUE(File("empty.tif").bytes.empty());
}

}  // namespace
}  // namespace diwan::papers
