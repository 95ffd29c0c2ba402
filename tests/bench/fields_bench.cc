// diwan-fields-bench FOLDER [misses]: precision and recall of the fields and citations that are read from annotated
// texts (FOLDER/*.txt; README.md there tells their form and meaning), clean and with letters and digits read wrong.
// Files named *-aside are those whose misses nobody has looked at; those named *-noisy are written as bad copies read,
// and count as such alone.
#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/error.h"
#include "core/fold.h"
#include "ingest/fields.h"

namespace diwan {
namespace {

struct Annotated {
  std::string name;
  std::string language;
  bool aside = false;
  bool noisy = false;
  std::string text;
  std::multiset<std::string> values;             // "NAME VALUE"
  std::map<std::string, std::string> relations;  // by citation
};

struct Count {
  int found = 0;
  int wanted = 0;
  int right = 0;
};
using Counts = std::map<std::string, Count>;  // by field

constexpr std::string_view kRows[] = {"number",     "year",      "date",         "citation", "relation",
                                      "type",       "session",   "session_date", "case",     "body",
                                      "court",      "chamber",   "department",   "title",    "claimant",
                                      "respondent", "signatory", "place",        "parcel",   "money"};

// Words in one spelling with single spaces.
std::string Plain(const std::string& value) {
  std::istringstream words(FoldToUtf8(value));
  std::string out;
  for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

// "1440-03-12h" as the ISO day; other values as they are.
std::string Day(const std::string& value) {
  const char mark = value.empty() ? ' ' : value.back();
  if (mark != 'h' && mark != 'j') return value;
  const Calendar calendar = mark == 'h' ? Calendar::kHijri : Calendar::kJalali;
  const auto days =
      DaysOf(calendar, std::stoi(value.substr(0, 4)), std::stoi(value.substr(5, 2)), std::stoi(value.substr(8, 2)));
  if (!days) throw Error(ErrorCode::kInvalid, "no such day: " + value);
  return FormatDay(days->first + (days->last - days->first) / 2);
}

void TakeAnnotation(const std::string& line, Annotated& text) {
  const size_t space = line.find(' ');
  const std::string name = line.substr(0, space);
  const std::string value = line.substr(space + 1);
  if (name == "cite") {
    const size_t last = value.rfind(' ');
    text.values.insert("citation " + value.substr(0, last));
    text.relations[value.substr(0, last)] = value.substr(last + 1);
  } else {
    text.values.insert(name + " " + Plain(name == "date" || name == "session_date" ? Day(value) : value));
  }
}

std::vector<Annotated> ReadTexts(const std::filesystem::path& file) {
  std::ifstream in(file);
  const std::string stem = file.stem().string();
  std::vector<Annotated> out;
  bool below = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("=== ")) {
      out.push_back({.name = line.substr(4),
                     .aside = stem.find("aside") != std::string::npos,
                     .noisy = stem.find("noisy") != std::string::npos});
      out.back().language = stem.starts_with("persian") ? "fas" : "ara";
      below = false;
    } else if (line == "---") {
      below = true;
    } else if (!out.empty() && below && !line.empty()) {
      TakeAnnotation(line, out.back());
    } else if (!out.empty()) {
      out.back().text += line + "\n";
    }
  }
  return out;
}

// Reads as a bad copy would: of a hundred letters three become one of like shape, of a hundred digits one another. The
// name of a text decides which.
struct NoisyText {
  std::string text;
  std::vector<ReadStretch> doubtful;  // the words in which a letter was changed
};

// The words of `noisy` with other letters than `clean`, which has as many.
std::vector<ReadStretch> ChangedWords(const std::u32string& clean, const std::u32string& noisy) {
  constexpr float kDoubt = 0.5F;
  const auto parts = [](char32_t c) { return c == U' ' || c == U'\n'; };
  std::vector<ReadStretch> out;
  size_t byte = 0;
  for (size_t at = 0; at < noisy.size();) {
    size_t end = at + 1;
    while (end < noisy.size() && !parts(noisy[end])) ++end;
    const size_t bytes = ToUtf8(noisy.substr(at, end - at)).size();
    const bool changed = clean.compare(at, end - at, noisy, at, end - at) != 0;
    if (changed) out.push_back({.begin = byte, .end = byte + bytes, .confidence = kDoubt});
    byte += bytes;
    at = end;
  }
  return out;
}

NoisyText Noisy(const std::string& text, const std::string& name) {
  constexpr std::u32string_view kShapes[] = {U"بتثني", U"جحخ", U"دذ", U"رز", U"سش", U"صض",
                                             U"طظ",    U"عغ",  U"فق", U"ةه", U"ىي", U"كگک"};
  uint64_t state = 14695981039346656037ULL;
  for (const char c : name) state = (state ^ static_cast<uint8_t>(c)) * 1099511628211ULL;
  const auto next = [&](uint64_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33U) % below;
  };
  const std::u32string clean = FromUtf8(text);
  std::u32string letters = clean;
  for (char32_t& c : letters) {
    constexpr uint64_t kPercent = 100;
    const bool digit = (c >= U'٠' && c <= U'٩') || (c >= U'۰' && c <= U'۹');
    const uint64_t roll = next(kPercent);
    if (digit && roll == 0) c = (c & ~0xFU) + static_cast<char32_t>(next(10));
    if (digit || roll >= 3) continue;
    for (const std::u32string_view shape : kShapes) {
      if (shape.find(c) != std::u32string_view::npos) c = shape[next(shape.size())];
    }
  }
  return {.text = ToUtf8(letters), .doubtful = ChangedWords(clean, letters)};
}

