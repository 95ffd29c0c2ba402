// Image files: TIFF with its pages, JPEG, PNG and WebP with one. The header is read and checked first, then one page
// is decoded at a time, from memory.
#include <fmt/format.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/error.h"
#include "ingest/scan.h"
#include "ingest/source_kinds.h"
#include "ingest/tiff_directory.h"

namespace diwan {
namespace {

const l_uint8* Data(std::string_view bytes) { return reinterpret_cast<const l_uint8*>(bytes.data()); }

std::string PageName(int number) { return fmt::format("page {}", number); }

// libtiff gives CMYK as it stands, in the places of red, green, blue and alpha.
PixPtr FromCmyk(PixPtr pix) {
  const int width = pixGetWidth(pix.get());
  for (int y = 0; y < pixGetHeight(pix.get()); ++y) {
    l_uint32* line = pixGetData(pix.get()) + static_cast<int64_t>(y) * pixGetWpl(pix.get());
    for (int x = 0; x < width; ++x) {
      const l_uint32 white = 255 - (line[x] & 0xff);
      const auto channel = [&](int shift) { return (255 - (line[x] >> shift & 0xff)) * white / 255 << shift; };
      line[x] = channel(L_RED_SHIFT) | channel(L_GREEN_SHIFT) | channel(L_BLUE_SHIFT);
    }
  }
  pixSetSpp(pix.get(), 3);
  return pix;
}

class TiffSource : public PageSource {
 public:
  TiffSource(std::string_view bytes, const ReadLimits& limits) : bytes_(bytes), limits_(limits) {
    pages_ = WalkTiff(bytes, limits.max_pages);
    if (pages_.size() > static_cast<size_t>(limits.max_pages)) {
      throw Error(ErrorCode::kTooLarge, fmt::format("has more than {} pages: split it", limits.max_pages));
    }
    const auto thumbnail = [](const TiffPage& page) { return (page.subfile & 1) != 0; };
    if (!std::all_of(pages_.begin(), pages_.end(), thumbnail)) {
      pages_.erase(std::remove_if(pages_.begin(), pages_.end(), thumbnail), pages_.end());
    }
    if (pages_.empty() || pages_[0].width == 0) throw Error(ErrorCode::kCorrupt, "the TIFF is damaged: no page in it");
    // One page: its size is the file's, so the file is refused as a whole. Of several, only the page is.
    if (pages_.size() == 1) Check(1);
  }

  SourceProbe Probe() const override { return {MediaKind::kTiff, static_cast<int>(pages_.size())}; }

  PixPtr Render(int number) override {
    Check(number);
    const TiffPage& page = pages_[static_cast<size_t>(number) - 1];
    // By its directory's offset: counting up to a page would walk the chain again, and with it any loop.
    size_t offset = page.offset;
    PixPtr pix = OrCorrupt(pixReadMemFromMultipageTiff(Data(bytes_), bytes_.size(), &offset), PageName(number));
    constexpr uint64_t kSeparated = 5;
    if (page.photometric == kSeparated && page.planes == 4 && pixGetDepth(pix.get()) == 32) {
      pix = FromCmyk(std::move(pix));
    }
    return SettleResolution(Plain(std::move(pix)));
  }

  std::optional<TextLayer> TrustedTextLayer(int /*number*/) override { return std::nullopt; }

 private:
  void Check(int number) const {
    if (number < 1 || static_cast<size_t>(number) > pages_.size()) {
      throw Error(ErrorCode::kInvalid, fmt::format("has no page {}", number));
    }
    const TiffPage& page = pages_[static_cast<size_t>(number) - 1];
    CheckSize(page.width, page.height, page.bits_per_pixel, limits_, PageName(number));
  }

  std::string_view bytes_;
  ReadLimits limits_;
  std::vector<TiffPage> pages_;
};

struct Header {
  l_int32 width = 0, height = 0, bits = 8, planes = 3;
};

bool JpegHeader(std::string_view bytes, Header& header) {
  return readHeaderMemJpeg(Data(bytes), bytes.size(), &header.width, &header.height, &header.planes, nullptr,
                           nullptr) == 0;
}
PixPtr DecodeJpeg(std::string_view bytes) {
  l_int32 warnings = 0;
  PixPtr pix(pixReadMemJpeg(Data(bytes), bytes.size(), 0, 1, &warnings, 0));
  return pix == nullptr ? nullptr : ApplyOrientation(std::move(pix), JpegOrientation(bytes));
}
bool PngHeader(std::string_view bytes, Header& header) {
  return readHeaderMemPng(Data(bytes), bytes.size(), &header.width, &header.height, &header.bits, &header.planes,
                          nullptr) == 0;
}
PixPtr DecodePng(std::string_view bytes) { return PixPtr(pixReadMemPng(Data(bytes), bytes.size())); }
bool WebpHeader(std::string_view bytes, Header& header) {
  return readHeaderMemWebP(Data(bytes), bytes.size(), &header.width, &header.height, &header.planes) == 0;
}
PixPtr DecodeWebp(std::string_view bytes) { return PixPtr(pixReadMemWebP(Data(bytes), bytes.size())); }

struct Format {
  MediaKind kind;
  bool (*header)(std::string_view, Header&);
  PixPtr (*decode)(std::string_view);
};
constexpr std::array kFormats = {
    Format{MediaKind::kJpeg, JpegHeader, DecodeJpeg},
    Format{MediaKind::kPng, PngHeader, DecodePng},
    Format{MediaKind::kWebp, WebpHeader, DecodeWebp},
};

class SingleImage : public PageSource {
 public:
  SingleImage(std::string_view bytes, const Format& format, const ReadLimits& limits) : bytes_(bytes), format_(format) {
    Header header;
    if (!format.header(bytes, header))
      throw Error(ErrorCode::kCorrupt, "the image is damaged: its header can't be read");
    CheckSize(static_cast<uint64_t>(std::max(0, header.width)), static_cast<uint64_t>(std::max(0, header.height)),
              static_cast<uint64_t>(std::max(1, header.bits)) * static_cast<uint64_t>(std::max(1, header.planes)),
              limits, "the image");
  }

  SourceProbe Probe() const override { return {format_.kind, 1}; }

  PixPtr Render(int number) override {
    if (number != 1) throw Error(ErrorCode::kInvalid, fmt::format("has no page {}", number));
    return SettleResolution(Plain(OrCorrupt(format_.decode(bytes_).release(), "the image")));
  }

  std::optional<TextLayer> TrustedTextLayer(int /*number*/) override { return std::nullopt; }

 private:
  std::string_view bytes_;
  Format format_;
};

}  // namespace

std::unique_ptr<PageSource> OpenImage(std::string_view bytes, MediaKind kind, const ReadLimits& limits) {
  if (kind == MediaKind::kTiff) return std::make_unique<TiffSource>(bytes, limits);
  const auto* format = std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& f) { return f.kind == kind; });
  return std::make_unique<SingleImage>(bytes, *format, limits);
}

}  // namespace diwan
