// Fields and citations of a record, out of its pages.
#include "archive/read_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace diwan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kDecision =
    "بلدية السلط\n"
    "قرار رقم (٤٥) لسنة ٢٠١٨\n"
    "التاريخ: ١٢ مارس ٢٠١٨\n"
    "الموضوع: أكشاك السوق\n"
    "قرر المجلس تعديل القرار رقم ١٢ لسنة ٢٠١٥.\n";

Page TextOf(int number, std::string text) {
  Page page;
  page.number = number;
  page.text = std::move(text);
  return page;
}

RecordCitations Read(Record& record, const std::vector<Page>& pages) {
  TextReader reader;
  for (const Page& page : pages) reader.Add(page);
  return reader.ReadInto(record);
}

std::vector<std::string> Values(const Record& record, std::string_view name) {
  std::vector<std::string> values;
  for (const Field& field : record.fields) {
    if (field.name == name) values.push_back(field.value);
  }
  return values;
}

TEST(ReadText, EveryFieldIsAProposalWithItsPlace) {
  Record record{.id = "r"};
  const Page page = TextOf(1, kDecision);
  const RecordCitations citations = Read(record, {page});
  const Field* number = record.Find("number");
  ASSERT_NE(number, nullptr);
  EXPECT_EQ(number->value, "45/2018");
  EXPECT_EQ(record.Value("year"), "2018");
  EXPECT_EQ(record.Value("type"), "decision");
  EXPECT_EQ(record.Value("date"), "2018-03-12");
  EXPECT_EQ(record.Value("body"), "بلدية السلط");
  for (const Field& field : record.fields) {
    EXPECT_EQ(field.origin, FieldOrigin::kOcr) << field.name;
    EXPECT_EQ(field.state, FieldState::kProposed) << field.name;
    EXPECT_GT(field.confidence, 60) << field.name;
    EXPECT_EQ(field.page, 1) << field.name;
    EXPECT_EQ(page.text.substr(field.begin, field.end - field.begin), field.printed) << field.name;
  }
  EXPECT_EQ(citations.record_id, "r");
  ASSERT_THAT(citations.citations, SizeIs(1));
  const Citation& cited = citations.citations[0];
  EXPECT_EQ(cited.number + "/" + cited.year, "12/2015");
  EXPECT_EQ(cited.relation, CitedRelation::kAmends);
  EXPECT_EQ(page.text.substr(cited.place.begin, cited.place.end - cited.place.begin), cited.printed);
}

TEST(ReadText, WhatWasGivenStays) {
  Record record{.id = "r"};
  record.fields = {{.name = "number", .value = "99", .origin = FieldOrigin::kManifest},
                   {.name = "body", .value = "x", .origin = FieldOrigin::kPerson},
                   {.name = "title", .value = "y", .origin = FieldOrigin::kOcr, .state = FieldState::kConfirmed},
                   {.name = "date", .value = "1999-01-01", .origin = FieldOrigin::kOcr},
                   {.name = "language", .value = "ara", .origin = FieldOrigin::kOcr}};
  Read(record, {TextOf(1, kDecision)});
  EXPECT_THAT(Values(record, "number"), ElementsAre("99"));
  EXPECT_THAT(Values(record, "body"), ElementsAre("x"));
  EXPECT_THAT(Values(record, "title"), ElementsAre("y"));
  EXPECT_THAT(Values(record, "language"), ElementsAre("ara"));
  EXPECT_THAT(Values(record, "type"), ElementsAre("decision"));
  // Read again, it takes the place of what was read before.
  EXPECT_THAT(Values(record, "date"), ElementsAre("2018-03-12"));
}

TEST(ReadText, AYearIsReadForItsOwnNumberAlone) {
  const auto year_beside = [](const std::string& given, FieldOrigin origin = FieldOrigin::kManifest) {
    Record record{.id = "r"};
    record.fields = {{.name = "number", .value = given, .origin = origin, .state = FieldState::kConfirmed}};
    Read(record, {TextOf(1, kDecision)});
    return std::string(record.Value("year"));
  };
  EXPECT_EQ(year_beside("45"), "2018");
  EXPECT_EQ(year_beside("99"), "");
  EXPECT_EQ(year_beside("45/2017"), "");
  EXPECT_EQ(year_beside("45/2017", FieldOrigin::kOcr), "");
  EXPECT_EQ(year_beside("45/2018", FieldOrigin::kOcr), "2018") << "as it was before it was confirmed";
}

TEST(ReadText, ADoubtfulNumberSaysSo) {
  const auto confidence_of = [](const std::function<void(Word&)>& change) {
    Page page;
    page.number = 1;
    for (const char* text : {"قرار", "رقم", "٤٥", "لسنة", "٢٠١٨"}) {
      page.words.push_back({.text = text, .confidence = 96});
    }
    change(page.words[2]);
    page.text = JoinWords(page.words);
    Record record;
    Read(record, {page});
    const Field* number = record.Find("number");
    EXPECT_NE(number, nullptr);
    return number == nullptr ? -1 : number->confidence;
  };
  EXPECT_FLOAT_EQ(confidence_of([](Word&) {}), 95);
  EXPECT_FLOAT_EQ(confidence_of([](Word& word) { word.confidence = 40; }), 40);
  EXPECT_FLOAT_EQ(confidence_of([](Word& word) { word.number = NumberState::kUnsure; }), 50);
  EXPECT_FLOAT_EQ(confidence_of([](Word& word) { word.number = NumberState::kSure; }), 95);
}

TEST(ReadText, PlacesCountTheRecordsOwnPages) {
  Record record{.id = "r"};
  const RecordCitations citations = Read(record, {TextOf(1, kDecision), TextOf(4, "عملا بالقانون رقم ٢٩ لسنة ١٩٥٥.")});
  ASSERT_THAT(citations.citations, SizeIs(2));
  EXPECT_EQ(citations.citations[1].place.page, 4);
}

TEST(ReadText, NoMoreIsReadThanThereIsTimeFor) {
  std::string filler;
  while (filler.size() < kMostPageText) filler += "كلام كثير ";
  std::vector<Page> pages = {TextOf(1, kDecision)};
  for (int number = 2; number < 60; ++number)
    pages.push_back(TextOf(number, filler + "عملا بالقانون رقم ٢٩ لسنة ١٩٥٥."));
  pages[50].text = "عملا بالقانون رقم ٣٠ لسنة ١٩٥٦. " + filler;
  pages.push_back(TextOf(60, "تنفيذا للقرار رقم ٣ لسنة ٢٠١٧."));
  Record record{.id = "r"};
  const RecordCitations citations = Read(record, pages);
  // The end of a page beyond its bound is not read; of many pages the first and the last are.
  ASSERT_THAT(citations.citations, SizeIs(2));
  EXPECT_EQ(citations.citations[1].place.page, 60);
  EXPECT_EQ(record.Value("number"), "45/2018");
}

TEST(ReadText, AnyBytesAreTaken) {
  for (const std::string& text : {std::string(), std::string("\0\xFF\xD9", 3), std::string(5000, '\n'),
                                  std::string("قرار رقم \xD9"), std::string(100'000, '/')}) {
    Record record{.id = "r"};
    EXPECT_THAT(Read(record, {TextOf(1, text)}).citations, IsEmpty());
  }
  Record record{.id = "r"};
  EXPECT_THAT(Read(record, {}).citations, IsEmpty());
}

}  // namespace
}  // namespace diwan
