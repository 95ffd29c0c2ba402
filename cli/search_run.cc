// One request for a question: results are records already, and a request may ask for as many as a run has.
#include "cli/search_run.h"

#include <fmt/format.h>

#include <limits>
#include <optional>

#include "cli/answer.h"
#include "cli/exit_status.h"
#include "cli/open.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kLongestLine = 16U << 10U;  // bytes; a question has 4,096 at most

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

// The next line without its end, nothing behind the last one. Of a line that is too long, more than kLongestLine bytes.
std::optional<std::string> NextLine(std::istream& lines) {
  std::string line(kLongestLine + 3, '\0');  // and room for the \r of a line that is just not too long
  lines.getline(line.data(), static_cast<std::streamsize>(line.size()));
  if (lines.bad()) throw Error(ErrorCode::kUnavailable, "the queries can't be read to their end");
  const auto taken = static_cast<size_t>(lines.gcount());
  if (taken == 0) return std::nullopt;
  const bool ended = !lines.fail() && !lines.eof();  // by a line end, which was taken too
  line.resize(ended ? taken - 1 : taken);
  if (lines.fail()) {
    lines.clear();
    lines.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

// Throws kInvalid and kTooLarge for what is no question, and as Run::Answer.
void AnswerLine(Run& run, const std::string& line) {
  if (line.size() > kLongestLine) throw Error(ErrorCode::kTooLarge, fmt::format("has over {} bytes", kLongestLine));
  const size_t tab = line.find('\t');
  if (tab == 0 || tab == std::string::npos) throw Error(ErrorCode::kInvalid, "is not an id, a tab and a text");
  run.Answer(RunColumn(line.substr(0, tab)), line.substr(tab + 1));
}

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
  bool failed = false;
  bool asked = false;
  uint64_t number = 0;
  while (auto line = NextLine(lines)) {
    if (++number == 1 && line->starts_with("\xEF\xBB\xBF")) line->erase(0, 3);
    if (line->empty()) continue;
    asked = true;
    try {
      AnswerLine(run, *line);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kInvalid && error.code() != ErrorCode::kTooLarge) {
        throw Error(error.code(), fmt::format("{} (at line {} of the queries)", error.what(), number));
      }
      failed = true;
      console.Say(fmt::format("line {} of the queries: {}", number, error.what()));
    }
  }
  if (!asked) console.Say("there is no question in the queries");
  if (run.renamed() > 0) {
    console.Say(fmt::format("white space in {} became _", Count(run.renamed(), "name", "names")));
  }
  return failed || !asked ? kExitSomeFailed : kExitSuccess;
}

}  // namespace diwan
