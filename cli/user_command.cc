// `diwan user`: who may use the archive.
#include <fmt/format.h>

#include "cli/access_request.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "cli/secrets.h"

namespace diwan {
namespace {

struct UserArguments {
  std::string action;
  std::string name;
  std::string role;
  std::string level;
  std::string display_name;
  std::vector<std::string> bodies;
  bool one_time = false;
  bool no_password = false;
  bool keep = false;
  bool off = false;
};

Json ClearanceOf(const UserArguments& arguments) { return {{"level", arguments.level}, {"bodies", arguments.bodies}}; }

std::string PathOf(const UserArguments& arguments) { return "/v1/accounts/" + arguments.name; }

// Only what was given.
Json BodyOf(const UserArguments& arguments) {
  Json body = Json::object();
  if (!arguments.display_name.empty()) body["display_name"] = arguments.display_name;
  if (!arguments.role.empty()) body["role"] = arguments.role;
  if (!arguments.level.empty()) body["clearance"] = ClearanceOf(arguments);
  return body;
}

std::string LineOf(const Json& account) {
  const Json& clearance = account.at("clearance");
  std::string line =
      fmt::format("{}: {}, level {}", TextOf(account, "name"), TextOf(account, "role"), TextOf(clearance, "level"));
  for (const Json& body : ListOf(clearance, "bodies"))
    line += fmt::format(", confidential of {}", body.get<std::string>());
  if (account.value("disabled", false)) line += ", disabled";
  return line;
}

void Tell(const Call& call, const Response& response) {
  const Json account = ReadAnswer(response);
  call.console.PrintLine(call.global.json ? response.body : LineOf(account));
  const std::string password = TextOf(account, "one_time_password");
  if (!password.empty() && !call.global.json) {
    call.console.PrintLine(fmt::format("one-time password: {}", password));
  }
}

Response SetPassword(const Call& call, Client& client, const UserArguments& arguments) {
  Json body = Json::object();
  if (!arguments.one_time) {
    body = {{"password", ReadPassword(call.console)}, {"must_change_password", !arguments.keep}};
  }
  return AskWithBody(client, "PUT", PathOf(arguments) + "/password", body);
}

Response Add(const Call& call, Client& client, const UserArguments& arguments) {
  RequireArgument(call, arguments.role, "add", "--role");
  Json body = BodyOf(arguments);
  body["name"] = arguments.name;
  if (!arguments.no_password && !arguments.one_time) {
    body["password"] = ReadPassword(call.console);
    body["must_change_password"] = !arguments.keep;
  }
  const Response made = AskWithBody(client, "POST", "/v1/accounts", body);
  return arguments.one_time ? SetPassword(call, client, arguments) : made;
}

int List(const Call& call, Client& client) {
  const Response response = Ask(client, Get("/v1/accounts"));
  if (call.global.json) {
    call.console.PrintLine(response.body);
    return kExitSuccess;
  }
  Table table{{{"NAME", "DISPLAY NAME", "ROLE", "LEVEL", "STATE"}}, {}};
  const Json answer = ReadAnswer(response);
  for (const Json& each : ListOf(answer, "accounts")) {
    const bool disabled = each.value("disabled", false);
    const bool fresh = each.value("must_change_password", false);
    const bool open = each.value("has_password", false);
    table.rows.push_back({TextOf(each, "name"), TextOf(each, "display_name"), TextOf(each, "role"),
                          TextOf(each.at("clearance"), "level"),
                          disabled ? "disabled"
                          : fresh  ? "has to change the password"
                          : open   ? ""
                                   : "no password"});
  }
  call.console.Print(Format(table));
  return kExitSuccess;
}

}  // namespace

int RunUser(Call& call) {
  UserArguments arguments;
  ArgumentParser parser(call);
  parser.Choice("ACTION", arguments.action, {"add", "list", "change", "disable", "password"}, "what to do");
  parser.Text("NAME", arguments.name, "the account");
  parser.Choice("--role", arguments.role, {"reader", "archivist", "editor", "administrator"}, "what it may do");
  parser.Choice("--level", arguments.level, {"public", "internal", "confidential"},
                "records up to this level are seen (of a new account: internal)");
  parser.List("--body", arguments.bodies, "with --level: also confidential records of this body; may be repeated");
  parser.Text("--display-name", arguments.display_name, "the name for people");
  parser.Flag("--one-time", arguments.one_time, "make a password for one use, and print it");
  parser.Flag("--no-password", arguments.no_password, "of a program: it signs in by tokens only");
  parser.Flag("--keep", arguments.keep, "the password need not be changed at the first sign-in");
  parser.Flag("--off", arguments.off, "with disable: enable it again");
  parser.Parse();
  if (arguments.action.empty()) ThrowUsage(call, "ACTION is missing: add, list, change, disable or password");
  if (!arguments.bodies.empty() && arguments.level.empty()) ThrowUsage(call, "--body goes with --level");
  const auto client = Connect(call);
  if (arguments.action == "list") return List(call, *client);
  RequireArgument(call, arguments.name, arguments.action, "NAME");
  if (arguments.action == "add") Tell(call, Add(call, *client, arguments));
  if (arguments.action == "change") Tell(call, AskWithBody(*client, "PATCH", PathOf(arguments), BodyOf(arguments)));
  if (arguments.action == "disable") {
    Tell(call, AskWithBody(*client, "PATCH", PathOf(arguments), {{"disabled", !arguments.off}}));
  }
  if (arguments.action == "password") Tell(call, SetPassword(call, *client, arguments));
  return kExitSuccess;
}

}  // namespace diwan
