// `diwan show`: a record's fields with where each came from, a page's text or words, and the bytes behind them.
#include <fmt/format.h>

#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/display.h"
#include "cli/exit_status.h"
#include "cli/files.h"
#include "cli/open.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr uint64_t kPagesListed = 50;

struct ShowOptions {
  std::string record;
  int64_t page = 0;
  bool text = false;
  bool alto = false;
  bool hocr = false;
  bool deleted = false;
  std::string image;
  std::string pdf;
  std::string source;
  bool force = false;
};

void PrintFields(const Console& console, const Json& record) {
  Table facts;
  for (const char* key : {"id", "external_id", "state", "access", "merged_into", "version", "page_count", "batch",
                          "created_at", "changed_at"}) {
    if (const std::string value = TextOf(record, key); !value.empty()) facts.rows.push_back({key, value});
  }
  for (const char* key : {"deleted", "hold"}) {
    const auto mark = record.find(key);
    if (mark != record.end() && mark->is_object()) facts.rows.push_back({key, TextOf(*mark, "why")});
  }
  if (const auto source = record.find("source"); source != record.end() && source->is_object()) {
    facts.rows.push_back({"file", TextOf(*source, "file_name")});
    facts.rows.push_back({"bytes", TextOf(*source, "size")});
    facts.rows.push_back({"sha256", TextOf(*source, "digest")});
  }
  console.Print(Format(facts));

  Table fields{{{"FIELD", "VALUE", "PRINTED", "FROM", "STATE", "CONFIDENCE", "PAGE"}}, {5, 6}};
  for (const Json& field : ListOf(record, "fields")) {
    fields.rows.push_back({TextOf(field, "name"), TextOf(field, "value"), TextOf(field, "printed"),
                           TextOf(field, "origin"), TextOf(field, "state"), TextOf(field, "confidence"),
                           TextOf(field, "page")});
  }
  if (fields.rows.size() > 1) console.out << '\n' << Format(fields);
}

// Whether it is in force, and who says so.
void PrintStatus(const Console& console, Client& client, const std::string& path) {
  const Json answer = ReadAnswer(Ask(client, Get(path + "/status")));
  const std::string sure = fmt::format(" ({} %)", TextOf(answer, "confidence"));
  const std::string status = TextOf(answer, "status");
  console.out << fmt::format("\nin force: {}{}\n  {}\n", CleanLine(status), status == "not_known" ? "" : sure,
                             Isolate(CleanLine(TextOf(answer, "reason"))));
}

void PrintPages(const Console& console, Client& client, const Json& record, const std::string& path) {
  const uint64_t pages = NumberOf(record, "page_count");
  Table table{{{"PAGE", "TEXT", "CONFIDENCE", "LANGUAGE", "WORDS", "DOUBTFUL", "WHY NO TEXT"}}, {0, 2, 4, 5}};
  for (uint64_t number = 1; number <= std::min(pages, kPagesListed); ++number) {
    Request request = Get(fmt::format("{}/pages/{}", path, number));
    const Response response = client.Send(request);
    if (response.status == 404) {
      table.rows.push_back({std::to_string(number), "waits", "", "", "", "", "to be read"});
      continue;
    }
    if (response.status >= 400) throw ProblemOf(response);
    const Json page = ReadAnswer(response);
    const bool read = TextOf(page, "origin") == "ocr";
    table.rows.push_back({std::to_string(number), TextOf(page, "origin"), read ? TextOf(page, "confidence") : "",
                          TextOf(page, "language"), std::to_string(ListOf(page, "words").size()),
                          TextOf(page, "doubtful"), TextOf(page, "failure")});
  }
  if (pages > 0) console.out << '\n' << Format(table);
  if (pages > kPagesListed) console.PrintLine(fmt::format("and {} more", pages - kPagesListed));
}

// The text, and of the numbers that may be others, what else they may be.
void PrintPage(const Console& console, const Json& page) {
  console.PrintLine(TextOf(page, "text"));
  Table table{{{"UNSURE NUMBER", "READ FIRST AS", "OR"}}, {}};
  for (const Json& word : ListOf(page, "words")) {
    if (TextOf(word, "number") != "unsure") continue;
    std::vector<std::string>& row = table.rows.emplace_back();
    row = {TextOf(word, "text"), TextOf(word, "first_reading")};
    for (const Json& other : ListOf(word, "alternatives")) {
      if (other.is_string()) row.push_back(other.get<std::string>());  // in cells of their own: each is isolated
    }
  }
  if (table.rows.size() > 1) console.out << '\n' << Format(table);
}

