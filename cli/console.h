// Where a command's results and messages go.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace diwan {

// Results go to `out`, messages to `err`. One thread. The streams must outlive it.
struct Console {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool color = false;  // on `out`
  size_t width = 100;  // cells of a line on a terminal

  // One line for a person, made safe to show.
  void Say(std::string_view line) const;
  // A result as it is; made safe to show when it goes to a terminal.
  void Print(std::string_view text) const;
  // The same, with a line end added when there is none.
  void PrintLine(std::string_view text) const;
};

// The console of this process: standard output and error, colours unless NO_COLOR is set or TERM is "dumb".
Console ProcessConsole(std::ostream& out, std::ostream& err);

// Rows of cells as aligned columns, two spaces between them. Cells are made safe and isolated; `numbers` names columns
// that are aligned to the right. The first row is a heading.
struct Table {
  std::vector<std::vector<std::string>> rows;
  std::vector<size_t> numbers;
};
std::string Format(const Table& table);

}  // namespace diwan
