// Two readings of one line: what is asked about, and what becomes of both.
#include "ingest/number_merge.h"

#include <gtest/gtest.h>

namespace diwan {
namespace {

constexpr int kHeight = 30;  // of the line

struct Read {
  const char* text;
  float confidence;
  int x, width;
};

// Words from right to left, which is logical order.
std::vector<Word> Line(const std::vector<Read>& words) {
  std::vector<Word> line;
  for (const Read& read : words) {
    Word word;
    word.text = read.text;
    word.confidence = read.confidence;
    word.box = {read.x, 0, read.width, kHeight};
    word.line = 7;
    line.push_back(word);
  }
  return line;
}

// A label whose characters stand evenly between two columns.
NumberReading Label(const std::u32string& text, double probability, int from, int to) {
  NumberReading reading{.label = {text, probability}};
  for (size_t i = 0; i < text.size(); ++i) {
    reading.columns.push_back(from + static_cast<int>((to - from) * i / text.size()));
  }
  return reading;
}

std::vector<size_t> AskedAbout(const std::vector<Word>& line) {
  std::vector<size_t> words;
  for (const Stretch& stretch : NumberStretches(line, {.height = kHeight})) {
    words.insert(words.end(), stretch.words.begin(), stretch.words.end());
  }
  std::sort(words.begin(), words.end());
  return words;
}

// The line's texts, separated by spaces; + after a sure number, ? after an unsure one.
std::string Show(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) {
    const char* mark = word.number == NumberState::kSure ? "+" : word.number == NumberState::kUnsure ? "?" : "";
    text += (text.empty() ? "" : " ") + word.text + mark;
  }
  return text;
}

std::string Merged(const std::vector<Read>& words, const std::vector<Stretch>& stretches,
                   const std::vector<NumberReading>& readings, std::string_view language = "ara",
                   DigitSet digits = DigitSet::kAny, FirstReader first = FirstReader::kEngine) {
  return Show(MergeNumbers(Line(words), stretches, readings, language, digits, first));
}

TEST(NumberStretches, WhatMayBeANumberIsAskedAbout) {
  struct Row {
    const char* text;
    float confidence;
    bool asked;
  };
  constexpr Row kRows[] = {
      {"5605غ8/غ", 0, true},
      {"١٢", 95, true},
      {"م", 59, true},
      {"عو", 75, true},
      {"؟-", 90, true},
      {")١(", 90, true},
      {"مم؟؟", 95, true},
      {"معدامد", 10, true},
      {"ه)", 90, true},
      {"و", 93, false},
      {"نمایندگان-", 88, false},
      {"البلدي", 92, false},
      {"من", 93, false},
      {"المجلس", 45, false},
      {"-", 90, false},
      {"القرار،", 70, false},
      {"كتاب‌ها", 90, false},
  };
  for (const Row& row : kRows) {
    const bool asked = !AskedAbout(Line({{"على", 95, 300, 40}, {row.text, row.confidence, 200, 60}})).empty();
    EXPECT_EQ(asked, row.asked) << row.text;
  }
}

TEST(NumberStretches, SoIsWhatStandsAfterAHerald) {
  EXPECT_EQ(
      AskedAbout(Line({{"قرار", 95, 400, 40}, {"رقم", 95, 300, 40}, {"وعود", 95, 200, 60}, {"بلدي", 95, 100, 60}})),
      std::vector<size_t>{2});
}

TEST(NumberStretches, PartsThatStandTogetherAreOneStretch) {
  const std::vector<Word> line =
      Line({{"رقم", 93, 300, 40}, {"(١", 0, 240, 30}, {"١5/5", 0, 180, 55}, {"12", 90, 80, 40}, {"بلدية", 93, 20, 50}});
  const std::vector<Stretch> stretches = NumberStretches(line, {.height = kHeight, .loose = {{172, 3, 4, 20}}});
  ASSERT_EQ(stretches.size(), 2U);
  EXPECT_EQ(stretches[0].words, std::vector<size_t>{3});
  EXPECT_EQ(stretches[1].words, (std::vector<size_t>{2, 1}));
  EXPECT_EQ(stretches[1].box, (Box{172, 0, 98, kHeight}));
}

TEST(NumberStretches, InkBesideADoubtfulWordBelongsToIt) {
  const std::vector<Word> line = Line({{"رقم", 96, 200, 40}, {"لاه", 44, 100, 34}});
  const std::vector<Stretch> stretches = NumberStretches(line, {.height = kHeight, .loose = {{60, 3, 34, 20}}});
  ASSERT_EQ(stretches.size(), 1U);
  EXPECT_EQ(stretches[0].box, (Box{60, 0, 74, kHeight}));
}

TEST(NumberStretches, InkBesideAnOrdinaryWordStandsAlone) {
  const std::vector<Word> line = Line({{"مجلس", 96, 200, 40}, {"بلدية", 96, 100, 34}});
  const std::vector<Stretch> stretches = NumberStretches(line, {.height = kHeight, .loose = {{137, 3, 34, 20}}});
  ASSERT_EQ(stretches.size(), 1U);
  EXPECT_TRUE(stretches[0].words.empty());
  EXPECT_EQ(stretches[0].box, (Box{137, 3, 34, 20}));
}

TEST(NumberStretches, ADividedWordMayCoverAPartOfTheNumberBesideIt) {
  const std::vector<Word> line = Line({{"الوزارة", 93, 600, 80}, {"والقرار", 93, 300, 150}, {"١/9.17", 54, 220, 78}});
  EXPECT_EQ(NumberStretches(line, {.height = kHeight})[0].words, std::vector<size_t>{2});
  const std::vector<Stretch> stretches = NumberStretches(line, {.height = kHeight, .divided = {0, 1}});
  ASSERT_EQ(stretches.size(), 1U);
  EXPECT_EQ(stretches[0].words, (std::vector<size_t>{2, 1}));
}

TEST(NumberStretches, WhatIsNoNumberPartsNumbers) {
  const std::vector<Word> line =
      Line({{"السنة", 93, 200, 60}, {"٤٤", 60, 150, 30}, {"-", 91, 140, 5}, {"١٦/٢", 30, 100, 35}});
  EXPECT_EQ(NumberStretches(line, {.height = kHeight}).size(), 2U);
}

TEST(NumberStretches, NoStretchIsLongerThanTheReaderReads) {
  std::vector<Read> words;
  for (int i = 0; i < 40; ++i) words.push_back({"12", 90, 2000 - 45 * i, 40});
  const std::vector<Stretch> stretches = NumberStretches(Line(words), {.height = kHeight});
  EXPECT_GT(stretches.size(), 3U);
  for (const Stretch& stretch : stretches) EXPECT_LE(stretch.box.width, 12 * kHeight);
}

TEST(MergeNumbers, ANumberTakesThePlaceOfItsWords) {
  const Stretch stretch{.box = {100, 0, 180, kHeight}, .words = {2, 1}};
  const NumberReading reading = Label(U"(١٦/٢٠١٣)", 0.995, 110, 270);
  const std::vector<Word> line =
      Line({{"رقم", 93, 300, 40}, {"(١", 0, 240, 40}, {"١5/5", 0, 100, 120}, {"المنعقدة", 92, 10, 80}});
  const std::vector<Word> merged = MergeNumbers(line, {stretch}, {reading}, "ara", DigitSet::kAny);
  EXPECT_EQ(Show(merged), "رقم (١٦/٢٠١٣)+ المنعقدة");
  ASSERT_EQ(merged.size(), 3U);
  EXPECT_EQ(merged[1].first_reading, "(١١5/5");
  EXPECT_EQ(merged[1].box, stretch.box);
  EXPECT_EQ(merged[1].line, 7);
  EXPECT_GT(merged[1].confidence, 99);
}

TEST(MergeNumbers, InkThatNoWordCoversBecomesAWordInItsPlace) {
  const Stretch stretch{.box = {150, 2, 40, 20}};
  EXPECT_EQ(Merged({{"أولاد", 92, 200, 60}, {"عصبة", 92, 60, 60}}, {stretch}, {Label(U"(٣", 0.999, 155, 180)}),
            "أولاد ٣)+ عصبة");
  EXPECT_EQ(Merged({{"أولاد", 92, 200, 60}, {"عصبة", 92, 60, 60}}, {stretch}, {Label(U"(٣", 0.6, 155, 180)}),
            "أولاد عصبة");
}

TEST(MergeNumbers, ADotAmongWordsThatNobodyReadIsNoZero) {
  const Stretch stretch{.box = {150, 2, 40, 20}};
  const std::vector<NumberReading> zero = {Label(U"٠", 0.99, 155, 180)};
  EXPECT_EQ(Merged({{"أولاد", 92, 200, 60}, {"عصبة", 92, 60, 60}}, {stretch}, zero), "أولاد عصبة");
  EXPECT_EQ(Merged({{"أولاد", 92, 200, 60}, {"٣٧", 92, 100, 40}}, {stretch}, zero), "أولاد ٠? ٣٧");
  EXPECT_EQ(Merged({{"أولاد", 92, 300, 60}, {"عصبة", 92, 20, 60}}, {stretch}, zero), "أولاد ٠? عصبة");
}

TEST(MergeNumbers, ASlashThatWasReadAsALetterIsASlash) {
  const Stretch stretch{.box = {100, 0, 200, kHeight}, .words = {0}};
  EXPECT_EQ(Merged({{"۲۲/۹۹۰۴اش", 90, 100, 200}}, {stretch}, {Label(U"~/٣٢/٩٩٠٤", 0.99, 100, 290)}, "fas"),
            "۳۲/۹۹۰۴/ش?");
  EXPECT_EQ(Merged({{"۲۲/۹۹۰۴/اش", 90, 100, 200}}, {stretch}, {Label(U"~/٣٢/٩٩٠٤", 0.99, 100, 290)}, "fas"),
            "۳۲/۹۹۰۴/اش?");
}

TEST(MergeNumbers, WordsStayWords) {
  const Stretch stretch{.box = {100, 0, 40, kHeight}, .words = {0}};
  EXPECT_EQ(Merged({{"المادة", 70, 100, 40}}, {stretch}, {Label(U"~", 0.99, 100, 130)}), "المادة");
  EXPECT_EQ(Merged({{"له", 85, 100, 40}}, {stretch}, {Label(U"4", 0.92, 100, 130)}), "له");
  EXPECT_EQ(Merged({{"لدى", 90, 100, 40}}, {stretch}, {Label(U"١٢", 0.9, 100, 130)}), "لدى");
  EXPECT_EQ(Merged({{"الابن.", 56, 100, 40}}, {stretch}, {Label(U"٠~", 0.96, 100, 130)}), "الابن.");
  EXPECT_EQ(Merged({{"عو", 0, 100, 40}}, {stretch}, {Label(U"١٩٩٤", 0.9, 100, 130)}), "١٩٩٤?");
}

// The engine's Arabic model knows few digits; our reader of lines knows them all.
TEST(MergeNumbers, WhatOurOwnReaderGainsaysIsNeverSure) {
  struct Row {
    const char* what;
    const char* first;
    float confidence;
    std::u32string second;
    double probability;
    const char* merged;
  };
  const Row rows[] = {
      {"both agree", "١٢٠٥", 90, U"١٢٠٥", 0.95, "١٢٠٥+"},
      {"the first is surer", "١٢٠٥", 95, U"١٢٠٩", 0.9, "١٢٠٥?"},
      {"the second is surer", "١٢٠٥", 60, U"١٢٠٩", 0.999, "١٢٠٩?"},
      {"digits more", "١٢٠٥", 80, U"١٢٠٥٥", 0.999, "١٢٠٥٥?"},
      {"the first saw letters", "عوه", 80, U"١٢٠٩", 0.999, "١٢٠٩?"},
      {"the first saw Latin letters", "AB-245/17", 70, U"88-245/17", 0.999, "AB-245/17?"},
      {"the same in another order", "٢٠١٩-١٢", 95, U"٢٠١٩-١٢", 0.99, "١٢-٢٠١٩+"},
  };
  const Stretch stretch{.box = {100, 0, 90, kHeight}, .words = {0}};
  for (const Row& row : rows) {
    EXPECT_EQ(Merged({{row.first, row.confidence, 100, 90}}, {stretch}, {Label(row.second, row.probability, 100, 180)},
                     "ara", DigitSet::kAny, FirstReader::kOwn),
              row.merged)
        << row.what;
  }
  EXPECT_EQ(Merged({{"١٢٠٥", 90, 100, 90}}, {stretch}, {Label(U"١٢٠٩", 0.999, 100, 180)}), "١٢٠٩+") << "the engine";
}

TEST(MergeNumbers, ANumberThatCannotBeIsNeverSure) {
  const Stretch stretch{.box = {100, 0, 90, kHeight}, .words = {0}};
  EXPECT_EQ(Merged({{"٦٣٦٩/١١/١٤", 99, 100, 90}}, {stretch}, {Label(U"٦٣٦٩/١١/١٤", 0.999, 100, 180)}, "ara",
                   DigitSet::kAny, FirstReader::kOwn),
            "٦٣٦٩/١١/١٤?");
}

TEST(MergeNumbers, NumbersThatOnlyOneReaderSawAreUnsure) {
  const Stretch stretch{.box = {100, 0, 40, kHeight}, .words = {1}};
  const std::vector<Read> line = {{"رقم", 95, 200, 40}, {"1205", 90, 100, 40}};
  EXPECT_EQ(Merged(line, {stretch}, {Label(U"~", 0.99, 100, 130)}), "رقم 1205?");
  EXPECT_EQ(Merged(line, {stretch}, {Label(U"12~5", 0.6, 100, 130)}), "رقم 1205?");
}

TEST(MergeNumbers, AgreementMakesSure) {
  const Stretch stretch{.box = {100, 0, 40, kHeight}, .words = {0}};
  NumberReading doubtful = Label(U"٣٣٢", 0.5, 100, 130);
  doubtful.others = {{U"٣٢٢", 0.45}};
  EXPECT_EQ(Merged({{"۳۲۲", 93, 100, 40}}, {stretch}, {doubtful}, "fas"), "۳۲۲?");
  doubtful.label.probability = 0.95;
  doubtful.others = {};
  EXPECT_EQ(Merged({{"۳۳۲", 93, 100, 40}}, {stretch}, {doubtful}, "fas"), "۳۳۲+");
  EXPECT_EQ(Merged({{"٣٣٢", 93, 100, 40}}, {stretch}, {doubtful}, "ara"), "٣٣٢?");  // `ara` doesn't know these digits
  EXPECT_EQ(Merged({{"۷۷۷", 95, 100, 40}}, {stretch}, {Label(U"٣٣٢", 0.5, 100, 130)}, "fas"), "۷۷۷?");
}

TEST(MergeNumbers, ANumberIsNotCutToAPartOfIt) {
  const Stretch stretch{.box = {100, 0, 40, kHeight}, .words = {0}};
  EXPECT_EQ(Merged({{"۲۱۱۶", 93, 100, 40}}, {stretch}, {Label(U"١٦", 0.999, 100, 130)}, "fas"), "۲۱۱۶?");
  EXPECT_EQ(Merged({{"۲۱۱۶", 93, 100, 40}}, {stretch}, {Label(U"٢١١٩", 0.999, 100, 130)}, "fas"), "۲۱۱۹?");
  EXPECT_EQ(Merged({{"847", 93, 100, 40}}, {stretch}, {Label(U"%47", 0.999, 100, 130)}), "47%+") << "8 was the sign";
}

TEST(MergeNumbers, AFirstReadingThatIsCertainOfAnotherNumberMakesUnsure) {
  const Stretch stretch{.box = {100, 0, 40, kHeight}, .words = {0}};
  const NumberReading reading = Label(U"٢٢٠٢", 0.999, 100, 130);
  EXPECT_EQ(Merged({{"۲۳۰۲", 93, 100, 40}}, {stretch}, {reading}, "fas"), "۲۲۰۲?");
  EXPECT_EQ(Merged({{"۲۳۰۲", 40, 100, 40}}, {stretch}, {reading}, "fas"), "۲۲۰۲+");
  EXPECT_EQ(Merged({{"٠١١١", 93, 100, 40}}, {stretch}, {reading}, "ara"), "٢٢٠٢+") << "`ara` knows ٠ and ١ alone";
}

TEST(MergeNumbers, AnswersThatDifferInMarksAroundTheNumberAreOne) {
  const Stretch stretch{.box = {100, 0, 40, kHeight}, .words = {0}};
  NumberReading reading = Label(U".١٢٥٠", 0.6, 100, 130);
  reading.others = {{U",١٢٥٠", 0.395}};
  EXPECT_EQ(Merged({{"مم؟", 20, 100, 40}}, {stretch}, {reading}), "١٢٥٠.+");
}

TEST(MergeNumbers, ALoneZeroIsNeverSure) {
  const Stretch stretch{.box = {100, 0, 40, kHeight}, .words = {0}};
  EXPECT_EQ(Merged({{"۰", 93, 100, 40}}, {stretch}, {Label(U"٠", 0.9999, 100, 130)}, "fas"), "۰?");
  EXPECT_EQ(Merged({{"۱", 93, 100, 40}}, {stretch}, {Label(U"١", 0.9999, 100, 130)}, "fas"), "۱+");
}

TEST(MergeNumbers, DigitsThatOnlyAModelWithoutLatinSawAreLatinLetters) {
  const Stretch stretch{.box = {100, 0, 40, kHeight}, .words = {1}};
  NumberReading letters = Label(U"(~)", 0.6, 100, 130);
  letters.others = {{U"(0)", 0.3}};
  const std::vector<Word> merged =
      MergeNumbers(Line({{"نظام", 95, 200, 40}, {"(615)", 93, 100, 40}}), {stretch}, {letters}, "ara", DigitSet::kAny);
  EXPECT_EQ(Show(merged), "نظام (GIS)");
  EXPECT_EQ(merged[1].first_reading, "(615)");
  EXPECT_LT(merged[1].confidence, 50);
  EXPECT_EQ(Merged({{"رقم", 95, 200, 40}, {"(615)", 93, 100, 40}}, {stretch}, {letters}), "رقم (615)?");
  letters.others.push_back({U"(615)", 0.05});
  EXPECT_EQ(Merged({{"نظام", 95, 200, 40}, {"(615)", 93, 100, 40}}, {stretch}, {letters}), "نظام (615)?");
}

TEST(MergeNumbers, ALongNumberStaysWithoutTheLettersThatNobodyRead) {
  const Stretch stretch{.box = {100, 0, 200, kHeight}, .words = {0}};
  const NumberReading reading = Label(U"~/٣٢/١٧٦٩", 0.999, 100, 290);
  EXPECT_EQ(Merged({{"7۳۵۲۸۱۷۸۹", 46, 100, 200}}, {stretch}, {reading}, "fas"), "۳۲/۱۷۶۹?");
  EXPECT_EQ(Merged({{"۳۲/۱۷۸۹/ش", 46, 100, 200}}, {stretch}, {reading}, "fas"), "۳۲/۱۷۶۹/ش+");
}

TEST(MergeNumbers, WhatIsPossibleWins) {
  const Stretch stretch{.box = {100, 0, 90, kHeight}, .words = {1}};
  NumberReading date = Label(U"١٢/٥٩/٢٠١٩", 0.45, 100, 180);
  date.others = {{U"١٢/٥/٢٠١٩", 0.44}};
  const std::vector<Word> line = Line({{"بتاريخ", 90, 200, 50}, {"6١٠9", 0, 100, 90}});
  const std::vector<Word> merged = MergeNumbers(line, {stretch}, {date}, "ara", DigitSet::kAny);
  EXPECT_EQ(Show(merged), "بتاريخ ١٢/٥/٢٠١٩?");
  EXPECT_EQ(merged[1].alternatives, std::vector<std::string>{"١٢/٥٩/٢٠١٩"});
  NumberReading year = Label(U"٠٩٩٤", 0.5, 100, 180);
  year.others = {{U"١٩٩٤", 0.3}};
  EXPECT_EQ(Merged({{"لسنة", 90, 200, 50}, {"عو", 0, 100, 90}}, {stretch}, {year}), "لسنة ١٩٩٤?");
}

TEST(MergeNumbers, AFirstReadingIsKeptWhereItWasAnother) {
  const Stretch stretch{.box = {100, 0, 40, kHeight}, .words = {0}};
  const auto first_reading = [&](const std::string& text, const std::u32string& label) {
    const std::vector<Word> merged = MergeNumbers(Line({{text.c_str(), 20, 100, 40}}), {stretch},
                                                  {Label(label, 0.999, 100, 130)}, "ara", DigitSet::kAny);
    return merged.size() == 1 ? merged[0].first_reading : "another number of words";
  };
  EXPECT_EQ(first_reading("5؟", U"١٢"), "5؟");
  EXPECT_EQ(first_reading("١٢", U"١٢"), "");
  EXPECT_EQ(first_reading("لدى", U"~"), "");
  const std::string longest(kMaxReadingBytes, '5');
  EXPECT_EQ(first_reading(longest, U"١٢"), longest);
  EXPECT_EQ(first_reading(longest + "5", U"١٢"), "");
}

TEST(MergeNumbers, ThePagesOwnDigitsWin) {
  const Stretch stretch{.box = {100, 0, 90, kHeight}, .words = {0}};
  NumberReading reading = Label(U"1", 0.6, 100, 180);
  reading.others = {{U"١", 0.35}};
  EXPECT_EQ(Merged({{"1", 50, 100, 90}}, {stretch}, {reading}, "ara", DigitSet::kNative), "١?");
  EXPECT_EQ(Merged({{"1", 50, 100, 90}}, {stretch}, {reading}, "ara", DigitSet::kLatin), "1?");
  const NumberReading native = Label(U"١٢", 0.95, 0, 10);
  const NumberReading latin = Label(U"12", 0.95, 0, 10);
  EXPECT_EQ(DigitsOf({native, native, native}), DigitSet::kNative);
  EXPECT_EQ(DigitsOf({latin, latin, latin}), DigitSet::kLatin);
  EXPECT_EQ(DigitsOf({native, native, native, latin}), DigitSet::kAny);
  EXPECT_EQ(DigitsOf({native}), DigitSet::kAny);
}

TEST(MergeNumbers, AWordThatCoversANumberAndAWordIsDivided) {
  const Stretch stretch{.box = {100, 0, 200, kHeight}, .words = {0}};
  EXPECT_EQ(Merged({{"الموافق15١5/؟", 20, 100, 200}}, {stretch}, {Label(U"٢٣/٢/٢٠١٦ ~", 0.99, 100, 290)}),
            "الموافق ٢٣/٢/٢٠١٦+");
  EXPECT_EQ(Merged({{"4)وابنه", 20, 100, 200}}, {stretch}, {Label(U"~(٤", 0.99, 100, 290)}), "٤)وابنه+");
  EXPECT_EQ(Merged({{"٠5,هء/ص/ه", 0, 100, 200}}, {stretch}, {Label(U"٥٣٨/~/٢٩", 0.9, 100, 290)}), "٢٩/ص/٥٣٨?");
  EXPECT_EQ(Merged({{"٠5هء/ه", 0, 100, 200}}, {stretch}, {Label(U"٥٣٨/~/٢٩", 0.9, 100, 290)}), "٠5هء/ه");
  EXPECT_EQ(Merged({{"القرار", 50, 100, 200}}, {stretch}, {Label(U"٥~", 0.9, 100, 290)}), "القرار");
}

TEST(MergeNumbers, BoxesThatOverlapLoseNothing) {
  // The first word's box spans the whole stretch, the second's lies within it.
  const Stretch stretch{.box = {100, 0, 300, kHeight}, .words = {0, 1}};
  const std::vector<Read> line = {{"9/1", 10, 100, 300}, {"5", 10, 200, 60}, {"بلدي", 95, 10, 60}};
  const NumberReading reading = Label(U"١٩ ٤٥ ٧٨", 0.99, 100, 390);
  EXPECT_EQ(Merged(line, {stretch}, {reading}), "٧٨+ ٤٥+ ١٩+ بلدي");
}

TEST(MergeNumbers, TwoNumbersUnderOneWordAreTwoWords) {
  const Stretch stretch{.box = {100, 0, 200, kHeight}, .words = {0}};
  EXPECT_EQ(Merged({{"5١48319", 20, 100, 200}}, {stretch}, {Label(U"١٩ ٤٥٦", 0.99, 100, 290)}), "٤٥٦+ ١٩+");
}

TEST(MergeNumbers, AnEmptyAnswerChangesNothing) {
  const Stretch stretch{.box = {100, 0, 200, kHeight}, .words = {0}};
  EXPECT_EQ(Merged({{"12", 90, 100, 200}}, {stretch}, {NumberReading()}), "12");
}

TEST(MergeNumbers, AnUncertainOrderIsKeptAsAnAlternative) {
  const Stretch stretch{.box = {100, 0, 90, kHeight}, .words = {0}};
  const std::vector<Word> merged =
      MergeNumbers(Line({{"4-7", 20, 100, 90}}), {stretch}, {Label(U"٨-٥", 0.999, 100, 180)}, "ara", DigitSet::kAny);
  EXPECT_EQ(Show(merged), "٥-٨?") << "nothing in print tells which";
  EXPECT_EQ(merged[0].alternatives, std::vector<std::string>{"٨-٥"});
}

TEST(MergeNumbers, ANumberFarFromItsNeighboursIsReadAsInACell) {
  const std::vector<Stretch> stretches = {{.box = {100, 0, 90, kHeight}, .words = {1}}};
  const std::vector<NumberReading> readings = {Label(U"٤٥-١١٤", 0.999, 100, 190)};
  const auto read = [&](int right, int left) {
    return Merged({{"متر", 90, right, 60}, {"۴۵", 20, 100, 90}, {"زمین", 90, left, 30}}, stretches, readings, "fas");
  };
  EXPECT_EQ(read(230, 20), "متر ۴۵-۱۱۴? زمین");
  EXPECT_EQ(read(200, 20), "متر ۱۱۴-۴۵? زمین");
  EXPECT_EQ(read(230, 60), "متر ۱۱۴-۴۵? زمین");
}

}  // namespace
}  // namespace diwan
