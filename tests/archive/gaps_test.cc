// The report on what an archive lacks, over records that were imported.
#include "archive/gaps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive_fixture.h"

namespace diwan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

class GapsTest : public ArchiveTest {
 protected:
  GapsTest() { Open(); }

  // A record of which all that is given is certain.
  void Bring(const std::string& name, std::map<std::string, std::string> fields, const std::string& text = "نص") {
    nlohmann::json line(fields);
    line["external_id"] = name;
    line["pages"] = {text};
    ASSERT_EQ(ImportText(line.dump()).imported, 1U);
  }

  void BringDecision(const std::string& name, const std::string& number, const std::string& body = "بلدية السلط") {
    Bring(name, {{"type", "decision"}, {"number", number}, {"body", body}, {"date", "2018-05-01"}});
  }

  // As if a field of the record had been read, and so surely.
  void Doubt(const std::string& name, const std::string& field, float confidence) {
    Record record = *archive_->store().GetRecord(*archive_->store().RecordIdOfExternal(name));
    for (Field& each : record.fields) {
      if (each.name != field) continue;
      each.state = FieldState::kProposed;
      each.confidence = confidence;
    }
    Put({.records = {record}});
  }

  void Put(ChangeSet changes) {
    changes.audit = {{.actor = "test", .action = "x"}};
    archive_->Commit(changes);
  }

  GapsReport Find(const SeriesFilter& filter = {}, size_t limit = 100) { return FindGaps(*archive_, filter, limit); }

  // "body|type|year papers from-last missing/doubled/unsure"
  std::vector<std::string> Series(const GapsReport& report) {
    std::vector<std::string> told;
    for (const SeriesRow& row : report.series.items) {
      told.push_back(fmt::format("{}|{}|{} {} {}-{} {}/{}/{}", row.name.body, row.name.type, row.name.year, row.papers,
                                 row.from, row.last, row.missing, row.doubled, row.doubtful));
    }
    return told;
  }

  static std::vector<std::string> Names(const std::vector<ListedRecord>& records) {
    std::vector<std::string> names;
    for (const ListedRecord& record : records) names.push_back(record.external_id);
    return names;
  }
};

TEST_F(GapsTest, MissingNumbersAreRangesWithTheirNeighbours) {
  for (const int number : {2, 3, 11, 20}) BringDecision("d" + std::to_string(number), fmt::format("{}/2018", number));
  const GapsReport report = Find();
  EXPECT_THAT(Series(report), ElementsAre("بلدية السلط|decision|2018 4 1-20 16/0/0"));
  EXPECT_EQ(report.missing_numbers, 16U);
  EXPECT_EQ(report.missing.total, 3U);
  const auto& items = report.missing.items;
  ASSERT_THAT(items, SizeIs(3));
  EXPECT_EQ(std::pair(items[0].first, items[0].last), std::pair(1U, 1U));
  EXPECT_FALSE(items[0].before);
  EXPECT_EQ(items[0].after->external_id, "d2");
  EXPECT_EQ(std::pair(items[2].first, items[2].last), std::pair(12U, 19U));
  EXPECT_EQ(items[2].before->external_id, "d11");
  EXPECT_EQ(items[2].before->number, "11");
  EXPECT_EQ(items[2].after->external_id, "d20");
}

TEST_F(GapsTest, ASeriesIsOfOneBodyOneTypeAndOneYearAsPrinted) {
  BringDecision("a", "1/2018");
  BringDecision("b", "٢/٢٠١٨", "بلديّة السَّلط");  // another spelling of the body
  BringDecision("c", "1/2018", "بلدية إربد");
  Bring("d", {{"type", "قرار"}, {"number", "3"}, {"year", "2018"}, {"body", "بلدية السلط"}});
  Bring("e", {{"type", "letter"}, {"number", "1/2018"}, {"body", "بلدية السلط"}});
  Bring("f", {{"type", "مصوبه"}, {"number", "1"}, {"date", "1402/05/12"}, {"language", "fas"}, {"body", "شورا"}});
  Bring("g", {{"type", "مصوبه"}, {"number", "2"}, {"date", "2023-08-03"}, {"language", "fas"}, {"body", "شورا"}});
  Bring("h", {{"type", "ruling"}, {"number", "1/2018"}, {"body", "وزارة العدل"}, {"court", "محكمة النقض"}});
  const GapsReport report = Find();
  EXPECT_THAT(Series(report),
              ElementsAre("بلدية إربد|decision|2018 1 1-1 0/0/0", "بلدية السلط|decision|2018 3 1-3 0/0/0",
                          "بلدية السلط|letter|2018 1 1-1 0/0/0", "شورا|decision|1402 1 1-1 0/0/0",
                          "شورا|decision|2023 1 1-2 1/0/0", "محكمة النقض|ruling|2018 1 1-1 0/0/0"));
  EXPECT_EQ(report.series.items[3].year_of_date, 1U);
  EXPECT_EQ(report.series.items[1].year_of_date, 0U);
}

