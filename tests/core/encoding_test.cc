// The stored form of each type: what goes in comes out, the bytes of today stay the bytes of tomorrow, and those of a
// later Diwan are read as far as they are known.
#include "core/encoding.h"

#include <gtest/gtest.h>

#include "core/digest.h"
#include "encoding_samples.h"

namespace diwan {
namespace {

// What persons did, which is only written where they did something.
Page CorrectedPage() {
  Page page;
  page.words.resize(1);
  page.words[0].corrected = true;
  page.version = 3;
  return page;
}

Record ChangedRecord() {
  Record record;
  record.version = 4;
  record.first_page = 2;
  record.removed = {{.name = "date", .value = ""}, {.name = "place", .value = "x"}};
  record.deleted = Mark{.why = "w", .who = "a", .at = 7};
  record.merged_into = "r2";
  record.merged = {"r3", "r4"};
  record.hold = Mark{.why = "h", .who = "b", .at = 8};
  return record;
}

RecordCitations JudgedCitations() {
  return {.record_id = "r1",
          .citations = {{.state = CitationState::kRejected},
                        {.target = "r2", .state = CitationState::kConfirmed},
                        {.unclear = true}}};
}

Job JobAgain() {
  Job job = SampleJob();
  job.again = true;
  job.page = 3;
  return job;
}

PastVersion SamplePast() {
  PastVersion past;
  past.replaced_by = SampleAudit();
  past.replaced_by.why = "w";
  past.value = std::string("\0\xFF", 2);
  return past;
}

TEST(Encoding, WhatPersonsDidComesBackWhole) {
  EXPECT_EQ(DecodePage(Encode(CorrectedPage()), "it"), CorrectedPage());
  EXPECT_EQ(DecodePageVersion(Encode(CorrectedPage()), "it"), 3);
  EXPECT_EQ(DecodePageVersion(Encode(Page()), "it"), 1);
  EXPECT_EQ(DecodeRecord(Encode(ChangedRecord()), "it"), ChangedRecord());
  EXPECT_EQ(DecodeRecordCitations(Encode(JudgedCitations()), "it"), JudgedCitations());
  EXPECT_EQ(DecodeJob(Encode(JobAgain()), "it"), JobAgain());
  EXPECT_EQ(DecodePastVersion(Encode(SamplePast()), "it"), SamplePast());
  EXPECT_EQ(DecodePastChange(Encode(SamplePast()), "it").replaced_by, SamplePast().replaced_by);
  EXPECT_EQ(DecodePastChange(Encode(SamplePast()), "it").value, "");
}

TEST(Encoding, GoldenBytesOfWhatPersonsDid) {
  const Json page = Json::from_cbor(Encode(CorrectedPage()));
  EXPECT_EQ(page["ver"], 3);
  EXPECT_EQ(page["words"][0].dump(), R"(["",0,0,0,0,0.0,0,0,0,0,"",[],true])");
  const Json record = Json::from_cbor(Encode(ChangedRecord()));
  EXPECT_EQ(record["ver"], 4);
  EXPECT_EQ(record["first"], 2);
  EXPECT_EQ(record["gone"].dump(), R"([["date",""],["place","x"]])");
  EXPECT_EQ(record["del"].dump(), R"(["w","a",7])");
  EXPECT_EQ(record["into"], "r2");
  EXPECT_EQ(record["merged"].dump(), R"(["r3","r4"])");
  EXPECT_EQ(record["hold"].dump(), R"(["h","b",8])");
  const Json citations = Json::from_cbor(Encode(JudgedCitations()));
  EXPECT_EQ(citations["list"][0].size(), 15U);
  EXPECT_EQ(citations["list"][0][14], 2);
  EXPECT_EQ(citations["list"][1][14], 1);
  EXPECT_EQ(citations["list"][2].size(), 17U);
  EXPECT_EQ(citations["list"][1][15], "r2");
  EXPECT_EQ(Hex(Encode(SamplePast())),
            "a962617407646d6f72656164636f6c644200ff626f6e62723161746168617601647768617469706167652e7265616463"
            "77686f66776f726b6572637768796177");
}

TEST(Encoding, ImpossibleVersionsAreDamage) {
  for (const char* key : {"ver"}) {
    EXPECT_EQ(Outcomes(Types()[0], Changed(Types()[0], [&](Json& v) { v[key] = -1; })), "corrupt");
    EXPECT_EQ(Outcomes(Types()[1], Changed(Types()[1], [&](Json& v) { v[key] = "x"; })), "corrupt");
  }
  EXPECT_EQ(Outcomes(Types()[1], Changed(Types()[1], [](Json& v) { v["del"] = {"w", "a"}; })), "corrupt");
  EXPECT_EQ(Outcomes(Types()[8], Changed(Types()[8], [](Json& v) { v["list"][0].push_back(3); })), "corrupt");
}

// What is only written where there is something to say.
TEST(Encoding, GoldenBytesOfRows) {
  EXPECT_EQ(Hex(Encode(EntryWithRowLeft())),
            "ad6261740763626164016562617463686262316466696c6567642f662e746966616e04636f75740365706167657303637265"
            "6362723163726f77f56373686162616261746165617601637768796177");
  EXPECT_EQ(Hex(Encode(JobWithFields())),
            "aa62617407656261746368626231636578746178666669656c64738187616e613762d9a70101fa42c8000000646c616e6764"
            "6175746f616e0463726563627231637368616261626174616a617601");
}

TEST(Encoding, ValuesComeBackWhole) {
  EXPECT_EQ(DecodePage(Encode(SamplePage()), "it"), SamplePage());
  EXPECT_EQ(DecodeRecord(Encode(SampleRecord()), "it"), SampleRecord());
  EXPECT_EQ(DecodeSourceFile(Encode(SampleSource()), "it"), SampleSource());
  EXPECT_EQ(DecodeBatchEntry(Encode(SampleEntry()), "it"), SampleEntry());
  EXPECT_EQ(DecodeBatch(Encode(SampleBatch()), "it"), SampleBatch());
  EXPECT_EQ(DecodeBatchEntry(Encode(EntryWithRowLeft()), "it"), EntryWithRowLeft());
  EXPECT_EQ(DecodeJob(Encode(SampleJob()), "it"), SampleJob());
  EXPECT_EQ(DecodeJob(Encode(JobWithFields()), "it"), JobWithFields());
  EXPECT_EQ(DecodeChange(Encode(SampleChange()), "it"), SampleChange());
  EXPECT_EQ(DecodeAuditEntry(Encode(SampleAudit()), "it"), SampleAudit());
  EXPECT_EQ(DecodeParcel(Encode(SampleParcel()), "it"), SampleParcel());
  EXPECT_EQ(DecodeParcel(Encode(Parcel()), "it"), Parcel());
  EXPECT_EQ(DecodeReceipt(Encode(SampleReceipt()), "it"), SampleReceipt());
  EXPECT_EQ(DecodePage(Encode(Page()), "it"), Page());
  EXPECT_EQ(DecodePage(Encode(PageWithNumbers()), "it"), PageWithNumbers());
  EXPECT_EQ(DecodeRecord(Encode(Record()), "it"), Record());
  EXPECT_EQ(DecodeRecordCitations(Encode(SampleCitations()), "it"), SampleCitations());
}

TEST(Encoding, BytesAreThoseOnDisk) {
  for (const Type& type : Types()) EXPECT_EQ(Hex(type.bytes), type.golden) << type.name;
}

// The page of Types() has the rows from before there were numbers.
TEST(Encoding, NumbersStandAtTheEndOfTheirWords) {
  const Json words = Json::from_cbor(Encode(PageWithNumbers()))["words"];
  const char* const rows[] = {R"([1])", R"([2,"1٢",["١٣","١٥"]])", R"([0,"x"])", R"([0,"",["y"]])", "[]"};
  constexpr std::ptrdiff_t kBefore = 9;
  for (size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(Json(std::vector<Json>(words[i].begin() + kBefore, words[i].end())).dump(), rows[i]);
  }
}

TEST(Encoding, UnknownKeysAreSkipped) {
  for (const Type& type : Types()) {
    const std::string bytes = Changed(type, [](Json& v) { v["later"] = {{"a", {1, 2}}, {"b", nullptr}}; });
    EXPECT_EQ(type.again(bytes), type.bytes) << type.name;
  }
}

TEST(Encoding, LongerRowsOfALaterFormatAreRead) {
  const std::string page = Changed(Types()[0], [](Json& v) {
    Append(v["words"][0], {0, "", Json::array(), false, "later"});
  });
  EXPECT_EQ(DecodePage(page, "it"), SamplePage());
  const std::string record = Changed(Types()[1], [](Json& v) {
    v["fields"][0].insert(v["fields"][0].end(), {0, 0, "later"});
  });
  EXPECT_EQ(DecodeRecord(record, "it"), SampleRecord());
  const std::string citations = Changed(Types()[8], [](Json& v) { Append(v["list"][0], {0, "", 0, "later"}); });
  EXPECT_EQ(DecodeRecordCitations(citations, "it"), SampleCitations());
}

// The record of Types() has the rows from before there were places.
TEST(Encoding, AFieldMayHaveItsPlace) {
  Record record = SampleRecord();
  record.fields[0].begin = 70'000;
  record.fields[0].end = 70'006;
  EXPECT_EQ(DecodeRecord(Encode(record), "it"), record);
  EXPECT_EQ(Json::from_cbor(Encode(record))["fields"][0].size(), 9U);
  const std::string turned = Changed(Types()[1], [](Json& v) { v["fields"][0].insert(v["fields"][0].end(), {6, 5}); });
  EXPECT_EQ(Outcomes(Types()[1], turned), "corrupt");
}

TEST(Encoding, AbsentKeysAreDefaults) {
  Page page;
  page.number = 1;
  const std::string bytes = Changed(Types()[0], [](Json& v) { v = {{"t", "p"}, {"v", 1}, {"n", 1}}; });
  EXPECT_EQ(DecodePage(bytes, "it"), page);
}

}  // namespace
}  // namespace diwan
