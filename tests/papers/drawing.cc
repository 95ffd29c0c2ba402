// Lays a page out with Pango, from the letterhead down, each kind of line by a function of its own.
#include "tests/papers/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

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

// The box in the surface's units; of a turned box the upright one around it.
InkBox OnSurface(cairo_t* cairo, const InkBox& box) {
  InkBox around{.left = 1e9, .top = 1e9, .right = -1e9, .bottom = -1e9};
  for (const double corner_x : {box.left, box.right}) {
    for (const double corner_y : {box.top, box.bottom}) {
      double x = corner_x, y = corner_y;
      cairo_user_to_device(cairo, &x, &y);
      around = {.left = std::min(around.left, x),
                .top = std::min(around.top, y),
                .right = std::max(around.right, x),
                .bottom = std::max(around.bottom, y)};
    }
  }
  return around;
}

// The words of a layout with their boxes, the layout's corner being 0, 0. Ink is told by clusters: letters that one
// piece of the font draws.
std::vector<DrawnWord> WordsOf(PangoLayout* layout) {
  const std::string_view text = pango_layout_get_text(layout);
  std::map<size_t, DrawnWord> words;  // by their first byte
  const std::unique_ptr<PangoLayoutIter, Freer<pango_layout_iter_free>> at(pango_layout_get_iter(layout));
  do {
    PangoRectangle ink;
    pango_layout_iter_get_cluster_extents(at.get(), &ink, nullptr);
    if (ink.width == 0 || ink.height == 0) continue;
    const size_t begin = text.find_last_of(" \n", static_cast<size_t>(pango_layout_iter_get_index(at.get()))) + 1;
    const double left = pango_units_to_double(ink.x), top = pango_units_to_double(ink.y);
    const InkBox box{.left = left,
                     .top = top,
                     .right = left + pango_units_to_double(ink.width),
                     .bottom = top + pango_units_to_double(ink.height)};
    const auto [word, fresh] = words.try_emplace(begin, DrawnWord{.box = box});
    InkBox& sum = word->second.box;
    sum = {.left = std::min(sum.left, box.left),
           .top = std::min(sum.top, box.top),
           .right = std::max(sum.right, box.right),
           .bottom = std::max(sum.bottom, box.bottom)};
    if (fresh) word->second.text = text.substr(begin, text.find_first_of(" \n", begin) - begin);
  } while (pango_layout_iter_next_cluster(at.get()) != 0);
  std::vector<DrawnWord> in_order;
  in_order.reserve(words.size());
  for (auto& [begin, word] : words) in_order.push_back(std::move(word));
  return in_order;
}

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

  Drawn Draw(const std::vector<Line>& lines) {
    for (size_t i = 0; i < lines.size(); ++i) {
      if (i > 0 && lines[i].kind != lines[i - 1].kind) Between(lines[i - 1].kind);
      DrawLine(lines[i], i == 0);
      if (y_ > kFooterTop) {
        throw Error(ErrorCode::kInternal, fmt::format("{}: the text does not fit on the page", paper_.file));
      }
    }
    return std::move(drawn_);
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
  double Print(const std::string& text, const TextStyle& style, double x, double y, double width) {
    const LayoutPtr layout = Layout(text, style, width);
    cairo_move_to(cairo_, x, y);
    pango_cairo_show_layout(cairo_, layout.get());
    for (auto& [word, box] : WordsOf(layout.get())) {
      const InkBox placed{.left = x + box.left, .top = y + box.top, .right = x + box.right, .bottom = y + box.bottom};
      drawn_.words.push_back({std::move(word), OnSurface(cairo_, placed)});
    }
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  void Block(const std::string& text, const TextStyle& style, double before, double after, double indent = 0) {
    y_ += before;
    y_ += Print(text, style, kMargin, y_, kTextWidth - indent) + after;
  }

  void AddOrnament(double x, double y, double half_width, double half_height) {
    drawn_.ornaments.push_back(OnSurface(
        cairo_, {.left = x - half_width, .top = y - half_height, .right = x + half_width, .bottom = y + half_height}));
  }

  void Emblem() {
    constexpr double kRadius = 17;
    DrawEmblem(cairo_, kPageWidth / 2, y_ + 4, kRadius);
    AddOrnament(kPageWidth / 2, y_ + 4, kRadius, kRadius);
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
    const auto left_of = [&](size_t i) { return kPageWidth - kMargin - width * static_cast<double>(i + 1); };
    for (size_t i = 0; i < cells.size(); ++i) {
      Print(cells[i].substr(0, cells[i].find(": ")), kCentred, left_of(i), y_, width);
    }
    for (size_t i = 0; i < cells.size(); ++i) {
      const double x = left_of(i) + width / 2, y = y_ + role_height + 18, wide = std::min(width * 0.6, 110.0);
      DrawSignature(cairo_, x, y, wide, random_);
      AddOrnament(x, y, wide / 2, 16);
      Print(cells[i].substr(cells[i].find(": ") + 2), kCentred, left_of(i), y_ + role_height + 36, width);
    }
    y_ += role_height + 58;
  }

  void Stamp(const std::string& text) {
    const LayoutPtr layout = Layout(text, kStampText, 0);
    const double y = std::min(y_ + 58, kFooterTop - 56);
    const double x = kPageWidth / 2 + random_.Between(-20, 20);
    DrawStamp(cairo_, layout.get(), x, y, random_);
    AddOrnament(x, y, kStampRadius, kStampRadius);
  }

  void Footer(const std::string& text) { Print(text, kCentred, kMargin, kFooterTop + 4, kTextWidth); }

  cairo_t* cairo_;
  const Paper& paper_;
  Random& random_;
  ContextPtr context_;
  Drawn drawn_;
  double y_ = 42;
};

}  // namespace

// Read by LeakSanitizer where a program is built with it: fontconfig keeps its font patterns until the process ends.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }  // NOLINT

Drawn DrawPage(cairo_t* cairo, const Paper& paper, const std::vector<Line>& lines, Random random) {
  cairo_set_source_rgb(cairo, 0, 0, 0);
  return Sheet(cairo, paper, random).Draw(lines);
}

}  // namespace diwan::papers