// Elsewhere the smaller of both is the number; here it would stand in another year's series.
TEST_F(GapsTest, ANumberThatMayBeAYearIsTheNumberWhereAYearStandsBesideIt) {
  Bring("a", {{"number", "1402"}, {"year", "1399"}});
  EXPECT_THAT(Series(Find()), ElementsAre("||1399 1 1402-1402 0/0/0"));
}

TEST_F(GapsTest, DoubledNumbersNameTheirRecords) {
  BringDecision("a", "1/2018");
  BringDecision("b", "001/2018");
  BringDecision("c", "145/ص/2018");
  BringDecision("d", "145/ص/2018");
  const GapsReport report = Find();
  ASSERT_THAT(report.doubled.items, SizeIs(2));
  for (const DoubledRow& row : report.doubled.items) {
    EXPECT_TRUE(row.certain);
    EXPECT_EQ(row.total, 2U);
    EXPECT_THAT(Names(row.records), row.number == "1" ? ElementsAre("a", "b") : ElementsAre("c", "d")) << row.number;
  }
}

TEST_F(GapsTest, NumbersThatAreNotPlainAreSaidAndNeverMissing) {
  BringDecision("a", "1/2018");
  Bring("b", {{"type", "decision"}, {"number", "145/ص"}, {"year", "2018"}, {"body", "بلدية السلط"}});
  Bring("c", {{"type", "decision"}, {"number", "12/3"}, {"year", "2018"}, {"body", "بلدية السلط"}});
  const GapsReport report = Find();
  ASSERT_THAT(Series(report), ElementsAre("بلدية السلط|decision|2018 3 1-1 0/0/0"));
  EXPECT_EQ(report.series.items[0].not_plain, 2U);
  EXPECT_EQ(report.series.items[0].not_plain_number, "12/3");
}

TEST_F(GapsTest, WithoutAYearNothingIsMissing) {
  for (const char* number : {"1", "1", "9"}) {
    Bring("", {{"type", "letter"}, {"number", number}, {"body", "x"}});
  }
  const GapsReport report = Find();
  EXPECT_THAT(Series(report), ElementsAre("x|letter| 3 0-0 0/0/0"));
  EXPECT_EQ(report.missing.total + report.doubled.total, 0U);
}

TEST_F(GapsTest, ADoubtfulNumberFillsNoGapAndMakesNone) {
  for (const int number : {1, 2, 4, 90}) BringDecision("d" + std::to_string(number), fmt::format("{}/2018", number));
  BringDecision("twin", "1/2018");
  EXPECT_EQ(Find().missing_numbers, 86U);
  Doubt("d2", "number", kSureConfidence - 1);
  Doubt("d90", "number", 30);
  Doubt("twin", "body", 30);
  const GapsReport report = Find();
  EXPECT_THAT(Series(report), ElementsAre("بلدية السلط|decision|2018 5 1-4 1/1/3"));
  ASSERT_THAT(report.missing.items, SizeIs(1));
  EXPECT_EQ(report.missing.items[0].first, 3U);
  EXPECT_EQ(report.missing.items[0].before->external_id, "d1");
  ASSERT_THAT(report.doubled.items, SizeIs(1));
  EXPECT_FALSE(report.doubled.items[0].certain);
  EXPECT_THAT(Names(report.doubled.items[0].records), ElementsAre("d1", "twin"));
  std::vector<std::string> doubtful;
  for (const DoubtfulRow& row : report.doubtful.items) {
    doubtful.push_back(fmt::format("{} {} {}", row.record.external_id, row.record.number, NameOf(row.standing)));
  }
  EXPECT_THAT(doubtful, ElementsAre("twin 1 doubles", "d2 2 fills", "d90 90 beyond"));
}

TEST_F(GapsTest, PagesWithoutTextSayWhyFailedOnesFirst) {
  Bring("read", {});
  Bring("empty", {}, " \n");
  Bring("bad", {}, "");
  const std::string id = *archive_->store().RecordIdOfExternal("bad");
  Page page{.record_id = id, .number = 1, .failure = "the reader crashed"};
  Put({.pages = {{.page = page, .image = {}}}});
  const GapsReport report = Find();
  EXPECT_EQ(report.pages_without_text.total, 2U);
  EXPECT_EQ(report.failed_pages, 1U);
  ASSERT_THAT(report.pages_without_text.items, SizeIs(2));
  EXPECT_EQ(report.pages_without_text.items[0].record.external_id, "bad");
  EXPECT_EQ(report.pages_without_text.items[0].page, 1);
  EXPECT_EQ(report.pages_without_text.items[0].failure, "the reader crashed");
  EXPECT_EQ(report.pages_without_text.items[1].record.external_id, "empty");
  EXPECT_EQ(report.pages_without_text.items[1].failure, "");
  EXPECT_THAT(Find({}, 1).pages_without_text.items, SizeIs(1));
}

