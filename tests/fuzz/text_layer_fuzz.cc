// A text layer of hostile letters in hostile places: it is laid out without losing a letter, and judged.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/fold.h"
#include "ingest/language.h"
#include "ingest/pdf_glyphs.h"
#include "ingest/text_layer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), std::min<size_t>(size, 20'000));
  std::vector<diwan::Glyph> glyphs;
  std::vector<std::u32string> parts;
  double x = 0;
  double y = 0;
  for (const char32_t c : diwan::FromUtf8(bytes)) {
    // The letters move the pen themselves: the low bits say where the next one lies.
    x += static_cast<double>(c % 29) - 14;
    if (c == '\n') y += static_cast<double>(c % 7) * 4;
    glyphs.push_back({std::u32string(1, c), x, x + 5, y, static_cast<double>(c % 13)});
    parts.emplace_back(1, c);
  }
  std::vector<size_t> order = diwan::ReadingOrderOf(parts);
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < parts.size(); ++i) {
    if (order[i] != i) std::abort();
  }
  diwan::TextLayer layer = diwan::LayOut(std::move(glyphs));
  layer.page_width = 595;
  layer.page_height = 842;
  const diwan::LayerVerdict verdict = diwan::JudgeTextLayer(layer, {});
  if (verdict.trusted != (verdict.score >= 0)) std::abort();
  diwan::GuessLanguage(bytes);
  return 0;
}
