// The stored form of each type: what goes in comes out, the bytes of today stay the bytes of tomorrow, and bytes that
// are damaged, hostile or of the future are refused.
#include "core/encoding.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <random>

#include "core/error.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

std::string Hex(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

Page SamplePage() {
  Page page;
  page.record_id = "r1";
  page.number = 2;
  page.width = 1654;
  page.height = 2339;
  page.dpi = 200;
  page.rotation = 90;
  page.skew = -0.5;
  page.language = "ara";
  page.origin = TextOrigin::kOcr;
  page.engine = "e";
  page.confidence = 87.5;
  page.text = "قرار ١٢\n";
  page.words = {{"قرار", {10, 20, 30, 40}, 90.5F, 0, 0, 0}, {"١٢", {50, 20, 15, 40}, 80, 0, 0, 9}};
  page.image_type = "image/png";
  page.failure = "f";
  page.cpu_ms = 480;
  page.recognition_ms = 400;
  page.read_at = 1709210096789;
  return page;
}

// Numbers as a second reader leaves them, and what of them is left out.
Page PageWithNumbers() {
  Page page;
  page.words.resize(5);
  page.words[0].number = NumberState::kSure;
  page.words[1].number = NumberState::kUnsure;
  page.words[1].first_reading = "1٢";
  page.words[1].alternatives = {"١٣", "١٥"};
  page.words[2].first_reading = "x";
  page.words[3].alternatives = {"y"};
  return page;
}

Record SampleRecord() {
  Record record;
  record.id = "r1";
  record.external_id = "x";
  record.state = RecordState::kComplete;
  record.fields = {{"number", "12", "١٢", FieldOrigin::kOcr, FieldState::kProposed, 75, 1},
                   {"title", "ع", "ع", FieldOrigin::kPerson, FieldState::kConfirmed, 100, 0}};
  record.page_count = 3;
  record.source = "ab";
  record.file_name = "f.tif";
  record.batch_id = "b1";
  record.created_at = 1;
  record.changed_at = 1709210096789;
  return record;
}

SourceFile SampleSource() {
  return {.digest = "ab",
          .size = 5'000'000'000,
          .media_type = "image/tiff",
          .file_name = "f.tif",
          .record_id = "r1",
          .quarantined = true,
          .reason = "w",
          .received_at = 7};
}

BatchEntry SampleEntry() {
  BatchEntry entry;
  entry.batch_id = "b1";
  entry.number = 4;
  entry.file_name = "d/f.tif";
  entry.digest = "ab";
  entry.record_id = "r1";
  entry.outcome = Outcome::kQuarantined;
  entry.reason = "w";
  entry.pages = 3;
  entry.failed_pages = 1;
  entry.received_at = 7;
  return entry;
}

Batch SampleBatch() { return {.id = "b1", .label = "صندوق", .opened_at = 7}; }

Job SampleJob() {
  return {.record_id = "r1", .digest = "ab", .batch_id = "b1", .entry = 4, .language = "auto", .queued_at = 7};
}

BatchEntry EntryWithRowLeft() {
  BatchEntry entry = SampleEntry();
  entry.row_left = true;
  return entry;
}

Job JobWithFields() {
  Job job = SampleJob();
  job.external_id = "x";
  job.fields = {
      {.name = "n", .value = "7", .printed = "٧", .state = FieldState::kConfirmed, .confidence = 100},
  };
  return job;
}

Change SampleChange() {
  return {.sequence = 18446744073709551615U, .kind = ChangeKind::kPage, .record_id = "r1", .page = 2};
}

AuditEntry SampleAudit() { return {.at = 7, .actor = "worker", .action = "page.read", .subject = "r1", .detail = "d"}; }

RecordCitations SampleCitations() {
  const Citation citation{.kind = CitedKind::kLaw,
                          .relation = CitedRelation::kRepeals,
                          .number = "29",
                          .year = "1955",
                          .date = "1955-03-01",
                          .body = "م",
                          .title = "ب",
                          .article = "3,5",
                          .clause = "ج",
                          .printed = "قانون",
                          .place = {.page = 2, .begin = 300, .end = 310},
                          .confidence = 0.75F};
  return {.record_id = "r1", .citations = {citation, {.number = "5"}}};
}

// One stored type: a value of it, and how it is read back. `again` decodes and encodes.
struct Type {
  const char* name;
  std::string bytes;
  std::string golden;
  std::function<std::string(std::string_view)> again;
};

template <typename T>
Type MakeType(const char* name, const T& sample, T (*decode)(std::string_view, std::string_view), std::string golden) {
  return {name, Encode(sample), std::move(golden),
          [decode](std::string_view bytes) { return Encode(decode(bytes, "it")); }};
}

// The golden bytes are on people's disks. A row may change only together with the format version of its type, and then
// the old bytes stay here to be read. docs/on_disk_format.md tells the keys.
const std::vector<Type>& Types() {
  static const std::vector<Type> types = {
      MakeType("page", SamplePage(), DecodePage,
               "b46261741b0000018df4dc549564636f6e66fa42af0000636370751901e06364706918c863656e676165646661696c616664667"
               "26f6d01"
               "616819092362696462723163696d6769696d6167652f706e67646c616e6763617261616e026372656319019063726f74185a647"
               "36b6577"
               "fabf0000006174617064746578746ed982d8b1d8a7d8b120d9a1d9a20a617601617719067665776f726473828968d982"
               "d8b1d8a7d8b10a14181e1828fa42b500000000008964d9a1d9a21832140f1828fa42a00000000009"),
      MakeType("record", SampleRecord(), DecodeRecord,
               "ac656261746368626231676368616e6765641b0000018df4dc5495636578746178666669656c64738287666e756d6265"
               "7262313264d9a1d9a20000fa429600000187657469746c6562d8b962d8b90201fa42c80000006466696c6565662e7469"
               "66626964627231646d6164650165706167657303637372636261626573746174650161746172617601"),
      MakeType("source", SampleSource(), DecodeSourceFile,
               "ab6261740763626164f5666661696c6564006466696c6565662e74696663726563627231637368616261626473697a651b00000"
               "0012a05f2"
               "006174617364747970656a696d6167652f74696666617601637768796177"),
      MakeType("entry", SampleEntry(), DecodeBatchEntry,
               "ac6261740763626164016562617463686262316466696c6567642f662e746966616e04636f7574036570616765730363"
               "7265636272316373686162616261746165617601637768796177"),
      MakeType("batch", SampleBatch(), DecodeBatch,
               "a562617407626964626231656c6162656c6ad8b5d986d8afd988d98261746162617601"),
      MakeType("job", SampleJob(), DecodeJob,
               "a862617407656261746368626231646c616e67646175746f616e0463726563627231637368616261626174616a617601"),
      MakeType("change", SampleChange(), DecodeChange,
               "a6646b696e640164706167650263726563627231637365711bffffffffffffffff61746163617601"),
      MakeType("audit", SampleAudit(), DecodeAuditEntry,
               "a762617407646d6f72656164626f6e62723161746161617601647768617469706167652e726561646377686f66776f72"
               "6b6572"),
      MakeType("citations", SampleCitations(), DecodeRecordCitations,
               "a4646c697374828e020262323964313935356a313935352d30332d303162d98562d8a863332c3562d8ac6ad982d8a7d986d988"
               "d9860219012c190136fa3f4000008e0000613560606060606060010000fa000000006372656362723161746178617601"),
  };
  return types;
}

// Everything that reads bytes: the types, and the reader of a page's text alone.
std::vector<Type> Readers() {
  std::vector<Type> readers = Types();
  readers.push_back({"text of a page", Types()[0].bytes, "", [](std::string_view bytes) {
                       Page page;
                       page.text = DecodePageText(bytes, "it");
                       return Encode(page);
                     }});
  return readers;
}

// "ok", or the code of the error.
std::string Outcomes(const Type& type, std::string_view bytes) {
  try {
    type.again(bytes);
    return "ok";
  } catch (const Error& error) {
    return std::string(CodeName(error.code()));
  }
}

void Append(Json& row, const std::vector<Json>& values) {
  for (const Json& value : values) row.push_back(value);
}

std::string Changed(const Type& type, const std::function<void(Json&)>& change) {
  Json value = Json::from_cbor(type.bytes);
  change(value);
  std::string bytes;
  Json::to_cbor(value, bytes);
  return bytes;
}

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
          .citations = {{.state = CitationState::kRejected}, {.target = "r2", .state = CitationState::kConfirmed}}};
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

