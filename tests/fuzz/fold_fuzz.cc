// Any bytes as the text of a page or a question: what Fold promises of its ranges, and where dates may be found.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/calendar.h"
#include "core/fold.h"

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckFold(std::string_view bytes) {
  const diwan::FoldedText folded = diwan::Fold(bytes);
  Require(folded.begin.size() == folded.text.size() && folded.end.size() == folded.text.size());
  for (size_t i = 0; i < folded.text.size(); ++i) {
    Require(folded.begin[i] < folded.end[i] && folded.end[i] <= bytes.size());
    Require(i == 0 || folded.begin[i] == folded.begin[i - 1] || folded.begin[i] == folded.end[i - 1]);
  }
  Require(diwan::Fold(diwan::ToUtf8(folded.text)).text == folded.text);
  Require(diwan::FromUtf8(diwan::ToUtf8(folded.text)) == folded.text);
}

void CheckDates(std::string_view bytes, bool jalali_likely) {
  size_t last = 0;
  for (const diwan::PrintedDate& date : diwan::FindDates(bytes, jalali_likely)) {
    Require(last <= date.begin && date.begin < date.end && date.end <= bytes.size());
    Require(diwan::DaysOf(date.calendar, date.year, date.month, date.day) == date.days);
    last = date.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckFold(bytes);
  CheckDates(bytes, false);
  CheckDates(bytes, true);
  for (const diwan::DayRange& days : diwan::ParseDateQuery(bytes)) Require(days.first <= days.last);
  diwan::LatinDigits(bytes);
  return 0;
}
