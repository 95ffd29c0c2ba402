// Recognition behind one narrow door, so that the pipeline does not know which engine reads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/record.h"
#include "ingest/pix.h"
#include "ingest/reading.h"

namespace diwan {

// Words of one image: boxes in its pixels, in the engine's order, confidence 0..100.
struct Recognition {
  std::vector<Word> words;
  std::string language;   // model that read it: "ara" or "fas"
  double confidence = 0;  // 0..100, mean over characters
};

// A line of text before it is read.
struct TextLine {
  Box box;                 // pixels of the image
  int block = 0;           // lines of one block stand together
  std::vector<Box> words;  // as far as gaps tell; parts of words among them
};

// One engine per thread; keeps its models loaded between pages.
class OcrEngine {
 public:
  virtual ~OcrEngine() = default;
  // Recognises `image` (its resolution set) in `language`: "ara", "fas", or "auto" to tell. Throws kNotFound when a
  // model is missing, kUnavailable when it can't be loaded, kInternal when the engine fails.
  virtual Recognition Recognize(Pix* image, const std::string& language) = 0;
  // The same for a page of which there is grey as well (8 bits a pixel, of the same size): letters in it are finer. The
  // layout is that of `image`. An engine that has no use for grey need not know of it.
  virtual Recognition RecognizePage(Pix* image, Pix* /*gray*/, const std::string& language) {
    return Recognize(image, language);
  }
  // The lines of the page `image`, in the order of layout analysis; nothing is read. `language` as in Recognize. Throws
  // as that does.
  virtual std::vector<TextLine> FindLines(Pix* image, const std::string& language) = 0;
  // The words of the line of text in `box` of `image`; `gray` as in RecognizePage. All are of line and block 0.
  virtual std::vector<Word> ReadLine(Pix* image, Pix* gray, const Box& box, const std::string& language) = 0;
  // "tesseract 5.3.0 ara 1a2b3c4d" and the like, for Page::engine: the beginning of the model's digest; "own" before
  // the language where the model is not Debian's.
  virtual std::string Describe(const std::string& language) const = 0;
};

// Tesseract's LSTM engine with the models that FindLanguageModel finds.
std::unique_ptr<OcrEngine> MakeTesseract(const ReadOptions& options);

}  // namespace diwan
