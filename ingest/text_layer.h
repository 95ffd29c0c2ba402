// Whether a PDF's text layer says what the page says. Many don't: reversed by a program that knew no right-to-left,
// written in presentation forms, mapped to nonsense, or made by a recognition that knew another alphabet.
#pragma once

#include <string>

#include "ingest/page_source.h"

namespace diwan {

// What is known of the layer besides its words.
struct LayerContext {
  int unmapped = 0;        // glyphs that stand for no known letter
  int upended = 0;         // glyphs that don't lie on a level line
  double image_share = 0;  // of the page covered by pictures: 0..1
};

struct LayerVerdict {
  bool trusted = false;
  double score = 0;
  std::string reason;  // the rule that spoke most clearly against it; "" when none did
};

// Judges by the table of rules in text_layer.cc. Any thread may call.
LayerVerdict JudgeTextLayer(const TextLayer& layer, const LayerContext& context);

}  // namespace diwan
