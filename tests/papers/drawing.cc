// Lays a page out with Pango, from the letterhead down, each kind of line by a function of its own.
#include "tests/papers/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/error.h"
#include "tests/papers/ornaments.h"

namespace diwan::papers {
namespace {

constexpr double kMargin = 62;  // points
constexpr double kTextWidth = kPageWidth - 2 * kMargin;
constexpr double kFooterTop = kPageHeight - 62;
constexpr float kLineSpacing = 1.3F;
constexpr double kBodySize = 15.5;

struct TextStyle {
  double size = kBodySize;
  bool bold = false;
  bool title_font = false;
  PangoAlignment align = PANGO_ALIGN_RIGHT;  // where a line of these scripts begins
  bool justify = false;
};

constexpr TextStyle kBody{.justify = true};
constexpr TextStyle kLetterhead{.size = 17, .bold = true, .title_font = true, .align = PANGO_ALIGN_CENTER};
constexpr TextStyle kTitle{.size = 19, .bold = true, .title_font = true, .align = PANGO_ALIGN_CENTER};
constexpr TextStyle kCentred{.size = 14.5, .align = PANGO_ALIGN_CENTER};
constexpr TextStyle kLeftEnd{.align = PANGO_ALIGN_LEFT};
constexpr TextStyle kBold{.bold = true};
constexpr TextStyle kStampText{.size = 11, .bold = true};

// Some fonts draw smaller letters than others of their size.
double FontScale(std::string_view family) { return family == "Nazli" || family == "KacstBook" ? 1.18 : 1; }

class Sheet {
 public:
  Sheet(cairo_t* cairo, const Paper& paper, Random& random) : cairo_(cairo), paper_(paper), random_(random) {
    context_.reset(pango_cairo_create_context(cairo));
    pango_cairo_context_set_resolution(context_.get(), 72);  // one unit is one point
    pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_RTL);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    pango_context_set_language(context_.get(), pango_language_from_string(paper.language == "fas" ? "fa" : "ar"));
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    RequireFont(paper.font);
    RequireFont(paper.title_font);
  }

  void Draw(const std::vector<Line>& lines) {
    for (size_t i = 0; i < lines.size(); ++i) {
      if (i > 0 && lines[i].kind != lines[i - 1].kind) Between(lines[i - 1].kind);
      DrawLine(lines[i], i == 0);
      if (y_ > kFooterTop) {
        throw Error(ErrorCode::kInternal, fmt::format("{}: the text does not fit on the page", paper_.file));
      }
    }
  }

 private:
  void DrawLine(const Line& line, bool first) {
    switch (line.kind) {
      case '=':
        if (first) Emblem();
        return Block(line.cells.front(), kLetterhead, 0, 1);
      case '#':
        return Block(line.cells.front(), kTitle, 6, 7);
      case '>':
        return Block(line.cells.front(), kBold, 0, 3);
      case '*':
        return Block(line.cells.front(), kBody, 0, 7, 18);
      case '~':
        return Ends(line.cells);
      case '|':
        return TableRow(line.cells);
      case '^':
        return Signatures(line.cells);
      case '@':
        return Stamp(line.cells.front());
      case '+':
        return Footer(line.cells.front());
      default:
        return Block(line.cells.front(), kBody, 2, 8);
    }
  }

  // Pango would silently take another font, and the corpus would differ from machine to machine.
  void RequireFont(std::string_view family) const {
    const FontPtr wanted(pango_font_description_new());
    pango_font_description_set_family(wanted.get(), std::string(family).c_str());
    const std::unique_ptr<PangoFont, Freer<g_object_unref>> font(pango_context_load_font(context_.get(), wanted.get()));
    const FontPtr found(pango_font_describe(font.get()));
    if (pango_font_description_get_family(found.get()) != family) {
      throw Error(ErrorCode::kUnavailable, fmt::format("{}: the font {} is not installed", paper_.file, family));
    }
  }

