// The name of a decision or ruling by which other systems know it, and the look-up of papers by their numbers. Any
// thread may call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/resolve.h"

namespace diwan {

// "decision/BODY/YEAR/NUMBER", "ruling/COURT/YEAR/NUMBER", or why the record has none; one of both is "". Parts are as
// they are given, in Latin digits, with '~' for '/'; so two bodies or numbers that differ never share a name, and no
// part is a step in a path. Each part must be sure (IsSure): a name that was given out must not be that of another
// paper.
struct PaperName {
  std::string identifier;
  std::string why_none;
};
PaperName NameGivenTo(const Record& record);

// Records that bear the number, in that year when it is not "", and fit the filter, oldest year first; else those of
// the case of that number. `limit` 1 to 1,000 (kInvalid beyond). Throws kInvalid for what is no number or no year.
std::vector<Record> FindByNumber(Archive& archive, std::string_view number, std::string_view year,
                                 const PaperFilter& filter, size_t limit);

// The parts of an identifier as a path has them.
struct NameParts {
  std::string kind;  // "decision" or "ruling"
  std::string body, year, number;
};

// Records that have the name; else those of today that had it in an earlier version, or were merged from such; else
// those of that number whose body may be the one named. `certain` where one is found, and its number, if it has one
// today, is sure, and of one that only may be the one named also all else that a name is made of. Throws as
// FindByNumber.
struct NamedRecords {
  std::vector<Record> records;
  bool certain = false;
};
NamedRecords FindNamed(Archive& archive, const NameParts& parts);

}  // namespace diwan
