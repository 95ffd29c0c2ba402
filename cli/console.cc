// Terminal or pipe, colours or not, columns: what every command needs to print an answer.
#include "cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "cli/display.h"

namespace diwan {
namespace {

bool WantsColor() {
  const char* const no_color = std::getenv("NO_COLOR");
  const char* const term = std::getenv("TERM");
  return (no_color == nullptr || *no_color == '\0') && (term == nullptr || std::string_view(term) != "dumb");
}

size_t TerminalWidth() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0) return 100;
  if (size.ws_col == 0) return 80;  // a terminal that does not know
  return std::clamp<size_t>(size.ws_col, 40, 120);
}

}  // namespace

void Console::Say(std::string_view line) const { err << CleanLine(line) << '\n' << std::flush; }

void Console::Print(std::string_view text) const {
  if (out_is_terminal) {
    out << CleanText(text);
  } else {
    out << text;
  }
}

void Console::PrintLine(std::string_view text) const {
  Print(text);
  if (!text.ends_with('\n')) out << '\n';
}

Console ProcessConsole(std::ostream& out, std::ostream& err) {
  Console console{.out = out, .err = err};
  console.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  console.err_is_terminal = isatty(STDERR_FILENO) == 1;
  console.color = console.out_is_terminal && WantsColor();
  console.width = TerminalWidth();
  return console;
}

std::string Format(const Table& table) {
  std::vector<size_t> widths;
  for (const auto& row : table.rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(CleanLine(row[i])));
  }
  std::string text;
  for (const auto& row : table.rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string cell = CleanLine(row[i]);
      const std::string padding(widths[i] - DisplayWidth(cell), ' ');
      const bool right = std::find(table.numbers.begin(), table.numbers.end(), i) != table.numbers.end();
      line += (i == 0 ? "" : "  ") + (right ? padding + Isolate(cell) : Isolate(cell) + padding);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  return text;
}

}  // namespace diwan
