// Right-to-left text is isolated piece by piece, so that ranks, numbers and Latin words stay where they are.
#include "cli/results.h"

#include <fmt/format.h>

#include "cli/display.h"

namespace diwan {
namespace {

constexpr std::string_view kBold = "\033[1m";
constexpr std::string_view kPlain = "\033[0m";

bool IsSet(const Json& json, const char* key) {
  const auto at = json.find(key);
  return at != json.end() && at->is_boolean() && at->get<bool>();
}

std::string Shown(const std::string& text) { return Isolate(CleanLine(text)); }

// A line with its marked words bold, or between « and » without colours.
std::string SnippetLine(const Json& result, bool color) {
  std::string marked;
  std::string bare;
  for (const Json& part : ListOf(result, "snippet")) {
    const std::string text = CleanLine(TextOf(part, "text"));
    const bool mark = IsSet(part, "marked");
    bare += text;
    marked += mark ? fmt::format("{}{}{}", color ? kBold : "«", text, color ? kPlain : "»") : text;
  }
  // The isolate is put around what is shown, but told from the text without escape sequences.
  return Isolate(bare) == bare ? marked : "\u2068" + marked + "\u2069";
}

std::string Heading(const Json& result) {
  std::string line;
  for (const std::string& part :
       {TextOf(result, "type"), TextOf(result, "number"), DateText(result), TextOf(result, "title")}) {
    if (!part.empty()) line += (line.empty() ? "" : "  ") + Shown(part);
  }
  if (!line.empty()) return line;
  const std::string file = TextOf(result, "file_name");
  return file.empty() ? "(no title)" : Shown(file);
}

std::string Place(const Json& result) {
  std::string line = fmt::format("{} page {}", CleanLine(TextOf(result, "record")), NumberOf(result, "page"));
  const uint64_t more = NumberOf(result, "more_pages");
  if (more > 0) line += fmt::format(", {}", Count(more, "more page", "more pages"));
  if (const std::string external = TextOf(result, "external_id"); !external.empty()) line += "  " + Shown(external);
  if (IsSet(result, "guess")) line += "  (by guess)";
  return line;
}

// "number 62.5 %": what of the heading nobody confirmed, and how sure it is.
std::string UnconfirmedLine(const Json& result) {
  const auto values = result.find("unconfirmed");
  std::string line;
  if (values == result.end() || !values->is_object()) return line;
  for (const auto& item : values->items()) {
    line +=
        fmt::format("{}{} {} %", line.empty() ? "" : ", ", CleanLine(item.key()), TextOf(*values, item.key().c_str()));
  }
  return line;
}

std::string MatchedLine(const Json& result) {
  std::string line;
  for (const Json& term : ListOf(result, "matched")) {
    if (term.is_string()) line += (line.empty() ? "" : ", ") + Shown(term.get<std::string>());
  }
  return line;
}

void AddExplainedWord(const Json& word, Table& table) {
  const std::string typed = TextOf(word, "typed");
  const std::string folded = TextOf(word, "folded");
  const Json& terms = ListOf(word, "terms");
  if (terms.empty()) table.rows.push_back({typed, folded, IsSet(word, "stop") ? "stop word" : "", "", "", ""});
  for (const Json& term : terms) {
    const bool first = &term == &terms.front();
    std::string kind = TextOf(term, "kind");
    if (const std::string language = TextOf(term, "language"); !language.empty()) kind += " " + language;
    table.rows.push_back({first ? typed : "", first ? folded : "", kind, TextOf(term, "text"), TextOf(term, "pages"),
                          TextOf(term, "weight")});
  }
}

// How the question was understood. Nothing when the answer does not tell.
void PrintExplanation(const Console& console, const Json& answer) {
  const auto explain = answer.find("explain");
  if (explain == answer.end() || !explain->is_object()) return;
  console.out << "understood as: " << Shown(TextOf(*explain, "parsed")) << '\n';
  Table table{{{"WORD", "FOLDED", "LOOKED UP AS", "TERM", "PAGES", "WEIGHT"}}, {4, 5}};
  for (const Json& word : ListOf(*explain, "words")) AddExplainedWord(word, table);
  if (table.rows.size() > 1) console.out << Format(table);
  console.out << '\n';
}

void PrintFacets(const Console& console, const Json& answer) {
  const auto facets = answer.find("facets");
  if (facets == answer.end() || !facets->is_object()) return;
  Table table{{{"FIELD", "VALUE", "RECORDS"}}, {2}};
  for (const auto& [field, values] : facets->items()) {
    for (const Json& value : values) {
      const bool first = &value == &values.front();
      table.rows.push_back({first ? field : "", TextOf(value, "value"), TextOf(value, "count")});
    }
  }
  if (table.rows.size() > 1) console.out << Format(table);
}

}  // namespace

void PrintResult(const Console& console, const Json& result, uint64_t rank) {
  const std::string heading = Heading(result);
  console.out << fmt::format("{:>3}  {}{}{}\n", rank, console.color ? kBold : "", heading, console.color ? kPlain : "");
  console.out << "     " << Place(result) << '\n';
  if (const std::string snippet = SnippetLine(result, console.color); !snippet.empty()) {
    console.out << "     " << snippet << '\n';
  }
  if (const std::string unconfirmed = UnconfirmedLine(result); !unconfirmed.empty()) {
    console.out << "     proposed: " << unconfirmed << '\n';
  }
  if (const std::string matched = MatchedLine(result); !matched.empty()) {
    console.out << "     matched: " << matched << '\n';
  }
  console.out << '\n';
}

void PrintAnswer(const Console& console, const Json& answer, uint64_t offset) {
  PrintExplanation(console, answer);
  const Json& results = ListOf(answer, "results");
  uint64_t rank = offset;
  for (const Json& result : results) PrintResult(console, result, ++rank);
  const uint64_t total = NumberOf(answer, "total");
  std::string line = total == 0 ? "no record found" : Count(total, "record", "records") + " found";
  if (!results.empty() && results.size() < total) line += fmt::format(", {} to {} shown", offset + 1, rank);
  console.PrintLine(fmt::format("{} ({} searched)", line, Count(NumberOf(answer, "pages_searched"), "page", "pages")));
  PrintFacets(console, answer);
  if (const std::string suggestion = TextOf(answer, "suggestion"); !suggestion.empty()) {
    console.out << "did you mean: " << Shown(suggestion) << '\n';
  }
  const uint64_t without = NumberOf(answer, "pages_without_text");
  if (without > 0) {
    console.Say(fmt::format("{} no text and can't be found by words",
                            Count(without, "page of the archive has", "pages of the archive have")));
  }
  for (const Json& note : ListOf(answer, "notes")) {
    if (note.is_string()) console.Say(fmt::format("note: {}", note.get<std::string>()));
  }
}

}  // namespace diwan
