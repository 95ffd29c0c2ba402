// Sessions, accounts, tokens and the audit trail. The route table has let in who has the right; whose things one may
// touch is asked here.
#include <fmt/core.h>

#include <algorithm>

#include "api/accept.h"
#include "api/account_json.h"
#include "api/authentication.h"
#include "api/handlers.h"
#include "api/paging.h"
#include "api/parameters.h"
#include "api/query_parameters.h"
#include "api/target.h"
#include "core/digest.h"
#include "core/secret.h"

namespace diwan {
namespace {

constexpr std::string_view kTrail = "the audit trail";  // tells what was changed in records of every level

std::string BodyOf(const Request& request) { return ReadBody(request, kMaxAccountBody); }

// A form of another site can send a body, but not as this media type.
void RequireJsonType(const Request& request) {
  const auto type = request.headers.find("content-type");
  const std::string given = type == request.headers.end() ? "" : type->second;
  if (given.substr(0, given.find(';')) == "application/json") return;
  throw Error(ErrorCode::kInvalid, "send the name and password as JSON, with Content-Type: application/json");
}

// Else a page of another site could sign its visitor in as somebody else, who would then read what the visitor brings
// in. Browsers that say where a request begins are believed; of others, the page's address must be the server's.
void RequireOwnPage(const Request& request) {
  const std::string_view site = HeaderOf(request, "sec-fetch-site");
  const std::string_view origin = HeaderOf(request, "origin");
  const std::string_view host = origin.substr(std::min(origin.find("://") + 3, origin.size()));
  const bool own = site.empty()
                       ? origin.empty() || (origin.find("://") != origin.npos && host == HeaderOf(request, "host"))
                       : site == "same-origin" || site == "none";
  if (own) return;
  throw Error(ErrorCode::kDenied,
              "this sign-in comes from a page of another site; sign in on the page of this server, and have a proxy "
              "before it pass the header Host on");
}

SignInRequest SignInOf(const Request& request, std::string name, std::string password) {
  return {.name = std::move(name),
          .password = std::move(password),
          .origin = request.caller.address.empty() ? request.caller.actor : "http:" + request.caller.address,
          .network = request.caller.network,
          .old_secret = CookieOf(request)};
}

Response SessionResponse(const Request& request, const SignedIn& who) {
  Caller caller = request.caller;
  ActAs(who.account, who.account.must_change ? 0 : RightsOf(who.account.role), caller);
  caller.must_change = who.account.must_change;
  Response response = JsonResponse(SessionJson(caller, &who), 201);
  response.headers["Set-Cookie"] = SetCookie(who.secret, request.secure);
  return response;
}

void RequireAccount(const Request& request) {
  if (!request.caller.signed_in) throw NotSignedIn("sign in first");
}

// Whether the caller may make and revoke tokens of `account`. A token may not, unless it may administer: else it could
// outlive its own revocation.
bool ManagesTokensOf(const Caller& caller, const std::string& account) {
  return May(caller, Right::kAdminister) || (!caller.session.empty() && caller.account == account);
}

}  // namespace

Response ShowSession(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  if (request.caller.session.empty()) return JsonResponse(SessionJson(request.caller, nullptr));
  const auto who = archive.sign_ins().Find(CookieOf(request));
  return JsonResponse(SessionJson(request.caller, who ? &*who : nullptr));
}

Response BeginSession(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  RequireJsonType(request);
  RequireOwnPage(request);
  SignInBody body = ReadSignInBody(BodyOf(request));
  const SignInRequest wanted = SignInOf(request, std::move(body.name), std::move(body.password));
  return SessionResponse(request, archive.sign_ins().SignIn(wanted));
}

Response EndSession(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const auto who = request.caller.session.empty() ? std::nullopt : archive.sign_ins().Find(CookieOf(request));
  if (who) archive.sign_ins().SignOut(*who, request.caller.actor);
  Response response{.status = 204};
  response.headers["Set-Cookie"] = SetCookie("", request.secure);
  return response;
}

Response ChangeOwnPassword(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  if (request.caller.session.empty()) throw NotSignedIn("sign in with the present password first");
  OwnPasswordBody body = ReadOwnPasswordBody(BodyOf(request));
  const SignInRequest present = SignInOf(request, request.caller.account, std::move(body.password));
  return SessionResponse(request, archive.sign_ins().ChangePassword(present, body.new_password));
}

Response ShowAccounts(Archive& archive, const Request& /*request*/, const PathParameters& /*path*/) {
  return JsonResponse(AccountListJson(archive.accounts().List()));
}

Response ShowAccount(Archive& archive, const Request& /*request*/, const PathParameters& path) {
  return JsonResponse(AccountJson(archive.accounts().Get(path.id)));
}

Response NewAccountOf(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const Account account = archive.accounts().Add(ReadNewAccountBody(BodyOf(request)), request.caller.actor);
  Response response = JsonResponse(AccountJson(account), 201);
  response.headers["Location"] = FormatTarget({.path = "/v1/accounts/" + account.name, .query = {}});
  return response;
}

Response ChangeAccount(Archive& archive, const Request& request, const PathParameters& path) {
  const AccountChange change = ReadAccountChangeBody(BodyOf(request));
  return JsonResponse(AccountJson(archive.accounts().Change(path.id, change, request.caller.actor)));
}

Response SetAccountPassword(Archive& archive, const Request& request, const PathParameters& path) {
  const PasswordBody body = ReadPasswordBody(BodyOf(request));
  const std::string made = body.password.empty() ? NewOneTimePassword() : "";
  const bool must_change = body.must_change || !made.empty();
  const Account account =
      archive.accounts().SetPassword(path.id, made.empty() ? body.password : made, must_change, request.caller.actor);
  return JsonResponse(AccountJson(account, made));
}

Response ShowTokens(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  RequireAccount(request);
  std::string account = TextParameter(request, parameters::kTokensOf);
  if (!May(request.caller, Right::kAdminister)) account = request.caller.account;
  return JsonResponse(TokenListJson(archive.accounts().Tokens(account)));
}

Response NewTokenOf(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  RequireAccount(request);
  const Caller& caller = request.caller;
  NewToken wanted = ReadNewTokenBody(BodyOf(request));
  wanted.account = wanted.account.empty() ? caller.account : AccountName(wanted.account);
  if (!ManagesTokensOf(caller, wanted.account)) {
    throw Error(ErrorCode::kDenied,
                "tokens are made by their account's owner, signed in with a password, or by an "
                "administrator");
  }
  if ((wanted.rights & ~caller.rights) != 0) {
    throw Error(ErrorCode::kDenied, "a token may not have more rights than whoever makes it");
  }
  const MadeToken made = archive.accounts().AddToken(wanted, caller.actor);
  Response response = JsonResponse(TokenJson(made.token, made.secret), 201);
  response.headers["Location"] = "/v1/tokens/" + made.token.id;
  return response;
}

Response RevokeToken(Archive& archive, const Request& request, const PathParameters& path) {
  RequireAccount(request);
  const Token token = archive.accounts().GetToken(path.id);
  if (!ManagesTokensOf(request.caller, token.account)) throw Error(ErrorCode::kNotFound, "there is no such token");
  archive.accounts().Revoke(token, request.caller.actor);
  return {.status = 204};
}

Response ShowAudit(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  archive.RequireWhole(kTrail);
  archive.trail().Flush();
  const uint64_t count = archive.store().AuditCount();
  const uint64_t limit = NumberParameter(request, parameters::kListLimit);
  uint64_t from = count - std::min(count, limit);
  if (HasParameter(request, parameters::kAuditFrom)) from = NumberParameter(request, parameters::kAuditFrom);
  const auto entries = archive.store().AuditChain(CursorNumber(request).value_or(from), limit);
  const bool last = entries.empty() || entries.back().number + 1 >= count;
  const std::string next = last ? "" : MakeListCursor(request, std::to_string(entries.back().number + 1));
  Response response = JsonResponse(AuditListJson(entries, count, next));
  LinkNext(request, next, response);
  return response;
}

Response ExportAudit(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  archive.RequireWhole(kTrail);
  const uint64_t limit = NumberParameter(request, parameters::kAuditExportLimit);
  const uint64_t from = NumberParameter(request, parameters::kAuditFrom);
  if (from == 0) archive.trail().Flush();
  archive.trail().Count({.actor = request.caller.actor, .action = "audit.export"}, Trail::Crowd::kWrite);
  Response response;
  response.headers["Content-Type"] = "application/jsonl; charset=utf-8";
  uint64_t next = 0;
  for (const ChainedAuditEntry& entry : archive.store().AuditChain(from, limit)) {
    response.body += AuditLineJson(entry) + "\n";
    next = entry.number + 1;
  }
  if (next == 0 || next >= archive.store().AuditCount()) return response;
  Target target{.path = request.path, .query = request.query};
  target.query["from"] = std::to_string(next);
  response.headers["Link"] = "<" + FormatTarget(target) + ">; rel=\"next\"";
  return response;
}

Response VerifyAudit(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  archive.RequireWhole(kTrail);
  const KnownAuditHead known{.entries = NumberParameter(request, parameters::kKnownEntries),
                             .hash = TextParameter(request, parameters::kKnownHead)};
  if ((known.entries != 0 || !known.hash.empty()) && !IsSha256Hex(known.hash)) {
    throw Error(ErrorCode::kInvalid, "'entries' and 'head' are the two that an earlier check told");
  }
  archive.trail().Flush();
  return JsonResponse(AuditCheckJson(archive.store().CheckAudit(known)));
}

}  // namespace diwan
