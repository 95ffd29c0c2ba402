// From the corpus to sheets: each page under two conditions, its digits chosen anew, its truth as files of three kinds.
#include "tests/papers/sheets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "tests/papers/files.h"
#include "tests/papers/scan.h"

namespace diwan::papers {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Degradation {
  Condition condition;
  Format format;
};

constexpr Degradation kDegradations[] = {
    {Condition::kSkewed, Format::kJpeg},     {Condition::kFaxFine, Format::kTiffG4},
    {Condition::kGaussian, Format::kJpeg},   {Condition::kUpsideDown, Format::kJpeg},
    {Condition::kFaded, Format::kJpeg},      {Condition::kPhotocopied, Format::kPngBilevel},
    {Condition::kSaltPepper, Format::kJpeg}, {Condition::kSideways, Format::kJpeg},
    {Condition::kLowQuality, Format::kJpeg}, {Condition::kFaxStandard, Format::kTiffG4},
};

std::string_view SuffixOf(Format format) {
  if (format == Format::kTiffG4) return ".tif";
  return format == Format::kPngBilevel ? ".png" : ".jpg";
}

void WriteText(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  if (!out.flush()) throw Error(ErrorCode::kUnavailable, fmt::format("{}: can't be written", path.string()));
}

Json BoxJson(const InkBox& box) {
  Json json = Json::array();
  for (const double value : {box.left, box.top, box.right, box.bottom}) json.push_back(std::round(value * 10) / 10);
  return json;
}

Json WordsJson(const std::vector<DrawnWord>& words) {
  Json json = Json::array();
  for (const DrawnWord& word : words) {
    Json entry = BoxJson(word.box);
    entry.insert(entry.begin(), word.text);
    json.push_back(std::move(entry));
  }
  return json;
}

// Writes one image of a page and its truth. Returns its entry in the manifest.
Json PrintSheet(const fs::path& dir, const Paper& paper, const std::vector<Line>& lines, const std::string& doc,
                bool clean, const Random& random) {
  const std::string name = fmt::format("{}_{}", doc, NameOf(paper.condition));
  const std::string file = name + std::string(SuffixOf(paper.format));
  Scan scan = ScanPage(paper, lines, random.For(name));
  std::vector<PixPtr> images;
  images.push_back(std::move(scan.image));
  WriteScans(dir / file, paper, images);
  WriteText(dir / (name + ".gt.txt"), TruthText(lines));
  if (clean) WriteText(dir / (name + ".words.json"), WordsJson(scan.drawn.words).dump() + "\n");
  const bool table = std::ranges::find(lines, '|', &Line::kind) != lines.end();
  constexpr std::string_view kDigits[] = {"arab", "fa", "latn"};
  Json ornaments = Json::array();
  for (const InkBox& box : scan.drawn.ornaments) ornaments.push_back(BoxJson(box));
  return {{"file", file},
          {"doc", doc},
          {"lang", paper.language == "fas" ? "fa" : "ar"},
          {"kind", table ? "table" : paper.type},
          {"font", paper.font},
          {"digits", kDigits[static_cast<size_t>(paper.digits)]},
          {"cond", clean ? "clean" : "degraded"},
          {"deg", NameOf(paper.condition)},
          {"dpi", scan.dpi},
          {"angle", scan.turned},
          {"ornaments", std::move(ornaments)}};
}

Digits DigitsOf(const Paper& paper, size_t page) {
  if (page % 3 == 2) return Digits::kLatin;
  return paper.language == "fas" ? Digits::kPersian : Digits::kArabic;
}

}  // namespace

int PrintSheets(const fs::path& dir, const SheetOptions& options) {
  fs::create_directories(dir);
  const Random random(options.seed);
  Json manifest = Json::array();
  size_t count = 0;  // of pages
  const auto full = [&] { return options.pages > 0 && count == static_cast<size_t>(options.pages); };
  for (int copy = 0; copy <= options.copies; ++copy) {
    for (size_t p = 0; p < Corpus().size(); ++p) {
      Paper paper = Corpus()[p];
      if (!options.face.empty()) paper.font = paper.title_font = options.face;
      for (size_t i = 0; i < paper.pages.size() && !full(); ++i, ++count) {
        paper.digits = DigitsOf(paper, count);
        const std::vector<Line> lines = Word(paper, paper.pages[i], copy);
        const std::string doc = fmt::format("p{:02}-{}{}", p + 1, i + 1, copy == 0 ? "" : fmt::format("-c{}", copy));
        paper.condition = Condition::kClean;
        paper.format = Format::kJpeg;
        manifest.push_back(PrintSheet(dir, paper, lines, doc, true, random));
        const Degradation& worse = kDegradations[(count + options.seed) % std::size(kDegradations)];
        paper.condition = worse.condition;
        paper.format = worse.format;
        manifest.push_back(PrintSheet(dir, paper, lines, doc, false, random));
      }
    }
  }
  WriteText(dir / "manifest.json", manifest.dump(1) + "\n");
  return static_cast<int>(manifest.size());
}

}  // namespace diwan::papers
