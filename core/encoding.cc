// Turns the core types into stored bytes and back. The store keeps nothing else, and workers answer in it, so what is
// read here is not trusted: each member is checked for its kind and its range.
#include "core/encoding.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/cbor.h"
#include "core/stored_value.h"

namespace diwan {
namespace {

using stored::Checks;
using stored::Items;
using stored::Json;
using stored::Members;
using stored::Reader;
using stored::WithoutMember;

std::string Pack(char type, Json value) {
  value["t"] = std::string(1, type);
  value["v"] = stored::kVersion;
  std::string bytes;
  Json::to_cbor(value, bytes);
  return bytes;
}

// Most words are no numbers: what only numbers have stands at the end, and from its last default on is left out.
Json WordArray(const Word& w) {
  Json row =
      Json::array({w.text, w.box.x, w.box.y, w.box.width, w.box.height, w.confidence, w.line, w.block, w.offset});
  const bool has_alternatives = w.corrected || !w.alternatives.empty();
  const bool has_reading = has_alternatives || !w.first_reading.empty();
  if (has_reading || w.number != NumberState::kNone) row.push_back(static_cast<int>(w.number));
  if (has_reading) row.push_back(w.first_reading);
  if (has_alternatives) row.push_back(w.alternatives);
  if (w.corrected) row.push_back(true);
  return row;
}

void ReadNumber(const Reader& in, const Json& row, size_t from, Word& w) {
  if (row.size() > from) {
    const int number = in.As<int>(row[from]);
    if (number < 0 || number > static_cast<int>(NumberState::kUnsure)) in.Fail("has a value out of its range");
    w.number = static_cast<NumberState>(number);
  }
  if (row.size() > from + 1) w.first_reading = in.TextOf(row[from + 1]);
  if (row.size() <= from + 2) return;
  if (!row[from + 2].is_array()) in.Fail("is damaged");
  for (const Json& alternative : row[from + 2]) w.alternatives.push_back(in.TextOf(alternative));
  if (row.size() > from + 3) w.corrected = in.As<bool>(row[from + 3]);
}

Word ReadWord(const Reader& in, const Json& a, size_t text_size) {
  constexpr size_t kMembers = 9;
  Word w;
  w.text = in.TextOf(in.At(a, 0, kMembers));
  w.box = {in.As<int>(a[1]), in.As<int>(a[2]), in.As<int>(a[3]), in.As<int>(a[4])};
  w.confidence = in.As<float>(a[5]);
  w.line = in.As<int>(a[6]);
  w.block = in.As<int>(a[7]);
  w.offset = in.As<uint32_t>(a[8]);
  ReadNumber(in, a, kMembers, w);
  if (w.offset > text_size || w.text.size() > text_size - w.offset) in.Fail("has a word outside its text");
  return w;
}

Json FieldArray(const Field& f) {
  Json row = Json::array(
      {f.name, f.value, f.printed, static_cast<int>(f.origin), static_cast<int>(f.state), f.confidence, f.page});
  if (f.end > 0) {
    row.push_back(f.begin);
    row.push_back(f.end);
  }
  return row;
}

Field ReadField(const Checks& in, Items& items) {
  constexpr uint64_t kMembers = 7;
  uint64_t left = items.Array();
  if (left < kMembers) in.Fail("is damaged");
  Field f;
  for (std::string* text : {&f.name, &f.value, &f.printed}) *text = items.Text();
  const int origin = items.Number<int>();
  const int state = items.Number<int>();
  if (origin < 0 || origin > static_cast<int>(FieldOrigin::kPerson)) in.Fail("has a value out of its range");
  if (state < 0 || state > static_cast<int>(FieldState::kConfirmed)) in.Fail("has a value out of its range");
  f.origin = static_cast<FieldOrigin>(origin);
  f.state = static_cast<FieldState>(state);
  f.confidence = items.Number<float>();
  f.page = items.Number<int>();
  left -= kMembers;
  if (left >= 2) {
    f.begin = items.Number<uint32_t>();
    f.end = items.Number<uint32_t>();
    left -= 2;
    if (f.begin > f.end) in.Fail("has a value out of its range");
  }
  for (; left > 0; --left) items.Skip();
  return f;
}

std::vector<Field> ReadFields(const Members& in) {
  std::vector<Field> fields;
  const std::string_view bytes = in.Item("fields");
  if (bytes.empty()) return fields;
  Items items(in, bytes);
  for (uint64_t left = items.Array(); left > 0; --left) fields.push_back(ReadField(in, items));
  return fields;
}

// What is read by Reader and Members alike. A version that is not there is 1.
template <typename In>
int VersionOf(const In& in) {
  const int version = in.template Number<int>("ver");
  if (version < 0) in.Fail("has a value out of its range");
  return std::max(version, 1);
}

Json MarkArray(const Mark& mark) { return Json::array({mark.why, mark.who, mark.at}); }

std::optional<Mark> ReadMark(const Members& in, std::string_view key) {
  constexpr uint64_t kMembers = 3;
  const std::string_view bytes = in.Item(key);
  if (bytes.empty()) return std::nullopt;
  Items items(in, bytes);
  if (items.Array() < kMembers) in.Fail("is damaged");
  Mark mark;
  mark.why = items.Text();
  mark.who = items.Text();
  mark.at = items.Number<int64_t>();
  return mark;
}

std::vector<RemovedValue> ReadRemoved(const Members& in) {
  std::vector<RemovedValue> removed;
  const std::string_view bytes = in.Item("gone");
  if (bytes.empty()) return removed;
  Items items(in, bytes);
  for (uint64_t left = items.Array(); left > 0; --left) {
    uint64_t more = items.Array();
    if (more < 2) in.Fail("is damaged");
    RemovedValue& value = removed.emplace_back();
    value.name = items.Text();
    value.value = items.Text();
    for (more -= 2; more > 0; --more) items.Skip();
  }
  return removed;
}

std::vector<std::string> ReadTexts(const Members& in, std::string_view key) {
  std::vector<std::string> texts;
  const std::string_view bytes = in.Item(key);
  if (bytes.empty()) return texts;
  Items items(in, bytes);
  for (uint64_t left = items.Array(); left > 0; --left) texts.emplace_back(items.Text());
  return texts;
}

// What is not there is internal, as everything was before there were levels. Stored one higher, so that 0 says nothing.
int AccessNumber(AccessLevel level) { return static_cast<int>(level) + 1; }

// What is read by Reader and Members alike.
template <typename In>
AccessLevel ReadAccess(const In& in) {
  const int number = in.template Number<int>("acc");
  if (number < 0 || number > AccessNumber(AccessLevel::kConfidential)) in.Fail("has a value out of its range");
  return number == 0 ? AccessLevel::kInternal : static_cast<AccessLevel>(number - 1);
}

Json AuditMembers(const AuditEntry& a) {
  Json value = {{"at", a.at}, {"who", a.actor}, {"what", a.action}, {"on", a.subject}, {"more", a.detail}};
  if (!a.why.empty()) value["why"] = a.why;
  return value;
}

AuditEntry ReadAudit(const Members& in) {
  return {.at = in.Number<int64_t>("at"),
          .actor = in.Text("who"),
          .action = in.Text("what"),
          .subject = in.Text("on"),
          .detail = in.Text("more"),
          .why = in.Text("why")};
}

Json CitationArray(const Citation& c) {
  Json row =
      Json::array({static_cast<int>(c.kind), static_cast<int>(c.relation), c.number, c.year, c.date, c.body, c.title,
                   c.article, c.clause, c.printed, c.place.page, c.place.begin, c.place.end, c.confidence});
  if (c.state != CitationState::kProposed || !c.target.empty()) row.push_back(static_cast<int>(c.state));
  if (!c.target.empty()) row.push_back(c.target);
  return row;
}

Citation ReadCitation(const Reader& in, const Json& a) {
  constexpr size_t kMembers = 14;
  Citation c;
  const int kind = in.As<int>(in.At(a, 0, kMembers));
  const int relation = in.As<int>(a[1]);
  if (kind < 0 || kind > static_cast<int>(CitedKind::kCase)) in.Fail("has a value out of its range");
  if (relation < 0 || relation > static_cast<int>(CitedRelation::kImplements)) in.Fail("has a value out of its range");
  c.kind = static_cast<CitedKind>(kind);
  c.relation = static_cast<CitedRelation>(relation);
  size_t at = 2;
  for (std::string* text : {&c.number, &c.year, &c.date, &c.body, &c.title, &c.article, &c.clause, &c.printed}) {
    *text = in.TextOf(a[at++]);
  }
  c.place = {.page = in.As<int>(a[10]), .begin = in.As<uint32_t>(a[11]), .end = in.As<uint32_t>(a[12])};
  c.confidence = in.As<float>(a[13]);
  if (c.place.begin > c.place.end) in.Fail("has a value out of its range");
  if (a.size() > kMembers) {
    const int state = in.As<int>(a[kMembers]);
    if (state < 0 || state > static_cast<int>(CitationState::kRejected)) in.Fail("has a value out of its range");
    c.state = static_cast<CitationState>(state);
  }
  if (a.size() > kMembers + 1) c.target = in.TextOf(a[kMembers + 1]);
  return c;
}

}  // namespace

std::string Encode(const Page& p) {
  Json words = Json::array();
  for (const Word& w : p.words) words.push_back(WordArray(w));
  Json value = {{"id", p.record_id},
                {"n", p.number},
                {"w", p.width},
                {"h", p.height},
                {"dpi", p.dpi},
                {"rot", p.rotation},
                {"skew", p.skew},
                {"lang", p.language},
                {"from", static_cast<int>(p.origin)},
                {"eng", p.engine},
                {"conf", p.confidence},
                {"text", p.text},
                {"words", std::move(words)},
                {"img", p.image_type},
                {"fail", p.failure},
                {"cpu", p.cpu_ms},
                {"rec", p.recognition_ms},
                {"at", p.read_at}};
  if (p.version != 1) value["ver"] = p.version;
  return Pack('p', std::move(value));
}

Page DecodePage(std::string_view bytes, std::string_view what) {
  const Reader in('p', bytes, what);
  Page p;
  p.record_id = in.Text("id");
  p.number = in.Number<int>("n");
  p.width = in.Number<int>("w");
  p.height = in.Number<int>("h");
  p.dpi = in.Number<int>("dpi");
  p.rotation = in.Number<int>("rot");
  p.skew = in.Number<double>("skew");
  p.language = in.Text("lang");
  p.origin = in.Enum("from", TextOrigin::kImport);
  p.engine = in.Text("eng");
  p.confidence = in.Number<double>("conf");
  p.text = in.Text("text");
  for (const Json& word : in.Array("words")) p.words.push_back(ReadWord(in, word, p.text.size()));
  p.image_type = in.Text("img");
  p.failure = in.Text("fail");
  p.cpu_ms = in.Number<int>("cpu");
  p.recognition_ms = in.Number<int>("rec");
  p.read_at = in.Number<int64_t>("at");
  p.version = VersionOf(in);
  return p;
}

std::string DecodePageText(std::string_view bytes, std::string_view what) {
  return Reader('p', IsPlainCbor(bytes) ? WithoutMember(bytes, "words") : "", what).Text("text");
}

int DecodePageVersion(std::string_view bytes, std::string_view what) { return VersionOf(Members('p', bytes, what)); }

std::string Encode(const Record& r) {
  Json fields = Json::array();
  for (const Field& f : r.fields) fields.push_back(FieldArray(f));
  Json value = {{"id", r.id},
                {"ext", r.external_id},
                {"state", static_cast<int>(r.state)},
                {"fields", std::move(fields)},
                {"pages", r.page_count},
                {"src", r.source},
                {"file", r.file_name},
                {"batch", r.batch_id},
                {"made", r.created_at},
                {"changed", r.changed_at}};
  if (r.version != 1) value["ver"] = r.version;
  if (r.first_page != 1) value["first"] = r.first_page;
  for (const RemovedValue& gone : r.removed) value["gone"].push_back(Json::array({gone.name, gone.value}));
  if (r.deleted) value["del"] = MarkArray(*r.deleted);
  if (!r.merged_into.empty()) value["into"] = r.merged_into;
  if (!r.merged.empty()) value["merged"] = r.merged;
  if (r.hold) value["hold"] = MarkArray(*r.hold);
  if (r.access != AccessLevel::kInternal) value["acc"] = AccessNumber(r.access);
  return Pack('r', std::move(value));
}

Record DecodeRecord(std::string_view bytes, std::string_view what) {
  const Members in('r', bytes, what);
  Record r;
  r.id = in.Text("id");
  r.external_id = in.Text("ext");
  r.state = in.Enum("state", RecordState::kComplete);
  r.fields = ReadFields(in);
  r.page_count = in.Number<int>("pages");
  r.source = in.Text("src");
  r.file_name = in.Text("file");
  r.batch_id = in.Text("batch");
  r.created_at = in.Number<int64_t>("made");
  r.changed_at = in.Number<int64_t>("changed");
  r.version = VersionOf(in);
  r.first_page = std::max(in.Number<int>("first"), 1);
  r.removed = ReadRemoved(in);
  r.deleted = ReadMark(in, "del");
  r.merged_into = in.Text("into");
  r.merged = ReadTexts(in, "merged");
  r.hold = ReadMark(in, "hold");
  r.access = ReadAccess(in);
  return r;
}

RecordSight DecodeRecordSight(std::string_view bytes, std::string_view what) {
  const Members in('r', bytes, what);
  Record r;
  r.access = ReadAccess(in);
  if (r.access == AccessLevel::kConfidential) r.fields = ReadFields(in);
  return {.audience = AudienceOf(r), .merged_into = in.Text("into")};
}

std::string Encode(const SourceFile& s) {
  Json value = {{"sha", s.digest},          {"size", s.size},     {"type", s.media_type},
                {"file", s.file_name},      {"rec", s.record_id}, {"bad", s.quarantined},
                {"failed", s.failed_pages}, {"why", s.reason},    {"at", s.received_at}};
  if (s.access != AccessLevel::kInternal) value["acc"] = AccessNumber(s.access);
  if (!s.parts.empty()) value["parts"] = s.parts;
  return Pack('s', std::move(value));
}

SourceFile DecodeSourceFile(std::string_view bytes, std::string_view what) {
  const Reader in('s', bytes, what);
  SourceFile s;
  s.digest = in.Text("sha");
  s.size = in.Number<uint64_t>("size");
  s.media_type = in.Text("type");
  s.file_name = in.Text("file");
  s.record_id = in.Text("rec");
  s.quarantined = in.Number<bool>("bad");
  s.failed_pages = in.Number<int>("failed");
  s.reason = in.Text("why");
  s.received_at = in.Number<int64_t>("at");
  s.access = ReadAccess(in);
  for (const Json& part : in.Array("parts")) s.parts.push_back(in.TextOf(part));
  return s;
}

std::string Encode(const BatchEntry& e) {
  Json value = {{"batch", e.batch_id}, {"n", e.number},      {"file", e.file_name},
                {"sha", e.digest},     {"rec", e.record_id}, {"out", static_cast<int>(e.outcome)},
                {"why", e.reason},     {"pages", e.pages},   {"bad", e.failed_pages},
                {"at", e.received_at}};
  if (e.row_left) value["row"] = true;
  if (e.access != AccessLevel::kInternal) value["acc"] = AccessNumber(e.access);
  return Pack('e', std::move(value));
}

BatchEntry DecodeBatchEntry(std::string_view bytes, std::string_view what) {
  const Reader in('e', bytes, what);
  BatchEntry e;
  e.batch_id = in.Text("batch");
  e.number = in.Number<uint32_t>("n");
  e.file_name = in.Text("file");
  e.digest = in.Text("sha");
  e.record_id = in.Text("rec");
  e.outcome = in.Enum("out", Outcome::kQuarantined);
  e.reason = in.Text("why");
  e.pages = in.Number<int>("pages");
  e.failed_pages = in.Number<int>("bad");
  e.row_left = in.Number<bool>("row");
  e.received_at = in.Number<int64_t>("at");
  e.access = ReadAccess(in);
  return e;
}

std::string Encode(const Batch& b) {
  Json value = {{"id", b.id}, {"label", b.label}, {"at", b.opened_at}};
  if (!b.owner.empty()) value["who"] = b.owner;
  return Pack('b', std::move(value));
}

Batch DecodeBatch(std::string_view bytes, std::string_view what) {
  const Reader in('b', bytes, what);
  return {
      .id = in.Text("id"), .label = in.Text("label"), .opened_at = in.Number<int64_t>("at"), .owner = in.Text("who")};
}

std::string Encode(const Job& j) {
  Json value = {{"rec", j.record_id}, {"sha", j.digest},    {"batch", j.batch_id},
                {"n", j.entry},       {"lang", j.language}, {"at", j.queued_at}};
  if (!j.external_id.empty()) value["ext"] = j.external_id;
  for (const Field& f : j.fields) value["fields"].push_back(FieldArray(f));
  if (j.again) value["again"] = true;
  if (j.page != 0) value["page"] = j.page;
  if (j.access != AccessLevel::kInternal) value["acc"] = AccessNumber(j.access);
  return Pack('j', std::move(value));
}

Job DecodeJob(std::string_view bytes, std::string_view what) {
  const Members in('j', bytes, what);
  Job j;
  j.record_id = in.Text("rec");
  j.digest = in.Text("sha");
  j.batch_id = in.Text("batch");
  j.entry = in.Number<uint32_t>("n");
  j.language = in.Text("lang");
  j.queued_at = in.Number<int64_t>("at");
  j.external_id = in.Text("ext");
  j.fields = ReadFields(in);
  j.again = in.Number<bool>("again");
  j.page = in.Number<int>("page");
  j.access = ReadAccess(in);
  return j;
}

std::string Encode(const Change& c) {
  return Pack('c', {{"seq", c.sequence}, {"kind", static_cast<int>(c.kind)}, {"rec", c.record_id}, {"page", c.page}});
}

Change DecodeChange(std::string_view bytes, std::string_view what) {
  const Reader in('c', bytes, what);
  Change c;
  c.sequence = in.Number<uint64_t>("seq");
  c.kind = in.Enum("kind", ChangeKind::kPage);
  c.record_id = in.Text("rec");
  c.page = in.Number<int>("page");
  return c;
}

std::string Encode(const AuditEntry& a) { return Pack('a', AuditMembers(a)); }

AuditEntry DecodeAuditEntry(std::string_view bytes, std::string_view what) {
  return ReadAudit(Members('a', bytes, what));
}

std::string Encode(const RecordCitations& c) {
  Json list = Json::array();
  for (const Citation& citation : c.citations) list.push_back(CitationArray(citation));
  return Pack('x', {{"rec", c.record_id}, {"list", std::move(list)}});
}

RecordCitations DecodeRecordCitations(std::string_view bytes, std::string_view what) {
  const Reader in('x', bytes, what);
  RecordCitations c;
  c.record_id = in.Text("rec");
  for (const Json& citation : in.Array("list")) c.citations.push_back(ReadCitation(in, citation));
  return c;
}

std::string Encode(const PastVersion& past) {
  Json value = AuditMembers(past.replaced_by);
  value["old"] = Json::binary({past.value.begin(), past.value.end()});
  return Pack('h', std::move(value));
}

PastVersion DecodePastVersion(std::string_view bytes, std::string_view what) {
  const Members in('h', bytes, what);
  const std::string_view old = in.Item("old");
  return {.replaced_by = ReadAudit(in), .value = old.empty() ? std::string() : std::string(Items(in, old).Bytes())};
}

PastVersion DecodePastChange(std::string_view bytes, std::string_view what) {
  return {.replaced_by = ReadAudit(Members('h', bytes, what)), .value = {}};
}

}  // namespace diwan
