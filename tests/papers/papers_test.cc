// The corpus as files: the same for a seed, different for another, and whole.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poppler/GlobalParams.h>
#include <poppler/PDFDoc.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/papers/owned.h"
#include "tests/papers/press.h"

namespace diwan::papers {
namespace {

namespace fs = std::filesystem;
using ::testing::SizeIs;

const fs::path kPapers = DIWAN_PAPERS_DIR;

std::string ReadAll(const fs::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

std::map<std::string, std::string> ReadFolder(const fs::path& dir) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(dir)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), dir).string()] = ReadAll(entry.path());
  }
  return files;
}

nlohmann::json TruthOf(const fs::path& path) { return nlohmann::json::parse(ReadAll(path.string() + ".truth.json")); }

// The pages that Leptonica or Poppler sees in the file.
int CountPages(const fs::path& path) {
  if (path.extension() == ".pdf") {
    if (globalParams == nullptr) globalParams = std::make_unique<GlobalParams>();
    PDFDoc document(std::make_unique<GooString>(path.string()));
    return document.isOk() ? document.getNumPages() : 0;
  }
  const std::unique_ptr<FILE, decltype(&fclose)> file(fopen(path.c_str(), "rb"), &fclose);
  if (file == nullptr) return 0;
  if (fileFormatIsTiff(file.get()) == 0) return 1;
  int pages = 0;
  return tiffGetCount(file.get(), &pages) == 0 ? pages : 0;
}

class Papers : public ::testing::Test {
 protected:
  Papers() : dir_(fs::temp_directory_path() / fmt::format("diwan-papers-test-{}", getpid())) {
    fs::create_directories(dir_);
  }
  ~Papers() override { fs::remove_all(dir_); }

  // The bytes of one paper under the given seed and copy.
  std::string Print(const Paper& paper, int copy, uint64_t seed) {
    PrintPaper(paper, copy, seed, dir_ / "paper", dir_ / "truth");
    return ReadAll(dir_ / "paper");
  }

  fs::path dir_;
};

// The build wrote the corpus with the program; this writes it again, with two pages of the first copy.
TEST_F(Papers, OneSeedGivesTheSameBytesAndAsManyPagesAsAsked) {
  EXPECT_EQ(PrintCorpus(dir_ / "files", {.copies = 9, .pages = 31, .truth = dir_ / "truth"}), 31);
  auto again = ReadFolder(dir_ / "files");
  again.merge(ReadFolder(dir_ / "truth"));
  const auto first = ReadFolder(kPapers);
  ASSERT_THAT(first, SizeIs(2 * Corpus().size()));
  ASSERT_THAT(again, SizeIs(first.size() + 2));
  for (const auto& [name, bytes] : first) EXPECT_TRUE(again.at(name) == bytes) << name;
  std::set<std::string> contents;
  for (const auto& [name, bytes] : again) EXPECT_TRUE(contents.insert(bytes).second) << name;
}

TEST_F(Papers, AnotherSeedOrCopyGivesOtherBytes) {
  for (const size_t i : {0, 3, 9}) {  // bilevel, grey and drawn
    const Paper& paper = Corpus()[i];
    const std::string original = Print(paper, 0, 1);
    EXPECT_TRUE(original != Print(paper, 0, 2)) << paper.file;
    EXPECT_TRUE(original != Print(paper, 1, 1)) << paper.file;
  }
}

TEST_F(Papers, FilesOpenWithTheirPages) {
  for (const Paper& paper : Corpus()) {
    const fs::path path = kPapers / std::string(paper.file);
    EXPECT_EQ(CountPages(path), static_cast<int>(paper.pages.size())) << path;
    EXPECT_THAT(TruthOf(path)["pages"], SizeIs(paper.pages.size())) << path;
  }
}

TEST_F(Papers, ScansHaveTheDepthOfTheirFormatAndInk) {
  for (const Paper& paper : Corpus()) {
    const fs::path path = kPapers / std::string(paper.file);
    if (path.extension() == ".pdf") continue;
    const PixPtr pix(pixRead(path.c_str()));
    ASSERT_NE(pix, nullptr) << path;
    const bool bilevel = paper.format == Format::kTiffG4 || paper.format == Format::kPngBilevel;
    EXPECT_EQ(pixGetDepth(pix.get()) == 1, bilevel) << path;
    const PixPtr black(pixConvertTo1(pix.get(), 150));
    float share = 0;
    pixForegroundFraction(black.get(), &share);
    EXPECT_GT(share, 0.01) << path;
    EXPECT_LT(share, 0.15) << path;
  }
}

TEST_F(Papers, GroundTruthIsThatOfTheCopy) {
  const Paper& paper = Corpus()[0];
  PrintPaper(paper, 5, 1, dir_ / "paper", dir_ / "paper.truth.json");
  const nlohmann::json original = TruthOf(kPapers / std::string(paper.file)), copy = TruthOf(dir_ / "paper");
  EXPECT_EQ(original["number"], "45/2018");
  EXPECT_EQ(original["date"]["printed"], "٢٥/٦/١٤٣٩");
  EXPECT_EQ(original["date"]["normal"], "2018-03-13");
  EXPECT_EQ(copy["number"], "50/2018");
  EXPECT_NE(copy["pages"][0]["readable_number"], original["pages"][0]["readable_number"]);
  EXPECT_EQ(copy["pages"][0]["words"], original["pages"][0]["words"]);
}

}  // namespace
}  // namespace diwan::papers
