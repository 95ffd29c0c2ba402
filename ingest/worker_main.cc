// The program diwan-worker: reads pages of one file after another for the parent that started it. In the life of a
// page this is the only process that decodes bytes from outside.
#include <memory>

#include "core/error.h"
#include "ingest/ocr_engine.h"
#include "ingest/page_reader.h"
#include "ingest/page_source.h"
#include "ingest/serve.h"

namespace diwan {
namespace {

class Reader : public PageService {
 public:
  void Prepare(const std::filesystem::path& tessdata) override { options_.tessdata = tessdata; }

  SourceProbe Open(std::string_view bytes, const ReadLimits& limits) override {
    options_.limits = limits;
    source_.reset();
    source_ = OpenSource(bytes, limits);
    return source_->Probe();
  }

  PageReading Read(int number, const std::string& language) override {
    if (!source_) throw Error(ErrorCode::kInvalid, "no file was opened");
    if (!engine_) engine_ = MakeTesseract(options_);
    options_.language = language;
    return ReadPage(*source_, number, options_, *engine_);
  }

 private:
  ReadOptions options_;
  std::unique_ptr<PageSource> source_;
  std::unique_ptr<OcrEngine> engine_;
};

}  // namespace
}  // namespace diwan

int main(int argc, char** argv) {
  diwan::Reader reader;
  return diwan::ServeParent(argc, argv, reader);
}
