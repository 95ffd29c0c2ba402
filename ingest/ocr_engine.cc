// Tesseract, held so that it can do no harm: LSTM models of the administrator's folder only, images handed over in
// memory only, no files named, no processing of lists. Recognition is what a page's reading costs.
#include "ingest/ocr_engine.h"

#include <fmt/format.h>
#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "core/error.h"
#include "core/fold.h"
#include "ingest/language.h"
#include "ingest/layout.h"
#include "ingest/missed_ink.h"
#include "ingest/models.h"
#include "ingest/page_shape.h"
#include "ingest/scan.h"
#include "ingest/script.h"

namespace diwan {
namespace {

using tesseract::PageSegMode;

struct Setting {
  const char* name;
  const char* value;
};
// At start-up. Those that switch dictionaries off are not here: the LSTM recogniser of 5.3 doesn't ask them.
constexpr Setting kSettings[] = {
    {"tessedit_do_invert", "0"},             // white on black is rare, and trying it costs time
    {"textord_tabfind_vertical_text", "0"},  // a page on its side is turned first; see page_reader.cc
    {"debug_file", "/dev/null"},
};

constexpr int kMissedLineConfidence = 60;  // a line found afterwards is kept from here on
constexpr int kGraphicsConfidence = 60;    // a "word" without letter or digit is kept from here on
constexpr int kMaxMissedLines = 40;

// Text of a word as Word::text wants it.
std::u32string Tidy(const char* utf8) {
  std::u32string text = FromUtf8(utf8);
  text.erase(std::remove_if(text.begin(), text.end(), [](char32_t c) { return c <= ' ' || IsBidiMark(c); }),
             text.end());
  return text;
}

bool HasLetterOrDigit(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char32_t c) { return IsDigit(c) || IsArabicLetter(c) || IsLatinLetter(c); });
}

struct Reading {
  std::vector<Word> words;
  double confidence_sum = 0;  // over characters
  double characters = 0;
  double Confidence() const { return characters == 0 ? 0 : confidence_sum / characters; }
};

// Each line's words from the right: Tesseract's own order goes wrong where a full stop was read as a digit.
std::vector<Word> LinesAcross(std::vector<Word> words) {
  std::vector<Word> ordered;
  ordered.reserve(words.size());
  for (size_t at = 0; at < words.size();) {
    std::vector<Word> line;
    const int number = words[at].line;
    for (; at < words.size() && words[at].line == number; ++at) line.push_back(std::move(words[at]));
    std::ranges::move(OrderAcross(std::move(line)), std::back_inserter(ordered));
  }
  return ordered;
}

// The words that `api` recognised, lines and blocks numbered from 0.
Reading Collect(tesseract::TessBaseAPI& api) {
  Reading reading;
  const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
  if (at == nullptr) return reading;
  int line = -1;
  int block = -1;
  do {
    if (at->Empty(tesseract::RIL_WORD)) continue;
    if (at->IsAtBeginningOf(tesseract::RIL_BLOCK) || block < 0) ++block;
    if (at->IsAtBeginningOf(tesseract::RIL_TEXTLINE) || line < 0) ++line;
    const std::unique_ptr<char[]> utf8(at->GetUTF8Text(tesseract::RIL_WORD));
    const std::u32string text = utf8 == nullptr ? std::u32string() : Tidy(utf8.get());
    const float confidence = at->Confidence(tesseract::RIL_WORD);
    int left = 0, top = 0, right = 0, bottom = 0;
    if (text.empty() || !at->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) continue;
    if (!HasLetterOrDigit(text) && confidence < kGraphicsConfidence) continue;  // a rule or a speck
    Word word;
    word.text = ToUtf8(text);
    word.box = {left, top, right - left, bottom - top};
    word.confidence = std::clamp(confidence, 0.0F, 100.0F);
    word.line = line;
    word.block = block;
    reading.characters += static_cast<double>(text.size());
    reading.confidence_sum += word.confidence * static_cast<double>(text.size());
    reading.words.push_back(std::move(word));
  } while (at->Next(tesseract::RIL_WORD));
  reading.words = LinesAcross(std::move(reading.words));
  return reading;
}

Box BoxAt(const tesseract::PageIterator& at, tesseract::PageIteratorLevel level) {
  int left = 0, top = 0, right = 0, bottom = 0;
  if (!at.BoundingBox(level, &left, &top, &right, &bottom)) return {};
  return {left, top, right - left, bottom - top};
}

