// Builds TIFF and PNG bytes by hand (TIFF 6.0; PNG, RFC 2083), since no library would write them wrong.
#include "tests/papers/hostile_images.h"

#include <zlib.h>

#include <vector>

#include "core/error.h"
#include "tests/papers/owned.h"

namespace diwan::papers {
namespace {

constexpr uint32_t kWidth = 800, kHeight = 1100;  // of an honest page, one bit per pixel
constexpr uint32_t kStripBytes = kWidth / 8 * kHeight;
constexpr uint32_t kHeaderBytes = 8;
constexpr uint32_t kIfdEntries = 8;
constexpr uint32_t kIfdBytes = 2 + kIfdEntries * 12 + 4;

// Appends `value` in `bytes` bytes, the lowest first as in a TIFF, or the highest first as in a PNG.
void AppendLittle(std::string& out, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
}
void AppendBig(std::string& out, uint32_t value) {
  for (int i = 3; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
}

// Dark bars on white, like lines of text from afar.
std::string Strip() {
  std::string strip;
  for (uint32_t y = 0; y < kHeight; ++y) strip.append(kWidth / 8, y % 40 < 12 ? '\xFC' : '\0');
  return strip;
}

struct Ifd {
  uint32_t width = kWidth;
  uint32_t height = kHeight;
  uint32_t strip_offset = 0;
  uint32_t strip_bytes = kStripBytes;
  uint32_t next = 0;
};

void Append(std::string& tiff, const Ifd& ifd) {
  constexpr uint32_t kLong = 4;
  const uint32_t entries[kIfdEntries][2] = {
      {256, ifd.width}, {257, ifd.height},       {258, 1},          {259, 1},
      {262, 0},         {273, ifd.strip_offset}, {278, ifd.height}, {279, ifd.strip_bytes}};
  AppendLittle(tiff, kIfdEntries, 2);
  for (const auto& [tag, value] : entries) {
    AppendLittle(tiff, tag, 2);
    AppendLittle(tiff, kLong, 2);
    AppendLittle(tiff, 1, 4);
    AppendLittle(tiff, value, 4);
  }
  AppendLittle(tiff, ifd.next, 4);
}

std::string TiffHeader() {
  std::string tiff = "II";
  AppendLittle(tiff, 42, 2);
  AppendLittle(tiff, kHeaderBytes, 4);
  return tiff;
}

std::string OnePageTiff(Ifd ifd) {
  ifd.strip_offset = kHeaderBytes + kIfdBytes;
  std::string tiff = TiffHeader();
  Append(tiff, ifd);
  return tiff + Strip();
}

void AppendChunk(std::string& png, const std::string& type, const std::string& data) {
  AppendBig(png, static_cast<uint32_t>(data.size()));
  const std::string body = type + data;
  png += body;
  AppendBig(png, static_cast<uint32_t>(
                     crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()))));
}

// A grey PNG of 8 bits whose pixels are `compressed`.
std::string Png(uint32_t width, uint32_t height, const std::string& compressed) {
  std::string png = "\x89PNG\r\n\x1a\n";
  std::string header;
  AppendBig(header, width);
  AppendBig(header, height);
  header += std::string("\x08\0\0\0\0", 5);
  AppendChunk(png, "IHDR", header);
  AppendChunk(png, "IDAT", compressed);
  AppendChunk(png, "IEND", "");
  return png;
}

// `rows` rows of black, each with its filter byte, compressed without ever being in memory.
std::string CompressedBlack(uint32_t width, uint32_t rows) {
  std::vector<Bytef> row(width + 1, 0);
  std::vector<Bytef> out(1 << 16);
  std::string compressed;
  z_stream stream{};
  if (deflateInit(&stream, Z_BEST_SPEED) != Z_OK) throw Error(ErrorCode::kInternal, "zlib does not start");
  for (uint32_t y = 0; y < rows; ++y) {
    stream.next_in = row.data();
    stream.avail_in = width + 1;
    const int flush = y + 1 == rows ? Z_FINISH : Z_NO_FLUSH;
    do {
      stream.next_out = out.data();
      stream.avail_out = static_cast<uInt>(out.size());
      deflate(&stream, flush);
      compressed.append(reinterpret_cast<const char*>(out.data()), out.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return compressed;
}

}  // namespace

std::string TruncatedTiff() {
  const std::string whole = OnePageTiff({});
  return whole.substr(0, whole.size() / 2);
}

std::string TiffClaiming(uint32_t width, uint32_t height) {
  return OnePageTiff({.width = width, .height = height, .strip_bytes = width / 8 * height});
}

std::string ManyPagesTiff(int claimed) {
  const uint32_t pixels = kHeaderBytes + kIfdBytes * static_cast<uint32_t>(claimed);
  std::string tiff = TiffHeader();
  for (int i = 0; i < claimed; ++i) {
    const bool last = i + 1 == claimed;
    Append(tiff, {.strip_offset = i == 0 ? pixels : pixels + kStripBytes,  // all but the first lie beyond the end
                  .next = last ? 0 : kHeaderBytes + kIfdBytes * static_cast<uint32_t>(i + 1)});
  }
  return tiff + Strip();
}

std::string LoopingTiff() { return OnePageTiff({.next = kHeaderBytes}); }

std::string PngClaiming(uint32_t width, uint32_t height) { return Png(width, height, CompressedBlack(100, 1)); }

std::string PngBomb(uint32_t width, uint32_t height) { return Png(width, height, CompressedBlack(width, height)); }

std::string DotPng() { return Png(1, 1, CompressedBlack(1, 1)); }

std::string CutJpeg() {
  const PixPtr pix(pixCreate(kWidth, kHeight, 8));
  l_uint8* data = nullptr;
  size_t size = 0;
  if (pix == nullptr) throw Error(ErrorCode::kInternal, "no memory for an image");
  for (uint32_t y = 0; y < kHeight; ++y) {
    for (uint32_t x = 0; x < kWidth; ++x) {
      pixSetPixel(pix.get(), static_cast<int>(x), static_cast<int>(y), (x * 7 + y * 3 + x * y / 50) % 256);
    }
  }
  if (pixWriteMemJpeg(&data, &size, pix.get(), 75, 0) != 0) throw Error(ErrorCode::kInternal, "no JPEG was made");
  std::string jpeg(reinterpret_cast<const char*>(data), size / 2);
  lept_free(data);
  return jpeg;
}

}  // namespace diwan::papers
