// Emblem, signature and stamp: what makes a sheet look signed and sealed, and what a reader must not take for words.
#include "tests/papers/ornaments.h"

#include <cmath>
#include <numbers>

namespace diwan::papers {
namespace {

constexpr double kPi = std::numbers::pi;

void Circle(cairo_t* cairo, double radius, double line_width) {
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, 0, 0, radius, 0, 2 * kPi);
  cairo_set_line_width(cairo, line_width);
  cairo_stroke(cairo);
}

void Star(cairo_t* cairo, double radius) {
  for (int i = 0; i < 16; ++i) {
    const double r = i % 2 == 0 ? radius : radius * 0.6;
    cairo_line_to(cairo, r * std::sin(i * kPi / 8), -r * std::cos(i * kPi / 8));
  }
  cairo_close_path(cairo);
  cairo_fill(cairo);
}

// Bends the current path, a line of text along y = 0 from 0 to `length`, around the whole ring.
void BendPath(cairo_t* cairo, double length, double radius) {
  cairo_path_t* path = cairo_copy_path_flat(cairo);
  for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
    for (int k = 1; k < path->data[i].header.length; ++k) {
      auto& point = path->data[i + k].point;
      const double angle = 2 * kPi * (point.x / length);
      const double r = radius - point.y;
      point = {.x = r * std::sin(angle), .y = -r * std::cos(angle)};
    }
  }
  cairo_new_path(cairo);
  cairo_append_path(cairo, path);
  cairo_path_destroy(path);
}

}  // namespace

void DrawEmblem(cairo_t* cairo, double x, double y, double radius) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  Circle(cairo, radius, 1.2);
  Star(cairo, radius * 0.75);
  cairo_restore(cairo);
}

void DrawSignature(cairo_t* cairo, double x, double y, double width, Random& random) {
  cairo_save(cairo);
  cairo_set_source_rgb(cairo, 0.1, 0.12, 0.4);
  cairo_set_line_width(cairo, random.Between(0.9, 1.5));
  cairo_move_to(cairo, x + width / 2, y + random.Between(-4, 4));
  constexpr int kLoops = 4;
  for (int i = 0; i < kLoops; ++i) {
    const double to = x + width / 2 - width * (i + 1) / kLoops;
    cairo_curve_to(cairo, to + random.Between(8, 34), y - random.Between(6, 20), to + random.Between(-16, 10),
                   y + random.Between(4, 15), to, y + random.Between(-6, 6));
  }
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

void DrawStamp(cairo_t* cairo, PangoLayout* text, double x, double y, Random& random) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_rotate(cairo, random.Between(-0.4, 0.4));
  cairo_set_source_rgba(cairo, 0.15, 0.2, 0.6, 0.75);
  Circle(cairo, kStampRadius, 1.8);
  Circle(cairo, kStampRadius * 0.66, 0.9);
  Star(cairo, kStampRadius * 0.4);

  const double ring = kStampRadius * 0.74;
  int width = 0, height = 0;
  pango_layout_get_size(text, &width, &height);
  const double natural = static_cast<double>(width) / PANGO_SCALE;
  const double scale = std::min(1.25, 2 * kPi * ring * 0.97 / natural);
  cairo_new_path(cairo);
  cairo_save(cairo);
  cairo_scale(cairo, scale, 1);
  cairo_move_to(cairo, 0, -static_cast<double>(pango_layout_get_baseline(text)) / PANGO_SCALE);
  pango_cairo_layout_path(cairo, text);
  cairo_restore(cairo);
  BendPath(cairo, 2 * kPi * ring, ring);
  cairo_fill(cairo);
  cairo_restore(cairo);
}

}  // namespace diwan::papers
