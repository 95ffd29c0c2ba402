// Turns the core types into stored bytes and back. The store keeps nothing else, and workers answer in it, so what is
// read here is not trusted: each member is checked for its kind and its range.
#include "core/encoding.h"

#include <fmt/core.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "core/cbor.h"
#include "core/error.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

// Format version of each value. A change that old programs can't read raises it.
constexpr int kVersion = 1;

std::string Pack(char type, Json value) {
  value["t"] = std::string(1, type);
  value["v"] = kVersion;
  std::string bytes;
  Json::to_cbor(value, bytes);
  return bytes;
}

// Reads the members of one decoded value; every failure is kCorrupt and names the value.
class Reader {
 public:
  Reader(char type, std::string_view bytes, std::string_view what) : what_(what) {
    if (IsPlainCbor(bytes)) {
      value_ = Json::from_cbor(bytes.begin(), bytes.end(), /*strict=*/true, /*allow_exceptions=*/false);
    }
    if (!value_.is_object()) Fail("is damaged");
    if (Text("t") != std::string(1, type)) Fail("is of another type");
    if (Number<int>("v") < 1) Fail("is damaged");
    if (Number<int>("v") > kVersion) Fail("was written by a newer version of Diwan; update the program");
  }

  std::string Text(const char* key) const {
    const auto found = value_.find(key);
    if (found == value_.end()) return {};
    if (!found->is_string()) Fail("is damaged");
    return found->get<std::string>();
  }

  template <typename T>
  T Number(const char* key) const {
    const auto found = value_.find(key);
    return found == value_.end() ? T{} : As<T>(*found);
  }

  template <typename T>
  T Enum(const char* key, T last) const {
    const int number = Number<int>(key);
    if (number < 0 || number > static_cast<int>(last)) Fail("has a value out of its range");
    return static_cast<T>(number);
  }

  // The array under `key`; an empty one when there is none.
  const Json& Array(const char* key) const {
    static const Json empty = Json::array();
    const auto found = value_.find(key);
    if (found == value_.end()) return empty;
    if (!found->is_array()) Fail("is damaged");
    return *found;
  }

  template <typename T>
  T As(const Json& value) const {
    if constexpr (std::is_same_v<T, bool>) {
      if (!value.is_boolean()) Fail("is damaged");
      return value.get<bool>();
    } else if constexpr (std::is_floating_point_v<T>) {
      if (!value.is_number()) Fail("is damaged");
      return value.get<T>();
    } else if constexpr (std::is_same_v<T, uint64_t>) {
      if (!value.is_number_unsigned()) Fail("is damaged");
      return value.get<T>();
    } else {
      if (!value.is_number_integer()) Fail("is damaged");
      const auto wide = value.get<int64_t>();
      if (value.is_number_unsigned() && wide < 0) Fail("has a number out of its range");
      if (wide < static_cast<int64_t>(std::numeric_limits<T>::min()) ||
          wide > static_cast<int64_t>(std::numeric_limits<T>::max())) {
        Fail("has a number out of its range");
      }
      return static_cast<T>(wide);
    }
  }

  // Element `i` of an array that holds at least `least` of them.
  const Json& At(const Json& array, size_t i, size_t least) const {
    if (!array.is_array() || array.size() < least) Fail("is damaged");
    return array[i];
  }

  std::string TextOf(const Json& value) const {
    if (!value.is_string()) Fail("is damaged");
    return value.get<std::string>();
  }

  [[noreturn]] void Fail(const char* why) const { throw Error(ErrorCode::kCorrupt, fmt::format("{} {}", what_, why)); }

 private:
  std::string what_;
  Json value_;
};

// What an item of CBOR begins with.
struct Head {
  int major = 0;
  uint64_t number = 0;
  size_t size = 0;  // in bytes
};

// REQUIRES here and below: IsPlainCbor took the bytes, or those that they are a part of.
Head HeadOf(std::string_view bytes) {
  constexpr int kInline = 24;  // smaller ones are the number itself
  const auto first = static_cast<unsigned char>(bytes[0]);
  const int info = first & 31;
  if (info < kInline) return {.major = first >> 5, .number = static_cast<uint64_t>(info), .size = 1};
  Head head{.major = first >> 5, .size = 1 + (size_t{1} << (info - kInline))};
  for (const char byte : bytes.substr(1, head.size - 1)) {
    head.number = head.number << 8 | static_cast<unsigned char>(byte);
  }
  return head;
}

constexpr int kBytesMajor = 2;
constexpr int kTextMajor = 3;
constexpr int kArrayMajor = 4;
constexpr int kMapMajor = 5;

// The size of the item that `bytes` begin with, and of all in it.
size_t ItemSize(std::string_view bytes) {
  size_t size = 0;
  for (uint64_t items = 1; items > 0; --items) {
    const Head head = HeadOf(bytes.substr(size));
    size += head.size;
    if (head.major == kBytesMajor || head.major == kTextMajor) size += head.number;
    if (head.major == kArrayMajor) items += head.number;
    if (head.major == kMapMajor) items += 2 * head.number;
  }
  return size;
}

// The map that `bytes` are, without each member of this key; what is no map, as it is.
std::string WithoutMember(std::string_view bytes, std::string_view key) {
  constexpr char kMapOfEightBytes = '\xBB';
  const Head map = HeadOf(bytes);
  if (map.major != kMapMajor) return std::string(bytes);
  bytes.remove_prefix(map.size);
  std::string members;
  uint64_t count = 0;
  while (!bytes.empty()) {
    const Head name = HeadOf(bytes);
    const size_t name_size = ItemSize(bytes);
    const size_t size = name_size + ItemSize(bytes.substr(name_size));
    if (name.major != kTextMajor || bytes.substr(name.size, name_size - name.size) != key) {
      members += bytes.substr(0, size);
      ++count;
    }
    bytes.remove_prefix(size);
  }
  std::string out(1, kMapOfEightBytes);
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(count >> shift & 255U);
  return out + members;
}

