// Under which numbers papers are looked up: one form for `٤٥ لسنة ٢٠١٨`, `45/2018` and `2018/45`, whoever wrote it.
// Any thread may call.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/citation.h"
#include "core/record.h"

namespace diwan {

// The parts of a paper's number: `45/2018`, `2018/45`. Digits stay as read.
struct SplitNumber {
  std::string number;  // Latin digits; all of it where no part is a year
  std::string year;    // "" when no part is one
  float sure = 1;      // falls where either part may be the year
};
SplitNumber Split(std::string_view printed);

// The year in a number with letters, `12/م/2021`: the one part that may be a year, where digits are left beside it; ""
// where there is none, as in `1302/ب`.
std::string YearInNumber(std::string_view number);

// Whether a folded word behind a number makes it another paper's: مكرر, مكررا, bis. `45 مكرر` is not 45.
bool IsRepeatWord(std::u32string_view folded);

// What a number names: a paper, or the case that a paper is about; or the shape of either; or a record by its id, where
// a person related two. On disk: add, never change.
enum class NumberRole : char { kPaper = 'n', kCase = 'c', kPaperShape = 's', kCaseShape = 't', kRecord = 'r' };

// A number in the form in which papers are looked up: Latin digits without leading zeros, letters folded, '/' between
// parts and around مكرر, without its year: `م/21/2020` is م/21 of 2020. Where number and year may be each other, the
// smaller is the number, so that both orders are one. Neither part has NUL, and each is kMaxNumberBytes at most.
struct PaperNumber {
  NumberRole role = NumberRole::kPaper;
  std::string number;  // never ""
  std::string year;    // "" when it is not known
  bool operator==(const PaperNumber&) const = default;
  bool operator<(const PaperNumber& o) const {
    return std::tie(role, number, year) < std::tie(o.role, o.number, o.year);
  }
};
inline constexpr size_t kMaxNumberBytes = 64;

// No value when `number` has nothing to look up, or is too long to be a number. A year in `number` counts where `year`
// is "".
std::optional<PaperNumber> NormalPaperNumber(NumberRole role, std::string_view number, std::string_view year);

// The number with digits that look alike on bad copies made one, as 2 and 3: what may have been misread for another has
// its shape. REQUIRES: it is no shape.
PaperNumber ShapeOf(const PaperNumber& number);

// The numbers that the record bears, in order, each once: with its year in each calendar that its date was printed in.
// A number's year is taken from the date where none is printed.
std::vector<PaperNumber> NumbersOf(const Record& record);

// The number that is cited; the year is taken from the cited day where none is printed. No value for a mention without
// a number.
std::optional<PaperNumber> NumberOf(const Citation& citation);

}  // namespace diwan
