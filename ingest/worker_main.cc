// The program diwan-worker: reads pages of one file after another for the parent that started it. In the life of a
// page this is the only process that decodes bytes from outside.
#include <memory>
#include <optional>

#include "core/error.h"
#include "ingest/cut_image.h"
#include "ingest/line_reader.h"
#include "ingest/number_reader.h"
#include "ingest/ocr_engine.h"
#include "ingest/page_reader.h"
#include "ingest/page_source.h"
#include "ingest/serve.h"

namespace diwan {
namespace {

class Reader : public PageService {
 public:
  // OpenCV is tried before the walls go up: it loads and asks for more than a reading needs.
  void Prepare(const ReadOptions& options) override {
    options_ = options;
    try {
      if (!options.numbers.value_or("").empty()) numbers_ = std::make_unique<NumberReader>(*options.numbers);
      if (!options.lines.value_or("").empty()) lines_ = std::make_unique<LineReader>(*options.lines);
    } catch (const Error& error) {
      no_model_ = error;
    }
  }

  SourceProbe Open(std::string_view bytes, const ReadLimits& limits) override {
    options_.limits = limits;
    source_.reset();
    image_.reset();
    source_ = OpenSource(bytes, limits);
    return source_->Probe();
  }

  PageReading Read(int number, const std::string& language) override {
    if (!source_) throw Error(ErrorCode::kInvalid, "no file was opened");
    if (no_model_) throw *no_model_;
    if (!engine_) engine_ = MakeTesseract(options_);
    options_.language = language;
    return ReadPage(*source_, number, options_, *engine_, {.lines = lines_.get(), .numbers = numbers_.get()});
  }

  std::string Cut(const ImageCut& cut) override {
    if (!source_) throw Error(ErrorCode::kInvalid, "no file was opened");
    if (!image_) image_ = source_->Render(1);
    return CutImage(image_.get(), cut);
  }

 private:
  ReadOptions options_;
  std::unique_ptr<PageSource> source_;
  PixPtr image_;  // decoded, while parts of it are asked for
  std::unique_ptr<OcrEngine> engine_;
  std::unique_ptr<NumberReader> numbers_;  // null without a model
  std::unique_ptr<LineReader> lines_;      // the same
  std::optional<Error> no_model_;          // why a model that was wanted could not be loaded
};

}  // namespace
}  // namespace diwan

int main(int argc, char** argv) {
  diwan::Reader reader;
  return diwan::ServeParent(argc, argv, reader);
}