// More of them, and more records, than are fetched at once.
TEST_F(GapsTest, ManyPagesWithoutTextAreAllCounted) {
  std::string lines;
  for (int i = 0; i < 1200; ++i) {
    lines += fmt::format("{{\"type\":\"{}\",\"pages\":[\"x\",\"\"]}}\n", i % 2 == 0 ? "letter" : "decision");
  }
  ImportText(lines);
  EXPECT_EQ(Find().records, 1200U);
  EXPECT_EQ(Find().pages_without_text.total, 1200U);
  EXPECT_EQ(Find({.type = "letter"}).pages_without_text.total, 600U);
}

TEST_F(GapsTest, WhatIsNotConfirmedIsCountedByField) {
  Bring("a", {{"title", "أكشاك"}}, "بلدية السلط\nقرار رقم (10) لسنة 2015\nالتاريخ: 12/03/2015\nقرر المجلس.\n");
  Bring("b", {}, "بلدية السلط\nقرار رقم (11) لسنة 2015\nقرر المجلس.\n");
  Doubt("b", "number", 40);
  const GapsReport report = Find();
  EXPECT_EQ(report.proposed.at("number").proposed, 2U);
  EXPECT_EQ(report.proposed.at("number").unsure, 1U);
  EXPECT_EQ(report.proposed.at("date").proposed, 1U);
  EXPECT_FALSE(report.proposed.contains("title"));
}

TEST_F(GapsTest, RecordsWithoutADateOrANumberAreNamed) {
  Bring("a", {{"number", "1/2018"}, {"date", "2018-01-01"}});
  Bring("b", {{"number", "2/2018"}});
  Bring("c", {{"date", "2018-01-01"}});
  const GapsReport report = Find();
  EXPECT_THAT(Names(report.without_date.items), ElementsAre("b"));
  EXPECT_THAT(Names(report.without_number.items), ElementsAre("c"));
}

TEST_F(GapsTest, AFilterLeavesTheOthersOut) {
  BringDecision("a", "3/2018");
  BringDecision("b", "3/2019");
  BringDecision("c", "3/2018", "بلدية إربد");
  Bring("d", {{"type", "letter"}, {"date", "١٢/٠٣/٢٠١٨"}});
  Bring("e", {{"type", "letter"}});
  EXPECT_EQ(Find().records, 5U);
  EXPECT_EQ(Find({.year = "٢٠١٨"}).records, 3U);
  EXPECT_THAT(Names(Find({.year = "2018"}).without_number.items), ElementsAre("d"));
  EXPECT_EQ(Find({.type = "قرار"}).records, 3U);
  EXPECT_EQ(Find({.type = "decision", .year = "2018"}).missing_numbers, 4U);
  EXPECT_EQ(Find({.body = "البلدية السلط"}).records, 2U);
  EXPECT_EQ(Find({.body = "مجلس الوزراء"}).records, 0U);
  for (const char* year : {"x", "20188", "-1", "2018 "}) {
    EXPECT_EQ(CodeOf([&] { Find({.year = year}); }), ErrorCode::kInvalid) << year;
  }
}

TEST_F(GapsTest, ListsAreCutAndTotalsAreWhole) {
  for (int number = 1; number < 9; number += 2) {
    for (const char* twin : {"a", "b"}) BringDecision(twin + std::to_string(number), fmt::format("{}/2018", number));
  }
  const GapsReport report = Find({}, 2);
  EXPECT_EQ(report.missing.total, 3U);
  EXPECT_EQ(report.missing_numbers, 3U);
  EXPECT_THAT(report.missing.items, SizeIs(2));
  EXPECT_EQ(report.doubled.total, 4U);
  EXPECT_THAT(report.doubled.items, SizeIs(2));
  for (const size_t limit : {0, 1001}) EXPECT_EQ(CodeOf([&] { Find({}, limit); }), ErrorCode::kInvalid);
}

TEST_F(GapsTest, AnEmptyArchiveLacksNothing) {
  const GapsReport report = Find();
  EXPECT_EQ(report.records, 0U);
  EXPECT_THAT(report.series.items, IsEmpty());
  EXPECT_EQ(report.pages_without_text.total, 0U);
}

}  // namespace
}  // namespace diwan
