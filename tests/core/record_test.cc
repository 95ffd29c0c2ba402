// The text of a page out of its words, and the small helpers of records.
#include "core/record.h"

#include <gtest/gtest.h>

namespace diwan {
namespace {

struct Placed {
  std::string text;
  int line;
  int block;
};

std::vector<Word> Words(const std::vector<Placed>& placed) {
  std::vector<Word> words;
  for (const Placed& p : placed) {
    Word& word = words.emplace_back();
    word.text = p.text;
    word.line = p.line;
    word.block = p.block;
  }
  return words;
}

struct Row {
  std::vector<Placed> words;
  std::string_view text;
};

TEST(JoinWords, LinesAndBlocks) {
  const Row rows[] = {
      {{}, ""},
      {{{"قرار", 0, 0}}, "قرار\n"},
      {{{"قرار", 0, 0}, {"رقم", 0, 0}}, "قرار رقم\n"},
      {{{"قرار", 0, 0}, {"رقم", 1, 0}}, "قرار\nرقم\n"},
      {{{"قرار", 0, 0}, {"رقم", 1, 1}}, "قرار\n\nرقم\n"},
      {{{"قرار", 0, 0}, {"رقم", 0, 1}}, "قرار\n\nرقم\n"},  // a new block, even when the line numbers begin again
      {{{"a", 0, 0}, {"b", 0, 0}, {"c", 1, 0}, {"d", 2, 1}, {"e", 2, 1}}, "a b\nc\n\nd e\n"},
  };
  for (const Row& row : rows) {
    std::vector<Word> words = Words(row.words);
    EXPECT_EQ(JoinWords(words), row.text);
    for (const Word& word : words) EXPECT_EQ(row.text.substr(word.offset, word.text.size()), word.text);
  }
}

TEST(JoinWords, OffsetsGrow) {
  std::vector<Word> words = Words({{"أ", 0, 0}, {"أ", 0, 0}, {"أ", 1, 0}, {"أ", 2, 1}});
  JoinWords(words);
  EXPECT_EQ(words[0].offset, 0U);
  EXPECT_EQ(words[1].offset, 3U);
  EXPECT_EQ(words[2].offset, 6U);
  EXPECT_EQ(words[3].offset, 10U);
}

TEST(DoubtfulWords, AreUnsureNumbersAndWordsOfLittleConfidence) {
  struct Read {
    float confidence;
    NumberState number;
    bool doubtful;
  };
  constexpr Read kWords[] = {
      {100, NumberState::kNone, false},
      {kDoubtfulConfidence, NumberState::kNone, false},
      {kDoubtfulConfidence - 1, NumberState::kNone, true},
      {0, NumberState::kNone, true},
      {99, NumberState::kSure, false},
      {kDoubtfulConfidence - 1, NumberState::kSure, true},
      {100, NumberState::kUnsure, true},
  };
  Page page;
  std::vector<size_t> expected;
  for (const Read& read : kWords) {
    if (read.doubtful) expected.push_back(page.words.size());
    Word& word = page.words.emplace_back();
    word.confidence = read.confidence;
    word.number = read.number;
  }
  EXPECT_EQ(DoubtfulWords(page), expected);
  EXPECT_TRUE(DoubtfulWords(Page()).empty());
}

TEST(Record, FindsTheFirstFieldOfAName) {
  Record record;
  record.fields.resize(3);
  record.fields[0].name = "type";
  record.fields[1].name = "number";
  record.fields[1].value = "12/2019";
  record.fields[2].name = "number";
  record.fields[2].value = "13/2019";
  EXPECT_EQ(record.Find("number"), &record.fields[1]);
  EXPECT_EQ(record.Value("number"), "12/2019");
  EXPECT_EQ(record.Find("date"), nullptr);
  EXPECT_EQ(record.Value("date"), "");
}

TEST(NameOf, NamesAreStable) {
  EXPECT_EQ(NameOf(NumberState::kNone), "none");
  EXPECT_EQ(NameOf(NumberState::kSure), "sure");
  EXPECT_EQ(NameOf(NumberState::kUnsure), "unsure");
  EXPECT_EQ(NameOf(TextOrigin::kNone), "none");
  EXPECT_EQ(NameOf(TextOrigin::kOcr), "ocr");
  EXPECT_EQ(NameOf(TextOrigin::kTextLayer), "text_layer");
  EXPECT_EQ(NameOf(TextOrigin::kImport), "import");
  EXPECT_EQ(NameOf(FieldOrigin::kOcr), "ocr");
  EXPECT_EQ(NameOf(FieldOrigin::kManifest), "manifest");
  EXPECT_EQ(NameOf(FieldOrigin::kPerson), "person");
  EXPECT_EQ(NameOf(FieldState::kProposed), "proposed");
  EXPECT_EQ(NameOf(FieldState::kConfirmed), "confirmed");
  EXPECT_EQ(NameOf(RecordState::kReading), "reading");
  EXPECT_EQ(NameOf(RecordState::kComplete), "complete");
  EXPECT_EQ(NameOf(Outcome::kWaiting), "waiting");
  EXPECT_EQ(NameOf(Outcome::kStored), "stored");
  EXPECT_EQ(NameOf(Outcome::kDuplicate), "duplicate");
  EXPECT_EQ(NameOf(Outcome::kQuarantined), "quarantined");
}

}  // namespace
}  // namespace diwan
