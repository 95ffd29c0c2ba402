// Runs the steps of a paper in order (words, scan, file, truth), and the corpus paper by paper.
#include "tests/papers/press.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "tests/papers/files.h"
#include "tests/papers/random.h"
#include "tests/papers/wording.h"

namespace diwan::papers {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json PageTruth(const PageText& page, const std::vector<Line>& lines, int copy) {
  const int readable = ReadableOf(page, copy);
  return {{"text", TruthText(lines)},
          {"words", page.words},
          {"readable_number", readable == 0 ? Json(nullptr) : Json(std::to_string(readable))}};
}

Json Truth(const Paper& paper, int copy, const std::vector<std::vector<Line>>& pages) {
  Json truth = {{"file", paper.file},
                {"language", paper.language},
                {"type", paper.type},
                {"number", fmt::format("{}/{}", SerialOf(paper, copy), paper.year)},
                {"date", {{"printed", InDigits(paper.printed_date, paper.digits)}, {"normal", paper.date}}},
                {"title", TitleOf(pages.front())},
                {"digits", NameOf(paper.digits)},
                {"calendar", paper.calendar},
                {"condition", NameOf(paper.condition)},
                {"format", NameOf(paper.format)},
                {"copy", copy},
                {"pages", Json::array()}};
  for (size_t i = 0; i < pages.size(); ++i) truth["pages"].push_back(PageTruth(paper.pages[i], pages[i], copy));
  return truth;
}

}  // namespace

void PrintPaper(const Paper& paper, int copy, uint64_t seed, const fs::path& path, const fs::path& truth) {
  std::vector<std::vector<Line>> pages;
  for (const PageText& page : paper.pages) pages.push_back(Word(paper, page, copy));
  WriteFile(path, paper, pages, Random(seed).For(fmt::format("{} {}", paper.file, copy)));
  std::ofstream out(truth, std::ios::trunc);
  out << Truth(paper, copy, pages).dump(1) << '\n';
  if (!out.flush()) throw Error(ErrorCode::kUnavailable, fmt::format("{}: can't be written", truth.string()));
}

int PrintCorpus(const fs::path& dir, const PressOptions& options) {
  const fs::path truth_dir = options.truth.empty() ? dir : options.truth;
  int written = 0;
  const auto full = [&] { return options.pages > 0 && written == options.pages; };
  for (int copy = 0; copy <= options.copies && !full(); ++copy) {
    const fs::path folder = copy == 0 ? fs::path() : fs::path(fmt::format("copy-{}", copy));
    fs::create_directories(dir / folder);
    fs::create_directories(truth_dir / folder);
    for (const Paper& paper : Corpus()) {
      const int pages = static_cast<int>(paper.pages.size());
      if (options.pages > 0 && written + pages > options.pages) continue;  // a later paper may be short enough
      const std::string name(paper.file);
      PrintPaper(paper, copy, options.seed, dir / folder / name, truth_dir / folder / (name + ".truth.json"));
      written += pages;
    }
  }
  return written;
}

}  // namespace diwan::papers
