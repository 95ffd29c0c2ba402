// The fields that a question may name, with their names in English, Arabic and Persian: one table for the writer, the
// query language and the marks.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace diwan {

enum class SortOrder;  // in core/query.h, whose Query is not what the builder makes

enum class FieldKind {
  kText,    // words, in any form; between quotation marks, these words in this order
  kNumber,  // numbers in normal form; words where there is no number
  kDate,    // days: the record's date, and the dates in its pages' texts
  kExact,   // the whole value, folded
  // What is typed as a field and is none:
  kSpelling,  // words of the page, to the letter
  kSort,      // the order of the answer
};

// A row of the table. `prefix` is on disk: rows are added, prefixes never changed.
struct QueryField {
  std::string_view name;    // of the record's field; also what a reader types
  std::string_view others;  // what else a reader may type, by spaces; spelling is folded
  std::string_view prefix;
  FieldKind kind;
  bool in_page_words;  // its words are also words of the page
};

// The fields of records.
std::span<const QueryField> QueryFields();

// The row that a reader means by `typed`, or nullptr: a field of records, or kSpelling or kSort.
const QueryField* FindQueryField(std::string_view typed);

// A value of an exact field as its term has it: folded; for "language" the three-letter code of a language named in any
// usual way.
std::string ExactValue(const QueryField& field, std::string_view value);

// The order that a reader means by `typed` after `sort:`.
std::optional<SortOrder> SortNamed(std::string_view typed);

}  // namespace diwan
