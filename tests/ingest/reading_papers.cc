#include "tests/ingest/reading_papers.h"

#include <cairo/cairo-pdf.h>
#include <cairo/cairo.h>
#include <fmt/format.h>
#include <leptonica/allheaders.h>
#include <pango/pangocairo.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>
#include <random>
#include <sstream>

#include "core/fold.h"

namespace diwan::papers {

namespace {

const std::vector<std::string> kArabicLines = {
    "قرار المجلس البلدي في شأن تنظيم الأسواق",
    "بعد الاطلاع على قانون البلديات وعلى محضر الجلسة السابقة",
    "وبناء على ما عرضه رئيس لجنة المرافق العامة قرر المجلس",
    "تخصيص الموقع المجاور للحديقة العامة لإقامة سوق أسبوعي",
    "وتتولى إدارة النظافة رفع المخلفات بعد انتهاء العمل من كل يوم",
    "وعلى الجهات المختصة تنفيذ هذا القرار من تاريخ صدوره",
};
const std::vector<std::string> kPersianLines = {
    "مصوبه شورای اسلامی شهر درباره ساماندهی بازار هفتگی",
    "پس از بررسی گزارش کمیسیون عمران و شهرسازی مقرر شد",
    "شهرداری محل مناسبی برای فروشندگان آماده کند",
    "هزینه این طرح از بودجه سال جاری پرداخت گردد",
    "این مصوبه پس از تایید فرمانداری برای اجرا ابلاغ خواهد شد",
    "گزارش پیشرفت کار هر سه ماه یک بار به شورا داده شود",
};

constexpr double kMargin = 0.6;  // inches

struct CairoFree {
  void operator()(cairo_t* cr) const { cairo_destroy(cr); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, CairoFree>;
using Context = std::unique_ptr<cairo_t, CairoFree>;
struct ObjectFree {
  void operator()(void* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, ObjectFree>;
struct BytesFree {
  void operator()(l_uint8* bytes) const { std::free(bytes); }  // NOLINT: Leptonica allocates with malloc
};
using Bytes = std::unique_ptr<l_uint8, BytesFree>;

double LineHeight(const Paper& paper) { return paper.points * 2.1 / 72; }

double HeightOf(const Paper& paper) {
  if (paper.height > 0) return paper.height;
  return 2 * kMargin + LineHeight(paper) * static_cast<double>(paper.lines.size());
}

Layout LineLayout(cairo_t* cr, const Paper& paper, const std::string& line, double dots_per_inch) {
  Layout layout(pango_cairo_create_layout(cr));
  PangoFontDescription* font = pango_font_description_from_string(paper.font.c_str());
  pango_font_description_set_absolute_size(font, paper.points / 72 * dots_per_inch * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_auto_dir(layout.get(), TRUE);
  pango_layout_set_text(layout.get(), line.c_str(), -1);
  return layout;
}

// Calls `use` with each line's layout, already placed, flush right as such papers are.
template <typename Use>
void ForEachLine(cairo_t* cr, const Paper& paper, double dots_per_inch, Use use) {
  double y = kMargin * dots_per_inch;
  for (const std::string& line : paper.lines) {
    const Layout layout = LineLayout(cr, paper, line, dots_per_inch);
    int width = 0;
    pango_layout_get_size(layout.get(), &width, nullptr);
    const double x = (paper.width - kMargin) * dots_per_inch - static_cast<double>(width) / PANGO_SCALE;
    use(layout.get(), line, x, y);
    y += LineHeight(paper) * dots_per_inch;
  }
}

std::string Take(l_uint8* bytes, size_t size) {
  const Bytes owned(bytes);
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

const Paper& Arabic() {
  static const Paper paper{.lines = kArabicLines};
  return paper;
}

const Paper& Persian() {
  static const Paper paper{.lines = kPersianLines, .font = "Nazli"};
  return paper;
}

std::string Text(const Paper& paper) {
  std::string text;
  for (const std::string& line : paper.lines) text += line + "\n";
  return text;
}

PixPtr Draw(const Paper& paper) {
  const int width = static_cast<int>(paper.width * paper.dpi);
  const int height = static_cast<int>(HeightOf(paper) * paper.dpi);
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  const Context cr(cairo_create(surface.get()));
  cairo_set_source_rgb(cr.get(), 1, 1, 1);
  cairo_paint(cr.get());
  cairo_set_source_rgb(cr.get(), 0.1, 0.1, 0.1);
  ForEachLine(cr.get(), paper, paper.dpi, [&](PangoLayout* layout, const std::string& /*line*/, double x, double y) {
    cairo_move_to(cr.get(), x, y);
    pango_cairo_show_layout(cr.get(), layout);
  });
  cairo_surface_flush(surface.get());
  PixPtr pix(pixCreate(width, height, 8));
  pixSetResolution(pix.get(), paper.dpi, paper.dpi);
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) pixSetPixel(pix.get(), x, y, data[static_cast<ptrdiff_t>(y) * stride + x * 4L]);
  }
  return pix;
}

std::vector<Word> DrawnWords(const Paper& paper) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8));
  const Context cr(cairo_create(surface.get()));
  std::vector<Word> words;
  int number = 0;
  ForEachLine(cr.get(), paper, paper.dpi, [&](PangoLayout* layout, const std::string& line, double x, double y) {
    std::istringstream in(line);
    size_t at = 0;
    for (std::string text; in >> text;) {
      at = line.find(text, at);
      PangoRectangle first;
      PangoRectangle last;
      pango_layout_index_to_pos(layout, static_cast<int>(at), &first);
      pango_layout_index_to_pos(layout, static_cast<int>(at + text.size() - 2), &last);  // letters have two bytes
      const auto ends = std::minmax({first.x, first.x + first.width, last.x, last.x + last.width});
      Word word;
      word.text = text;
      word.box.x = static_cast<int>(x) + ends.first / PANGO_SCALE;
      word.box.width = (ends.second - ends.first) / PANGO_SCALE;
      word.box.y = static_cast<int>(y) + first.y / PANGO_SCALE;
      word.box.height = first.height / PANGO_SCALE;
      word.line = number;
      words.push_back(word);
      at += text.size();
    }
    ++number;
  });
  return words;
}

std::string DrawPdf(const Paper& paper) {
  std::string bytes;
  const auto append = [](void* to, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
  };
  {
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, paper.width * 72, HeightOf(paper) * 72));
    const Context cr(cairo_create(surface.get()));
    ForEachLine(cr.get(), paper, 72, [&](PangoLayout* layout, const std::string& /*line*/, double x, double y) {
      cairo_move_to(cr.get(), x, y);
      pango_cairo_show_layout(cr.get(), layout);
    });
    cairo_show_page(cr.get());
    cairo_surface_finish(surface.get());
  }
  return bytes;
}

PixPtr Rotated(Pix* pix, double degrees) {
  PixPtr turned(pixRotate(pix, static_cast<float>(degrees * 3.14159265 / 180), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE,
                          pixGetWidth(pix), pixGetHeight(pix)));
  pixSetResolution(turned.get(), pixGetXRes(pix), pixGetYRes(pix));
  return turned;
}

PixPtr Noisy(Pix* gray) {
  PixPtr noisy(pixCopy(nullptr, gray));
  std::mt19937 random(7);
  std::uniform_int_distribution<int> chance(0, 99);
  for (int y = 0; y < pixGetHeight(gray); ++y) {
    for (int x = 0; x < pixGetWidth(gray); ++x) {
      const int dice = chance(random);
      if (dice < 2) pixSetPixel(noisy.get(), x, y, dice == 0 ? 0 : 255);
    }
  }
  return noisy;
}

PixPtr Black(Pix* gray) {
  PixPtr black(pixThresholdToBinary(gray, 140));
  pixSetResolution(black.get(), pixGetXRes(gray), pixGetYRes(gray));
  return black;
}

std::string Png(Pix* pix) {
  l_uint8* bytes = nullptr;
  size_t size = 0;
  pixWriteMemPng(&bytes, &size, pix, 0);
  return Take(bytes, size);
}

std::string Jpeg(Pix* pix, bool progressive) {
  l_uint8* bytes = nullptr;
  size_t size = 0;
  pixWriteMemJpeg(&bytes, &size, pix, 90, progressive ? 1 : 0);
  return Take(bytes, size);
}

std::string Webp(Pix* pix) {
  l_uint8* bytes = nullptr;
  size_t size = 0;
  const PixPtr colour(pixConvertTo32(pix));
  pixWriteMemWebP(&bytes, &size, colour.get(), 90, 0);
  return Take(bytes, size);
}

std::string Tiff(const std::vector<Pix*>& pages, int format) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / fmt::format("diwan-papers-{}.tif", getpid());
  bool first = true;
  for (Pix* page : pages) {
    pixWriteTiff(path.c_str(), page, format, first ? "w" : "a");
    first = false;
  }
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  std::filesystem::remove(path);
  return bytes.str();
}

