// Marks at the ends of words: what was printed, what an engine says, and what comes of both.
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include "ingest/punctuation.h"
#include "tests/ingest/reading_papers.h"

namespace diwan {
namespace {

struct MarkCase {
  const char* printed;
  const char* read;
  const char* restored;
};
const MarkCase kMarks[] = {
    {"القرار.", "القرار.", "القرار."}, {"القرار،", "القرار.", "القرار،"}, {"القرار،", "القرار»", "القرار،"},
    {"القرار،", "القرارء", "القرار،"}, {"البناء", "البناء", "البناء"},    {"القرار،", "القرار,", "القرار،"},
    {"سوا،", "سواء", "سواء"},          {"القرار؛", "القرار؛", "القرار؛"}, {"القرار،", "القرار؛", "القرار،"},
    {"القرار؟", "القرار?", "القرار؟"}, {"القرار؛", "القرار;", "القرار؛"}, {"القرار", "القرار", "القرار"},
};

Box InkOf(Pix* page) {
  Box box;
  BOX* found = nullptr;
  pixClipToForeground(page, nullptr, &found);
  boxGetGeometry(found, &box.x, &box.y, &box.width, &box.height);
  boxDestroy(&found);
  return box;
}

TEST(RestoreMarksTest, InkDecides) {
  for (const char* font : {"Amiri", "Nazli", "Noto Naskh Arabic"}) {
    for (const MarkCase& mark : kMarks) {
      const papers::Paper paper{.lines = {mark.printed}, .font = font, .points = 14, .dpi = 165};
      const PixPtr page = papers::Black(papers::Draw(paper).get());
      Word word;
      word.text = mark.read;
      word.box = InkOf(page.get());
      const Word restored = RestoreMarks({word}, page.get())[0];
      EXPECT_EQ(restored.text, mark.restored) << font << ", printed " << mark.printed << ", read " << mark.read;
      EXPECT_EQ(restored.box, word.box);
    }
  }
}

TEST(RestoreMarksTest, AClosingQuoteStaysWhereOneWasOpened) {
  const papers::Paper paper{.lines = {"«قرار المجلس»"}, .dpi = 165};
  const std::vector<Word> words = papers::DrawnWords(paper);
  EXPECT_EQ(RestoreMarks(words, papers::Black(papers::Draw(paper).get()).get()), words);
}

TEST(RestoreMarksTest, BoxesOutsideThePageAreNoTrouble) {
  Word word;
  word.text = "قرار.";
  const PixPtr page = papers::Black(papers::Draw({.lines = {"قرار"}, .dpi = 100}).get());
  for (const Box& box : {Box{-50, -50, 20, 20}, Box{100'000, 10, 20, 20}, Box{10, 10, 0, 0}}) {
    word.box = box;
    EXPECT_EQ(RestoreMarks({word}, page.get())[0].text, "قرار.");
  }
}

}  // namespace
}  // namespace diwan
