// Fields of records: which number is the record's own, and what its head, its end and its text say.
#include "ingest/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace diwan {
namespace {

const FoundField* Find(const TextReading& reading, std::string_view name) {
  for (const FoundField& field : reading.fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

// The values of one field, parted by "; ".
std::string Values(const TextReading& reading, std::string_view name) {
  std::string out;
  for (const FoundField& field : reading.fields) {
    if (field.name == name) out += (out.empty() ? "" : "; ") + field.value;
  }
  return out;
}

TextReading Read(std::string_view text, std::string_view language = "ara") {
  return ReadTextFields({{.text = text}}, language);
}

struct Row {
  const char* text;
  const char* name;
  const char* value;
};

TEST(ReadTextFields, ArabicForms) {
  constexpr Row kRows[] = {
      {"بلدية الزهراء\nقرار رقم (١٢٣) لسنة ٢٠١٩", "number", "123/2019"},
      {"بلدية الزهراء\nقرار رقم (١٢٣) لسنة ٢٠١٩", "year", "2019"},
      {"بلدية الزهراء\nقرار رقم (١٢٣) لسنة ٢٠١٩", "type", "decision"},
      {"بلدية الزهراء\nقرار رقم (١٢٣) لسنة ٢٠١٩", "body", "بلدية الزهراء"},
      {"بلدية الزهراء - قرار رقم ٧", "number", "7"},
      {"قرر المجلس إلغاء القرار رقم ٥/٢٠١٩", "number", ""},
      {"بناء على\nالقرار رقم ٥/٢٠١٩", "number", ""},
      {"الرقم: ١٤٥/ص\nالتاريخ: ١/٢/٢٠١٩", "number", "145/ص"},
      {"الرقم: ١٤٥/ص\nالتاريخ: ١/٢/٢٠١٩", "date", "2019-02-01"},
      {"التاريخ: ١٧ رجب ١٤٤٢هـ الموافق ١ مارس ٢٠٢١م", "date", "2021-03-01"},
      {"قرار رقم ٥ بتاريخ ٣/٢/٢٠١٨", "date", "2018-02-03"},
      {"قرار رقم ٥\nأولا: كذا.\nصدر في ١٥/١/٢٠٢٣", "date", "2023-01-15"},
      {"الجلسة رقم ٧ المنعقدة بتاريخ ٥/٢/٢٠٢٠", "session", "7"},
      {"الجلسة رقم ٧ المنعقدة بتاريخ ٥/٢/٢٠٢٠", "session_date", "2020-02-05"},
      {"الجلسة رقم ٧ المنعقدة بتاريخ ٥/٢/٢٠٢٠", "date", ""},
      {"الجلسة السابعة عشرة المنعقدة بتاريخ ٥/٢/٢٠٢٠", "session", "17"},
      {"محكمة النقض\nالطعن رقم ٢٣١٥ لسنة ٦٧ ق", "case", "2315/67"},
      {"محكمة النقض\nالدائرة المدنية", "court", "محكمة النقض"},
      {"محكمة النقض\nالدائرة المدنية", "chamber", "الدائرة المدنية"},
      {"محكمة الأرز\nقرار رقم ١٢/٢٠١٤", "type", "ruling"},
      {"المدعي: سالم الحمداني\nالمدعى عليه: شركة النقل", "claimant", "سالم الحمداني"},
      {"المدعي: سالم الحمداني\nالمدعى عليه: شركة النقل", "respondent", "شركة النقل"},
      {"الموضوع: صيانة الشبكة", "title", "صيانة الشبكة"},
      {"م/ تخصيص أرض", "title", "تخصيص أرض"},
      {"بلدية الساحل\nإدارة التخطيط", "department", "إدارة التخطيط"},
      {"رئيس المجلس: ممدوح طه الراوي", "signatory", "ممدوح طه الراوي"},
      {"أمين السر\nعادل كنعان\nرئيس المجلس\nممدوح الراوي", "signatory", "عادل كنعان; ممدوح الراوي"},
      {"أحمد سعيد\nرئيس المجلس", "signatory", "أحمد سعيد"},
      {"القطعة رقم ٤٤٥ في شارع الزيتون", "parcel", "445"},
      {"القطعة رقم ٤٤٥ في شارع الزيتون", "place", "شارع الزيتون"},
      {"صرف مبلغ ١٢٬٥٠٠ دينار و٣ آلاف ريال", "money", "12500 دينار; 3000 ريال"},
      {"محضر اجتماع", "type", "minutes"},
      {"جدول أعمال الجلسة", "type", "agenda"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Values(Read(row.text), row.name), row.value) << row.text << " " << row.name;
}

TEST(ReadTextFields, PersianForms) {
  constexpr Row kRows[] = {
      {"شورای شهر بهاران\nمصوبه شماره ۱۲۳ سال ۱۳۹۸", "number", "123/1398"},
      {"شورای شهر بهاران\nمصوبه شماره ۱۲۳ سال ۱۳۹۸", "year", "1398"},
      {"شورای شهر بهاران\nمصوبه شماره ۱۲۳ سال ۱۳۹۸", "body", "شورای شهر بهاران"},
      {"شماره: ۵۵/۱۲۳۴\nتاریخ: ۱۳۹۴/۱۰/۲۸", "number", "55/1234"},
      {"شماره: ۵۵/۱۲۳۴\nتاریخ: ۱۳۹۴/۱۰/۲۸", "date", "2016-01-18"},
      {"جلسه شماره ۸۷ مورخ ۱۳۹۷/۰۸/۲۲", "session", "87"},
      {"جلسه مورخ ۱۳۹۷/۰۸/۲۲", "session_date", "2018-11-13"},
      {"دادنامه شماره ۵۴۳\nکلاسه پرونده: ۸۸/۱۲۰", "number", "543"},
      {"دادنامه شماره ۵۴۳\nکلاسه پرونده: ۸۸/۱۲۰", "case", "88/120"},
      {"دادنامه شماره ۵۴۳\nکلاسه پرونده: ۸۸/۱۲۰", "type", "ruling"},
      {"شعبه ۱۲ دادگاه مهرگان", "chamber", "شعبه ۱۲ دادگاه مهرگان"},
      {"خواهان: علی رضایی\nخوانده: بانک سپیدار", "claimant", "علی رضایی"},
      {"خواهان: علی رضایی\nخوانده: بانک سپیدار", "respondent", "بانک سپیدار"},
      {"موضوع: وصول عوارض", "title", "وصول عوارض"},
      {"شهرداری نوبهار\nمعاونت شهرسازی", "department", "معاونت شهرسازی"},
      {"پلاک ثبتی ۴۵۶۷ در خیابان سعدی", "parcel", "4567"},
      {"پلاک ثبتی ۴۵۶۷ در خیابان سعدی", "place", "خیابان سعدی"},
      {"مبلغ ۵۰٬۰۰۰٬۰۰۰ ریال و ۲۰ میلیون تومان", "money", "50000000 ریال; 20000000 تومان"},
      {"شهردار سپیده\nاحمد نوری", "signatory", "احمد نوری"},
      {"صورتجلسه کمیسیون", "type", "minutes"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Values(Read(row.text, "fas"), row.name), row.value) << row.text << " " << row.name;
  }
}

TEST(ReadTextFields, TheOwnNumberIsNoCitation) {
  const TextReading reading =
      Read("قرار رقم ٥ لسنة ٢٠٢٠\nبتعديل القرار رقم ٣ لسنة ٢٠١٨\n\nتنفيذا للقرار رقم ٥ لسنة ٢٠٢٠");
  EXPECT_EQ(Values(reading, "number"), "5/2020");
  ASSERT_EQ(reading.citations.size(), 1U);
  EXPECT_EQ(reading.citations[0].number, "3");
  EXPECT_EQ(reading.citations[0].relation, CitedRelation::kAmends);
}

TEST(ReadTextFields, PagesAndPlaces) {
  const std::string first = "قرار رقم ٥ لسنة ٢٠٢٠";
  const std::string last = "يلغى القرار رقم ٣/٢٠١٨\n\nرئيس المجلس\nأحمد سعيد";
  const TextReading reading = ReadTextFields({{.text = first}, {.text = last}}, "ara");
  ASSERT_EQ(reading.citations.size(), 1U);
  EXPECT_EQ(reading.citations[0].place.page, 2);
  const FoundField* signatory = Find(reading, "signatory");
  ASSERT_NE(signatory, nullptr);
  EXPECT_EQ(signatory->place.page, 2);
  EXPECT_EQ(last.substr(signatory->place.begin, signatory->place.end - signatory->place.begin), "أحمد سعيد");
  const FoundField* number = Find(reading, "number");
  ASSERT_NE(number, nullptr);
  EXPECT_EQ(first.substr(number->place.begin, number->place.end - number->place.begin), "٥ لسنة ٢٠٢٠");
}

TEST(ReadTextFields, ANumberKeepsTheDoubtOfItsReading) {
  const std::string text = "قرار رقم ٥٧ لسنة ٢٠٢٠\nيلغى القرار رقم ٣/٢٠١٨";
  const size_t number = text.find("٥٧");
  const size_t other = text.find("٣/");
  const std::vector<ReadStretch> doubts = {{.begin = 0, .end = 4, .confidence = 0.1F},
                                           {.begin = number, .end = number + 4, .confidence = 0.4F},
                                           {.begin = other, .end = other + 2, .confidence = 0.3F}};
  const TextReading reading = ReadTextFields({{.text = text, .stretches = &doubts}}, "ara");
  EXPECT_FLOAT_EQ(Find(reading, "number")->confidence, 0.4F);
  EXPECT_GT(Find(reading, "year")->confidence, 0.9F);
  ASSERT_EQ(reading.citations.size(), 1U);
  EXPECT_FLOAT_EQ(reading.citations[0].confidence, 0.3F);
}

TEST(ReadTextFields, RivalsLowerTheConfidence) {
  const float alone = Find(Read("قرار رقم ٥ لسنة ٢٠٢٠"), "number")->confidence;
  const float gainsaid = Find(Read("قرار رقم ٥ لسنة ٢٠٢٠\nقرار رقم ٦ لسنة ٢٠٢٠"), "number")->confidence;
  EXPECT_LT(gainsaid, alone);
}

TEST(ReadTextFields, ADoubtfulDateIsLessSure) {
  const TextReading plain = Read("التاريخ: ١٣/٣/٢٠١٩");
  const TextReading turned = Read("التاريخ: ٣/١٣/٢٠١٩");
  ASSERT_EQ(Values(turned, "date"), Values(plain, "date"));
  EXPECT_LT(Find(turned, "date")->confidence, Find(plain, "date")->confidence);
}

// Quadratic time would run into the test's time-out.
TEST(ReadTextFields, HostileTextTakesTimeByItsLengthAlone) {
  for (const char* unit :
       {"((((((((((((قرار رقم ٥ ", "الموضوع: ", "١٢ دينار ", "رئيس المجلس\n", "المدعي: أ\n", "الجلسة رقم ٧ "}) {
    std::string text;
    while (text.size() < 300'000) text += unit;
    for (const FoundField& field : Read(text).fields) EXPECT_LT(field.printed.size(), 4096U);
  }
  std::string money;
  for (int i = 0; i < 1000; ++i) money += std::to_string(i) + " دينار\n";
  EXPECT_EQ(Read(money).fields.size(), 200U);
}

TEST(ReadTextFields, NothingOfNothing) {
  EXPECT_TRUE(ReadTextFields({}, "ara").fields.empty());
  EXPECT_TRUE(Read("").fields.empty());
  EXPECT_TRUE(Read("\n\n \xFF\xD9").citations.empty());
}

}  // namespace
}  // namespace diwan
