#include "archive/short_years.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace diwan {
namespace {

constexpr size_t kShort = 2;  // digits
constexpr size_t kLong = 4;
constexpr std::string_view kCenturies[] = {"20", "19", "14", "13"};

bool IsDigits(std::string_view text, size_t size) {
  return text.size() == size && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::vector<PaperNumber> OtherYearForms(const PaperNumber& number) {
  std::vector<PaperNumber> forms;
  const auto add = [&](std::string written, std::string year) {
    forms.push_back({.role = number.role, .number = std::move(written), .year = std::move(year)});
  };
  const auto add_years = [&](const std::string& written, const std::string& two) {
    for (const std::string_view century : kCenturies) add(written, std::string(century) + two);
  };
  if (IsDigits(number.year, kLong)) {
    const std::string two = number.year.substr(kLong - kShort);
    add(number.number, two);
    for (const char* year : {"", number.year.c_str()}) add(number.number + "/" + two, year);
  } else if (IsDigits(number.year, kShort)) {
    add_years(number.number, number.year);
  }
  const size_t slash = number.number.rfind('/');
  if (slash == std::string::npos || slash == 0) return forms;
  const std::string last = number.number.substr(slash + 1);
  const bool fits = number.year.empty() || number.year.ends_with(last);
  if (IsDigits(last, kShort) && fits) add_years(number.number.substr(0, slash), last);
  return forms;
}

}  // namespace diwan
