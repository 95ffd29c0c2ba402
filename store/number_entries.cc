// Layouts of the two families. Texts end with NUL, which no text in them has, so that byte order is their order.
#include "store/number_entries.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.h"
#include "store/keys.h"

namespace diwan {
namespace {

constexpr size_t kIdBytes = 16;
constexpr size_t kIndexBytes = 4;
constexpr size_t kMaxTextBytes = 400;  // of a body's name; what is beyond does not tell papers apart

// Without NUL, and bounded.
std::string Kept(std::string_view text) {
  std::string kept(text.substr(0, kMaxTextBytes));
  std::erase(kept, '\0');
  return kept + '\0';
}

char Percent(float share) {
  constexpr float kWhole = 100;
  return static_cast<char>(std::isnan(share) ? 0 : std::lround(std::clamp(share, 0.0F, kWhole)));
}

[[noreturn]] void Damaged() {
  throw Error(ErrorCode::kCorrupt, "an entry of a number is damaged; run `diwan reindex`");
}

std::string_view TakeText(std::string_view& bytes) {
  const size_t end = bytes.find('\0');
  if (end == std::string_view::npos) Damaged();
  const std::string_view text = bytes.substr(0, end);
  bytes.remove_prefix(end + 1);
  return text;
}

uint8_t TakeByte(std::string_view& bytes, uint8_t most) {
  if (bytes.empty() || static_cast<uint8_t>(bytes[0]) > most) Damaged();
  const auto byte = static_cast<uint8_t>(bytes[0]);
  bytes.remove_prefix(1);
  return byte;
}

// Leaves what stands behind the number and the year.
PaperNumber TakeNumber(std::string_view& key) {
  constexpr std::string_view kRoles = "ncstrf";
  if (key.empty() || kRoles.find(key[0]) == std::string_view::npos) Damaged();
  PaperNumber number{.role = static_cast<NumberRole>(key[0])};
  key.remove_prefix(1);
  number.number = TakeText(key);
  number.year = TakeText(key);
  return number;
}

constexpr uint8_t kWhole = 100;

}  // namespace

bool HasEntries(const Record& record) { return !record.deleted || !record.merged_into.empty(); }

NumberEntries EntriesOf(const Record& record) {
  NumberEntries entries;
  const std::string id = IdKey(record.id);
  if (id.empty()) throw Error(ErrorCode::kInvalid, "\"" + record.id + "\" is no record id");
  if (!HasEntries(record)) return entries;
  const Audience audience = AudienceOf(record);
  for (const PaperNumber& number : NumbersOf(record)) {
    const Field* field = record.Find(number.role == NumberRole::kCase ? "case" : "number");
    std::string value(1,
                      field->state == FieldState::kConfirmed ? static_cast<char>(kWhole) : Percent(field->confidence));
    for (const char* name : {"type", "body", "court", "date"}) value += Kept(record.Value(name));
    const bool internal = audience.level == AccessLevel::kInternal;
    if (!record.merged_into.empty() || !internal) value += Kept(record.merged_into);
    if (!internal) value += Kept(KeyOf(audience));
    const PaperNumber shape = ShapeOf(number);
    if (!IsSure(*field)) entries[NumberPrefix(shape.role, shape.number, shape.year) + id] = value;
    entries[NumberPrefix(number.role, number.number, number.year) + id] = std::move(value);
  }
  return entries;
}

NumberEntries GivenUpEntries(const Record& before, const Record& now) {
  NumberEntries entries;
  const std::vector<PaperNumber> borne = NumbersOf(now);
  for (const PaperNumber& number : NumbersOf(before)) {
    if (number.role != NumberRole::kPaper || std::ranges::find(borne, number) != borne.end()) continue;
    std::string value(1, '\0');
    for (int text = 0; text < 4; ++text) value += Kept("");
    entries[NumberPrefix(kGivenUpNumber, number.number, number.year) + IdKey(now.id)] = std::move(value);
  }
  return entries;
}

NumberEntries EntriesOf(const RecordCitations& citations) {
  NumberEntries entries;
  for (size_t i = 0; i < citations.citations.size(); ++i) {
    const Citation& citation = citations.citations[i];
    const auto number = NumberOf(citation);
    if (!number || citation.state == CitationState::kRejected) continue;
    const std::string place = NumberedKey(citations.record_id, static_cast<uint32_t>(i));
    if (place.empty()) throw Error(ErrorCode::kInvalid, "\"" + citations.record_id + "\" is no record id");
    std::string value;
    value += static_cast<char>(citation.kind);
    value += static_cast<char>(citation.relation);
    value += static_cast<char>(citation.article.empty() && citation.clause.empty() ? 1 : 0);
    value += Percent(citation.confidence * kWhole);
    value += Kept(citation.body) + Kept(citation.date);
    entries[NumberPrefix(number->role, number->number, number->year) + place] = std::move(value);
  }
  return entries;
}

std::string NumberPrefix(NumberRole role, std::string_view number, const std::optional<std::string>& year) {
  std::string prefix(1, static_cast<char>(role));
  prefix.append(number) += '\0';
  if (year) prefix.append(*year) += '\0';
  return prefix;
}

NumberedPaper ParsePaper(std::string_view key, std::string_view value) {
  NumberedPaper paper;
  paper.number = TakeNumber(key);
  if (key.size() != kIdBytes) Damaged();
  paper.record_id = ParseIdKey(key);
  paper.confidence = TakeByte(value, kWhole);
  for (std::string* text : {&paper.type, &paper.body, &paper.court, &paper.date}) *text = TakeText(value);
  if (!value.empty()) paper.merged_into = TakeText(value);
  if (!value.empty()) paper.audience = AudienceOfKey(TakeText(value));
  return paper;
}

NumberedCitation ParseCitation(std::string_view key, std::string_view value) {
  NumberedCitation out;
  out.number = TakeNumber(key);
  if (key.size() != kIdBytes + kIndexBytes) Damaged();
  const Numbered place = ParseNumberedKey(key);
  out.record_id = place.id;
  out.index = place.number;
  out.kind = static_cast<CitedKind>(TakeByte(value, static_cast<uint8_t>(CitedKind::kCase)));
  out.relation = static_cast<CitedRelation>(TakeByte(value, static_cast<uint8_t>(CitedRelation::kImplements)));
  out.whole = TakeByte(value, 1) == 1;
  out.confidence = TakeByte(value, kWhole);
  out.body = TakeText(value);
  out.date = TakeText(value);
  return out;
}

}  // namespace diwan
