// From what people write in a list to fields, and back to the letter.
#include "archive/description.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/edit.h"
#include "archive/given_number.h"
#include "archive/paper_kind.h"
#include "core/calendar.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/number_words.h"
#include "core/paper_number.h"
#include "ingest/fields_own.h"

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

constexpr std::u32string_view kDirectionMarks = U"\u200E\u200F\u061C";

// Characters by which a text is not what it seems to be.
struct UnseenRange {
  char32_t first, last;
  std::string_view why;
};
constexpr std::string_view kControl = "has a control character in it";
constexpr std::string_view kTurns = "has a character in it that turns the direction of the text";
constexpr std::string_view kInvisible = "has a character in it that can't be seen";
constexpr UnseenRange kUnseen[] = {
    {0x00, 0x08, kControl},         {0x0B, 0x0C, kControl},       {0x0E, 0x1F, kControl},
    {0x7F, 0x9F, kControl},         {0xAD, 0xAD, kInvisible},     {0x34F, 0x34F, kInvisible},
    {0x115F, 0x1160, kInvisible},   {0x17B4, 0x17B5, kInvisible}, {0x180B, 0x180F, kInvisible},
    {0x200B, 0x200B, kInvisible},   {0x202A, 0x202E, kTurns},     {0x2060, 0x2065, kInvisible},
    {0x2066, 0x2069, kTurns},       {0x206A, 0x206F, kInvisible}, {0x3164, 0x3164, kInvisible},
    {0xFEFF, 0xFEFF, kInvisible},   {0xFFA0, 0xFFA0, kInvisible}, {0xFFF0, 0xFFFB, kInvisible},
    {0xE0000, 0xE0FFF, kInvisible},
};

