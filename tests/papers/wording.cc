// Fills numbers into the wording of a page and takes its lines apart, before drawing.cc prints them.
#include "tests/papers/wording.h"

#include <fmt/format.h>

namespace diwan::papers {
namespace {

constexpr std::string_view kMarks = "=#~>*|^@+";
constexpr int kReadableStep = 41;  // pages have numbers that follow each other: a step of 1 would repeat them

std::string Replace(std::string text, std::string_view what, const std::string& with) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const size_t end = text.find(separator);
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Line MakeLine(std::string_view line) {
  Line made;
  if (kMarks.find(line.front()) != std::string_view::npos) {
    made.kind = line.front();
    line.remove_prefix(1);
  }
  made.cells = Split(line, '|');
  return made;
}

// "role: name | role: name" is printed as a line of roles above a line of names.
std::string SignatureText(const std::vector<std::string>& cells) {
  std::string roles, names;
  for (const std::string& cell : cells) {
    const size_t colon = cell.find(": ");
    roles += (roles.empty() ? "" : " ") + cell.substr(0, colon);
    names += (names.empty() ? "" : " ") + cell.substr(colon + 2);
  }
  return roles + "\n" + names;
}

}  // namespace

int SerialOf(const Paper& paper, int copy) { return paper.serial + copy; }

int ReadableOf(const PageText& page, int copy) { return page.readable == 0 ? 0 : page.readable + kReadableStep * copy; }

std::string InDigits(std::string_view text, Digits digits) {
  constexpr std::string_view kSets[] = {"٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"};
  std::string out;
  bool keep = digits == Digits::kLatin;
  for (const char c : text) {
    if (c == '`') {
      keep = !keep || digits == Digits::kLatin;
    } else if (c >= '0' && c <= '9' && !keep) {
      out += kSets[static_cast<size_t>(digits)].substr(static_cast<size_t>(c - '0') * 2, 2);
    } else {
      out += c;
    }
  }
  return out;
}

std::vector<Line> Word(const Paper& paper, const PageText& page, int copy) {
  std::string text = Replace(std::string(page.text), "{n}", std::to_string(SerialOf(paper, copy)));
  text = InDigits(Replace(text, "{r}", std::to_string(ReadableOf(page, copy))), paper.digits);
  std::vector<Line> lines;
  for (const std::string& line : Split(text, '\n')) {
    if (!line.empty()) lines.push_back(MakeLine(line));
  }
  if (copy > 0) lines.back().cells.back() += InDigits(fmt::format(" – نسخة {}", copy), paper.digits);
  return lines;
}

std::string TruthText(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    if (line.kind == '@') continue;
    text += line.kind == '^' ? SignatureText(line.cells) : fmt::format("{}", fmt::join(line.cells, " "));
    text += '\n';
  }
  return text;
}

std::string TitleOf(const std::vector<Line>& lines) {
  std::string title;
  for (const Line& line : lines) {
    if (line.kind == '#') title += (title.empty() ? "" : " ") + line.cells.front();
  }
  return title;
}

}  // namespace diwan::papers
