// `diwan ocr`: the reading alone, without an archive.
#include <fmt/format.h>

#include "api/alto.h"
#include "api/hocr.h"
#include "api/json.h"
#include "archive/recognize.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "core/error.h"

namespace diwan {
namespace {

struct OcrOptions {
  std::vector<std::string> files;
  std::string language = "auto";
  bool text = false;
  bool alto = false;
  bool hocr = false;
};

// Prints what was read in the form that is asked for. Pages of text and JSON are printed as they come, ALTO and hOCR
// when their file is whole, since they are one document.
class Printer {
 public:
  Printer(const Call& call, const OcrOptions& options) : call_(call), options_(options) {}

  void Add(const std::string& file, const Page& page) {
    if (!page.failure.empty()) {
      failed_ = true;
      call_.console.Say(fmt::format("{}, page {}: {}", file, page.number, page.failure));
    }
    if (options_.alto || options_.hocr) {
      pages_.push_back(page);
    } else if (call_.global.json) {
      call_.console.PrintLine(PageJson(page));
    } else {
      if (!first_) call_.console.Print("\f");
      call_.console.PrintLine(page.text);
    }
    first_ = false;
    call_.console.out << std::flush;
  }

  void EndOfFile(const std::string& file) {
    if (pages_.empty()) return;
    call_.console.PrintLine(options_.alto ? AltoOf(pages_, file) : HocrOf(pages_, file));
    pages_.clear();
  }

  bool failed() const { return failed_; }

 private:
  const Call& call_;
  const OcrOptions& options_;
  std::vector<Page> pages_;
  bool first_ = true;
  bool failed_ = false;
};

}  // namespace

int RunOcr(Call& call) {
  OcrOptions options;
  ArgumentParser parser(call);
  parser.List("FILE", options.files, "images and PDFs");
  parser.Flag("--text", options.text, "text, pages separated by a form feed (this is what you get anyway)");
  parser.Flag("--alto", options.alto, "words and boxes as ALTO, a document for each file");
  parser.Flag("--hocr", options.hocr, "words and boxes as hOCR, a document for each file");
  parser.Choice("--language", options.language, {"auto", "ara", "fas"}, "what the papers are written in");
  parser.Parse();
  if (options.files.empty()) ThrowUsage(call, "name a file to read");
  if (static_cast<int>(options.text) + static_cast<int>(options.alto) + static_cast<int>(options.hocr) +
          static_cast<int>(call.global.json) >
      1) {
    ThrowUsage(call, "only one of --text, --json, --alto, --hocr at a time");
  }

  Printer printer(call, options);
  bool failed = false;
  for (const std::string& file : options.files) {
    try {
      RecognizeFile(file, WorkerOptions{}, options.language,
                    [&](const PageReading& reading) { printer.Add(file, reading.page); });
    } catch (const Error& error) {
      failed = true;
      const std::string_view reason = error.what();
      call.console.Say(reason.find(file) == reason.npos ? fmt::format("{}: {}", file, reason) : std::string(reason));
    }
    printer.EndOfFile(file);
  }
  return failed || printer.failed() ? kExitSomeFailed : kExitSuccess;
}

}  // namespace diwan
