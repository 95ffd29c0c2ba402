// What persons change: correct, confirm, set, unset, relate, merge, split, delete, restore, hold, reread. Each looks at
// what is there and sends its change on the condition that it is still there.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/display.h"
#include "cli/exit_status.h"
#include "cli/open.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr const char* kWhyHelp = "the reason, for the history";

struct ChangeRequest {
  std::string method;
  std::string path;   // behind the path of the record or page
  Json body;          // null for none
  std::string query;  // the reason of a request without a body
};

// The parser of a command that changes RECORD.
struct ChangeArguments {
  std::string record;
  std::string why;
  ArgumentParser parser;

  ChangeArguments(Call& call, bool why_needed) : parser(call) {
    parser.Required("RECORD", record, "the id of a record, or its external id");
    if (why_needed) {
      parser.Required("--why", why, kWhyHelp);
    } else {
      parser.Text("--why", why, kWhyHelp);
    }
  }
};

Json WithWhy(Json body, const std::string& why) {
  if (!why.empty()) body["why"] = why;
  return body;
}

Response Send(Client& client, const std::string& base, const std::string& etag, const ChangeRequest& change) {
  Request request = Get(base + change.path);
  request.method = change.method;
  request.headers["if-match"] = etag;
  if (!change.query.empty()) request.query["why"] = change.query;
  std::istringstream bytes(change.body.is_null() ? ""
                                                 : change.body.dump(-1, ' ', false, Json::error_handler_t::replace));
  request.body = &bytes;
  request.body_size = bytes.view().size();
  return Ask(client, std::move(request));
}

std::string EtagOf(const Response& response) {
  const auto etag = response.headers.find("ETag");
  if (etag == response.headers.end()) throw Error(ErrorCode::kUnavailable, "the answer is not that of a Diwan");
  return etag->second;
}

void Tell(const Call& call, const Response& response) {
  if (call.global.json) {
    call.console.PrintLine(response.body);
    return;
  }
  const Json now = ReadAnswer(response);
  const std::string page = TextOf(now, "record").empty() ? "" : "page " + TextOf(now, "number") + " of ";
  const std::string id = TextOf(now, page.empty() ? "id" : "record");
  call.console.PrintLine(fmt::format("{}{}: version {}", page, id, NumberOf(now, "version")));
  if (const std::string note = TextOf(now, "note"); !note.empty()) call.console.Say(note);
}

// Changes the record from its present version.
Response ChangeRecord(Call& call, const std::string& record, const ChangeRequest& change) {
  const std::string path = RecordPath(record);
  const auto client = Connect(call);
  const std::string etag = EtagOf(Ask(*client, Get(path, {{"deleted", "yes"}})));
  Response response = Send(*client, path, etag, change);
  Tell(call, response);
  return response;
}

std::vector<std::string> WordsIn(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> WordsOf(const Json& page) {
  std::vector<std::string> words;
  for (const Json& word : ListOf(page, "words")) words.push_back(TextOf(word, "text"));
  return words.empty() ? WordsIn(TextOf(page, "text")) : words;
}

// Where `sought` begins among `words`: the only place, or the `at`-th from 1 on.
size_t PlaceOf(const std::vector<std::string>& words, const std::vector<std::string>& sought, size_t at) {
  std::vector<size_t> places;
  for (size_t i = 0; !sought.empty() && i + sought.size() <= words.size(); ++i) {
    if (std::equal(sought.begin(), sought.end(), words.begin() + static_cast<ptrdiff_t>(i))) places.push_back(i);
  }
  const std::string what = fmt::format("'{}'", fmt::join(sought, " "));
  if (places.empty()) throw Error(ErrorCode::kNotFound, fmt::format("the page has no {}", what));
  if (at == 0 && places.size() > 1) {
    throw Error(ErrorCode::kInvalid, fmt::format("the page has {} {} times; say which one with --at 1 to {}", what,
                                                 places.size(), places.size()));
  }
  if (at > places.size()) {
    throw Error(ErrorCode::kNotFound, fmt::format("the page has {} only {} times", what, places.size()));
  }
  return places[at == 0 ? 0 : at - 1];
}

int ChangeField(Call& call, const char* action, bool with_value) {
  ChangeArguments arguments(call, /*why_needed=*/false);
  std::string name;
  std::string value;
  std::string was;
  bool add = false;
  arguments.parser.Required("FIELD", name, "the name of a field, as number or date");
  if (with_value) arguments.parser.Required("VALUE", value, "as it is written on paper");
  if (with_value) arguments.parser.Flag("--add", add, "one more value, as of several signatories");
  arguments.parser.Text("--was", was, "the value that is meant, where there are several");
  arguments.parser.Parse();
  Json field = {{"do", add ? "add" : action}, {"name", name}};
  if (with_value) field["value"] = value;
  if (!was.empty()) field["was"] = was;
  ChangeRecord(
      call, arguments.record,
      {.method = "PATCH", .path = "", .body = WithWhy({{"fields", Json::array({field})}}, arguments.why), .query = ""});
  return kExitSuccess;
}

}  // namespace

