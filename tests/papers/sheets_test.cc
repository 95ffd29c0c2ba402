// Sheets: the truth beside an image is that of the image.
#include "tests/papers/sheets.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/error.h"
#include "tests/papers/owned.h"

namespace diwan::papers {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using Json = nlohmann::json;

constexpr int kPages = 6;  // with a table, signatures and a stamp among them

class Sheets : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = fs::temp_directory_path() / fmt::format("diwan-sheets-test-{}", getpid());
    PrintSheets(folder, {.pages = kPages});
    manifest = Json::parse(Read("manifest.json"));
  }
  static void TearDownTestSuite() { fs::remove_all(folder); }

  static std::string Read(const std::string& name) {
    std::ostringstream bytes;
    bytes << std::ifstream(folder / name, std::ios::binary).rdbuf();
    return bytes.str();
  }

  static std::string Stem(const Json& sheet) { return fs::path(sheet["file"].get<std::string>()).stem(); }

  static std::vector<Json> Clean() {
    std::vector<Json> clean;
    for (const Json& sheet : manifest) {
      if (sheet["cond"] == "clean") clean.push_back(sheet);
    }
    return clean;
  }

  // One bit per pixel.
  static PixPtr Ink(const Json& sheet) {
    const PixPtr pix(pixRead((folder / sheet["file"].get<std::string>()).c_str()));
    return PixPtr(pixConvertTo1(pix.get(), 200));
  }

  static inline fs::path folder;
  static inline Json manifest;
};

struct BoxFreer {
  void operator()(BOX* box) const { boxDestroy(&box); }
};
using BoxPtr = std::unique_ptr<BOX, BoxFreer>;

BoxPtr BoxOf(const Json& numbers, size_t first) {
  const double left = numbers[first], top = numbers[first + 1], right = numbers[first + 2], bottom = numbers[first + 3];
  const int x = static_cast<int>(left) - 2, y = static_cast<int>(top) - 2;
  return BoxPtr(boxCreate(x, y, static_cast<int>(right) + 3 - x, static_cast<int>(bottom) + 3 - y));
}

int CountInk(const PixPtr& pix) {
  int count = 0;
  pixCountPixels(pix.get(), &count, nullptr);
  return count;
}

TEST_F(Sheets, EachPageIsThereCleanAndDegraded) {
  ASSERT_THAT(manifest, SizeIs(2 * kPages));
  std::set<std::string> digits, degradations;
  for (const Json& sheet : manifest) {
    digits.insert(sheet["digits"]);
    if (sheet["cond"] == "degraded") degradations.insert(sheet["deg"]);
    EXPECT_EQ(fs::exists(folder / (Stem(sheet) + ".words.json")), sheet["cond"] == "clean") << sheet;
  }
  EXPECT_THAT(digits, ElementsAre("arab", "latn"));  // no Persian paper among the first ones
  EXPECT_THAT(degradations, SizeIs(kPages));
  EXPECT_EQ(manifest[5]["deg"], "upside_down");
  EXPECT_EQ(manifest[5]["angle"], 180);
}

TEST_F(Sheets, WordsStandInTheOrderOfTheText) {
  for (const Json& sheet : Clean()) {
    std::istringstream text(Read(Stem(sheet) + ".gt.txt"));
    for (const Json& word : Json::parse(Read(Stem(sheet) + ".words.json"))) {
      std::string expected;
      text >> expected;
      EXPECT_EQ(word[0], expected) << sheet["file"];
    }
    std::string left;
    EXPECT_FALSE(text >> left) << sheet["file"] << " " << left;
  }
}

// With two pixels around each, for the blur of drawing and JPEG.
TEST_F(Sheets, BoxesFitTheInkOfTheirWords) {
  for (const Json& sheet : Clean()) {
    const PixPtr ink = Ink(sheet);
    for (const Json& word : Json::parse(Read(Stem(sheet) + ".words.json"))) {
      const BoxPtr box = BoxOf(word, 1);
      const PixPtr part(pixClipRectangle(ink.get(), box.get(), nullptr));
      BOX* found = nullptr;
      ASSERT_EQ(pixClipToForeground(part.get(), nullptr, &found), 0) << sheet["file"] << " " << word;
      const BoxPtr fit(found);
      EXPECT_GE(fit->w, box->w - 10) << sheet["file"] << " " << word;
      EXPECT_GE(fit->h, box->h - 10) << sheet["file"] << " " << word;
    }
  }
}

TEST_F(Sheets, HardlyAnyInkIsOutsideTheBoxes) {
  for (const Json& sheet : Clean()) {
    if (sheet["kind"] == "table") continue;  // its rules
    const PixPtr ink = Ink(sheet);
    const int all = CountInk(ink);
    for (const Json& word : Json::parse(Read(Stem(sheet) + ".words.json"))) {
      pixClearInRect(ink.get(), BoxOf(word, 1).get());
    }
    for (const Json& ornament : sheet["ornaments"]) pixClearInRect(ink.get(), BoxOf(ornament, 0).get());
    EXPECT_LT(CountInk(ink), 0.075 * all) << sheet["file"];  // the rule below the letterhead
  }
}

TEST_F(Sheets, AFaceThatIsNotInstalledIsAnError) {
  try {
    PrintSheets(folder / "none", {.pages = 1, .face = "No Such Face"});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnavailable);
  }
}

}  // namespace
}  // namespace diwan::papers
