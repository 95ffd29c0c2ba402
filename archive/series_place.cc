// Years are taken as they are printed: at the number, else in the record's date, of two calendars there the second, as
// for the field itself.
#include "archive/series_place.h"

#include <algorithm>
#include <utility>

#include "archive/paper_kind.h"
#include "archive/resolve.h"
#include "core/calendar.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/paper_number.h"

namespace diwan {
namespace {

constexpr size_t kYearDigits = 4;
constexpr size_t kMostNames = 10'000;
constexpr size_t kLongestName = 400;

bool IsYear(std::string_view text) {
  return !text.empty() && text.size() <= kYearDigits && text.find_first_not_of("0123456789") == std::string_view::npos;
}

float ConfidenceOf(const Field* field) {
  constexpr float kCertain = 100;
  return field == nullptr || field->state == FieldState::kConfirmed ? kCertain : field->confidence;
}

std::string YearOfDate(const Record& record, const Field& date) {
  const auto found = FindAllDates(date.printed, record.Value("language") == "fas");
  if (!found.empty()) return std::to_string(found.back().year);
  std::string year = date.value.substr(0, kYearDigits);
  return IsYear(year) ? year : "";
}

// A number that stands in a field of its own is the number, also where it may be a year.
std::optional<PaperNumber> NumberAndYear(const Field& number, std::string_view year) {
  auto normal = NormalPaperNumber(NumberRole::kPaper, number.value, year);
  if (normal && normal->number == year && normal->year == number.value) std::swap(normal->number, normal->year);
  return normal;
}

}  // namespace

SeriesPlacer::SeriesPlacer(SeriesFilter filter) : filter_(std::move(filter)) {
  filter_.year = LatinDigits(filter_.year);
  if (!filter_.year.empty() && !IsYear(filter_.year)) {
    throw Error(ErrorCode::kInvalid, "'year' must be a year as it is printed: 2023, 1402, 67");
  }
}

std::optional<SeriesPlace> SeriesPlacer::Find(const Record& record) {
  const Field* type = record.Find("type");
  const Field* body = record.Find("body");
  const Field* court = record.Find("court");
  if (court != nullptr && type != nullptr && SameType(type->value, "ruling")) body = court;
  const Names& names = NamesOf(body == nullptr ? "" : body->value, type == nullptr ? "" : type->value);
  if (!names.wanted) return {};

  SeriesPlace place{.name = {names.body, names.type, ""}, .folded_body = names.folded_body};
  const Field* number = record.Find("number");
  const Field* year = record.Find("year");
  const Field* date = record.Find("date");
  const std::string year_value = year == nullptr ? "" : year->value;
  if (auto normal = number == nullptr ? std::nullopt : NumberAndYear(*number, year_value)) {
    place.number = std::move(normal->number);
    place.name.year = std::move(normal->year);
  } else if (!filter_.year.empty()) {
    place.name.year = LatinDigits(year_value);
  } else {
    return place;
  }
  if (place.name.year.empty() && date != nullptr) {
    place.name.year = YearOfDate(record, *date);
    place.year_of_date = !place.name.year.empty();
  }
  if (!filter_.year.empty() && place.name.year != filter_.year) return {};
  for (const Field* said : {number, year, place.year_of_date ? date : nullptr, type, body}) {
    place.confidence = std::min(place.confidence, ConfidenceOf(said));
  }
  return place;
}

const SeriesPlacer::Names& SeriesPlacer::NamesOf(std::string_view body, std::string_view type) {
  const std::string key = std::string(body) + '\0' + std::string(type);
  if (const auto known = names_.find(key); known != names_.end()) return known->second;
  if (names_.size() >= kMostNames) names_.clear();
  Names& names = names_[key];
  names.wanted =
      (filter_.body.empty() || SameBody(filter_.body, body)) && (filter_.type.empty() || SameType(filter_.type, type));
  names.body = CutAtCodePoint(body, kLongestName);
  names.folded_body = CutAtCodePoint(FoldToUtf8(body), kLongestName);
  names.type = CutAtCodePoint(NormalType(type), kLongestName);
  return names;
}

}  // namespace diwan