PdfImage AsJpegImage(Pix* pix, const std::string& matrix) {
  PdfImage image{"/Filter /DCTDecode /BitsPerComponent 8", Jpeg(pix), pixGetWidth(pix), pixGetHeight(pix), matrix};
  image.dictionary += pixGetDepth(pix) == 32 ? " /ColorSpace /DeviceRGB" : " /ColorSpace /DeviceGray";
  return image;
}

PdfImage AsRawImage(Pix* pix, const std::string& matrix) {
  const bool bits = pixGetDepth(pix) == 1;
  PdfImage image{bits ? "/BitsPerComponent 1 /ColorSpace /DeviceGray" : "/BitsPerComponent 8 /ColorSpace /DeviceGray",
                 "", pixGetWidth(pix), pixGetHeight(pix), matrix};
  for (int y = 0; y < image.height; ++y) {
    unsigned packed = 0;
    for (int x = 0; x < image.width; ++x) {
      l_uint32 value = 0;
      pixGetPixel(pix, x, y, &value);
      if (!bits) {
        image.bytes += static_cast<char>(value);
        continue;
      }
      packed = packed << 1 | (value ^ 1U);  // in a PDF, 0 is black
      if (x % 8 == 7 || x + 1 == image.width) {
        image.bytes += static_cast<char>(packed << (7 - x % 8));
        packed = 0;
      }
    }
  }
  return image;
}