std::vector<TextLine> LinesOf(tesseract::PageIterator& at) {
  std::vector<TextLine> lines;
  int block = -1;
  do {
    if (at.IsAtBeginningOf(tesseract::RIL_BLOCK) || block < 0) ++block;
    if (at.IsAtBeginningOf(tesseract::RIL_TEXTLINE) || lines.empty()) {
      lines.push_back({.box = BoxAt(at, tesseract::RIL_TEXTLINE), .block = block, .words = {}});
    }
    const Box word = BoxAt(at, tesseract::RIL_WORD);
    if (word.width > 0 && word.width <= lines.back().box.width) lines.back().words.push_back(word);
  } while (at.Next(tesseract::RIL_WORD));
  return lines;
}

// Layout analysis only where there is layout.
PageSegMode ModeFor(PageShape shape) {
  switch (shape) {
    case PageShape::kLine:
      return tesseract::PSM_RAW_LINE;
    case PageShape::kRows:
      return tesseract::PSM_SINGLE_BLOCK;
    case PageShape::kColumns:
      break;
  }
  return tesseract::PSM_AUTO;
}

class TesseractEngine : public OcrEngine {
 public:
  explicit TesseractEngine(const ReadOptions& options) : options_(options) { SilenceLeptonica(); }

  Recognition Recognize(Pix* image, const std::string& language) override {
    return RecognizePage(image, nullptr, language);
  }

  Recognition RecognizePage(Pix* image, Pix* gray, const std::string& language) override {
    const std::optional<std::string> told = language == "auto" ? TellLanguage(image) : language;
    Recognition result = ReadIn(image, gray, told.value_or("ara"));
    if (told) return result;
    // The few lines didn't tell; the whole page may.
    const std::optional<std::string> now = GuessLanguage(JoinWords(result.words));
    if (!now || *now == result.language) return result;
    Recognition second = ReadIn(image, gray, *now);
    return second.confidence > result.confidence - 10 ? std::move(second) : std::move(result);
  }

  std::vector<TextLine> FindLines(Pix* image, const std::string& language) override {
    tesseract::TessBaseAPI& api = Model(language == "auto" ? "fas" : language);
    Show(api, image, nullptr, ModeFor(ShapeOf(image)));
    const std::unique_ptr<tesseract::PageIterator> at(api.AnalyseLayout());
    std::vector<TextLine> lines = at == nullptr ? std::vector<TextLine>() : LinesOf(*at);
    api.Clear();
    return lines;
  }

  std::vector<Word> ReadLine(Pix* image, Pix* gray, const Box& box, const std::string& language) override {
    constexpr int kMargin = 4;  // pixels around the line
    const int left = std::max(0, box.x - kMargin);
    const int top = std::max(0, box.y - kMargin);
    BOX* area = boxCreate(left, top, box.width + 2 * kMargin, box.height + 2 * kMargin);
    const PixPtr strip(pixClipRectangle(image, area, nullptr));
    const PixPtr soft(gray == nullptr ? nullptr : pixClipRectangle(gray, area, nullptr));
    boxDestroy(&area);
    if (strip == nullptr) return {};
    pixSetResolution(strip.get(), pixGetXRes(image), pixGetYRes(image));
    Reading found = Read(Model(language), strip.get(), soft.get(), tesseract::PSM_RAW_LINE);
    for (Word& word : found.words) {
      word.box.x += left;
      word.box.y += top;
      word.line = word.block = 0;
    }
    return std::move(found.words);
  }

  std::string Describe(const std::string& language) const override {
    const auto name = names_.find(language);
    return fmt::format("tesseract {} {}", tesseract::TessBaseAPI::Version(),
                       name == names_.end() ? language : name->second);
  }

 private:
  // The engine with one model, loaded when first asked for.
  tesseract::TessBaseAPI& Model(const std::string& language) {
    std::unique_ptr<tesseract::TessBaseAPI>& api = models_[language];
    if (api != nullptr) return *api;
    const LanguageModel model = FindLanguageModel(options_, language);
    if (model.file.empty()) {
      throw Error(ErrorCode::kNotFound,
                  fmt::format("no Tesseract model \"{}\" in {}: install the package tesseract-ocr-{}", language,
                              options_.tessdata.string(), language));
    }
    auto fresh = std::make_unique<tesseract::TessBaseAPI>();
    std::vector<std::string> names;
    std::vector<std::string> values;
    for (const Setting& setting : kSettings) {
      names.emplace_back(setting.name);
      values.emplace_back(setting.value);
    }
    if (fresh->Init(model.file.parent_path().c_str(), language.c_str(), tesseract::OEM_LSTM_ONLY, nullptr, 0, &names,
                    &values, false) != 0) {
      throw Error(ErrorCode::kUnavailable, fmt::format("the Tesseract model \"{}\" can't be loaded", language));
    }
    api = std::move(fresh);
    names_[language] = fmt::format("{}{} {}", model.own ? "own " : "", language, ModelDigest(model.file).substr(0, 8));
    return *api;
  }