std::string WithoutDirectionMarks(const std::string& text) {
  std::u32string kept = FromUtf8(text);
  std::erase_if(kept, [](char32_t c) { return kDirectionMarks.find(c) != std::u32string_view::npos; });
  return ToUtf8(kept);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The number that a session's name says in words: `السابعة عشرة`; no value when it is none.
std::optional<int64_t> SpelledWhole(std::string_view given) {
  const std::u32string folded = Fold(given).text;
  const auto spelled = ReadSpelledNumber(folded, 0);
  return spelled && spelled->end == folded.size() ? std::optional(spelled->value) : std::nullopt;
}

std::string NormalForm(std::string_view name, const std::string& printed, bool persian) {
  const std::string given = WithoutDirectionMarks(printed);
  if (name == "number") return ReadGivenNumber(given).value;
  if (const auto spelled = name == "session" ? SpelledWhole(given) : std::nullopt) return std::to_string(*spelled);
  constexpr std::array<std::string_view, 5> kNumbers = {"year", "session", "case", "parcel", "money"};
  if (IsDate(name)) {
    const auto dates = FindAllDates(given, persian);
    const PrintedDate* date = OneDate(dates);
    return date == nullptr ? LatinDigits(given) : NormalDate(*date, given);
  }
  return std::ranges::find(kNumbers, name) == kNumbers.end() ? given : LatinDigits(given);
}

bool IsUtf8(std::string_view text) { return ToUtf8(FromUtf8(text)) == text; }

// `1445/13/1`: behind a year stands its month.
bool HasNoSuchMonth(const std::string& latin) {
  const std::vector<std::string> parts = [&] {
    std::vector<std::string> out = {""};
    for (const char c : latin) {
      if (IsDigit(c)) out.back() += c;
      if (!IsDigit(c)) out.emplace_back();
    }
    return out;
  }();
  return parts.size() == 3 && parts[0].size() == 4 && parts[1].size() == 2 && parts[1] > "12";
}

// Every digit of a cell must belong to a date: else `31/02/2019` would be the year 2019.
std::string WhyNoDate(std::string_view given, bool persian) {
  const std::string latin = LatinDigits(given);
  if (HasNoSuchMonth(latin)) return "is no date of any calendar";
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

// Four digits, or the one or two of a judicial year.
std::string WhyNoYear(std::string_view given) {
  const std::string latin = LatinDigits(given);
  const auto begin = std::ranges::find_if(latin, IsDigit);
  const auto end = std::find_if_not(begin, latin.end(), IsDigit);
  const std::string year(begin, end);
  const bool whole = year.size() == 4 && (year[0] == '1' || year[0] == '2');
  const bool judicial = !year.empty() && year.size() <= 2 && year.find_first_not_of('0') != std::string::npos;
  return (whole || judicial) && std::none_of(end, latin.end(), IsDigit) ? "" : "is no year";
}

std::string WhyNoSession(std::string_view given) {
  const bool number = std::ranges::any_of(LatinDigits(given), IsDigit) || SpelledWhole(given);
  return number ? "" : "has no digit, and is no number in words";
}

std::string WhyNoType(std::string_view given) {
  return IsKnownType(given) ? "" : fmt::format("is no type of paper; give {}, or other", KnownTypes());
}

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

// Of a value that may be a text or a whole number.
std::string TextOf(std::string_view name, const Json& value, size_t limit) {
  if (value.is_number_integer()) return value.dump();
  if (!value.is_string()) Refuse(fmt::format("\"{}\" must be a text", name));
  auto text = value.get<std::string>();
  if (text.size() > limit) Refuse(fmt::format("\"{}\" is longer than {} bytes", name, limit));
  return text;
}

std::string OneText(const Json& object, std::string_view name, size_t limit) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? "" : TextOf(name, *found, limit);
}

// The values of a name, each a text, a whole number, or an object.
std::vector<Json> Values(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return {};
  if (!found->is_array()) return {*found};
  if (found->size() > kMaxGivenValues) Refuse(fmt::format("\"{}\" has more than {} values", name, kMaxGivenValues));
  return found->get<std::vector<Json>>();
}

// The first value of a name that is a text, or states one; "" when there is none.
std::string FirstText(const Json& object, std::string_view name) {
  const std::vector<Json> values = Values(object, name);
  if (values.empty()) return "";
  const Json& first = values.front();
  return TextOf(name, first.is_object() && first.contains("value") ? first["value"] : first, kMaxGivenValue);
}

constexpr std::string_view kAnyText;  // of which no rules of a field hold

template <typename Enum>
Enum EnumOf(const Json& object, const char* name, std::initializer_list<Enum> values) {
  const auto found = object.find(name);
  for (const Enum value : values) {
    if (found != object.end() && *found == NameOf(value)) return value;
  }
  Refuse(fmt::format("\"{}\" is not said as it should be", name));
}

// A number from 0 to `most`; 0 when it is not there.
template <typename Number>
Number NumberOf(const Json& object, const char* name, Number most) {
  const auto found = object.find(name);
  if (found == object.end()) return 0;
  const bool fits = found->is_number() && *found >= 0 && *found <= most;
  if (!fits) Refuse(fmt::format("\"{}\" must be a number from 0 to {}", name, most));
  return found->get<Number>();
}

Field StatedField(std::string_view name, const Json& object) {
  constexpr float kWhole = 100;
  Field field{.name = std::string(name),
              .value = OneText(object, "value", kMaxGivenValue),
              .printed = OneText(object, "printed", kMaxGivenValue),
              .origin = EnumOf(object, "origin", {FieldOrigin::kOcr, FieldOrigin::kManifest, FieldOrigin::kPerson}),
              .state = EnumOf(object, "state", {FieldState::kProposed, FieldState::kConfirmed}),
              .confidence = NumberOf<float>(object, "confidence", kWhole),
              .page = NumberOf<int>(object, "page", std::numeric_limits<int>::max()),
              .begin = NumberOf<uint32_t>(object, "begin", std::numeric_limits<uint32_t>::max()),
              .end = NumberOf<uint32_t>(object, "end", std::numeric_limits<uint32_t>::max())};
  const bool placed = field.end > 0 || field.begin > 0;
  if (field.value.empty()) Refuse(fmt::format("\"{}\" has no value", name));
  if (field.begin > field.end || (placed && field.page == 0)) Refuse(fmt::format("\"{}\" has no such place", name));
  return field;
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

// Members of an import's line (archive/said.h) that a manifest has not.
constexpr std::array<std::string_view, 7> kOfTexts = {"pages", "removed", "judged",     "relations",
                                                      "hold",  "deleted", "merged_into"};

// Which members are unknown or come twice, which the parser would pass over.
std::vector<std::string> StrangeMembers(std::string_view text) {
  std::vector<std::string> problems;
  std::set<std::string> seen;
  const Json::parser_callback_t note = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start && depth > 0) problems.emplace_back("a value is an object");
    if (event != Json::parse_event_t::key || depth != 1) return true;
    const auto name = parsed.get<std::string>();
    if (!seen.insert(name).second) problems.push_back(fmt::format("\"{}\" is there twice", name));
    if (std::ranges::count(kOfTexts, name) > 0) {
      problems.push_back(
          fmt::format("\"{}\" can't be given with a scan; diwan import takes records that are text", name));
    } else if (!IsMember(name)) {
      problems.push_back(fmt::format("\"{}\" is no field", name));
    }
    return true;
  };
  if (Json::parse(text, note, /*allow_exceptions=*/false).is_discarded()) Refuse("is not valid JSON in UTF-8");
  return problems;
}

}  // namespace

