// `diwan ocr`: the reading alone, without an archive.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "api/alto.h"
#include "api/hocr.h"
#include "api/json.h"
#include "archive/recognize.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "core/error.h"
#include "ingest/models.h"

namespace diwan {
namespace {

struct OcrOptions {
  std::vector<std::string> files;
  std::string language = "auto";
  bool text = false;
  bool alto = false;
  bool hocr = false;
  bool settings = false;
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

// A file that is there or not, for people.
std::string Shown(const std::filesystem::path& file) {
  return file.empty() ? "none" : fmt::format("{} ({})", file.string(), ModelDigest(file).substr(0, 8));
}

nlohmann::json Told(const std::filesystem::path& file) {
  if (file.empty()) return nullptr;
  return {{"file", file.string()}, {"sha256", ModelDigest(file)}};
}

// What pages are read with, here and now.
void PrintSettings(const Call& call, const OcrOptions& options, const WorkerOptions& worker) {
  const ReadOptions read = WithInstalledModels(worker.read);
  nlohmann::json json = {{"language", options.language},          {"own_models", read.models->string()},
                         {"numbers", Told(*read.numbers)},        {"lines", Told(*read.lines)},
                         {"number_sure_from", kSureNumber},       {"page_seconds", worker.page_deadline.count()},
                         {"worker_bytes", worker.max_memory},     {"worker_pages", worker.max_pages},
                         {"page_pixels", read.limits.max_pixels}, {"page_side", read.limits.max_side},
                         {"file_pages", read.limits.max_pages}};
  Table table{.rows = {{"setting", "value"}, {"language", options.language}}, .numbers = {}};
  for (const char* language : {"ara", "fas"}) {
    const LanguageModel model = FindLanguageModel(read, language);
    json["models"][language] = Told(model.file);
    if (!model.file.empty()) json["models"][language].update({{"own", model.own}, {"bytes", model.bytes}});
    table.rows.push_back({fmt::format("model {}{}", language, model.own ? ", own" : ""), Shown(model.file)});
  }
  if (call.global.json) {
    call.console.PrintLine(json.dump());
    return;
  }
  table.rows.insert(table.rows.end(),
                    {{"own models go into", read.models->string()},
                     {"reader of numbers", Shown(*read.numbers)},
                     {"reader of lines", Shown(*read.lines)},
                     {"a number is sure from", fmt::format("{:g} %", 100 * kSureNumber)},
                     {"time for a page", fmt::format("{} s", worker.page_deadline.count())},
                     {"memory of a worker", fmt::format("{} MB", worker.max_memory >> 20)},
                     {"pages of a worker", fmt::format("{}, then a fresh one", worker.max_pages)},
                     {"largest page", fmt::format("{} million pixels, {} on a side", read.limits.max_pixels / 1'000'000,
                                                  read.limits.max_side)},
                     {"largest file", fmt::format("{} pages", read.limits.max_pages)}});
  call.console.PrintLine(Format(table));
}

}  // namespace

int RunOcr(Call& call) {
  OcrOptions options;
  ArgumentParser parser(call);
  parser.List("FILE", options.files, "images and PDFs");
  parser.Flag("--text", options.text, "text, pages separated by a form feed (this is what you get anyway)");
  parser.Flag("--alto", options.alto, "words and boxes as ALTO, a document for each file");
  parser.Flag("--hocr", options.hocr, "words and boxes as hOCR, a document for each file");
  parser.Choice("--language", options.language, {"auto", "ara", "fas"}, "what the papers are written in");
  parser.Flag("--settings", options.settings, "what pages are read with: models, limits (--json too)");
  parser.Parse();
  if (options.settings) {
    PrintSettings(call, options, WorkerOptions{});
    return kExitSuccess;
  }
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
