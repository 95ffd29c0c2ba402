// Our own PDF writer: the last step of a page or record asked for as application/pdf. The image goes in as it is
// stored; over it each word stands at its box, invisible (text rendering mode 3), in a typeface without shapes.
//
// A line stands there from left to right as it looks, word by word and inside the words: that is what readers of PDFs
// expect, and turn around.
#include "api/pdf.h"

#include <Poco/DeflatingStream.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <sstream>
#include <utility>

#include "api/glyphless_font.h"
#include "api/page_layout.h"
#include "api/pdf_image.h"
#include "api/version.h"
#include "core/bidi.h"
#include "core/fold.h"

namespace diwan {
namespace {

// Objects with numbers of their own; those of pages follow.
constexpr int kCatalog = 1;
constexpr int kPages = 2;
constexpr int kInfo = 3;
constexpr int kFont = 4;
constexpr int kFirstFree = 5;

constexpr int kAssumedDpi = 300;
constexpr int kMostPoints = 14'400;  // of a side: viewers take no more
constexpr double kAscent = 0.8;      // of the typeface, of its size; the rest is below the line
constexpr double kAdvance = 0.5;
constexpr double kWidestSpace = 4;  // of the typeface's size

std::string Deflated(std::string_view bytes) {
  std::ostringstream out;
  Poco::DeflatingOutputStream packed(out, Poco::DeflatingStreamBuf::STREAM_ZLIB, 6);
  packed.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  packed.close();
  return std::move(out).str();
}

// UTF-16, as hexadecimal digits.
std::string CodesOf(std::u32string_view text) {
  std::string codes;
  for (const char32_t c : text) {
    if (c > 0xFFFF) {
      const auto rest = static_cast<uint32_t>(c) - 0x10000;
      fmt::format_to(std::back_inserter(codes), "{:04X}{:04X}", 0xD800 + (rest >> 10U), 0xDC00 + (rest & 0x3FFU));
    } else {
      fmt::format_to(std::back_inserter(codes), "{:04X}", static_cast<uint32_t>(c));
    }
  }
  return codes;
}

// Where the words of a line stand, so that readers of the PDF see that they are of one line.
struct Measure {
  double top = 0;
  double bottom = 0;
};

Measure MeasureOf(const LineOfWords& line) {
  std::vector<int> tops;
  std::vector<int> bottoms;
  for (const Word* word : line.words) {
    tops.push_back(word->box.y);
    bottoms.push_back(word->box.y + word->box.height);
  }
  const auto middle = [](std::vector<int>& values) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), at, values.end());
    return *at;
  };
  const double top = middle(tops);
  return {.top = top, .bottom = std::max(top + 1, static_cast<double>(middle(bottoms)))};
}

// Where something on a line stands from left to right, in points.
struct Span {
  double x = 0;
  double width = 0;
};

// Between a word and the next one to the right; no width where they touch. Of a gap as wide as between columns only the
// beginning.
Span GapBehind(const Span& word, const Span& next, double size) {
  const double end = word.x + word.width;
  return {.x = end, .width = std::clamp(next.x - end, 0.0, kWidestSpace * size)};
}

// Instructions that put text on a line.
class LineText {
 public:
  LineText(std::string& out, double size, double base) : out_(out), size_(size), base_(base) {
    fmt::format_to(std::back_inserter(out_), "/F {:.2f} Tf\n", size_);
  }

  void Put(std::u32string_view text, const Span& span) {
    const std::string codes = CodesOf(text);
    if (codes.empty() || span.width <= 0) return;
    const double own_width = static_cast<double>(codes.size()) / 4 * kAdvance * size_;
    fmt::format_to(std::back_inserter(out_), "{:.2f} Tz 1 0 0 1 {:.2f} {:.2f} Tm <{}> Tj\n",
                   100 * span.width / own_width, span.x, base_, codes);
  }

 private:
  std::string& out_;
  double size_;
  double base_;
};

void PutLine(std::string& out, const LineOfWords& line, int height, double scale) {
  const Measure measure = MeasureOf(line);
  const double size = (measure.bottom - measure.top) * scale;
  LineText text(out, size, (height - measure.bottom) * scale + size * (1 - kAscent));
  const auto span = [&](const Word* word) { return Span{.x = word->box.x * scale, .width = word->box.width * scale}; };
  std::vector<const Word*> words = line.words;
  std::ranges::stable_sort(words, {}, [](const Word* word) { return word->box.x; });
  for (size_t i = 0; i < words.size(); ++i) {
    text.Put(FromLeftToRight(FromUtf8(words[i]->text)), span(words[i]));
    if (i + 1 < words.size()) text.Put(U" ", GapBehind(span(words[i]), span(words[i + 1]), size));
  }
}

// The drawing instructions of one page. Its space begins at the bottom, and is `scale` points for a pixel.
std::string Contents(const Page& page, int width, int height, double scale, bool has_image) {
  std::string out;
  if (has_image) out = fmt::format("q {:.2f} 0 0 {:.2f} 0 0 cm /I Do Q\n", width * scale, height * scale);
  out += "BT 3 Tr\n";
  for (const BlockOfLines& block : LayoutOf(page)) {
    for (const LineOfWords& line : block.lines) PutLine(out, line, height, scale);
  }
  return out + "ET\n";
}

}  // namespace

