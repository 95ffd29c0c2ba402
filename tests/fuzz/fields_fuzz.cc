// Any bytes as a record's text: what is read stands in the text, where it says it stands. The first byte tells the
// language.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/paper_number.h"
#include "ingest/fields.h"

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

void CheckPlace(const diwan::TextPlace& place, std::string_view text, int pages) {
  Expect(place.page >= 1 && place.page <= pages);
  Expect(place.begin < place.end && place.end <= text.size());
}

void CheckCitation(const diwan::Citation& citation, std::string_view text, int pages) {
  CheckPlace(citation.place, text, pages);
  Expect(citation.confidence >= 0 && citation.confidence <= 1);
  Expect(text.substr(citation.place.begin, citation.place.end - citation.place.begin) == citation.printed);
  const auto number = diwan::NumberOf(citation);
  Expect(!number || diwan::NormalPaperNumber(number->role, number->number, number->year) == number);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr std::string_view kLanguages[] = {"ara", "fas", ""};
  const std::string_view language = kLanguages[data[0] % 3];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const diwan::TextReading reading = diwan::ReadTextFields({{.text = text}, {.text = text}}, language);
  for (const diwan::FoundField& field : reading.fields) {
    CheckPlace(field.place, text, 2);
    Expect(!field.name.empty() && !field.value.empty() && field.confidence >= 0 && field.confidence <= 1);
    Expect(text.substr(field.place.begin, field.place.end - field.place.begin) == field.printed);
  }
  for (const diwan::Citation& citation : reading.citations) CheckCitation(citation, text, 2);
  for (const diwan::Citation& citation : diwan::FindCitations(text, language)) CheckCitation(citation, text, 1);
  return 0;
}
