// A manifest is believed as a whole or not at all: every row is looked at before the first file is taken.
#include "archive/manifest.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "archive/csv.h"
#include "archive/lines.h"
#include "core/error.h"
#include "core/fold.h"
#include "index/query_fields.h"

namespace diwan {
namespace {

constexpr size_t kMaxShown = 60;  // code points of a value in a message

std::string Shown(std::string_view value) {
  std::u32string text = FromUtf8(value.substr(0, 4 * kMaxShown));
  if (text.size() > kMaxShown) text.replace(kMaxShown, std::u32string::npos, U"…");
  return ToUtf8(text);
}

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool IsUtf16(std::string_view heading) {
  return heading.starts_with("\xFF\xFE") || heading.starts_with("\xFE\xFF") ||
         heading.find('\0') != std::string_view::npos;
}

// The name of the field, or "file", that a heading means; "" for none.
std::string_view ColumnNamed(std::string_view heading) {
  constexpr std::array<std::string_view, 6> kFileNames = {"file", "filename", "الملف", "اسم الملف", "فایل", "نام فایل"};
  constexpr std::array<std::string_view, 3> kAccessNames = {"access", "السرية", "دسترسی"};
  while (IsBlank(heading.substr(0, 1)) && !heading.empty()) heading.remove_prefix(1);
  while (!heading.empty() && IsBlank(heading.substr(heading.size() - 1))) heading.remove_suffix(1);
  const std::string folded = FoldToUtf8(heading);
  for (const std::string_view name : kFileNames) {
    if (folded == FoldToUtf8(name)) return "file";
  }
  for (const std::string_view name : kAccessNames) {
    if (folded == FoldToUtf8(name)) return "access";
  }
  const QueryField* field = FindQueryField(folded);
  if (field == nullptr) return "";
  if (field->name == "external_id") return field->name;
  const auto known = std::ranges::find(KnownFieldNames(), field->name);
  return known == KnownFieldNames().end() ? "" : *known;
}

class Reading {
 public:
  Reading(std::istream& in, std::string_view language) : in_(in), language_(language) {}

  void ReadCsv() {
    CsvReader csv(in_);
    try {
      std::vector<std::string> cells;
      if (!csv.Next(cells)) return Fail(1, "has no heading");
      if (!TakeHeading(csv.line(), cells)) return;
      while (csv.Next(cells)) TakeCells(csv.line(), cells);
    } catch (const Error& e) {
      if (e.code() != ErrorCode::kInvalid) throw;
      Fail(csv.line(), e.what());
    }
  }

  void ReadJsonLines() {
    std::string line;
    bool too_long = false;
    for (uint64_t number = 1; ReadLine(in_, kMaxCsvRow, line, too_long); ++number) {
      if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      try {
        if (too_long) throw Error(ErrorCode::kInvalid, fmt::format("is longer than {} bytes", kMaxCsvRow));
        if (!IsBlank(line)) Add(number, ReadStrictDescription(line, language_));
      } catch (const Error& e) {
        if (e.code() != ErrorCode::kInvalid) throw;
        Fail(number, e.what());
      }
    }
  }

  Manifest manifest;

 private:
  void Fail(uint64_t line, std::string reason) {
    ++manifest.problem_count;
    if (manifest.problems.size() >= kMaxManifestProblemsTold) return;
    manifest.problems.push_back({.line = line, .reason = std::move(reason)});
  }

  // False when the rows can't be read without it.
  bool TakeHeading(uint64_t line, std::vector<std::string> cells) {
    while (!cells.empty() && IsBlank(cells.back())) cells.pop_back();
    if (cells.size() > kMaxManifestColumns) {
      Fail(line, fmt::format("has more than {} columns", kMaxManifestColumns));
      return false;
    }
    const uint64_t before = manifest.problem_count;
    if (!cells.empty() && IsUtf16(cells.front())) {
      Fail(line, "is in UTF-16; save the list as \"CSV UTF-8\"");
      return false;
    }
    for (const std::string& cell : cells) {
      columns_.push_back(ColumnNamed(cell));
      if (columns_.back().empty()) Fail(line, fmt::format("\"{}\" is no column that is known", Shown(cell)));
    }
    for (const std::string_view once : std::set<std::string_view>(columns_.begin(), columns_.end())) {
      const bool twice = std::ranges::count(columns_, once) > 1 && !once.empty() && !HasSeveralValues(once);
      if (twice) Fail(line, fmt::format("has the column {} twice, and a record has one; leave one out", once));
    }
    if (std::ranges::count(columns_, "file") == 0) Fail(line, "has no column \"file\"");
    return manifest.problem_count == before;
  }

  void TakeCells(uint64_t line, std::vector<std::string>& cells) {
    while (cells.size() > columns_.size() && IsBlank(cells.back())) cells.pop_back();
    if (cells.size() != columns_.size()) {
      return Fail(line, fmt::format("has {} cells, and the heading has {}", cells.size(), columns_.size()));
    }
    std::string_view language = language_;
    for (size_t i = 0; i < cells.size(); ++i) {
      cells[i] = IsBlank(cells[i]) ? "" : BareCell(std::move(cells[i]));
      if (columns_[i] == "language" && !cells[i].empty()) language = cells[i];
    }
    Description description;
    const uint64_t before = manifest.problem_count;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i].empty()) TakeCell(line, columns_[i], cells[i], language == "fas", description);
    }
    if (const std::string why = WhyTwoYears(description.fields); !why.empty()) Fail(line, fmt::format("year {}", why));
    AddYearOfNumber(description.fields);
    const bool good = manifest.problem_count == before;
    if (good || !description.file.empty()) Add(line, std::move(description));
  }

  void TakeCell(uint64_t line, std::string_view column, const std::string& cell, bool persian,
                Description& description) {
    const std::string why = WhyImpossible(column, cell, persian);
    if (!why.empty()) return Fail(line, fmt::format("{} {}: {}", column, why, Shown(cell)));
    if (column == "file") {
      description.file = cell;
    } else if (column == "external_id") {
      description.external_id = cell;
    } else if (column == "access") {
      description.access = AccessLevelNamed(cell);
    } else {
      description.fields.push_back(GivenField(column, cell, persian));
    }
  }

  void Add(uint64_t line, Description description) {
    if (description.file.empty()) return Fail(line, "names no file");
    NoteOnce(line, "file", description.file, files_);
    if (!description.external_id.empty()) NoteOnce(line, "external_id", description.external_id, external_ids_);
    manifest.rows.push_back({.line = line, .description = std::move(description)});
  }

  void NoteOnce(uint64_t line, std::string_view column, const std::string& value,
                std::map<std::string, uint64_t>& seen) {
    const auto [first, is_new] = seen.emplace(value, line);
    if (!is_new) Fail(line, fmt::format("{} is that of line {} too: {}", column, first->second, Shown(value)));
  }

  std::istream& in_;
  const std::string_view language_;
  std::vector<std::string_view> columns_;
  std::map<std::string, uint64_t> files_, external_ids_;  // with the line that has them
};

}  // namespace

Manifest ReadManifest(std::istream& in, ManifestForm form, std::string_view language) {
  Reading reading(in, language);
  if (form == ManifestForm::kCsv) {
    reading.ReadCsv();
  } else {
    reading.ReadJsonLines();
  }
  if (in.bad()) throw Error(ErrorCode::kUnavailable, "the manifest could not be read to its end");
  return std::move(reading.manifest);
}

}  // namespace diwan
