// `diwan audit`: what was done, by whom, and whether the trail of it is whole.
#include <fmt/format.h>

#include "api/target.h"
#include "cli/access_request.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"

namespace diwan {
namespace {

int List(const Call& call, Client& client, int64_t from, int64_t limit) {
  std::map<std::string, std::string> query = {{"limit", std::to_string(limit)}};
  if (from >= 0) query["from"] = std::to_string(from);
  const Response response = Ask(client, Get("/v1/audit", query));
  if (call.global.json) {
    call.console.PrintLine(response.body);
    return kExitSuccess;
  }
  Table table{{{"NUMBER", "WHEN", "WHO", "ACTION", "SUBJECT", "WHAT", "WHY"}}, {0}};
  const Json answer = ReadAnswer(response);
  for (const Json& each : ListOf(answer, "entries")) {
    table.rows.push_back({TextOf(each, "number"), TextOf(each, "at"), TextOf(each, "who"), TextOf(each, "action"),
                          TextOf(each, "subject"), TextOf(each, "what"), TextOf(each, "why")});
  }
  call.console.Print(Format(table));
  return kExitSuccess;
}

int Export(const Call& call, Client& client, int64_t from) {
  Request request = Get("/v1/audit/export", {{"from", std::to_string(std::max<int64_t>(from, 0))}});
  while (true) {
    const Response response = Ask(client, request);
    call.console.Print(response.body);
    const auto link = response.headers.find("Link");
    if (link == response.headers.end()) return kExitSuccess;
    request.query = ParseTarget(link->second.substr(1, link->second.find('>') - 1)).query;
  }
}

int Verify(const Call& call, Client& client, const std::string& known) {
  std::map<std::string, std::string> query;
  if (!known.empty()) {
    const size_t colon = known.find(':');
    if (colon == std::string::npos) ThrowUsage(call, "--head is NUMBER:HASH, as an earlier verify printed it");
    query = {{"entries", known.substr(0, colon)}, {"head", known.substr(colon + 1)}};
  }
  const Response response = Ask(client, Post("/v1/audit/verify", query));
  const Json report = ReadAnswer(response);
  if (call.global.json) {
    call.console.PrintLine(response.body);
  } else {
    for (const Json& problem : ListOf(report, "problems")) call.console.PrintLine(problem.get<std::string>());
    call.console.PrintLine(fmt::format("{} checked: {}", Count(NumberOf(report, "entries"), "entry", "entries"),
                                       Count(NumberOf(report, "problem_count"), "problem", "problems")));
    call.console.PrintLine(fmt::format("head: {}:{}", NumberOf(report, "entries"), TextOf(report, "head")));
  }
  return report.value("ok", false) ? kExitSuccess : kExitSomeFailed;
}

}  // namespace

int RunAudit(Call& call) {
  std::string action;
  std::string known;
  int64_t from = -1;
  int64_t limit = 50;
  ArgumentParser parser(call);
  parser.Choice("ACTION", action, {"list", "export", "verify"}, "what to do");
  parser.Number("--from", from, -1, INT64_MAX, "of list and export: the first entry; -1: of list the newest ones");
  parser.Number("--limit", limit, 1, 1000, "of list: how many entries");
  parser.Text("--head", known,
              "of verify: the head that an earlier verify printed; kept elsewhere, it shows an end cut off");
  parser.Parse();
  if (action.empty()) ThrowUsage(call, "ACTION is missing: list, export or verify");
  const auto client = Connect(call);
  if (action == "list") return List(call, *client, from, limit);
  if (action == "export") return Export(call, *client, from);
  return Verify(call, *client, known);
}

}  // namespace diwan
