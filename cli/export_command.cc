// `diwan export`: records as JSON lines, the way that `diwan import` takes them; or their fields as CSV, the way that a
// manifest has them.
#include <fmt/format.h>

#include <map>
#include <optional>

#include "api/target.h"
#include "archive/csv.h"
#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "cli/open.h"
#include "core/error.h"
#include "core/record.h"

namespace diwan {
namespace {

struct ExportOptions {
  std::vector<std::string> words;
  std::string format = "jsonl";
  bool proposed = false;
  bool no_text = false;
  bool deleted = false;
};

constexpr const char* kNotHeld =
    "a manifest holds values and names alone; who said a value, what was removed, relations, judged citations and "
    "legal "
    "holds are in JSON lines with texts";

// The request that the Link header of an answer names.
std::optional<Request> NextOf(const Response& response) {
  const auto link = response.headers.find("Link");
  if (link == response.headers.end()) return std::nullopt;
  const size_t begin = link->second.find('<') + 1;
  Target target = ParseTarget(std::string_view(link->second).substr(begin, link->second.find('>') - begin));
  return Get(std::move(target.path), std::move(target.query));
}

// Hands every answer to `take`, from the first record to the last.
template <typename Take>
void EachAnswer(Client& client, const ExportOptions& options, bool text, const Take& take) {
  std::optional<Request> request =
      Get("/v1/export", {{"text", text ? "yes" : "no"}, {"proposed", options.proposed ? "yes" : "no"}});
  if (options.deleted) request->query["deleted"] = "yes";
  if (!options.words.empty()) request->query["q"] = fmt::format("{}", fmt::join(options.words, " "));
  while (request) {
    const Response response = Ask(client, *request);
    take(response.body);
    request = NextOf(response);
  }
}

// Each line of an answer, as JSON.
template <typename Take>
void EachRecord(const std::string& lines, const Take& take) {
  for (size_t at = 0; at < lines.size();) {
    const size_t end = std::min(lines.find('\n', at), lines.size());
    take(
        Json::parse(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.begin() + static_cast<std::ptrdiff_t>(end)));
    at = end + 1;
  }
}

std::vector<std::string> ValuesOf(const Json& record, const std::string& name) {
  const auto found = record.find(name);
  if (found == record.end()) return {};
  if (!found->is_array()) return {found->get<std::string>()};
  return found->get<std::vector<std::string>>();
}

// Columns by name, and how many cells each has. All names are there, so that the heading also tells what may be given.
using Columns = std::vector<std::pair<std::string, size_t>>;

Columns EmptyColumns() {
  Columns columns = {{"file", 1}, {"external_id", 1}, {"access", 1}};
  for (const std::string_view name : KnownFieldNames()) columns.emplace_back(name, 1);
  return columns;
}

std::string HeadingOf(const Columns& columns) {
  std::vector<std::string> cells;
  for (const auto& [name, count] : columns) cells.insert(cells.end(), count, name);
  return CsvRow(cells);
}

std::string RowOf(const Columns& columns, const Json& record) {
  std::vector<std::string> cells;
  for (const auto& [name, count] : columns) {
    const std::vector<std::string> values = ValuesOf(record, name);
    if (values.size() > count) {
      throw Error(ErrorCode::kBusy, "records were changed while they were exported; give the same command again");
    }
    for (size_t i = 0; i < count; ++i) cells.push_back(i < values.size() ? GuardedCell(values[i]) : "");
  }
  return CsvRow(cells);
}

// Reads all records twice: the heading must say how many cells the longest has.
void PrintCsv(const Console& console, Client& client, const ExportOptions& options) {
  Columns columns = EmptyColumns();
  EachAnswer(client, options, false, [&](const std::string& lines) {
    EachRecord(lines, [&](const Json& record) {
      for (auto& [name, count] : columns) count = std::max(count, ValuesOf(record, name).size());
    });
  });
  console.Print("\xEF\xBB\xBF");  // without it Excel takes UTF-8 for something else
  console.Print(HeadingOf(columns));
  EachAnswer(client, options, false, [&](const std::string& lines) {
    EachRecord(lines, [&](const Json& record) { console.Print(RowOf(columns, record)); });
  });
}

}  // namespace

int RunExport(Call& call) {
  ExportOptions options;
  ArgumentParser parser(call);
  parser.List("QUERY", options.words, "export what a search would find; all records when it is left out");
  parser.Choice("--format", options.format, {"jsonl", "csv"}, "JSON lines for diwan import, or a manifest");
  parser.Flag("--proposed", options.proposed, "also values that were read and nobody confirmed");
  parser.Flag("--no-text", options.no_text, "without the texts of the pages (CSV never has them)");
  parser.Flag("--deleted", options.deleted, "also records that were deleted or merged into others, with their marks");
  parser.Parse();
  if (options.deleted && (options.format == "csv" || options.no_text || !options.words.empty())) {
    ThrowUsage(call, "--deleted is of all records as JSON lines with their texts");
  }

  OpenOptions open;
  open.answer_others = true;
  const auto client = Connect(call, open);
  if (options.format == "csv") {
    PrintCsv(call.console, *client, options);
    call.console.Say(kNotHeld);
  } else {
    EachAnswer(*client, options, !options.no_text, [&](const std::string& lines) { call.console.Print(lines); });
    if (options.no_text) call.console.Say(kNotHeld);
  }
  return kExitSuccess;
}

}  // namespace diwan
