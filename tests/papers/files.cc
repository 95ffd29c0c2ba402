// The last step of a sample paper: scanned pages, or drawn ones, become a TIFF, PDF, JPEG, PNG or WebP file.
#include "tests/papers/files.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string_view>

#include "core/error.h"
#include "tests/papers/drawing.h"
#include "tests/papers/scan.h"

namespace diwan::papers {
namespace {

namespace fs = std::filesystem;

constexpr int kScannerQuality = 75;  // of JPEG, as office scanners set it
constexpr int kPoorQuality = 40;
constexpr int kFastZlib = 1;

using Encoder = int (*)(l_uint8** data, size_t* size, PIX* pix, int quality);

int EncodeJpeg(l_uint8** data, size_t* size, PIX* pix, int quality) {
  return pixWriteMemJpeg(data, size, pix, quality, 0);
}

int EncodePng(l_uint8** data, size_t* size, PIX* pix, int /*quality*/) {
  pixSetZlibCompression(pix, kFastZlib);
  return pixWriteMemPng(data, size, pix, 0);
}

int EncodeWebp(l_uint8** data, size_t* size, PIX* pix, int quality) {
  return pixWriteMemWebP(data, size, pix, quality, 0);
}

// A file with one page has `encode`; a TIFF has its compression; a PDF has the encoding of its images.
struct FormatRow {
  Format format;
  Encoder encode = nullptr;
  int tiff_compression = 0;
  int pdf_encoding = 0;
};

constexpr FormatRow kFormats[] = {
    {.format = Format::kTiffG4, .tiff_compression = IFF_TIFF_G4},
    {.format = Format::kTiffJpeg, .tiff_compression = IFF_TIFF_JPEG},
    {.format = Format::kTiffLzw, .tiff_compression = IFF_TIFF_LZW},
    {.format = Format::kPdfJpeg, .pdf_encoding = L_JPEG_ENCODE},
    {.format = Format::kPdfG4, .pdf_encoding = L_G4_ENCODE},
    {.format = Format::kJpeg, .encode = EncodeJpeg},
    {.format = Format::kPng, .encode = EncodePng},
    {.format = Format::kPngBilevel, .encode = EncodePng},
    {.format = Format::kWebp, .encode = EncodeWebp},
};

void Check(bool ok, const fs::path& path) {
  if (!ok) throw Error(ErrorCode::kUnavailable, fmt::format("{}: can't be written", path.string()));
}

void WriteBytes(const fs::path& path, l_uint8* data, size_t size) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  lept_free(data);
  Check(out.flush().good(), path);
}

void WriteTiff(const fs::path& path, const std::vector<PixPtr>& scans, int compression) {
  const char* mode = "w";
  for (const PixPtr& scan : scans) {
    Check(pixWriteTiff(path.c_str(), scan.get(), compression, mode) == 0, path);
    mode = "a";
  }
}

void WritePdfOfScans(const fs::path& path, const std::vector<PixPtr>& scans, int encoding) {
  PIXA* pixa = pixaCreate(static_cast<int>(scans.size()));
  for (const PixPtr& scan : scans) pixaAddPix(pixa, scan.get(), L_CLONE);
  l_uint8* data = nullptr;
  size_t size = 0;
  const int failed = pixaConvertToPdfData(pixa, 0, 1.0F, encoding, kScannerQuality, "scan", &data, &size);
  pixaDestroy(&pixa);
  Check(failed == 0, path);
  constexpr std::string_view kDate = "/CreationDate (D:", kAlways = "20161217090000";
  char* begin = reinterpret_cast<char*>(data);
  const std::string_view pdf(begin, size);
  if (const size_t at = pdf.find(kDate); at != std::string_view::npos) {
    std::ranges::copy(kAlways, begin + at + kDate.size());  // not the clock's: files must not differ from run to run
  }
  WriteBytes(path, data, size);
}

void WriteBornDigital(const fs::path& path, const Paper& paper, const std::vector<std::vector<Line>>& pages,
                      const Random& random) {
  const SurfacePtr surface(cairo_pdf_surface_create(path.c_str(), kPageWidth, kPageHeight));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2016-12-17T09:00:00Z");
  const CairoPtr cairo(cairo_create(surface.get()));
  for (const std::vector<Line>& page : pages) {
    DrawPage(cairo.get(), paper, page, random.For("ornaments"));
    cairo_show_page(cairo.get());
  }
  cairo_surface_finish(surface.get());
  Check(cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS, path);
}

}  // namespace

void WriteScans(const fs::path& path, const Paper& paper, const std::vector<PixPtr>& scans) {
  const auto* row = std::ranges::find(kFormats, paper.format, &FormatRow::format);
  if (row->tiff_compression != 0) return WriteTiff(path, scans, row->tiff_compression);
  if (row->pdf_encoding != 0) return WritePdfOfScans(path, scans, row->pdf_encoding);
  l_uint8* data = nullptr;
  size_t size = 0;
  const int quality = paper.condition == Condition::kLowQuality ? kPoorQuality : kScannerQuality;
  Check(row->encode(&data, &size, scans.front().get(), quality) == 0, path);
  WriteBytes(path, data, size);
}

void WriteFile(const fs::path& path, const Paper& paper, const std::vector<std::vector<Line>>& pages,
               const Random& random) {
  if (paper.format == Format::kPdfText) return WriteBornDigital(path, paper, pages, random);
  std::vector<PixPtr> scans;
  for (size_t i = 0; i < pages.size(); ++i) {
    scans.push_back(ScanPage(paper, pages[i], random.For(fmt::format("page {}", i))).image);
  }
  WriteScans(path, paper, scans);
}

}  // namespace diwan::papers