std::string CitationKey(const FoundCitation& citation) {
  std::string out = std::string(NameOf(citation.kind)) + " " + (citation.number.empty() ? "-" : citation.number);
  // The year of a day that is printed is no part of the number.
  if (!citation.year.empty()) out += "/" + citation.year;
  if (!citation.article.empty()) out += " article " + citation.article;
  return out;
}

// What was read of a text: values, and the relations of its citations.
Annotated Read(const Annotated& wanted, const std::string& text) {
  const TextReading reading = ReadTextFields({{.text = text}}, wanted.language);
  Annotated out;
  for (const FoundField& field : reading.fields) out.values.insert(field.name + " " + Plain(field.value));
  for (const FoundCitation& citation : reading.citations) {
    out.values.insert("citation " + CitationKey(citation));
    out.relations[CitationKey(citation)] = NameOf(citation.relation);
  }
  return out;
}

// Numbers, years, dates and citations that are wrong though 70 of 100 or more are given to them, where recognition told
// which words it doubts.
int SureAndWrong(const Annotated& wanted, const NoisyText& noisy, bool tell) {
  constexpr float kSure = 0.7F;
  constexpr std::string_view kWatched[] = {"number", "year", "date"};
  const TextReading reading = ReadTextFields({{.text = noisy.text, .stretches = &noisy.doubtful}}, wanted.language);
  int wrong = 0;
  const auto count = [&](const std::string& value, float confidence) {
    if (confidence < kSure || wanted.values.contains(value)) return;
    ++wrong;
    if (tell) fmt::print("{} ! {}\n", wanted.name, value);
  };
  for (const FoundField& field : reading.fields) {
    if (std::ranges::find(kWatched, field.name) == std::end(kWatched)) continue;
    count(field.name + " " + Plain(field.value), field.confidence);
  }
  for (const FoundCitation& citation : reading.citations) {
    count("citation " + CitationKey(citation), citation.confidence);
  }
  return wrong;
}

std::string RowOf(const std::string& value) { return value.substr(0, value.find(' ')); }