std::string PdfOf(const std::vector<std::string>& objects, const std::string& trailer) {
  std::string pdf = "%PDF-1.4\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n", i + 1) + objects[i] + "\nendobj\n";
  }
  const size_t at = pdf.size();
  pdf += table +
         fmt::format("trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, trailer, at);
  return pdf;
}

std::string Pdf(const std::vector<PdfPage>& pages) {
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>", ""};
  const auto stream = [](const std::string& dictionary, const std::string& bytes) {
    return fmt::format("<< {} /Length {} >>\nstream\n", dictionary, bytes.size()) + bytes + "\nendstream";
  };
  std::string kids;
  for (const PdfPage& page : pages) {
    std::string content;
    std::string names;
    for (const PdfImage& image : page.images) {
      objects.push_back(stream(fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {} {}", image.width,
                                           image.height, image.dictionary),
                               image.bytes));
      names += fmt::format(" /I{} {} 0 R", objects.size(), objects.size());
      content += fmt::format("q {} cm /I{} Do Q\n", image.matrix, objects.size());
    }
    objects.push_back(stream("", content + page.content));
    objects.push_back(
        fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] {} /Contents {} 0 R /Resources << "
                    "/XObject <<{} >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                    ">> >> >> >>",
                    page.width, page.height, page.extra, objects.size(), names));
    kids += fmt::format(" {} 0 R", objects.size());
  }
  objects[1] = fmt::format("<< /Type /Pages /Kids [{} ] /Count {} >>", kids, pages.size());
  return PdfOf(objects);
}

double CharacterErrorRate(std::string_view truth, std::string_view text) {
  const auto plain = [](std::string_view utf8) {
    std::u32string folded;
    for (const char32_t c : Fold(utf8).text) {
      const bool space = c == ' ' || c == '\n';
      if (c == 0x200c || (space && (folded.empty() || folded.back() == ' '))) continue;
      folded += space ? U' ' : c;
    }
    while (!folded.empty() && folded.back() == ' ') folded.pop_back();
    return folded;
  };
  const std::u32string want = plain(truth);
  const std::u32string got = plain(text);
  std::vector<size_t> row(got.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < want.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < got.size(); ++j) {
      const size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (want[i] == got[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  return static_cast<double>(row.back()) / static_cast<double>(std::max<size_t>(1, want.size()));
}

}  // namespace diwan::papers

#if defined(__SANITIZE_ADDRESS__)
// Fontconfig and Tesseract keep what they have loaded until the process ends.
extern "C" const char* __lsan_default_suppressions();   // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() {  // NOLINT
  return "leak:libfontconfig\nleak:libtesseract\n";
}
#endif
