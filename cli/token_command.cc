// `diwan token`: what programs sign their requests with.
#include <fmt/format.h>

#include "cli/access_request.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"

namespace diwan {
namespace {

int List(const Call& call, Client& client, const std::string& account) {
  const Response response = Ask(client, Get("/v1/tokens", {{"account", account}}));
  if (call.global.json) {
    call.console.PrintLine(response.body);
    return kExitSuccess;
  }
  Table table{{{"ID", "ACCOUNT", "NAME", "SCOPES", "EXPIRES", "LAST USED"}}, {}};
  const Json answer = ReadAnswer(response);
  for (const Json& each : ListOf(answer, "tokens")) {
    const auto scopes = each.value("scopes", std::vector<std::string>());
    table.rows.push_back({TextOf(each, "id"), TextOf(each, "account"), TextOf(each, "name"),
                          fmt::format("{}", fmt::join(scopes, " ")), TextOf(each, "expires_at"),
                          TextOf(each, "last_used_at")});
  }
  call.console.Print(Format(table));
  return kExitSuccess;
}

}  // namespace

int RunToken(Call& call) {
  std::string action;
  std::string name;
  std::string account;
  std::vector<std::string> scopes;
  int64_t days = 365;
  ArgumentParser parser(call);
  parser.Choice("ACTION", action, {"add", "list", "revoke"}, "what to do");
  parser.Text("NAME", name, "of add: what it is for; of revoke: its id");
  parser.Text("--account", account, "in whose name it is used; of list: of this account alone");
  parser.List("--scope", scopes, "what it may do: read, deliver, edit, administer, monitor; may be repeated (read)");
  parser.Number("--days", days, 0, 3650, "when it expires; 0: never");
  parser.Parse();
  if (action.empty()) ThrowUsage(call, "ACTION is missing: add, list or revoke");
  const auto client = Connect(call);
  if (action == "list") return List(call, *client, account);
  RequireArgument(call, name, action, "NAME");
  if (action == "revoke") {
    AskWithBody(*client, "DELETE", "/v1/tokens/" + name, nullptr);
    return kExitSuccess;
  }
  if (scopes.empty()) scopes = {"read"};
  Json body = {{"name", name}, {"scopes", scopes}, {"days", days}};
  if (!account.empty()) body["account"] = account;
  const Response response = AskWithBody(*client, "POST", "/v1/tokens", body);
  call.console.PrintLine(call.global.json ? response.body : TextOf(ReadAnswer(response), "token"));
  if (!call.global.json) call.console.Say("it is shown this once; keep it where only the program can read it");
  return kExitSuccess;
}

}  // namespace diwan