void Compare(const Annotated& wanted, const Annotated& found, Counts& counts, bool misses) {
  for (const std::string& value : wanted.values) ++counts[RowOf(value)].wanted;
  for (const std::string& value : found.values) ++counts[RowOf(value)].found;
  std::vector<std::string> both;
  std::ranges::set_intersection(wanted.values, found.values, std::back_inserter(both));
  for (const std::string& value : both) ++counts[RowOf(value)].right;
  for (const auto& [citation, relation] : wanted.relations) {
    const auto read = found.relations.find(citation);
    if (read == found.relations.end()) continue;
    Count& count = counts["relation"];
    ++count.wanted;
    ++count.found;
    count.right += read->second == relation ? 1 : 0;
    if (misses && read->second != relation)
      fmt::print("{} ~ {}: {}, not {}\n", wanted.name, citation, read->second, relation);
  }
  std::vector<std::string> missed;
  std::vector<std::string> wrong;
  std::ranges::set_difference(wanted.values, found.values, std::back_inserter(missed));
  std::ranges::set_difference(found.values, wanted.values, std::back_inserter(wrong));
  if (!misses) return;
  for (const std::string& value : missed) fmt::print("{} - {}\n", wanted.name, value);
  for (const std::string& value : wrong) fmt::print("{} + {}\n", wanted.name, value);
}

std::string Share(int part, int whole) { return whole == 0 ? "    -" : fmt::format("{:5.3f}", double(part) / whole); }

struct Table {
  int texts = 0;
  Counts clean;
  Counts noisy;
  int sure_and_wrong = 0;  // of noisy ones
};

void PrintTable(const std::string& title, const Table& table) {
  const int texts = table.texts;
  Counts clean = table.clean;
  Counts noisy = table.noisy;
  fmt::print("\n{}, {} texts\n{:14} {:>6}  {:>15}  {:>15}\n{:14} {:>6}  {:>15}  {:>15}\n", title, texts, "", "",
             "clean", "noisy", "", "values", "prec.  recall", "prec.  recall");
  for (const std::string_view row : kRows) {
    const Count& c = clean[std::string(row)];
    const Count& n = noisy[std::string(row)];
    if (c.wanted + c.found == 0) continue;
    fmt::print("{:14} {:6}   {}  {}    {}  {}\n", row, c.wanted, Share(c.right, c.found), Share(c.right, c.wanted),
               Share(n.right, n.found), Share(n.right, n.wanted));
  }
  fmt::print("noisy, words told that recognition doubts: {} numbers, years, dates and citations wrong and sure\n",
             table.sure_and_wrong);
}

void Measure(const Annotated& text, Table& table, bool misses) {
  ++table.texts;
  const bool tell = misses && !text.aside;
  if (!text.noisy) Compare(text, Read(text, text.text), table.clean, tell);
  const NoisyText noisy = text.noisy ? NoisyText{.text = text.text} : Noisy(text.text, text.name);
  Compare(text, Read(text, noisy.text), table.noisy, tell && text.noisy);
  if (!text.noisy) table.sure_and_wrong += SureAndWrong(text, noisy, tell);
}

// CPU time of the citations of 1 MB, made of the texts of a language again and again.
void PrintCost(const std::string& language, const std::string& texts) {
  constexpr size_t kSize = 1'000'000;
  std::string text;
  while (text.size() < kSize) text += texts;
  text.resize(kSize);
  const std::clock_t begin = std::clock();
  const size_t found = FindCitations(text, language).size();
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  fmt::print("\n{} citations in 1 MB ({}): {:.2f} s of CPU\n", found, language, seconds);
}

int Run(const std::filesystem::path& folder, bool misses) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::map<std::string, Table> tables;
  std::map<std::string, std::string> all;  // by language
  for (const auto& file : files) {
    for (const Annotated& text : ReadTexts(file)) {
      Table& table =
          tables[(text.language == "fas" ? "Persian" : "Arabic") + std::string(text.aside ? ", kept aside" : "")];
      Measure(text, table, misses);
      all[text.language] += text.text + "\n";
    }
  }
  for (const auto& [title, table] : tables) PrintTable(title, table);
  for (const auto& [language, texts] : all) PrintCost(language, texts);
  return 0;
}

}  // namespace
}  // namespace diwan

int main(int argc, char** argv) {
  try {
    if (argc >= 2) return diwan::Run(argv[1], argc > 2);
    fmt::print(stderr, "diwan-fields-bench FOLDER [misses]\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
  }
  return 2;
}
