// PDF files. A page is a scan whose own pixels are taken, or it is drawn; its text layer is used when it can be
// trusted. docs/decisions/0003-pdf-through-poppler.md tells why Poppler's C++ classes are used directly.
#include <ErrorCodes.h>
#include <GlobalParams.h>
#include <Object.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include "core/error.h"
#include "ingest/pdf_contents.h"
#include "ingest/pdf_glyphs.h"
#include "ingest/pdf_scan.h"
#include "ingest/source_kinds.h"
#include "ingest/text_layer.h"

namespace diwan {
namespace {

void StartPoppler() {
  static std::once_flag once;
  std::call_once(once, [] {
    setErrorCallback([](ErrorCategory /*category*/, Goffset /*at*/, const char* /*message*/) {});
    globalParams = std::make_unique<GlobalParams>();
    globalParams->setErrQuiet(true);
  });
}

class PdfSource : public PageSource {
 public:
  PdfSource(std::string_view bytes, const ReadLimits& limits) : limits_(limits) {
    // Poppler counts positions in an int.
    if (bytes.size() > static_cast<size_t>(std::numeric_limits<int>::max())) {
      throw Error(ErrorCode::kTooLarge, "the PDF has more than 2 GB: split it");
    }
    StartPoppler();
    // The document owns the stream.
    doc_ =
        std::make_unique<PDFDoc>(new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull)));
    if (!doc_->isOk()) {
      if (doc_->getErrorCode() == errEncrypted) {
        throw Error(ErrorCode::kInvalid, "the PDF needs a password: save it without one");
      }
      throw Error(ErrorCode::kCorrupt, "the PDF is damaged and can't be opened");
    }
    pages_ = doc_->getNumPages();
    if (pages_ > limits.max_pages) {
      throw Error(ErrorCode::kTooLarge, fmt::format("has {} pages, more than {}: split it", pages_, limits.max_pages));
    }
    if (pages_ < 1 || doc_->getPage(1) == nullptr) {
      throw Error(ErrorCode::kCorrupt, "the PDF is damaged: its pages can't be found");
    }
  }

  SourceProbe Probe() const override { return {MediaKind::kPdf, pages_}; }

  PixPtr Render(int number) override {
    const PageContents& contents = Contents(number);
    const std::vector<PlacedImage> scan = FindScan(contents);
    if (!scan.empty()) return TakeScan(*doc_, number, scan, limits_);
    return DrawPage(*doc_, number, contents, DrawingDpi(contents), limits_);
  }

  std::optional<TextLayer> TrustedTextLayer(int number) override {
    const PageContents& contents = Contents(number);
    PageGlyphs glyphs = CollectGlyphs(*doc_, number);
    if (glyphs.glyphs.empty()) return std::nullopt;
    TextLayer layer = LayOut(std::move(glyphs.glyphs));
    // In points of what Render gives: a scan need not fill its page.
    const std::vector<PlacedImage> scan = FindScan(contents);
    const PointBox shown = scan.empty() ? PointBox{0, 0, contents.width, contents.height} : ScanBox(scan);
    for (TextLayer::PlacedWord& word : layer.words) {
      word.x -= shown.left;
      word.y -= shown.top;
    }
    layer.page_width = shown.right - shown.left;
    layer.page_height = shown.bottom - shown.top;
    LayerContext context;
    context.unmapped = glyphs.unmapped;
    context.upended = glyphs.upended;
    for (const PlacedImage& image : contents.images) {
      context.image_share += image.visible.Area() / (contents.width * contents.height);
    }
    if (!JudgeTextLayer(layer, context).trusted) return std::nullopt;
    return layer;
  }

 private:
  // What page `number` is made of, looked through once.
  const PageContents& Contents(int number) {
    if (number == looked_at_) return contents_;
    if (number < 1 || number > pages_) throw Error(ErrorCode::kInvalid, fmt::format("has no page {}", number));
    if (doc_->getPage(number) == nullptr) {
      throw Error(ErrorCode::kCorrupt, fmt::format("page {} is damaged and can't be found", number));
    }
    constexpr double kMaxPoints = 14'400 * 10;  // ten times the largest page the format allows, 200 inches
    const double width = doc_->getPageCropWidth(number);
    const double height = doc_->getPageCropHeight(number);
    if (!std::isfinite(width) || !std::isfinite(height) || width < 1 || height < 1) {
      throw Error(ErrorCode::kCorrupt, fmt::format("page {} is damaged: it has no size", number));
    }
    if (width > kMaxPoints || height > kMaxPoints) {
      throw Error(ErrorCode::kTooLarge, fmt::format("page {} is {:.0f} x {:.0f} points large", number, width, height));
    }
    looked_at_ = 0;
    contents_ = LookThrough(*doc_, number, limits_);
    looked_at_ = number;
    return contents_;
  }

  ReadLimits limits_;
  std::unique_ptr<PDFDoc> doc_;
  int pages_ = 0;
  int looked_at_ = 0;  // the page that contents_ is of; 0: none
  PageContents contents_;
};

}  // namespace

std::unique_ptr<PageSource> OpenPdf(std::string_view bytes, const ReadLimits& limits) {
  return std::make_unique<PdfSource>(bytes, limits);
}

}  // namespace diwan