  Recognition ReadIn(Pix* image, Pix* gray, const std::string& language) {
    tesseract::TessBaseAPI& api = Model(language);
    Reading reading = Read(api, image, gray, ModeFor(ShapeOf(image)));
    AddMissedLines(api, image, reading);
    return {std::move(reading.words), language, reading.Confidence()};
  }

  static void Show(tesseract::TessBaseAPI& api, Pix* image, Pix* gray, PageSegMode mode) {
    constexpr int kMaxSide = 32'000;  // Tesseract's coordinates are 16 bits
    if (pixGetWidth(image) > kMaxSide || pixGetHeight(image) > kMaxSide) {
      throw Error(ErrorCode::kTooLarge, "the page is too long to be recognised: cut it");
    }
    api.SetPageSegMode(mode);
    api.SetImage(image);
    if (gray != nullptr) api.SetInputImage(pixClone(gray));  // it takes letters from there, and owns it from here on
    api.SetSourceResolution(std::max(70, pixGetXRes(image)));
  }

  static Reading Read(tesseract::TessBaseAPI& api, Pix* image, Pix* gray, PageSegMode mode) {
    Show(api, image, gray, mode);
    const bool failed = api.Recognize(nullptr) != 0;
    Reading reading = failed ? Reading{} : Collect(api);
    api.Clear();
    if (failed) throw Error(ErrorCode::kInternal, "Tesseract failed on the page");
    return reading;
  }

  // Reads a few lines and judges what came out. `fas` reads them, having all letters of both.
  std::optional<std::string> TellLanguage(Pix* image) {
    constexpr int kLines = 3;
    const PixPtr sheet = SampleSheet(image, SampleLines(image, kLines));
    if (sheet == nullptr) return std::nullopt;
    Reading reading = Read(Model("fas"), sheet.get(), nullptr, tesseract::PSM_SINGLE_BLOCK);
    return GuessLanguage(JoinWords(reading.words));
  }

  static void AddMissedLines(tesseract::TessBaseAPI& api, Pix* image, Reading& reading) {
    const MissedInk missed = FindMissedInk(image, reading.words);
    if (missed.lines.size() > kMaxMissedLines) return;  // a picture, not text
    const int border = pixGetXRes(image) / 16;
    const std::vector<Word> first = reading.words;
    int line = first.empty() ? 0 : first.back().line + 1;
    int block = first.empty() ? 0 : first.back().block + 1;
    for (const Box& box : missed.lines) {
      const PixPtr strip(pixCreate(box.width + 2 * border, box.height + 2 * border, 1));
      if (strip == nullptr) return;
      pixSetResolution(strip.get(), pixGetXRes(image), pixGetYRes(image));
      pixRasterop(strip.get(), border, border, box.width, box.height, PIX_SRC, missed.rest.get(), box.x, box.y);
      Reading found = Read(api, strip.get(), nullptr, tesseract::PSM_RAW_LINE);
      if (found.Confidence() < kMissedLineConfidence) continue;
      const int around = BlockAt(first, box);
      for (Word& word : found.words) {
        word.box.x = std::max(0, word.box.x + box.x - border);
        word.box.y = std::max(0, word.box.y + box.y - border);
        word.line = line;
        word.block = around < 0 ? block : around;
        reading.words.push_back(std::move(word));
      }
      reading.characters += found.characters;
      reading.confidence_sum += found.confidence_sum;
      ++line;
      ++block;
    }
  }

  const ReadOptions options_;
  std::map<std::string, std::unique_ptr<tesseract::TessBaseAPI>> models_;
  std::map<std::string, std::string> names_;  // of those, with what tells one file from another
};

}  // namespace

std::unique_ptr<OcrEngine> MakeTesseract(const ReadOptions& options) {
  return std::make_unique<TesseractEngine>(options);
}

}  // namespace diwan