// "entry" of "entry with a row left".
std::string_view KindOf(const Type& type) {
  const std::string_view name = type.name;
  return name.substr(0, name.find(" with"));
}

TEST(Encoding, AnotherTypeIsRefused) {
  for (const Type& type : Types()) {
    for (const Type& other : Types()) {
      EXPECT_EQ(Outcomes(type, other.bytes), KindOf(type) == KindOf(other) ? "ok" : "corrupt")
          << type.name << " as " << other.name;
    }
  }
}

TEST(Encoding, VersionsAreChecked) {
  for (const Type& type : Readers()) {
    EXPECT_EQ(Outcomes(type, Changed(type, [](Json& v) { v["v"] = 2; })), "corrupt") << type.name;
    EXPECT_EQ(Outcomes(type, Changed(type, [](Json& v) { v["v"] = 0; })), "corrupt") << type.name;
    EXPECT_EQ(Outcomes(type, Changed(type, [](Json& v) { v["v"] = "1"; })), "corrupt") << type.name;
    EXPECT_EQ(Outcomes(type, Changed(type, [](Json& v) { v.erase("v"); })), "corrupt") << type.name;
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
  const std::string citations = Changed(Types()[8], [](Json& v) { Append(v["list"][0], {0, "", "later"}); });
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

TEST(Encoding, ValuesOfAWrongKindAreRefused) {
  for (const Type& type : Types()) {
    const Json value = Json::from_cbor(type.bytes);
    for (const auto& [key, ignored] : value.items()) {
      const std::string bytes = Changed(type, [&name = key](Json& v) { v[name] = Json::object(); });
      EXPECT_EQ(Outcomes(type, bytes), "corrupt") << type.name << ' ' << key;
    }
  }
}

TEST(Encoding, ValuesOutOfRangeAreRefused) {
  const std::pair<size_t, std::function<void(Json&)>> rows[] = {
      {0, [](Json& v) { v["n"] = 1LL << 31; }},
      {0, [](Json& v) { v["n"] = -(1LL << 31) - 1; }},
      {0, [](Json& v) { v["n"] = 18446744073709551615U; }},
      {0, [](Json& v) { v["n"] = 1.5; }},
      {0, [](Json& v) { v["at"] = 18446744073709551615U; }},
      {0, [](Json& v) { v["from"] = 4; }},
      {0, [](Json& v) { v["from"] = -1; }},
      {0, [](Json& v) { v["words"][1][8] = 11; }},           // ends beyond the text
      {0, [](Json& v) { v["words"][1][8] = 4294967295U; }},  // begins beyond it
      {0, [](Json& v) { v["words"][1][8] = -1; }},
      {0, [](Json& v) { v["words"][1].erase(8); }},
      {0, [](Json& v) { v["words"][1][1] = "1"; }},
      {0, [](Json& v) { v["words"][1] = 5; }},
      {0, [](Json& v) { v["words"][1].push_back(3); }},
      {0, [](Json& v) { v["words"][1].push_back(-1); }},
      {0, [](Json& v) { v["words"][1].push_back("sure"); }},
      {0,
       [](Json& v) {
         Append(v["words"][1], {2, 5});
       }},
      {0,
       [](Json& v) {
         Append(v["words"][1], {2, "", "١٣"});
       }},
      {0,
       [](Json& v) {
         Append(v["words"][1], {2, "", Json::array({"١٣", 5})});
       }},
      {1, [](Json& v) { v["state"] = 2; }},
      {1, [](Json& v) { v["fields"][0][3] = 3; }},
      {1, [](Json& v) { v["fields"][0][4] = -1; }},
      {1, [](Json& v) { v["fields"][0].erase(6); }},
      {2, [](Json& v) { v["size"] = -1; }},
      {2, [](Json& v) { v["bad"] = 1; }},
      {3, [](Json& v) { v["n"] = 4294967296; }},
      {3, [](Json& v) { v["out"] = 4; }},
      {6, [](Json& v) { v["kind"] = 2; }},
  };
  size_t number = 0;
  for (const auto& [type, change] : rows) {
    EXPECT_EQ(Outcomes(Types()[type], Changed(Types()[type], change)), "corrupt") << "row " << number;
    ++number;
  }
}

TEST(Encoding, CutBytesAreRefused) {
  for (const Type& type : Readers()) {
    for (size_t size = 0; size < type.bytes.size(); ++size) {
      ASSERT_EQ(Outcomes(type, std::string_view(type.bytes).substr(0, size)), "corrupt") << type.name << ' ' << size;
    }
    EXPECT_EQ(Outcomes(type, type.bytes + "x"), "corrupt") << type.name;
  }
}

TEST(Encoding, HostileBytesAreRefused) {
  const std::string rows[] = {
      "not CBOR",
      "\xFF",
      "\xA1",
      std::string("\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9),               // an array of 2^64 - 1
      std::string("\x9B\x10\x00\x00\x00\x00\x00\x00\x00", 9),               // of 2^60
      std::string("\xBB\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9),               // a map of that many
      std::string("\x7B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9),               // a text as long
      std::string("\x5B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9),               // bytes as long
      std::string("\xA1\x61\x61\x9B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 12),  // an array of that many in a map
      std::string(2'000'000, '\x81'),                                       // arrays in arrays
      std::string(2'000'000, '\x9F'),                                       // of no given length
      std::string(2'000'000, '\x7F'),                                       // texts in texts
      std::string(2'000'000, '\x5F'),                                       // bytes in bytes
      std::string(2'000'000, '\xC0'),                                       // tags on tags
  };
  for (const Type& type : Readers()) {
    size_t number = 0;
    for (const std::string& row : rows) EXPECT_EQ(Outcomes(type, row), "corrupt") << type.name << " row " << number++;
    std::string deep;  // maps in maps
    for (int i = 0; i < 300'000; ++i) deep += "\xA1\x61\x61";
    EXPECT_EQ(Outcomes(type, deep), "corrupt") << type.name;
  }
}

// Flipped bits are refused, or give a value that can itself be stored and read.
TEST(Encoding, FlippedBitsDoNoHarm) {
  std::mt19937 random(20260104);
  for (const Type& type : Readers()) {
    for (int round = 0; round < 2000; ++round) {
      std::string bytes = type.bytes;
      for (size_t i = 1 + random() % 3; i > 0; --i)
        bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
      try {
        const std::string again = type.again(bytes);
        EXPECT_EQ(type.again(again), again);
      } catch (const Error& error) {
        ASSERT_EQ(error.code(), ErrorCode::kCorrupt);
      }
    }
  }
}

// The text of a page, or "refused".
std::string TextOf(std::string_view bytes) {
  try {
    return DecodePageText(bytes, "it");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCorrupt);
    return "refused";
  }
}

TEST(PageText, IsReadWithoutTheWords) {
  const Type& page = Types()[0];
  const std::string text = SamplePage().text;
  EXPECT_EQ(TextOf(page.bytes), text);
  EXPECT_EQ(TextOf(Encode(Page())), "");
  Page with_numbers = PageWithNumbers();
  with_numbers.text = text;
  EXPECT_EQ(TextOf(Encode(with_numbers)), text);
  EXPECT_EQ(TextOf(Changed(page, [](Json& v) { v.erase("words"); })), text);
  EXPECT_EQ(TextOf(Changed(page, [](Json& v) { v["words"] = {{"words", {1, -2, 0.5, true, nullptr}}}; })), text);
  EXPECT_EQ(TextOf(Changed(page, [](Json& v) { v["words"][1][8] = 11; })), text) << "words are not looked at";
  EXPECT_EQ(TextOf(Changed(page, [](Json& v) { v["a"] = {{"words", 1}}; })), text);
  for (size_t other = 1; other < Types().size(); ++other) EXPECT_EQ(TextOf(Types()[other].bytes), "refused");
  for (const char* key : {"t", "v", "text"}) {
    EXPECT_EQ(TextOf(Changed(page, [&](Json& v) { v[key] = Json::object(); })), "refused") << key;
  }
}

// Bytes that no Diwan writes, but that are read as well: any order, members twice, heads longer than need be.
TEST(PageText, IsThatOfThePageInAnyForm) {
  using std::string_literals::operator""s;
  const auto key = [](const std::string& name) { return static_cast<char>(0x60 + name.size()) + name; };
  const std::string known = key("t") + key("p") + key("v") + '\x01';
  const std::string words = key("words") + '\x80';
  const std::string text = key("text") + key("abc");
  const std::pair<std::string, std::string> rows[] = {
      {"\xA4" + words + known + text, "abc"},
      {"\xA5" + words + known + words + text, "abc"},
      {"\xA5" + known + text + words + key("text") + key("z"), "z"},  // the last one counts
      {"\xA4" + known + text + "\x78\x05words\x80", "abc"},
      {"\xB9\0\x04"s + known + text + words, "abc"},
      {"\xA4" + known + text + "\x45words\x80", "refused"},  // a key that is no text
      {"\xA4" + known + text + "\x05\x80", "refused"},
      {"\x80", "refused"},
      {"\x00"s, "refused"},
  };
  for (const auto& [bytes, expected] : rows) {
    EXPECT_EQ(TextOf(bytes), expected) << Hex(bytes);
    EXPECT_EQ(Outcomes(Types()[0], bytes), expected == "refused" ? "corrupt" : "ok") << Hex(bytes);
    if (expected == "refused") continue;
    EXPECT_EQ(DecodePage(bytes, "it").text, expected) << Hex(bytes);
  }
}

TEST(PageText, AgreesWithThePageOnAnyBytes) {
  std::mt19937 random(20261122);
  size_t taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = Types()[0].bytes;
    for (size_t i = 1 + random() % 2; i > 0; --i)
      bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    std::string text;
    try {
      text = DecodePage(bytes, "it").text;
    } catch (const Error&) {
      TextOf(bytes);
      continue;
    }
    ++taken;
    ASSERT_EQ(TextOf(bytes), text) << Hex(bytes);
  }
  EXPECT_GT(taken, 1000U);
}

}  // namespace
}  // namespace diwan
