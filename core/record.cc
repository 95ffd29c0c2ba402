// The text of a page out of its words, and the names of the enumerations that are stored and shown.
#include "core/record.h"

#include <algorithm>
#include <array>

namespace diwan {

std::string JoinWords(std::vector<Word>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      const bool same_block = words[i].block == words[i - 1].block;
      const bool same_line = same_block && words[i].line == words[i - 1].line;
      text += same_line ? " " : same_block ? "\n" : "\n\n";
    }
    words[i].offset = static_cast<uint32_t>(text.size());
    text += words[i].text;
  }
  if (!text.empty()) text += '\n';
  return text;
}

std::vector<size_t> DoubtfulWords(const Page& page) {
  std::vector<size_t> doubtful;
  for (size_t i = 0; i < page.words.size(); ++i) {
    const Word& word = page.words[i];
    if (word.number == NumberState::kUnsure || word.confidence < kDoubtfulConfidence) doubtful.push_back(i);
  }
  return doubtful;
}

bool IsSure(const Field& field) { return field.state == FieldState::kConfirmed || field.confidence >= kSureConfidence; }

const std::vector<std::string_view>& KnownFieldNames() {
  static const std::vector<std::string_view> names = {"type",     "title",   "number",   "date",         "body",
                                                      "language", "year",    "session",  "session_date", "case",
                                                      "court",    "chamber", "claimant", "respondent",   "signatory",
                                                      "place",    "parcel",  "money",    "department"};
  return names;
}

bool HasSeveralValues(std::string_view name) {
  constexpr std::array<std::string_view, 6> kNames = {"claimant", "respondent", "signatory",
                                                      "place",    "parcel",     "money"};
  return std::ranges::find(kNames, name) != kNames.end();
}

const Field* Record::Find(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

std::string_view Record::Value(std::string_view name) const {
  const Field* field = Find(name);
  if (field == nullptr) return {};
  return field->value;
}

Audience AudienceOf(const Record& record) {
  Audience audience{.level = record.access, .body = ""};
  if (record.access != AccessLevel::kConfidential) return audience;
  const Field* body = record.Find("body");
  const bool said = body != nullptr && (body->origin != FieldOrigin::kOcr || body->state == FieldState::kConfirmed);
  if (said) audience.body = FoldedBody(body->value);
  return audience;
}

std::string_view NameOf(NumberState value) {
  switch (value) {
    case NumberState::kNone:
      return "none";
    case NumberState::kSure:
      return "sure";
    case NumberState::kUnsure:
      return "unsure";
  }
  return "none";
}

std::string_view NameOf(TextOrigin value) {
  switch (value) {
    case TextOrigin::kNone:
      return "none";
    case TextOrigin::kOcr:
      return "ocr";
    case TextOrigin::kTextLayer:
      return "text_layer";
    case TextOrigin::kImport:
      return "import";
  }
  return "none";
}

std::string_view NameOf(FieldOrigin value) {
  switch (value) {
    case FieldOrigin::kOcr:
      return "ocr";
    case FieldOrigin::kManifest:
      return "manifest";
    case FieldOrigin::kPerson:
      return "person";
  }
  return "ocr";
}

std::string_view NameOf(FieldState value) { return value == FieldState::kConfirmed ? "confirmed" : "proposed"; }

std::string_view NameOf(RecordState value) { return value == RecordState::kComplete ? "complete" : "reading"; }

std::string_view NameOf(Outcome value) {
  switch (value) {
    case Outcome::kWaiting:
      return "waiting";
    case Outcome::kStored:
      return "stored";
    case Outcome::kDuplicate:
      return "duplicate";
    case Outcome::kQuarantined:
      return "quarantined";
  }
  return "waiting";
}

}  // namespace diwan
