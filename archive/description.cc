// From what people write in a list to fields, and back to the letter.
#include "archive/description.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "core/calendar.h"
#include "core/error.h"
#include "core/fold.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

bool IsDate(std::string_view name) { return name == "date" || name == "session_date"; }

// The one day or span that all of `dates` say, by the date that says it most exactly, of equals the last: of a day in
// two calendars the second is the printer's own. nullptr when they are of different days.
const PrintedDate* OneDate(const std::vector<PrintedDate>& dates) {
  const PrintedDate* best = nullptr;
  DayRange common{.first = INT32_MIN, .last = INT32_MAX};
  for (const PrintedDate& date : dates) {
    common = {.first = std::max(common.first, date.days.first), .last = std::min(common.last, date.days.last)};
    const auto length = [](const PrintedDate& d) { return d.days.last - d.days.first; };
    if (best == nullptr || length(date) <= length(*best)) best = &date;
  }
  return common.first <= common.last ? best : nullptr;
}

std::string NormalForm(std::string_view name, const std::string& given, bool persian) {
  constexpr std::array<std::string_view, 6> kNumbers = {"number", "year", "session", "case", "parcel", "money"};
  if (IsDate(name)) {
    const auto dates = FindAllDates(given, persian);
    const PrintedDate* date = OneDate(dates);
    return date == nullptr ? LatinDigits(given) : NormalDate(*date, given);
  }
  return std::ranges::find(kNumbers, name) == kNumbers.end() ? given : LatinDigits(given);
}

bool IsUtf8(std::string_view text) { return ToUtf8(FromUtf8(text)) == text; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Every digit of a cell must belong to a date: else `31/02/2019` would be the year 2019.
std::string WhyNoDate(std::string_view given, bool persian) {
  const std::string latin = LatinDigits(given);
  const auto dates = FindAllDates(latin, persian);
  if (dates.empty() && !ParseDateQuery(latin).empty()) return "";  // a year alone, which in a text would be a number
  size_t at = 0;
  for (const PrintedDate& date : dates) {
    if (std::any_of(latin.begin() + at, latin.begin() + date.begin, IsDigit)) return "is no date of any calendar";
    at = date.end;
  }
  if (dates.empty() || std::any_of(latin.begin() + at, latin.end(), IsDigit)) return "is no date of any calendar";
  return OneDate(dates) == nullptr ? "has dates of different days" : "";
}

std::string WhyNoYear(std::string_view given) {
  const std::string latin = LatinDigits(given);
  const auto begin = std::ranges::find_if(latin, IsDigit);
  const auto end = std::find_if_not(begin, latin.end(), IsDigit);
  const bool one_number = begin != end && end - begin <= 4 && std::none_of(end, latin.end(), IsDigit);
  return one_number ? "" : "is no year";
}

// Of a value that may be a text or a whole number.
std::string TextOf(std::string_view name, const Json& value, size_t limit) {
  if (value.is_number_integer()) return value.dump();
  if (!value.is_string()) throw Error(ErrorCode::kInvalid, fmt::format("\"{}\" must be a text", name));
  auto text = value.get<std::string>();
  std::erase(text, '\0');  // it would end the text for some who read it later
  if (text.size() > limit) throw Error(ErrorCode::kInvalid, fmt::format("\"{}\" is longer than {} bytes", name, limit));
  return text;
}

std::string OneText(const Json& object, std::string_view name, size_t limit) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? "" : TextOf(name, *found, limit);
}

std::vector<std::string> Texts(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return {OneText(object, name, kMaxGivenValue)};
  if (found->size() > kMaxGivenValues) {
    throw Error(ErrorCode::kInvalid, fmt::format("\"{}\" has more than {} values", name, kMaxGivenValues));
  }
  std::vector<std::string> texts;
  for (const Json& value : *found) texts.push_back(TextOf(name, value, kMaxGivenValue));
  return texts;
}

// A level that is not known must not become a wider one.
std::optional<AccessLevel> AccessOf(const Json& object) {
  const std::string name = OneText(object, "access", kMaxGivenValue);
  const std::optional<AccessLevel> level = AccessLevelNamed(name);
  if (!level && !name.empty()) {
    throw Error(ErrorCode::kInvalid, "\"access\" must be public, internal or confidential");
  }
  return level;
}

bool IsMember(std::string_view name) {
  return name == "file" || name == "external_id" || name == "access" || std::ranges::count(KnownFieldNames(), name) > 0;
}

