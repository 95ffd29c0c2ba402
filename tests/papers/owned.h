// Owning pointers for what the generator borrows from Cairo, Pango and Leptonica.
#pragma once

#include <cairo.h>
#include <leptonica/allheaders.h>
#include <pango/pangocairo.h>

#include <memory>

namespace diwan::papers {

template <auto kFree>
struct Freer {
  template <typename T>
  void operator()(T* thing) const {
    kFree(thing);
  }
};

using SurfacePtr = std::unique_ptr<cairo_surface_t, Freer<cairo_surface_destroy>>;
using CairoPtr = std::unique_ptr<cairo_t, Freer<cairo_destroy>>;
using LayoutPtr = std::unique_ptr<PangoLayout, Freer<g_object_unref>>;
using ContextPtr = std::unique_ptr<PangoContext, Freer<g_object_unref>>;
using FontPtr = std::unique_ptr<PangoFontDescription, Freer<pango_font_description_free>>;

struct PixFreer {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<PIX, PixFreer>;

}  // namespace diwan::papers