int RunCorrect(Call& call) {
  ChangeArguments arguments(call, /*why_needed=*/false);
  int64_t number = 0;
  std::string word;
  std::string text;
  int64_t at = 0;
  arguments.parser.Number("PAGE", number, 1, 1'000'000, "the number of a page");
  arguments.parser.Required("WORD", word, "what was read, one word or several that follow each other");
  arguments.parser.Required("TEXT", text, "what stands there in truth; the same says that it was read right");
  arguments.parser.Number("--at", at, 1, 1'000'000, "which one, where the page has it several times");
  arguments.parser.Parse();
  if (number == 0) ThrowUsage(call, "PAGE is missing");
  const std::string path = fmt::format("{}/pages/{}", RecordPath(arguments.record), number);
  const auto client = Connect(call);
  const Response seen = Ask(*client, Get(path));
  const std::vector<std::string> sought = WordsIn(word);
  const size_t first = PlaceOf(WordsOf(ReadAnswer(seen)), sought, static_cast<size_t>(at));
  const Json edit = {{"first", first}, {"last", first + sought.size() - 1}, {"text", text}};
  const ChangeRequest change{
      .method = "PATCH", .path = "", .body = WithWhy({{"words", Json::array({edit})}}, arguments.why), .query = ""};
  Tell(call, Send(*client, path, EtagOf(seen), change));
  return kExitSuccess;
}

int RunConfirm(Call& call) { return ChangeField(call, "confirm", /*with_value=*/false); }
int RunSet(Call& call) { return ChangeField(call, "set", /*with_value=*/true); }
int RunUnset(Call& call) { return ChangeField(call, "remove", /*with_value=*/false); }

int RunRelate(Call& call) {
  ChangeArguments arguments(call, /*why_needed=*/false);
  std::string relation;
  std::string other;
  std::string article;
  arguments.parser.Required("RELATION", relation,
                            "amends, repeals, replaces, implements or refers_to; or confirm, reject or remove");
  arguments.parser.Required("OTHER", other, "the other record; of the last three the number of a citation");
  arguments.parser.Text("--article", article, "of the other record, when not the whole of it is meant");
  arguments.parser.Parse();
  const std::string citation = "/relations/" + other;
  ChangeRequest change{
      .method = "POST", .path = "/relations", .body = {{"relation", relation}, {"to", other}}, .query = ""};
  if (!article.empty()) change.body["article"] = article;
  if (relation == "confirm") change = {"PATCH", citation, {{"state", "confirmed"}}, ""};
  if (relation == "reject") change = {"PATCH", citation, {{"state", "rejected"}}, ""};
  if (relation == "remove") change = {"DELETE", citation, nullptr, arguments.why};
  if (!change.body.is_null()) change.body = WithWhy(std::move(change.body), arguments.why);
  ChangeRecord(call, arguments.record, change);
  return kExitSuccess;
}

int RunMerge(Call& call) {
  ChangeArguments arguments(call, /*why_needed=*/true);
  std::string into;
  arguments.parser.Required("INTO", into, "the record that stays");
  arguments.parser.Parse();
  ChangeRecord(call, arguments.record,
               {.method = "POST", .path = "/merge", .body = WithWhy({{"into", into}}, arguments.why), .query = ""});
  return kExitSuccess;
}

