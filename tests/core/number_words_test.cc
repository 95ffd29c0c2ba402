// Numbers in words: a row for each way in which they add up.
#include "core/number_words.h"

#include <gtest/gtest.h>

#include <string>

#include "core/fold.h"

namespace diwan {
namespace {

// "VALUE rest of the text"
std::string Read(const char* text) {
  const std::u32string folded = Fold(text).text;
  const auto number = ReadSpelledNumber(folded, 0);
  if (!number) return "";
  return std::to_string(number->value) + ToUtf8(std::u32string_view(folded).substr(number->end));
}

TEST(ReadSpelledNumber, AddsUpAsTheTableSays) {
  struct Row {
    const char* text;
    const char* read;
  };
  constexpr Row kRows[] = {
      {"الأولى", "1"},
      {"واحد", "1"},
      {"الخامس عشر من", "15 من"},
      {"الثالثة والعشرين", "23"},
      {"الثالثة والرابعة", "3 والرابعه"},
      {"أحد عشر", "11"},
      {"السابعة عشرة بعد المئة", "117"},
      {"التاسعة والتسعون بعد المئتين", "299"},
      {"الأولى بعد الألف من", "1001 من"},
      {"السابعة بعد الجلسة", "7 بعد الجلسه"},
      {"الثانية بعد العشرين", "2 بعد العشرين"},
      {"عشر وخمسة", "10 وخمسه"},
      {"ثلاث مائة", "300"},
      {"ألفين وأربع وعشرين", "2024"},
      {"ألف وتسعمائة وخمسة وتسعين", "1995"},
      {"ثلاث وعشرين وأربعمائة وألف", "1423"},
      {"خمسة آلاف دينار", "5000 دينار"},
      {"مليون ومائتا ألف درهم", "1200000 درهم"},
      {"خمسمائة وخمسين ألف", "550000"},
      {"ألف مليون", "1000 مليون"},
      {"الاثنين", ""},
      {"دينار", ""},
      {"بیست و یکم", "21"},
      {"سی‌ام مهر", "30 مهر"},
      {"چهل و دومین جلسه", "42 جلسه"},
      {"یکصد و سی و هشتم", "138"},
      {"یکهزار و سیصد و نود و پنج", "1395"},
      {"یک هزار و چهارصد و یک", "1401"},
      {"دوازده میلیارد تومان", "12000000000 تومان"},
      {"بیست و شهر", "20 و شهر"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Read(row.text), row.read) << row.text;
}

TEST(ReadSpelledNumber, EndsWithTheText) {
  EXPECT_FALSE(ReadSpelledNumber(U"", 0));
  EXPECT_EQ(ReadSpelledNumber(U"سي و", 0)->end, 2U);
}

}  // namespace
}  // namespace diwan