  LayoutPtr Layout(const std::string& text, const TextStyle& style, double width) const {
    LayoutPtr layout(pango_layout_new(context_.get()));
    const FontPtr font(pango_font_description_new());
    const std::string family(style.title_font ? paper_.title_font : paper_.font);
    pango_font_description_set_family(font.get(), family.c_str());
    pango_font_description_set_absolute_size(font.get(), style.size * FontScale(family) * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_auto_dir(layout.get(), FALSE);  // a line that opens with a number is still right to left
    pango_layout_set_alignment(layout.get(), style.align);
    pango_layout_set_justify(layout.get(), style.justify);
    pango_layout_set_line_spacing(layout.get(), kLineSpacing);
    if (width > 0) pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) {
      throw Error(ErrorCode::kUnavailable, fmt::format("{}: no font has all letters of \"{}\"", paper_.file, text));
    }
    return layout;
  }

  // Prints and returns the height.
  double Print(const std::string& text, const TextStyle& style, double x, double y, double width) const {
    const LayoutPtr layout = Layout(text, style, width);
    cairo_move_to(cairo_, x, y);
    pango_cairo_show_layout(cairo_, layout.get());
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  void Block(const std::string& text, const TextStyle& style, double before, double after, double indent = 0) {
    y_ += before;
    y_ += Print(text, style, kMargin, y_, kTextWidth - indent) + after;
  }

  void Emblem() {
    DrawEmblem(cairo_, kPageWidth / 2, y_ + 4, 17);
    y_ += 26;
  }

  // What follows the last line of one kind.
  void Between(char above) {
    if (above == '=') Rule();
    if (above == '~' || above == '|') y_ += 8;
  }

  void Rule() {
    y_ += 4;
    cairo_set_line_width(cairo_, 1.2);
    cairo_move_to(cairo_, kMargin, y_);
    cairo_line_to(cairo_, kPageWidth - kMargin, y_);
    cairo_stroke(cairo_);
    y_ += 7;
  }

  void Ends(const std::vector<std::string>& cells) {
    const double half = kTextWidth / 2;
    const double height = Print(cells.at(0), TextStyle{}, kMargin + half, y_, half);
    Print(cells.at(1), kLeftEnd, kMargin, y_, half);
    y_ += height + 2;
  }

  void TableRow(const std::vector<std::string>& cells) {
    const double width = kTextWidth / static_cast<double>(cells.size());
    double height = 0;
    for (size_t i = 0; i < cells.size(); ++i) {
      const double x = kPageWidth - kMargin - width * static_cast<double>(i + 1);
      height = std::max(height, Print(cells[i], kCentred, x + 4, y_ + 2, width - 8));
    }
    cairo_set_line_width(cairo_, 0.8);
    for (size_t i = 0; i < cells.size(); ++i) {
      cairo_rectangle(cairo_, kMargin + width * static_cast<double>(i), y_, width, height + 5);
    }
    cairo_stroke(cairo_);
    y_ += height + 5;
  }

  void Signatures(const std::vector<std::string>& cells) {
    y_ += 16;
    const double width = kTextWidth / static_cast<double>(cells.size());
    const double role_height = 24;
    for (size_t i = 0; i < cells.size(); ++i) {
      const double x = kPageWidth - kMargin - width * static_cast<double>(i + 1);
      const size_t colon = cells[i].find(": ");
      Print(cells[i].substr(0, colon), kCentred, x, y_, width);
      DrawSignature(cairo_, x + width / 2, y_ + role_height + 18, std::min(width * 0.6, 110.0), random_);
      Print(cells[i].substr(colon + 2), kCentred, x, y_ + role_height + 36, width);
    }
    y_ += role_height + 58;
  }

  void Stamp(const std::string& text) {
    const LayoutPtr layout = Layout(text, kStampText, 0);
    const double y = std::min(y_ + 58, kFooterTop - 56);
    DrawStamp(cairo_, layout.get(), kPageWidth / 2 + random_.Between(-20, 20), y, random_);
  }

  void Footer(const std::string& text) const { Print(text, kCentred, kMargin, kFooterTop + 4, kTextWidth); }

  cairo_t* cairo_;
  const Paper& paper_;
  Random& random_;
  ContextPtr context_;
  double y_ = 42;
};

}  // namespace

// Read by LeakSanitizer where a program is built with it: fontconfig keeps its font patterns until the process ends.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }  // NOLINT

void DrawPage(cairo_t* cairo, const Paper& paper, const std::vector<Line>& lines, Random random) {
  cairo_set_source_rgb(cairo, 0, 0, 0);
  Sheet(cairo, paper, random).Draw(lines);
}

}  // namespace diwan::papers
