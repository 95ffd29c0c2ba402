// `diwan search`: a question and its answer as a list that reads well on a terminal, or many questions from a file and
// their answers as a TREC run.
#include <fmt/format.h>

#include <cstdlib>
#include <istream>
#include <set>

#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/display.h"
#include "cli/exit_status.h"
#include "cli/files.h"
#include "cli/open.h"
#include "cli/search_run.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr std::string_view kBold = "\033[1m";
constexpr std::string_view kPlain = "\033[0m";

// A line with its marked words bold, or between « and » without colours.
std::string SnippetLine(const Json& result, bool color) {
  std::string marked;
  std::string bare;
  for (const Json& part : ListOf(result, "snippet")) {
    const std::string text = CleanLine(TextOf(part, "text"));
    const bool mark = part.value("marked", false);
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
    if (!part.empty()) line += (line.empty() ? "" : "  ") + Isolate(CleanLine(part));
  }
  if (!line.empty()) return line;
  const std::string file = CleanLine(TextOf(result, "file_name"));
  return file.empty() ? "(no title)" : Isolate(file);
}

void PrintResult(const Console& console, const Json& result, uint64_t rank) {
  const std::string external = TextOf(result, "external_id");
  const std::string heading = Heading(result);
  console.out << fmt::format("{:>3}  {}{}{}\n", rank, console.color ? kBold : "", heading, console.color ? kPlain : "");
  console.out << fmt::format("     {} page {}{}\n", CleanLine(TextOf(result, "record")), NumberOf(result, "page"),
                             external.empty() ? "" : "  " + Isolate(CleanLine(external)));
  const std::string snippet = SnippetLine(result, console.color);
  if (!snippet.empty()) console.out << "     " << snippet << '\n';
  console.out << '\n';
}

void PrintAnswer(const Console& console, const Json& answer, uint64_t offset) {
  const Json& results = ListOf(answer, "results");
  uint64_t rank = offset;
  for (const Json& result : results) PrintResult(console, result, ++rank);
  const uint64_t total = NumberOf(answer, "total");
  std::string line = total == 0 ? "no page found" : Count(total, "page", "pages") + " found";
  if (!results.empty() && results.size() < total) line += fmt::format(", {} to {} shown", offset + 1, rank);
  console.PrintLine(fmt::format("{} ({} searched)", line, Count(NumberOf(answer, "pages_searched"), "page", "pages")));
  const uint64_t without = NumberOf(answer, "pages_without_text");
  if (without > 0) {
    console.Say(fmt::format("{} no text and can't be found by words",
                            Count(without, "page of the archive has", "pages of the archive have")));
  }
  for (const Json& note : ListOf(answer, "notes")) {
    if (note.is_string()) console.Say(fmt::format("note: {}", note.get<std::string>()));
  }
}

struct SearchOptions {
  std::vector<std::string> words;
  std::string queries;
  std::string run;
  int64_t limit = 20;
  int64_t offset = 0;
};

int SearchOnce(Call& call, const SearchOptions& options) {
  const auto client = Connect(call);
  const Response response = Ask(*client, Get("/v1/search", {{"q", fmt::format("{}", fmt::join(options.words, " "))},
                                                            {"limit", std::to_string(options.limit)},
                                                            {"offset", std::to_string(options.offset)}}));
  if (call.global.json) {
    call.console.PrintLine(response.body);
  } else {
    PrintAnswer(call.console, ReadAnswer(response), static_cast<uint64_t>(options.offset));
  }
  return kExitSuccess;
}

}  // namespace

int RunSearch(Call& call) {
  SearchOptions options;
  ArgumentParser parser(call);
  parser.List("QUERY", options.words, "words, \"phrases\", numbers, dates, field:value, AND, OR, NOT");
  parser.Number("--limit", options.limit, 1, 1000, "how many to show");
  parser.Number("--offset", options.offset, 0, 10000, "how many to leave out first");
  parser.Text("--queries", options.queries, "a file of many questions, a line each: id, tab, text");
  parser.Text("--trec", options.run, "print a TREC run of that name (with --queries)");
  parser.Parse();
  if (options.queries.empty() != options.run.empty()) ThrowUsage(call, "--queries and --trec go together");
  if (options.queries.empty() == options.words.empty()) ThrowUsage(call, "give words to search, or --queries FILE");
  if (options.queries.empty()) return SearchOnce(call, options);

  if (call.global.json || options.offset > 0) ThrowUsage(call, "--queries goes with neither --json nor --offset");
  OpenFile file(options.queries);
  OpenOptions open;
  open.answer_others = true;
  const auto client = Connect(call, open);
  return RunQueries(*client, call.console, file.stream(), {options.run, static_cast<uint64_t>(options.limit)});
}

}  // namespace diwan