Json WordArray(const Word& w) {
  return Json::array({w.text, w.box.x, w.box.y, w.box.width, w.box.height, w.confidence, w.line, w.block, w.offset});
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
  if (w.offset > text_size || w.text.size() > text_size - w.offset) in.Fail("has a word outside its text");
  return w;
}

Json FieldArray(const Field& f) {
  return Json::array(
      {f.name, f.value, f.printed, static_cast<int>(f.origin), static_cast<int>(f.state), f.confidence, f.page});
}

Field ReadField(const Reader& in, const Json& a) {
  constexpr size_t kMembers = 7;
  Field f;
  f.name = in.TextOf(in.At(a, 0, kMembers));
  f.value = in.TextOf(a[1]);
  f.printed = in.TextOf(a[2]);
  const int origin = in.As<int>(a[3]);
  const int state = in.As<int>(a[4]);
  if (origin < 0 || origin > static_cast<int>(FieldOrigin::kPerson)) in.Fail("has a value out of its range");
  if (state < 0 || state > static_cast<int>(FieldState::kConfirmed)) in.Fail("has a value out of its range");
  f.origin = static_cast<FieldOrigin>(origin);
  f.state = static_cast<FieldState>(state);
  f.confidence = in.As<float>(a[5]);
  f.page = in.As<int>(a[6]);
  return f;
}

}  // namespace

std::string Encode(const Page& p) {
  Json words = Json::array();
  for (const Word& w : p.words) words.push_back(WordArray(w));
  return Pack('p', {{"id", p.record_id},
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
                    {"at", p.read_at}});
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
  return p;
}

std::string DecodePageText(std::string_view bytes, std::string_view what) {
  return Reader('p', IsPlainCbor(bytes) ? WithoutMember(bytes, "words") : "", what).Text("text");
}

std::string Encode(const Record& r) {
  Json fields = Json::array();
  for (const Field& f : r.fields) fields.push_back(FieldArray(f));
  return Pack('r', {{"id", r.id},
                    {"ext", r.external_id},
                    {"state", static_cast<int>(r.state)},
                    {"fields", std::move(fields)},
                    {"pages", r.page_count},
                    {"src", r.source},
                    {"file", r.file_name},
                    {"batch", r.batch_id},
                    {"made", r.created_at},
                    {"changed", r.changed_at}});
}

Record DecodeRecord(std::string_view bytes, std::string_view what) {
  const Reader in('r', bytes, what);
  Record r;
  r.id = in.Text("id");
  r.external_id = in.Text("ext");
  r.state = in.Enum("state", RecordState::kComplete);
  for (const Json& field : in.Array("fields")) r.fields.push_back(ReadField(in, field));
  r.page_count = in.Number<int>("pages");
  r.source = in.Text("src");
  r.file_name = in.Text("file");
  r.batch_id = in.Text("batch");
  r.created_at = in.Number<int64_t>("made");
  r.changed_at = in.Number<int64_t>("changed");
  return r;
}

std::string Encode(const SourceFile& s) {
  return Pack('s', {{"sha", s.digest},
                    {"size", s.size},
                    {"type", s.media_type},
                    {"file", s.file_name},
                    {"rec", s.record_id},
                    {"bad", s.quarantined},
                    {"failed", s.failed_pages},
                    {"why", s.reason},
                    {"at", s.received_at}});
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
  return s;
}

std::string Encode(const BatchEntry& e) {
  return Pack('e', {{"batch", e.batch_id},
                    {"n", e.number},
                    {"file", e.file_name},
                    {"sha", e.digest},
                    {"rec", e.record_id},
                    {"out", static_cast<int>(e.outcome)},
                    {"why", e.reason},
                    {"pages", e.pages},
                    {"bad", e.failed_pages},
                    {"at", e.received_at}});
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
  e.received_at = in.Number<int64_t>("at");
  return e;
}

std::string Encode(const Batch& b) { return Pack('b', {{"id", b.id}, {"label", b.label}, {"at", b.opened_at}}); }

Batch DecodeBatch(std::string_view bytes, std::string_view what) {
  const Reader in('b', bytes, what);
  return {.id = in.Text("id"), .label = in.Text("label"), .opened_at = in.Number<int64_t>("at")};
}

std::string Encode(const Job& j) {
  return Pack('j', {{"rec", j.record_id},
                    {"sha", j.digest},
                    {"batch", j.batch_id},
                    {"n", j.entry},
                    {"lang", j.language},
                    {"at", j.queued_at}});
}

Job DecodeJob(std::string_view bytes, std::string_view what) {
  const Reader in('j', bytes, what);
  Job j;
  j.record_id = in.Text("rec");
  j.digest = in.Text("sha");
  j.batch_id = in.Text("batch");
  j.entry = in.Number<uint32_t>("n");
  j.language = in.Text("lang");
  j.queued_at = in.Number<int64_t>("at");
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

std::string Encode(const AuditEntry& a) {
  return Pack('a', {{"at", a.at}, {"who", a.actor}, {"what", a.action}, {"on", a.subject}, {"more", a.detail}});
}

AuditEntry DecodeAuditEntry(std::string_view bytes, std::string_view what) {
  const Reader in('a', bytes, what);
  AuditEntry a;
  a.at = in.Number<int64_t>("at");
  a.actor = in.Text("who");
  a.action = in.Text("what");
  a.subject = in.Text("on");
  a.detail = in.Text("more");
  return a;
}

}  // namespace diwan
