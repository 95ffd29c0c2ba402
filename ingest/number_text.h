// From what is printed to what is written: labels as texts in logical order, and what such a text can mean.
// Pure functions; any thread may call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diwan {

// Whether a label is a number and nothing else: digits of one set, with marks.
bool IsNumber(std::u32string_view label);

// The text (UTF-8) in logical order of a label that IsNumber. `language` ("ara" or "fas") decides which of ٤ and ۴ is
// written. What is printed left of the digits follows them. `/` between numbers keeps their order in print; `-` in a
// right-to-left text turns it round, and where a year tells the order that is certain, the year decides. Persian and
// Latin numbers that stand `alone`, as in a table's cell, are not turned (UAX 9: no letter before them makes them
// Arabic).
std::string NumberText(std::u32string_view label, std::string_view language, bool alone = false);

// The same with the parts between `-` in the other order; "" when there is nothing to be turned.
std::string TurnedNumberText(std::u32string_view label, std::string_view language, bool alone = false);

// Whether the order of the parts between `-` is certain, as a year at one end makes it. Else print can't tell ٤٥-١١٤
// from ١١٤-٤٥: it depends on what the writer's program took for the text's direction, in a table's cell above all.
bool OrderIsTold(std::u32string_view label, std::string_view language);

// A text as digits 0-9 and ASCII separators alone, for comparing: "(١٢/٢٠١٩)" gives "12/2019"; "" when letters other
// than هـ, ه and م stand in it or no digits do.
std::string BareNumber(std::string_view text);

// A text with Latin digits as the Latin letters that look like them: what a model without Latin letters makes of GIS is
// 615.
std::string LettersForDigits(std::string_view text);

// What the word before a number makes of it.
enum class NumberExpected { kNothing, kNumber, kYear };
// After رقم, المادة, بتاريخ, شماره, مورخ and their like, with و, ب, ل, ال and the like before them: kNumber; after
// لسنة, سال: kYear.
NumberExpected ExpectedAfter(std::string_view word);

// How much more often than other strings of its length a BareNumber stands in council papers: above 1 for a date,
// n/yyyy, a year where one is expected, below 1 for what looks like one and can't be.
double Plausibility(std::string_view bare, NumberExpected expected);

// Whether a number that was read is whole, not cut off at a slash, and a date that some calendar may have where it
// looks like one.
bool IsPossible(std::string_view text);

// The same of the هـ and م in a label that IsNumber: they stand at a date or at a year of their calendar.
double MarkPlausibility(std::u32string_view label);

}  // namespace diwan