PdfWriter::PdfWriter(Sink sink, std::string_view title) : sink_(std::move(sink)), title_(title), offsets_(kFirstFree) {
  Put("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");  // bytes that are no text, so that nobody takes it for that
  PutFont();
}

void PdfWriter::Put(std::string_view bytes) {
  written_ += bytes.size();
  open_ = open_ && sink_(bytes);
}

void PdfWriter::Reserve(int number) {
  offsets_[static_cast<size_t>(number)] = written_;
  Put(fmt::format("{} 0 obj\n", number));
}

int PdfWriter::Begin() {
  const auto number = static_cast<int>(offsets_.size());
  offsets_.push_back(0);
  Reserve(number);
  return number;
}

int PdfWriter::PutStream(std::string_view entries, std::string_view bytes) {
  const int number = Begin();
  Put(fmt::format("<< {} /Length {} >>\nstream\n", entries, bytes.size()));
  Put(bytes);
  Put("\nendstream\nendobj\n");
  return number;
}

int PdfWriter::PutPacked(std::string_view bytes) { return PutStream("/Filter /FlateDecode", Deflated(bytes)); }

void PdfWriter::PutFont() {
  const std::string font = GlyphlessFont();
  const int file = PutStream(fmt::format("/Filter /FlateDecode /Length1 {}", font.size()), Deflated(font));
  const int map = PutPacked(GlyphlessMap());
  const int unicode = PutPacked(GlyphlessToUnicode());
  const int descriptor = Begin();
  Put(fmt::format(
      "<< /Type /FontDescriptor /FontName /DiwanNoGlyphs /Flags 5 /FontBBox [0 -200 500 800] /ItalicAngle 0 "
      "/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 {} 0 R >>\nendobj\n",
      file));
  const int shapes = Begin();
  Put(
      fmt::format("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /DiwanNoGlyphs /DW 500 /CIDToGIDMap {} 0 R "
                  "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {} 0 R "
                  ">>\nendobj\n",
                  map, descriptor));
  Reserve(kFont);
  Put(fmt::format(
      "<< /Type /Font /Subtype /Type0 /BaseFont /DiwanNoGlyphs /Encoding /Identity-H /DescendantFonts [{} 0 "
      "R] /ToUnicode {} 0 R >>\nendobj\n",
      shapes, unicode));
}

void PdfWriter::AddPage(const Page& page, const PageImage& image) {
  if (!open_) return;
  if (language_.empty()) language_ = LanguageTag(page.language);
  const int dpi = page.dpi > 0 ? page.dpi : kAssumedDpi;
  double scale = 72.0 / dpi;
  int width = 8 * kAssumedDpi + 80;  // A4
  int height = 12 * kAssumedDpi - 92;
  std::string resources = fmt::format("/Font << /F {} 0 R >>", kFont);
  if (!image.bytes.empty()) {
    const PdfImage taken = PdfImageOf(image.bytes);
    width = taken.width;
    height = taken.height;
    const std::string entries =
        fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {} {}", width, height, taken.entries);
    resources += fmt::format(" /XObject << /I {} 0 R >>", PutStream(entries, taken.samples));
  }
  scale = std::min(scale, static_cast<double>(kMostPoints) / std::max(width, height));
  const int contents = PutPacked(Contents(page, width, height, scale, !image.bytes.empty()));
  pages_.push_back(Begin());
  Put(
      fmt::format("<< /Type /Page /Parent {} 0 R /MediaBox [0 0 {:.2f} {:.2f}] /Resources << {} >> /Contents {} 0 R "
                  ">>\nendobj\n",
                  kPages, width * scale, height * scale, resources, contents));
}

void PdfWriter::PutCatalog() {
  Reserve(kPages);
  Put(fmt::format("<< /Type /Pages /Count {} /Kids [", pages_.size()));
  for (const int page : pages_) Put(fmt::format("{} 0 R ", page));
  Put("] >>\nendobj\n");
  Reserve(kInfo);
  Put(fmt::format("<< /Title <FEFF{}> /Producer (Diwan {}) >>\nendobj\n", CodesOf(FromUtf8(title_)), kVersion));
  Reserve(kCatalog);
  const bool from_right = !language_.empty();
  Put(fmt::format("<< /Type /Catalog /Pages {} 0 R{} /ViewerPreferences << /DisplayDocTitle true{} >> >>\nendobj\n",
                  kPages, from_right ? fmt::format(" /Lang ({})", language_) : "",
                  from_right ? " /Direction /R2L" : ""));
}

bool PdfWriter::Finish() {
  PutCatalog();
  const uint64_t table = written_;
  Put(fmt::format("xref\n0 {}\n0000000000 65535 f \n", offsets_.size()));
  for (size_t number = 1; number < offsets_.size(); ++number) Put(fmt::format("{:010} 00000 n \n", offsets_[number]));
  Put(fmt::format("trailer\n<< /Size {} /Root {} 0 R /Info {} 0 R >>\nstartxref\n{}\n%%EOF\n", offsets_.size(),
                  kCatalog, kInfo, table));
  return open_;
}

}  // namespace diwan