Field GivenField(std::string_view name, std::string given, bool persian) {
  Field field{.name = std::string(name), .origin = FieldOrigin::kManifest, .state = FieldState::kConfirmed};
  field.value = NormalForm(name, given, persian);
  field.printed = std::move(given);
  field.confidence = 100;
  return field;
}

std::string YearWithin(std::string_view number) {
  const auto normal = NormalPaperNumber(NumberRole::kPaper, number, "");
  return normal && normal->year.empty() ? YearInNumber(number) : "";
}

std::string WhyOtherYear(std::string_view number, std::string_view year) {
  const auto normal = NormalPaperNumber(NumberRole::kPaper, number, "");
  if (!normal) return "";
  const std::string within = normal->year.empty() ? YearInNumber(number) : normal->year;
  // Where both parts may be the year, the number says one of two.
  const std::string parts = "/" + normal->number + "/" + within + "/";
  if (within.empty() || parts.find("/" + std::string(year) + "/") != std::string::npos) return "";
  return fmt::format("is another one than that of the number, which is of {}; give it once", within);
}

std::string WhyTwoYears(const std::vector<Field>& fields) {
  const auto said = [&](std::string_view name) {
    return std::ranges::find_if(fields,
                                [&](const Field& f) { return f.name == name && f.origin != FieldOrigin::kOcr; });
  };
  const auto number = said("number");
  const auto year = said("year");
  return number == fields.end() || year == fields.end() ? "" : WhyOtherYear(number->value, year->value);
}

void AddYearOfNumber(std::vector<Field>& fields) {
  const auto number = std::ranges::find(fields, "number", &Field::name);
  if (number == fields.end() || std::ranges::count(fields, "year", &Field::name) > 0) return;
  const std::string year = YearWithin(number->value);
  if (!year.empty()) fields.push_back(GivenField("year", year, /*persian=*/false));
}

std::string GivenForm(const Field& field, bool persian) {
  const bool words = field.name == "number" && field.origin == FieldOrigin::kOcr;  // `77) لسنة 2018`, cut from its line
  const std::string follows = words ? LatinDigits(field.printed) : NormalForm(field.name, field.printed, persian);
  return !field.printed.empty() && follows == field.value ? field.printed : field.value;
}

std::string WhyUnseen(std::string_view text) {
  for (const char32_t c : FromUtf8(text)) {
    for (const UnseenRange& range : kUnseen) {
      if (c >= range.first && c <= range.last) return fmt::format("{} (U+{:04X})", range.why, uint32_t{c});
    }
  }
  return "";
}

std::string WhyImpossible(std::string_view name, std::string_view given, bool persian) {
  const size_t limit = name == "external_id" ? kMaxExternalName : kMaxGivenValue;
  if (given.size() > limit) return fmt::format("is longer than {} bytes", limit);
  if (!IsUtf8(given)) return "is not UTF-8";
  if (given.find('\0') != std::string_view::npos) return "has a NUL byte in it";
  if (name == "file") return "";  // as it is called, whatever that is
  std::string unseen = WhyUnseen(given);
  if (!unseen.empty()) return unseen;
  if (name == "language") return given == "ara" || given == "fas" ? "" : "must be ara or fas";
  if (name == "access") return AccessLevelNamed(given) ? "" : "must be public, internal or confidential";
  if (name == "year") return WhyNoYear(given);
  if (name == "session") return WhyNoSession(given);
  if (name == "type") return WhyNoType(given);
  if (name == "number") return ReadGivenNumber(WithoutDirectionMarks(std::string(given))).problem;
  return IsDate(name) ? WhyNoDate(given, persian) : "";
}