int RunSplit(Call& call) {
  ChangeArguments arguments(call, /*why_needed=*/true);
  int64_t from = 0;
  arguments.parser.Number("PAGE", from, 2, 1'000'000, "the first page of the second paper");
  arguments.parser.Parse();
  if (from == 0) ThrowUsage(call, "PAGE is missing");
  ChangeRecord(call, arguments.record,
               {.method = "POST", .path = "/split", .body = WithWhy({{"from", from}}, arguments.why), .query = ""});
  return kExitSuccess;
}

int RunDelete(Call& call) {
  ChangeArguments arguments(call, /*why_needed=*/true);
  arguments.parser.Parse();
  ChangeRecord(call, arguments.record, {.method = "DELETE", .path = "", .body = nullptr, .query = arguments.why});
  return kExitSuccess;
}

int RunRestore(Call& call) {
  ChangeArguments arguments(call, /*why_needed=*/false);
  arguments.parser.Parse();
  ChangeRecord(call, arguments.record,
               {.method = "POST", .path = "/restore", .body = WithWhy(Json::object(), arguments.why), .query = ""});
  return kExitSuccess;
}

int RunHold(Call& call) {
  ChangeArguments arguments(call, /*why_needed=*/true);
  bool off = false;
  arguments.parser.Flag("--off", off, "lift the hold");
  arguments.parser.Parse();
  ChangeRecord(call, arguments.record,
               {.method = "PUT", .path = "/hold", .body = WithWhy({{"on", !off}}, arguments.why), .query = ""});
  return kExitSuccess;
}

int RunReread(Call& call) {
  ChangeArguments arguments(call, /*why_needed=*/false);
  int64_t page = 0;
  arguments.parser.Number("PAGE", page, 0, 1'000'000, "the page to read; 0 is all");
  arguments.parser.Parse();
  Json body = WithWhy(Json::object(), arguments.why);
  if (page > 0) body["page"] = page;
  ChangeRecord(call, arguments.record, {.method = "POST", .path = "/read", .body = std::move(body), .query = ""});
  call.console.Say("it waits to be read by the process that reads files: diwan serve or diwan ingest");
  return kExitSuccess;
}

int RunHistory(Call& call) {
  std::string record;
  int64_t page = 0;
  int64_t version = 0;
  int64_t from = 1;
  ArgumentParser parser(call);
  parser.Required("RECORD", record, "the id of a record, or its external id");
  parser.Number("PAGE", page, 0, 1'000'000, "the number of a page; 0 is the record itself");
  parser.Number("--version", version, 0, 1'000'000'000, "print this version whole, as JSON");
  parser.Number("--from", from, 1, 1'000'000'000, "the first version to list");
  parser.Parse();
  std::string path = RecordPath(record);
  if (page > 0) path += fmt::format("/pages/{}", page);
  path += "/history";
  const auto client = Connect(call);
  if (version > 0) {
    call.console.PrintLine(Ask(*client, Get(fmt::format("{}/{}", path, version))).body);
    return kExitSuccess;
  }
  const Response response = Ask(*client, Get(path, {{"from", std::to_string(from)}, {"limit", "1000"}}));
  if (call.global.json) {
    call.console.PrintLine(response.body);
    return kExitSuccess;
  }
  const Json history = ReadAnswer(response);
  Table table{{{"VERSION", "WHEN", "WHO", "ACTION", "WHAT", "WHY"}}, {0}};
  for (const Json& each : ListOf(history, "versions")) {
    table.rows.push_back({TextOf(each, "version"), TextOf(each, "at"), TextOf(each, "who"), TextOf(each, "action"),
                          TextOf(each, "what"), TextOf(each, "why")});
  }
  call.console.Print(Format(table));
  if (!TextOf(history, "next").empty()) {
    const uint64_t last = NumberOf(ListOf(history, "versions").back(), "version");
    call.console.Say(fmt::format("there are more; go on with --from {}", last + 1));
  }
  return kExitSuccess;
}

}  // namespace diwan
