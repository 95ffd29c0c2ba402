// What is on a paper besides its words: an emblem, a scribbled signature, a round stamp.
#pragma once

#include "tests/papers/owned.h"
#include "tests/papers/random.h"

namespace diwan::papers {

inline constexpr double kStampRadius = 52;  // points

// An eight-pointed star in a ring around (x, y). Points.
void DrawEmblem(cairo_t* cairo, double x, double y, double radius);

// A scribble of about `width` around (x, y), in ink.
void DrawSignature(cairo_t* cairo, double x, double y, double width, Random& random);

// A stamp around (x, y), turned a little, with the layout's one line bent along its ring.
void DrawStamp(cairo_t* cairo, PangoLayout* text, double x, double y, Random& random);

}  // namespace diwan::papers