Description ReadDescription(const Json& object, std::string_view language) {
  Description description{.file = OneText(object, "file", kMaxGivenValue),
                          .external_id = OneText(object, "external_id", kMaxExternalName),
                          .fields = {},
                          .access = AccessOf(object)};
  const std::string said = FirstText(object, "language");
  const bool persian = (said.empty() ? language : said) == "fas";
  std::vector<std::string> problems;
  const auto check = [&](std::string_view name, std::string_view rules_of, const std::string& value) {
    const std::string why = value.empty() ? "" : WhyImpossible(rules_of, value, persian);
    if (!why.empty()) problems.push_back(fmt::format("\"{}\" {}: {}", name, why, Quoted(value)));
  };
  check("file", "file", description.file);
  check("external_id", "external_id", description.external_id);
  for (const std::string_view name : KnownFieldNames()) {
    const std::vector<Json> values = Values(object, name);
    if (values.size() > 1 && !HasSeveralValues(name)) {
      problems.push_back(
          fmt::format("\"{}\" has {} values, and a record has one; give the one that is right", name, values.size()));
      continue;
    }
    for (const Json& value : values) {
      if (value.is_object()) {
        const Field& field = description.fields.emplace_back(StatedField(name, value));
        // What was read may be anything; what somebody says of a paper can be said of one.
        const bool read = field.origin == FieldOrigin::kOcr || field.state != FieldState::kConfirmed;
        check(name, read ? kAnyText : name, field.value);
        check(name, kAnyText, field.printed);
        continue;
      }
      std::string given = TextOf(name, value, kMaxGivenValue);
      check(name, name, given);
      if (!given.empty()) description.fields.push_back(GivenField(name, std::move(given), persian));
    }
  }
  const std::string two_years = WhyTwoYears(description.fields);
  if (!two_years.empty()) problems.push_back(fmt::format("\"year\" {}", two_years));
  if (!problems.empty()) Refuse(fmt::format("{}", fmt::join(problems, "; ")));
  AddYearOfNumber(description.fields);
  return description;
}

Description ReadStrictDescription(std::string_view json, std::string_view language) {
  const std::vector<std::string> problems = StrangeMembers(json);
  const Json object = Json::parse(json);
  if (!object.is_object()) Refuse("is not a JSON object");
  if (!problems.empty()) Refuse(fmt::format("{}", fmt::join(problems, "; ")));
  return ReadDescription(object, language);
}

nlohmann::ordered_json StatedJson(const Field& field) {
  nlohmann::ordered_json json = {{"value", field.value},
                                 {"printed", field.printed},
                                 {"origin", NameOf(field.origin)},
                                 {"state", NameOf(field.state)},
                                 {"confidence", field.confidence}};
  if (field.page > 0) json["page"] = field.page;
  if (field.end > 0) json["begin"] = field.begin;
  if (field.end > 0) json["end"] = field.end;
  return json;
}

nlohmann::ordered_json DescriptionJson(const Description& description, bool stated) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  if (!description.file.empty()) object["file"] = description.file;
  if (!description.external_id.empty()) object["external_id"] = description.external_id;
  if (description.access) object["access"] = NameOf(*description.access);
  const auto language = std::ranges::find(description.fields, "language", &Field::name);
  const bool persian = language != description.fields.end() && language->value == "fas";
  for (const std::string_view name : KnownFieldNames()) {
    std::vector<nlohmann::ordered_json> values;
    for (const Field& field : description.fields) {
      if (field.name != name) continue;
      const bool plain = !stated || (GivenField(name, field.printed, persian) == field &&
                                     WhyImpossible(name, field.printed, persian).empty());
      values.push_back(plain ? nlohmann::ordered_json(field.printed) : StatedJson(field));
    }
    if (values.size() == 1) object[std::string(name)] = values.front();
    if (values.size() > 1) object[std::string(name)] = values;
  }
  return object;
}

}  // namespace diwan
