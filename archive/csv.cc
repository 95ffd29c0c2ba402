// Rows of cells, out of bytes that somebody's spreadsheet program wrote, and into bytes that it will read.
#include "archive/csv.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/error.h"

namespace diwan {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSeparators = ",;\t";
constexpr std::string_view kFormulaBegins = "=+-@\t\r\n";

char SeparatorOf(std::string_view row) {
  bool quoted = false;
  for (const char c : row) {
    if (c == '"') quoted = !quoted;
    if (!quoted && kSeparators.find(c) != std::string_view::npos) return c;
  }
  return ',';
}

[[noreturn]] void Broken(const char* why) { throw Error(ErrorCode::kInvalid, why); }

// Takes a quoted cell off the beginning of `row`.
std::string TakeQuoted(std::string_view& row) {
  std::string cell;
  row.remove_prefix(1);
  for (;;) {
    const size_t quote = row.find('"');
    if (quote == std::string_view::npos) Broken("has a quotation mark that opens a cell and none that closes it");
    cell += row.substr(0, quote);
    row.remove_prefix(quote + 1);
    if (!row.starts_with('"')) return cell;
    cell += '"';
    row.remove_prefix(1);
  }
}

// Where a formula would begin behind apostrophes; npos where there is none.
size_t FormulaPlace(std::string_view cell) {
  const size_t at = cell.find_first_not_of('\'');
  return at != std::string_view::npos && kFormulaBegins.find(cell[at]) != std::string_view::npos
             ? at
             : std::string_view::npos;
}

}  // namespace

CsvReader::CsvReader(std::istream& in) : in_(in) {}

bool CsvReader::Next(std::vector<std::string>& cells) {
  cells.clear();
  do {
    if (!ReadRow()) return false;
    if (separator_ == 0 && TakeSeparatorLine()) continue;
    if (separator_ == 0) separator_ = SeparatorOf(row_);
    Split(cells);
  } while (std::ranges::all_of(cells, &std::string::empty));
  return true;
}

// A line end inside of quotes belongs to the row.
bool CsvReader::ReadRow() {
  row_.clear();
  row_line_ = next_line_;
  bool quoted = false;
  for (char byte = 0; in_.get(byte);) {
    const bool lone_return = byte == '\r' && in_.peek() != '\n';
    if (byte == '\n' || lone_return) ++next_line_;
    if (!quoted && (byte == '\n' || lone_return)) return true;
    if (!quoted && byte == '\r') continue;  // of CR LF
    if (byte == '"') quoted = !quoted;
    row_ += byte;
    if (row_line_ == 1 && row_ == kByteOrderMark) row_.clear();
    if (row_.size() > kMaxCsvRow) Broken("is too long a row; does a quotation mark lack its other one?");
  }
  return !row_.empty();
}

bool CsvReader::TakeSeparatorLine() {
  constexpr std::string_view kWord = "sep=";
  if (row_.size() != kWord.size() + 1 || !row_.starts_with(kWord)) return false;
  if (kSeparators.find(row_.back()) == std::string_view::npos) return false;
  separator_ = row_.back();
  return true;
}

void CsvReader::Split(std::vector<std::string>& cells) const {
  cells.clear();
  std::string_view row = row_;
  for (;;) {
    if (row.starts_with('"')) {
      cells.push_back(TakeQuoted(row));
      if (!row.empty() && row.front() != separator_) Broken("goes on behind a quotation mark that closes a cell");
    } else {
      cells.emplace_back(row.substr(0, row.find(separator_)));
      if (cells.back().find('"') != std::string::npos) {
        Broken("has a quotation mark in a cell that does not begin with one");
      }
      row.remove_prefix(cells.back().size());
    }
    if (row.empty()) return;
    row.remove_prefix(1);
  }
}

std::string CsvRow(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) row += ',';
    const bool bare =
        cell.find_first_of(",;\t\"\r\n") == std::string::npos && !cell.starts_with(' ') && !cell.ends_with(' ');
    if (bare) {
      row += cell;
      continue;
    }
    row += '"';
    for (const char c : cell) row.append(c == '"' ? 2 : 1, c);
    row += '"';
  }
  return row + "\r\n";
}

std::string GuardedCell(std::string cell) {
  if (FormulaPlace(cell) != std::string::npos) cell.insert(cell.begin(), '\'');
  return cell;
}

std::string BareCell(std::string cell) {
  const size_t at = FormulaPlace(cell);
  if (at != std::string::npos && at > 0) cell.erase(cell.begin());
  return cell;
}

}  // namespace diwan
