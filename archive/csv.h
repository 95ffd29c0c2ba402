// Comma-separated values as RFC 4180 and Excel write them. Cells are bytes: what they may be is the caller's to say.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace diwan {

inline constexpr size_t kMaxCsvRow = 1U << 20;  // bytes

// Reads rows. The separator is the first of `,` `;` and tab that stands outside of quotes in the first row, or the one
// that a line `sep=;` before it names. A byte order mark is passed over; lines end with LF, CR LF or CR. One thread.
class CsvReader {
 public:
  // `in` must outlive this.
  explicit CsvReader(std::istream& in);

  // Reads the next row that has anything in it; false at the end. Throws kInvalid for a row that can't be taken apart:
  // broken quotes, or one longer than kMaxCsvRow. After broken quotes nothing behind them can be trusted.
  bool Next(std::vector<std::string>& cells);

  // Where the row that was read last, or that failed, begins; from 1.
  uint64_t line() const { return row_line_; }

 private:
  bool ReadRow();
  bool TakeSeparatorLine();
  void Split(std::vector<std::string>& cells) const;

  std::istream& in_;
  std::string row_;  // as it stands there, without its line end
  uint64_t row_line_ = 0;
  uint64_t next_line_ = 1;
  char separator_ = 0;  // 0: not known yet
};

// A row as RFC 4180 writes it, with its CR LF: cells with separators, quotes, line ends or white space at an end of
// them stand between quotes.
std::string CsvRow(const std::vector<std::string>& cells);

// A cell that begins with = + - @, tab or a line end is a formula, or part of one, to spreadsheet programs. It is
// written with an apostrophe before it; and as BareCell takes one apostrophe away before such a beginning, a cell that
// has apostrophes there by itself gets one more. BareCell(GuardedCell(x)) is x for every x.
std::string GuardedCell(std::string cell);
std::string BareCell(std::string cell);

}  // namespace diwan