// Reads an object and notes which of its members are unknown or come twice, which the parser would pass over.
Json ParseNoting(std::string_view text, std::vector<std::string>& problems) {
  std::set<std::string> seen;
  const Json::parser_callback_t note = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (event != Json::parse_event_t::key || depth != 1) return true;
    const auto name = parsed.get<std::string>();
    if (!seen.insert(name).second) problems.push_back(fmt::format("\"{}\" is there twice", name));
    if (name == "pages") {
      problems.emplace_back("\"pages\" can't be given with a scan; diwan import takes records that are text");
    } else if (!IsMember(name)) {
      problems.push_back(fmt::format("\"{}\" is no field", name));
    }
    return true;
  };
  return Json::parse(text, note, /*allow_exceptions=*/false);
}

}  // namespace

Field GivenField(std::string_view name, std::string given, bool persian) {
  Field field{.name = std::string(name), .origin = FieldOrigin::kManifest, .state = FieldState::kConfirmed};
  field.value = NormalForm(name, given, persian);
  field.printed = std::move(given);
  field.confidence = 100;
  return field;
}

std::string GivenForm(const Field& field, bool persian) {
  const bool follows = !field.printed.empty() && NormalForm(field.name, field.printed, persian) == field.value;
  return follows ? field.printed : field.value;
}

std::string WhyImpossible(std::string_view name, std::string_view given, bool persian) {
  const size_t limit = name == "external_id" ? kMaxExternalName : kMaxGivenValue;
  if (given.size() > limit) return fmt::format("is longer than {} bytes", limit);
  if (given.find('\0') != std::string_view::npos) return "has a NUL byte in it";
  if (!IsUtf8(given)) return "is not UTF-8";
  if (name == "language") return given == "ara" || given == "fas" ? "" : "must be ara or fas";
  if (name == "access") return AccessLevelNamed(given) ? "" : "must be public, internal or confidential";
  if (name == "year") return WhyNoYear(given);
  return IsDate(name) ? WhyNoDate(given, persian) : "";
}

Description ReadDescription(const Json& object, std::string_view language) {
  Description description{.file = OneText(object, "file", kMaxGivenValue),
                          .external_id = OneText(object, "external_id", kMaxExternalName),
                          .fields = {},
                          .access = AccessOf(object)};
  const std::vector<std::string> languages = Texts(object, "language");
  const bool given = !languages.empty() && !languages.front().empty();
  const bool persian = (given ? languages.front() : language) == "fas";
  for (const std::string_view name : KnownFieldNames()) {
    for (std::string& value : Texts(object, name)) {
      if (!value.empty()) description.fields.push_back(GivenField(name, std::move(value), persian));
    }
  }
  return description;
}

Description ReadStrictDescription(std::string_view json, std::string_view language) {
  std::vector<std::string> problems;
  const Json object = ParseNoting(json, problems);
  if (object.is_discarded()) throw Error(ErrorCode::kInvalid, "is not valid JSON in UTF-8");
  if (!object.is_object()) throw Error(ErrorCode::kInvalid, "is not a JSON object");
  if (!problems.empty()) throw Error(ErrorCode::kInvalid, fmt::format("{}", fmt::join(problems, "; ")));
  Description description = ReadDescription(object, language);
  const auto said = std::ranges::find(description.fields, "language", &Field::name);
  const bool persian = (said == description.fields.end() ? language : said->value) == "fas";
  for (const Field& field : description.fields) {
    const std::string why = WhyImpossible(field.name, field.printed, persian);
    if (!why.empty()) problems.push_back(fmt::format("\"{}\" {}: {}", field.name, why, field.printed));
  }
  if (!problems.empty()) throw Error(ErrorCode::kInvalid, fmt::format("{}", fmt::join(problems, "; ")));
  return description;
}

nlohmann::ordered_json DescriptionJson(const Description& description) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  if (!description.file.empty()) object["file"] = description.file;
  if (!description.external_id.empty()) object["external_id"] = description.external_id;
  if (description.access) object["access"] = NameOf(*description.access);
  for (const std::string_view name : KnownFieldNames()) {
    std::vector<std::string_view> values;
    for (const Field& field : description.fields) {
      if (field.name == name) values.push_back(field.printed);
    }
    if (values.size() == 1) object[std::string(name)] = values.front();
    if (values.size() > 1) object[std::string(name)] = values;
  }
  return object;
}

}  // namespace diwan
