// In which series of papers a record is numbered, by what its fields say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/record.h"

namespace diwan {

// Papers that are numbered together: of a body (of a ruling the court), a type, and a year as printed, since 1402 and
// 2023 are different series. "" is not known. Names are cut at 400 bytes, as in the keys of numbers.
struct SeriesName {
  std::string body;
  std::string type;  // as NormalType
  std::string year;
};

// Which records are looked at; "" says nothing.
struct SeriesFilter {
  std::string body;  // as one of SameBody
  std::string type;  // as one of SameType
  std::string year;  // one to four digits of any set
};

struct SeriesPlace {
  SeriesName name;
  std::string folded_body;    // the same for all spellings
  std::string number;         // as of NormalPaperNumber; "" when the record has none
  float confidence = 100;     // the least of the fields that say number and series; 100 for confirmed ones
  bool year_of_date = false;  // no year stands at the number: it is that of the record's date
};

// One thread.
class SeriesPlacer {
 public:
  // Throws kInvalid when the filter's year is none.
  explicit SeriesPlacer(SeriesFilter filter);

  // No value when the filter leaves the record out. A record without a number has a year only where the filter has one.
  std::optional<SeriesPlace> Find(const Record& record);

 private:
  // Of a body and a type as they stand in records; many records have the same.
  struct Names {
    bool wanted = false;
    std::string body, folded_body, type;
  };
  const Names& NamesOf(std::string_view body, std::string_view type);

  SeriesFilter filter_;
  std::unordered_map<std::string, Names> names_;
};

}  // namespace diwan
