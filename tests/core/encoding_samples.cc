#include "encoding_samples.h"

#include "core/error.h"

namespace diwan {

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

Parcel SampleParcel() {
  return {.id = "p1",
          .owner = "ahmad",
          .batch_id = "b1",
          .file_name = "d/f.tif",
          .language = "auto",
          .row = "{}",
          .said = "{\"access\":\"public\"}",
          .size = 5'000'000'000,
          .received = 300,
          .entry = 4,
          .created_at = 7,
          .expires_at = 1709210096789};
}

Receipt SampleReceipt() { return {.digest = "ab", .fingerprint = "cd", .entry = SampleEntry(), .at = 7}; }

namespace {

template <typename T>
Type MakeType(const char* name, const T& sample, T (*decode)(std::string_view, std::string_view), std::string golden) {
  return {name, Encode(sample), std::move(golden),
          [decode](std::string_view bytes) { return Encode(decode(bytes, "it")); }};
}

}  // namespace

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
      MakeType("parcel", SampleParcel(), DecodeParcel,
               "ae6562617463686262316466696c6567642f662e74696663676f7419012c626964627031646c616e67646175746f646d6164650"
               "7616e04"
               "63726f77627b7d6473616964737b22616363657373223a227075626c6963227d6473697a651b000000012a05f20061746150"
               "65756e74696c1b0000018df4dc54956176016377686f6561686d6164"),
      MakeType(
          "receipt", SampleReceipt(), DecodeReceipt,
          "a66261740765656e747279584aac6261740763626164016562617463686262316466696c6567642f662e746966616e04636f757403"
          "65706167657303637265636272316373686162616261746165617601637768796177657072696e746263646373686162616261746152"
          "617601"),
  };
  return types;
}

std::vector<Type> Readers() {
  std::vector<Type> readers = Types();
  readers.push_back({"text of a page", Types()[0].bytes, "", [](std::string_view bytes) {
                       Page page;
                       page.text = DecodePageText(bytes, "it");
                       return Encode(page);
                     }});
  return readers;
}

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

}  // namespace diwan
