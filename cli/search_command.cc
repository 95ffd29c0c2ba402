// `diwan search`: a question and its answer as a list that reads well on a terminal, or many questions from a file and
// their answers as a TREC run. `diwan suggest` and `diwan related`: what helps to ask further.
#include <fmt/format.h>

#include <iostream>
#include <optional>

#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "cli/files.h"
#include "cli/open.h"
#include "cli/results.h"
#include "cli/search_run.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr int64_t kMostListed = 50;  // limit of GET /v1/suggest and .../related

struct SearchOptions {
  std::vector<std::string> words;
  std::string queries;
  std::string run;
  int64_t limit = 20;
  int64_t offset = 0;
  std::string sort = "relevance";
  bool facets = false;
  bool explain = false;
};

void CheckUsage(const Call& call, const SearchOptions& options) {
  if (options.queries.empty() != options.run.empty()) ThrowUsage(call, "--queries and --trec go together");
  if (options.queries.empty() == options.words.empty()) ThrowUsage(call, "give words to search, or --queries FILE");
  if (options.queries.empty()) return;
  if (call.global.json || options.offset > 0 || options.sort != "relevance" || options.facets || options.explain) {
    ThrowUsage(call, "of the other options only --limit goes with --queries");
  }
}

int SearchOnce(Call& call, const SearchOptions& options) {
  const auto client = Connect(call);
  const Response response = Ask(*client, Get("/v1/search", {{"q", fmt::format("{}", fmt::join(options.words, " "))},
                                                            {"limit", std::to_string(options.limit)},
                                                            {"offset", std::to_string(options.offset)},
                                                            {"sort", options.sort},
                                                            {"facets", options.facets ? "yes" : "no"},
                                                            {"explain", options.explain ? "yes" : "no"}}));
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
  parser.Choice("--sort", options.sort, {"relevance", "newest", "oldest"}, "what comes first");
  parser.Flag("--facets", options.facets, "count the records found by type, body, language and year");
  parser.Flag("--explain", options.explain, "tell how the question was understood, and what of it matched");
  parser.Text("--queries", options.queries,
              "a file of many questions, a line each: id, tab, text; - is standard input");
  parser.Text("--trec", options.run, "print a TREC run of that name (with --queries)");
  parser.Parse();
  CheckUsage(call, options);
  if (options.queries.empty()) return SearchOnce(call, options);

  std::optional<OpenFile> file;
  if (options.queries != "-") file.emplace(options.queries, Openable::kAnyFile);
  OpenOptions open;
  open.answer_others = true;
  const auto client = Connect(call, open);
  return RunQueries(*client, call.console, file ? file->stream() : std::cin,
                    {options.run, static_cast<uint64_t>(options.limit)});
}

int RunSuggest(Call& call) {
  std::vector<std::string> words;
  int64_t limit = 10;
  ArgumentParser parser(call);
  parser.List("TEXT", words, "the beginning of a question; its last word is completed");
  parser.Number("--limit", limit, 1, kMostListed, "how many to show");
  parser.Parse();
  if (words.empty()) ThrowUsage(call, "give the beginning of a question");

  const auto client = Connect(call);
  const Response response = Ask(
      *client, Get("/v1/suggest", {{"q", fmt::format("{}", fmt::join(words, " "))}, {"limit", std::to_string(limit)}}));
  if (call.global.json) {
    call.console.PrintLine(response.body);
    return kExitSuccess;
  }
  const Json answer = ReadAnswer(response);
  Table table{{{"PAGES", "KIND", "TEXT"}}, {0}};
  for (const Json& completion : ListOf(answer, "completions")) {
    table.rows.push_back({TextOf(completion, "pages"), TextOf(completion, "kind"), TextOf(completion, "text")});
  }
  if (table.rows.size() == 1) {
    call.console.Say("nothing in the archive begins so");
  } else {
    call.console.out << Format(table);
  }
  return kExitSuccess;
}

int RunRelated(Call& call) {
  std::string record;
  int64_t limit = 10;
  ArgumentParser parser(call);
  parser.Required("RECORD", record, "the id of a record, or its external id");
  parser.Number("--limit", limit, 1, kMostListed, "how many to show");
  parser.Parse();

  const std::string path = RecordPath(record) + "/related";
  const auto client = Connect(call);
  const Response response = Ask(*client, Get(path, {{"limit", std::to_string(limit)}}));
  if (call.global.json) {
    call.console.PrintLine(response.body);
    return kExitSuccess;
  }
  const Json answer = ReadAnswer(response);
  uint64_t rank = 0;
  for (const Json& result : ListOf(answer, "results")) PrintResult(call.console, result, ++rank);
  if (rank == 0) call.console.Say("no other record is like this one");
  return kExitSuccess;
}

}  // namespace diwan
