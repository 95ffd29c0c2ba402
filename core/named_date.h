// Dates with a month's name, `١٢ مارس ٢٠١٩`, as core/written_date.h reads them from folded text. Any thread may call.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/number_chain.h"
#include "core/written_date.h"

namespace diwan {

// A day or a year at `at` in digits or in words: `الخامس عشر`, `ألفين وتسعة عشر`. Words count as two or four digits.
ChainNumber ReadNumberOrWords(std::u32string_view text, size_t at);

// A month's name at `at`, which may be given in two families: `آذار (مارس)`. The date has no year yet.
std::optional<WrittenDate> ReadMonthName(std::u32string_view text, size_t at);

// `date` with the year of four digits, or in words, that stands behind it past fillers.
std::optional<WrittenDate> WithYear(std::u32string_view text, WrittenDate date);

// `مارس ١٢، ٢٠١٩`, of which `month` is read.
std::optional<WrittenDate> ReadDayAndYear(std::u32string_view text, const WrittenDate& month);

// `١٢ مارس ٢٠١٩`, `٢٠١٩ مارس ١٢`, of which `first` is the number that begins it.
std::optional<WrittenDate> ReadNamedDate(std::u32string_view text, const ChainNumber& first);

// `ألفين وثمانية عشر وفي اليوم الثالث من شهر أفريل`, of which the year begins at `at`, behind its word.
std::optional<WrittenDate> ReadYearThenDay(std::u32string_view text, size_t at);

}  // namespace diwan
