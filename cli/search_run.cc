// One request for a question: results are records already, and a request may ask for as many as a run has.
#include "cli/search_run.h"

#include <fmt/format.h>

#include "cli/answer.h"
#include "cli/exit_status.h"
#include "cli/open.h"
#include "core/error.h"

namespace diwan {
namespace {

class Run {
 public:
  Run(Client& client, const Console& console, const RunOptions& options)
      : client_(client), console_(console), options_(options), name_(RunColumn(options.name)) {}

  void Answer(const std::string& query_id, const std::string& text) {
    const Json answer = ReadAnswer(
        Ask(client_, Get("/v1/search", {{"q", text}, {"limit", std::to_string(options_.limit)}, {"snippets", "no"}})));
    uint64_t rank = 0;
    for (const Json& result : ListOf(answer, "results")) Print(query_id, result, ++rank);
  }

  uint64_t renamed() const { return renamed_; }

 private:
  void Print(const std::string& query_id, const Json& result, uint64_t rank) {
    const std::string external = TextOf(result, "external_id");
    const std::string name = external.empty() ? TextOf(result, "record") : external;
    const std::string column = RunColumn(name);
    if (column != name) ++renamed_;
    const auto score = result.find("score");
    console_.Print(fmt::format("{} Q0 {} {} {:.6f} {}\n", query_id, column, rank,
                               score != result.end() && score->is_number() ? score->get<double>() : 0.0, name_));
  }

  Client& client_;
  const Console& console_;
  const RunOptions& options_;
  const std::string name_;
  uint64_t renamed_ = 0;
};

}  // namespace

std::string RunColumn(std::string_view name) {
  std::string column(name);
  for (char& c : column) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte == 0x7F) c = '_';
  }
  return column.empty() ? "_" : column;
}

int RunQueries(Client& client, const Console& console, std::istream& lines, const RunOptions& options) {
  Run run(client, console, options);
  std::string line;
  bool failed = false;
  for (uint64_t number = 1; std::getline(lines, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.empty()) continue;
    const size_t tab = line.find('\t');
    try {
      if (tab == 0 || tab == std::string::npos) throw Error(ErrorCode::kInvalid, "is not an id, a tab and a text");
      run.Answer(RunColumn(line.substr(0, tab)), line.substr(tab + 1));
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kInvalid && error.code() != ErrorCode::kTooLarge) throw;
      failed = true;
      console.Say(fmt::format("line {} of the queries: {}", number, error.what()));
    }
  }
  if (run.renamed() > 0) {
    console.Say(fmt::format("white space in {} became _", Count(run.renamed(), "name", "names")));
  }
  return failed ? kExitSomeFailed : kExitSuccess;
}

}  // namespace diwan
