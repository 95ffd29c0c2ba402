// What somebody says of a record beside its scan or its text: in a row of a manifest, in a line of an import, with an
// upload. One form for all of them, which `diwan export` writes too. Any thread may call.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace diwan {

inline constexpr size_t kMaxGivenValue = 4096;   // bytes of one field, and of a file's name
inline constexpr size_t kMaxGivenValues = 200;   // of one name
inline constexpr size_t kMaxExternalName = 512;  // bytes of an external id

struct Description {
  std::string file;         // the scan's name as it was given; "" when none was
  std::string external_id;  // "" when none was given
  std::vector<Field> fields;
  std::optional<AccessLevel> access;
  bool operator==(const Description&) const = default;
};

// The field that stands for `given`: from a manifest, confirmed, as printed and in normal form. Dates are normalised by
// core/calendar.h; of several calendars' dates for one day, the one that says it most exactly. `persian`: a date that
// does not tell its calendar is likely Jalali.
Field GivenField(std::string_view name, std::string given, bool persian);

// The year that a number has in it beside letters, `155 مكرر/2018`, where a look-up takes it from the field "year"; "".
std::string YearWithin(std::string_view number);

// Why a record of that number can't be of that year, as it goes on from the year's name; "" when it can.
std::string WhyOtherYear(std::string_view number, std::string_view year);

// The same of the number and the year that somebody said among the fields of a record.
std::string WhyTwoYears(const std::vector<Field>& fields);

// Adds that year to the fields where they have none.
void AddYearOfNumber(std::vector<Field>& fields);

// What GivenField makes the field's value of again: the printed form where the value follows from it, else the value.
std::string GivenForm(const Field& field, bool persian);

// Why `given` can't be a value of `name`, as it goes on from the name; "" when it can: a date that no calendar has, two
// dates of different days, a year of letters or none, a session without a number, a type of paper that is not known
// (IsKnownType), what ReadGivenNumber finds no number of one paper, a language that is not
// known, bytes that are not UTF-8, too long, and what WhyUnseen tells. `name` may also be "file", "external_id" and
// "access".
std::string WhyImpossible(std::string_view name, std::string_view given, bool persian);

// Why a text may not be given, as it goes on from its name: control characters but tab and line ends, characters that
// turn the direction of what stands around them, or that can't be seen. "" when it may: also with ZWNJ and ZWJ, that
// words are written with, and with direction marks (U+200E, U+200F, U+061C), which normal forms leave out.
std::string WhyUnseen(std::string_view text);

// Reads {"file","external_id","access",FIELD:"value" or ["value",…]}; a value may also be a whole number, or an object
// of StatedJson, which is taken as it is. Other members are passed over. Without a "language", `language` is taken for
// reading dates. Throws kInvalid for what is of another kind or too long, and with all that is wrong for impossible
// values and for several values of a field that has one.
Description ReadDescription(const nlohmann::json& object, std::string_view language);

// The same, strictly: as JSON text, of which no member may be unknown or come twice, and no value be an object.
Description ReadStrictDescription(std::string_view json, std::string_view language);

// The opposite of ReadDescription: an object with its members in one order, that of KnownFieldNames(). Fields are
// written as printed; with `stated` those of which GivenField would not make the same again are StatedJson.
nlohmann::ordered_json DescriptionJson(const Description& description, bool stated = false);

// All of a field but its name: {"value","printed","origin","state","confidence","page","begin","end"}, the last three
// where it was read from a page, the place in bytes of that page's text.
nlohmann::ordered_json StatedJson(const Field& field);

}  // namespace diwan
