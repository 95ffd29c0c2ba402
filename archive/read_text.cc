// From pages to proposed fields and citations: the end of step 4 in the life of a page. Reading is ours alone, takes
// time by the length of the text, and opens no file, so it needs no worker process (docs/decisions/0010).
#include "archive/read_text.h"

#include <algorithm>

#include "core/fold.h"
#include "core/paper_number.h"

namespace diwan {
namespace {

constexpr float kPercent = 100;
constexpr float kUnsureNumber = 0.5F;  // of a number that its readers don't agree on, at most

// How sure the page's words were read, where that is less than sure.
std::vector<ReadStretch> StretchesOf(const Page& page, size_t size) {
  std::vector<ReadStretch> stretches;
  for (const Word& word : page.words) {
    float sure = word.confidence / kPercent;
    if (word.number == NumberState::kUnsure) sure = std::min(sure, kUnsureNumber);
    const size_t end = word.offset + word.text.size();
    if (sure < 1 && end <= size) stretches.push_back({.begin = word.offset, .end = end, .confidence = sure});
  }
  return stretches;
}

// A year belongs to the number that it was read with: it says nothing of another number that was given, or of one that
// was given with its year. A number that was read, and confirmed, keeps the year that was read with it.
bool BelongsToGiven(const Record& record, const std::vector<FoundField>& read) {
  const Field* given = record.Find("number");
  if (given == nullptr) return true;
  const auto number = std::ranges::find(read, "number", &FoundField::name);
  if (number == read.end()) return false;
  const auto known = NormalPaperNumber(NumberRole::kPaper, given->value, "");
  const auto found = NormalPaperNumber(NumberRole::kPaper, number->value, "");
  const bool same_year = given->origin == FieldOrigin::kOcr && known && found && known->year == found->year;
  return known && found && known->number == found->number && (known->year.empty() || same_year);
}

// Whether what is read may not stand beside what the record has.
bool IsBarred(const Record& record, const std::vector<Field>& kept, const FoundField& found) {
  for (const RemovedValue& gone : record.removed) {
    if (gone.name == found.name && (gone.value.empty() || gone.value == found.value)) return true;
  }
  return std::ranges::any_of(kept, [&](const Field& field) {
    const bool alone = !HasSeveralValues(field.name) || field.origin == FieldOrigin::kManifest;
    return field.name == found.name && (alone || field.value == found.value);
  });
}

}  // namespace

bool IsOfText(const Field& field) {
  return field.origin == FieldOrigin::kOcr && field.state == FieldState::kProposed && field.name != "language";
}

void TextReader::Add(const Page& page) {
  if (full_) pages_.pop_back();
  Taken taken{.number = page.number, .text = std::string(CutAtCodePoint(page.text, kMostPageText))};
  taken.stretches = StretchesOf(page, taken.text.size());
  full_ = full_ || bytes_ + taken.text.size() > kMostRecordText;
  if (!full_) bytes_ += taken.text.size();
  pages_.push_back(std::move(taken));
}

RecordCitations TextReader::ReadInto(Record& record) const {
  std::vector<TextPage> texts;
  for (const Taken& page : pages_) texts.push_back({.text = page.text, .stretches = &page.stretches});
  TextReading read = ReadTextFields(texts, record.Value("language"));
  const auto page_of = [&](const TextPlace& place) { return pages_[static_cast<size_t>(place.page) - 1].number; };

  std::erase_if(record.fields, IsOfText);
  const bool year_fits = BelongsToGiven(record, read.fields);
  const std::vector<Field> kept = record.fields;
  for (FoundField& found : read.fields) {
    if (IsBarred(record, kept, found) || (found.name == "year" && !year_fits)) continue;
    record.fields.push_back({.name = std::move(found.name),
                             .value = std::move(found.value),
                             .printed = std::move(found.printed),
                             .origin = FieldOrigin::kOcr,
                             .state = FieldState::kProposed,
                             .confidence = found.confidence * kPercent,
                             .page = page_of(found.place),
                             .begin = static_cast<uint32_t>(found.place.begin),
                             .end = static_cast<uint32_t>(found.place.end)});
  }
  if (read.citations.size() > kMostCitations) read.citations.resize(kMostCitations);
  for (Citation& citation : read.citations) citation.place.page = page_of(citation.place);
  return {.record_id = record.id, .citations = std::move(read.citations)};
}

}  // namespace diwan
