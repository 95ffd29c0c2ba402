// Hashes of passwords and digests of secrets never come out here.
#include "api/account_json.h"

#include "api/authentication.h"
#include "api/json_body.h"
#include "core/digest.h"
#include "core/id.h"

namespace diwan {

using json_parts::Dump;
using json_parts::Json;

namespace {

Json TimeOrNull(int64_t millis) { return millis == 0 ? Json(nullptr) : Json(FormatTime(millis)); }

Json ClearanceValue(const Viewer& clearance) {
  return {{"level", NameOf(clearance.level)}, {"bodies", clearance.bodies}};
}

Viewer ReadClearance(const Json& json) {
  const JsonBody body(json, "the clearance", {"level", "bodies"});
  const auto level = AccessLevelNamed(body.RequiredText("level"));
  if (!level) RefuseBody("\"level\" must be public, internal or confidential");
  return {.level = *level, .bodies = body.Texts("bodies")};
}

Role ReadRole(const std::string& name) {
  const auto role = RoleOfName(name);
  if (!role) RefuseBody("\"role\" must be reader, archivist, editor or administrator");
  return *role;
}

Json AccountValue(const Account& account) {
  return {{"name", account.name},
          {"display_name", account.display_name},
          {"role", NameOf(account.role)},
          {"rights", NamesOf(RightsOf(account.role))},
          {"clearance", ClearanceValue(account.clearance)},
          {"disabled", account.disabled},
          {"has_password", !account.password_hash.empty()},
          {"must_change_password", account.must_change},
          {"created_at", FormatTime(account.created_at)},
          {"changed_at", FormatTime(account.changed_at)}};
}

Json TokenValue(const Token& token) {
  return {{"id", token.id},
          {"name", token.name},
          {"account", token.account},
          {"scopes", NamesOf(token.rights)},
          {"created_at", FormatTime(token.created_at)},
          {"expires_at", TimeOrNull(token.expires_at)},
          {"last_used_at", TimeOrNull(token.used_at)}};
}

Json AuditValue(const ChainedAuditEntry& each) {
  return {{"number", each.number},
          {"at", FormatTime(each.entry.at)},
          {"who", each.entry.actor},
          {"action", each.entry.action},
          {"subject", json_parts::TextOrNull(each.entry.subject)},
          {"what", json_parts::TextOrNull(each.entry.detail)},
          {"why", json_parts::TextOrNull(each.entry.why)},
          {"previous", each.previous},
          {"hash", each.hash}};
}

}  // namespace

SignInBody ReadSignInBody(std::string_view text) {
  const Json json = ParsedBody(text);
  const JsonBody body(json, kJsonBody, {"name", "password"});
  return {.name = body.RequiredText("name"), .password = body.RequiredText("password")};
}

OwnPasswordBody ReadOwnPasswordBody(std::string_view text) {
  const Json json = ParsedBody(text);
  const JsonBody body(json, kJsonBody, {"password", "new_password"});
  return {.password = body.RequiredText("password"), .new_password = body.RequiredText("new_password")};
}

NewAccount ReadNewAccountBody(std::string_view text) {
  const Json json = ParsedBody(text);
  const JsonBody body(json, kJsonBody,
                      {"name", "display_name", "role", "clearance", "password", "must_change_password"});
  NewAccount made{.name = body.RequiredText("name"),
                  .display_name = body.Text("display_name"),
                  .role = ReadRole(body.RequiredText("role")),
                  .password = body.Text("password"),
                  .must_change = body.Flag("must_change_password").value_or(true)};
  if (const Json* clearance = body.Find("clearance")) made.clearance = ReadClearance(*clearance);
  return made;
}

AccountChange ReadAccountChangeBody(std::string_view text) {
  const Json json = ParsedBody(text);
  const JsonBody body(json, kJsonBody, {"display_name", "role", "clearance", "disabled"});
  AccountChange change{.disabled = body.Flag("disabled")};
  if (body.Has("display_name")) change.display_name = body.RequiredText("display_name");
  if (body.Has("role")) change.role = ReadRole(body.RequiredText("role"));
  if (const Json* clearance = body.Find("clearance")) change.clearance = ReadClearance(*clearance);
  return change;
}

PasswordBody ReadPasswordBody(std::string_view text) {
  const Json json = ParsedBody(text);
  const JsonBody body(json, kJsonBody, {"password", "must_change_password"});
  return {.password = body.Text("password"), .must_change = body.Flag("must_change_password").value_or(true)};
}

NewToken ReadNewTokenBody(std::string_view text) {
  const Json json = ParsedBody(text);
  const JsonBody body(json, kJsonBody, {"name", "account", "scopes", "days"});
  NewToken made{
      .account = body.Text("account"), .name = body.RequiredText("name"), .days = body.RequiredNumber("days")};
  for (const std::string& name : body.Texts("scopes")) {
    const auto right = RightOfName(name);
    if (!right) RefuseBody("\"scopes\" are of read, deliver, edit and administer");
    made.rights |= SetOf(*right);
  }
  return made;
}

std::string AccountJson(const Account& account, const std::string& one_time_password) {
  Json json = AccountValue(account);
  if (!one_time_password.empty()) json["one_time_password"] = one_time_password;
  return Dump(json);
}

std::string AccountListJson(const std::vector<Account>& accounts) {
  Json list = Json::array();
  for (const Account& account : accounts) list.push_back(AccountValue(account));
  return Dump({{"accounts", std::move(list)}});
}

std::string TokenJson(const Token& token, const std::string& secret) {
  Json json = TokenValue(token);
  if (!secret.empty()) json["token"] = secret;
  return Dump(json);
}

std::string TokenListJson(const std::vector<Token>& tokens) {
  Json list = Json::array();
  for (const Token& token : tokens) list.push_back(TokenValue(token));
  return Dump({{"tokens", std::move(list)}});
}

std::string SessionJson(const Caller& caller, const SignedIn* signed_in) {
  Json json = {{"account", json_parts::TextOrNull(caller.account)},
               {"display_name", nullptr},
               {"rights", NamesOf(caller.rights)},
               {"clearance", ClearanceValue(caller.viewer)},
               {"must_change_password", caller.must_change},
               {"csrf_token", nullptr},
               {"expires_at", nullptr}};
  if (signed_in == nullptr) return Dump(json);
  json["display_name"] = signed_in->account.display_name;
  json["csrf_token"] = CsrfToken(signed_in->secret);
  json["expires_at"] = FormatTime(signed_in->session.created_at + kSessionLongestMs);
  return Dump(json);
}

std::string AuditListJson(const std::vector<ChainedAuditEntry>& entries, uint64_t count, const std::string& next) {
  Json list = Json::array();
  for (const ChainedAuditEntry& entry : entries) list.push_back(AuditValue(entry));
  return Dump({{"entries", std::move(list)}, {"count", count}, {"next", json_parts::TextOrNull(next)}});
}

std::string AuditLineJson(const ChainedAuditEntry& entry) {
  Json json = AuditValue(entry);
  json["bytes"] = Hex(entry.bytes);
  return Dump(json);
}

std::string AuditCheckJson(const AuditCheck& check) {
  return Dump({{"ok", check.problem_count == 0},
               {"entries", check.entries},
               {"head", check.head},
               {"problem_count", check.problem_count},
               {"problems", check.problems}});
}

}  // namespace diwan
