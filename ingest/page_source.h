// A received file, opened for reading page by page. Runs in the worker: it decodes hostile bytes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "ingest/pix.h"
#include "ingest/reading.h"

namespace diwan {

// A text layer that can be trusted: sane Arabic, Persian or Latin text in logical order, with boxes in points of the
// page (1/72 inch, origin at the top left).
struct TextLayer {
  struct PlacedWord {
    std::string text;
    double x = 0, y = 0, width = 0, height = 0;
    int line = 0;
    int block = 0;
  };
  std::vector<PlacedWord> words;
  double page_width = 0;   // points
  double page_height = 0;  // points
};

// One file. One thread.
class PageSource {
 public:
  virtual ~PageSource() = default;
  virtual SourceProbe Probe() const = 0;

  // The scan of page `number` (from 1) at its own resolution, one page decoded at a time, limits checked on the header
  // first. The resolution is set on the image (a guess from the paper size when the file has none). A born-digital PDF
  // page is rendered at 300 dpi. Throws kCorrupt (damaged), kTooLarge (limits).
  virtual PixPtr Render(int number) = 0;

  // The text layer of page `number` when it can be trusted; nothing when there is none or when it is reversed, in
  // presentation forms, or otherwise not to be believed.
  virtual std::optional<TextLayer> TrustedTextLayer(int number) = 0;
};

// Opens `bytes`, which must outlive the result. Throws kInvalid when empty or of no kind that can be read or when
// a password is wanted, kCorrupt when damaged, kTooLarge beyond the limits; each message is one line that ends well
// after "FILE: ".
std::unique_ptr<PageSource> OpenSource(std::string_view bytes, const ReadLimits& limits);

}  // namespace diwan
