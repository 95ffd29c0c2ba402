// Counts while the match goes on, from the documents' value slots.
#include "index/facets.h"

#include <algorithm>
#include <chrono>

#include "index/schema.h"

namespace diwan {
namespace {

constexpr size_t kMaxRecords = 1'000'000;  // with several pages, told apart in one answer
constexpr size_t kMaxValues = 10'000;      // of one facet; values first seen later are not counted

struct TextFacet {
  std::string_view field;
  Xapian::valueno slot;
};
constexpr TextFacet kTextFacets[] = {{"type", kTypeSlot}, {"body", kBodySlot}, {"language", kLanguageSlot}};
constexpr std::string_view kYear = "year";
constexpr size_t kMostYears = 1000;  // more than the other facets have: together they are the histogram of the dates

std::vector<FacetValue> MostFirst(std::vector<FacetValue> values, size_t most) {
  std::ranges::sort(values, [](const FacetValue& a, const FacetValue& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  if (values.size() > most) values.resize(most);
  return values;
}

}  // namespace

void FacetSpy::operator()(const Xapian::Document& document, double /*weight*/) {
  static_assert(std::size(kTextFacets) == kTexts);
  if (SeenBefore(document.get_value(kRecordSlot))) return;
  for (size_t i = 0; i < kTexts; ++i) {
    const std::string value = document.get_value(kTextFacets[i].slot);
    if (value.empty()) continue;
    Counts& counts = texts_[i];
    const auto known = counts.find(value);
    if (known != counts.end()) {
      ++known->second;
    } else if (counts.size() < kMaxValues) {
      counts.emplace(value, 1);
    }
  }
  CountYear(document.get_value(kFirstDaySlot));
}

std::vector<Facet> FacetSpy::Facets(size_t most_values) const {
  std::vector<Facet> out;
  const auto add = [&](std::string_view field, std::vector<FacetValue> values) {
    if (!values.empty())
      out.push_back({std::string(field), MostFirst(std::move(values), field == kYear ? kMostYears : most_values)});
  };
  for (size_t i = 0; i < kTexts; ++i) {
    std::vector<FacetValue> values;
    for (const auto& [value, count] : texts_[i]) values.push_back({value, count});
    add(kTextFacets[i].field, std::move(values));
  }
  std::vector<FacetValue> years;
  for (const auto& [year, count] : years_) years.push_back({std::to_string(year), count});
  add(kYear, std::move(years));
  return out;
}

bool FacetSpy::SeenBefore(const std::string& record_id) {
  if (record_id.empty()) return false;
  if (record_id == last_record_) return true;
  last_record_ = record_id;
  const uint64_t hash = std::hash<std::string_view>()(record_id);
  if (records_.size() >= kMaxRecords) return records_.contains(hash);
  return !records_.insert(hash).second;
}

void FacetSpy::CountYear(const std::string& day) {
  if (day.empty()) return;
  constexpr double kMostDays = 3'000'000;  // as far as calendars here reach
  const double days = Xapian::sortable_unserialise(day);
  if (!(days > -kMostDays && days < kMostDays)) return;
  const std::chrono::sys_days date{std::chrono::days(static_cast<int>(days))};
  ++years_[static_cast<int>(std::chrono::year_month_day(date).year())];
}

}  // namespace diwan