void SaveTo(const Call& call, Client& client, Request wanted, const std::string& file, bool force) {
  if (file == "-" && call.console.out_is_terminal) {
    throw Error(ErrorCode::kInvalid, "a terminal can't show these bytes; give a file's name or use a pipe");
  }
  OutputFile output(file, force, call.console.out);
  const std::function<void(std::string_view)> sink = [&output](std::string_view bytes) { output.Write(bytes); };
  Ask(client, std::move(wanted), &sink);
  output.Close();
}

// The form of a page's answer that the options ask for; "" when they ask for none.
std::string FormatOf(const Call& call, const ShowOptions& options) {
  if (call.global.json) return "json";
  return options.alto ? "alto" : options.hocr ? "hocr" : options.text ? "text" : "";
}

void CheckUsage(const Call& call, const ShowOptions& options) {
  const int forms = static_cast<int>(options.text) + static_cast<int>(options.alto) + static_cast<int>(options.hocr) +
                    static_cast<int>(call.global.json) + static_cast<int>(!options.image.empty()) +
                    static_cast<int>(!options.pdf.empty()) + static_cast<int>(!options.source.empty());
  if (forms > 1) ThrowUsage(call, "only one of --text, --json, --alto, --hocr, --image, --pdf, --source at a time");
  if (!options.source.empty() && options.page > 0) ThrowUsage(call, "--source is of the record; leave PAGE out");
}

void PrintAllText(const Call& call, Client& client, const std::string& path) {
  const uint64_t pages = NumberOf(ReadAnswer(Ask(client, Get(path))), "page_count");
  for (uint64_t number = 1; number <= pages; ++number) {
    if (number > 1) call.console.Print("\f");
    call.console.PrintLine(Ask(client, Get(fmt::format("{}/pages/{}", path, number), {{"format", "text"}})).body);
  }
}

}  // namespace

int RunShow(Call& call) {
  ShowOptions options;
  ArgumentParser parser(call);
  parser.Required("RECORD", options.record, "the id of a record, or its external id");
  parser.Number("PAGE", options.page, 0, 1'000'000, "the number of a page");
  parser.Flag("--text", options.text, "the text alone");
  parser.Flag("--alto", options.alto, "words and boxes as ALTO (with PAGE)");
  parser.Flag("--hocr", options.hocr, "words and boxes as hOCR (with PAGE)");
  parser.Text("--image", options.image, "save the image of PAGE (else of page 1) as this file; - is standard output");
  parser.Text("--pdf", options.pdf, "save the record, or PAGE of it, as this searchable PDF; - is standard output");
  parser.Text("--source", options.source, "save the file as received as this file; - is standard output");
  parser.Flag("--deleted", options.deleted, "the record, also when it was deleted or merged into another");
  parser.Flag("--force", options.force, "write over a file that is there");
  parser.Parse();
  CheckUsage(call, options);

  const std::string path = RecordPath(options.record);
  const auto client = Connect(call);
  const std::string page_path = fmt::format("{}/pages/{}", path, std::max<int64_t>(options.page, 1));
  if (!options.source.empty()) {
    SaveTo(call, *client, Get(path + "/source"), options.source, options.force);
  } else if (!options.image.empty()) {
    SaveTo(call, *client, Get(page_path + "/image"), options.image, options.force);
  } else if (!options.pdf.empty()) {
    const std::string& what = options.page > 0 ? page_path : path;
    SaveTo(call, *client, Get(what, {{"format", "pdf"}}), options.pdf, options.force);
  } else if (const std::string format = FormatOf(call, options); options.page > 0 && format.empty()) {
    PrintPage(call.console, ReadAnswer(Ask(*client, Get(page_path))));
  } else if (options.page > 0 || options.alto || options.hocr) {
    call.console.PrintLine(Ask(*client, Get(page_path, {{"format", format}})).body);
  } else if (options.text) {
    PrintAllText(call, *client, path);
  } else {
    const Response response = Ask(*client, Get(path, {{"deleted", options.deleted ? "yes" : "no"}}));
    if (call.global.json) {
      call.console.PrintLine(response.body);
      return kExitSuccess;
    }
    const Json record = ReadAnswer(response);
    PrintFields(call.console, record);
    if (options.deleted) return kExitSuccess;
    PrintStatus(call.console, *client, path);
    PrintPages(call.console, *client, record, path);
  }
  return kExitSuccess;
}

}  // namespace diwan
