// Stands before the route table on the network. Everything here reads hostile headers.
#include "api/authentication.h"

#include <fmt/core.h>

#include "api/accept.h"
#include "api/problem.h"
#include "core/digest.h"
#include "core/secret.h"

namespace diwan {
namespace {

constexpr std::string_view kCookie = "diwan";
constexpr std::string_view kSecureCookie =
    "__Host-diwan";  // browsers take this name by TLS only, and of this host only
constexpr std::string_view kBearer = "bearer ";

std::string Header(const Request& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? std::string() : found->second;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool IsBearer(std::string_view header) {
  if (header.size() < kBearer.size()) return false;
  for (size_t i = 0; i < kBearer.size(); ++i) {
    const char c = header[i] >= 'A' && header[i] <= 'Z' ? static_cast<char>(header[i] - 'A' + 'a') : header[i];
    if (c != kBearer[i]) return false;
  }
  return true;
}

Response RefusedToken(Archive& archive, const Request& request) {
  archive.trail().Count(
      {.actor = request.caller.actor, .action = "access.refused", .subject = "", .detail = "no token that is valid"},
      Trail::Crowd::kJoin);
  return ProblemResponse({.code = ErrorCode::kDenied,
                          .detail = "the token is not valid: it was mistyped, has expired or was revoked",
                          .status = 401},
                         LanguageOf(request));
}

std::optional<Response> ByToken(Archive& archive, std::string_view header, Request& request) {
  const auto use = IsBearer(header) ? archive.accounts().Find(Trimmed(header.substr(kBearer.size()))) : std::nullopt;
  if (!use) return RefusedToken(archive, request);
  ActAs(use->account, use->rights, request.caller);
  request.caller.actor = fmt::format("token:{}/{}", use->account.name, use->token.name);
  return std::nullopt;
}

// A sign-in begins a new session whatever the cookie says, and proves by its body that it was meant.
bool IsSignIn(const Request& request) { return request.method == "POST" && request.path == "/v1/session"; }

bool ChangesSomething(const Request& request) {
  return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

std::optional<Response> BySession(Archive& archive, Request& request) {
  const std::string secret = CookieOf(request);
  if (secret.empty() || IsSignIn(request)) return std::nullopt;
  const auto who = archive.sign_ins().Find(secret);
  if (!who) return std::nullopt;
  if (ChangesSomething(request) && !SameSecret(CsrfToken(secret), Header(request, "x-csrf-token"))) {
    archive.trail().Count({.actor = "user:" + who->account.name,
                           .action = "access.refused",
                           .subject = "",
                           .detail = "a change without the CSRF token"},
                          Trail::Crowd::kJoin);
    return ProblemResponse(
        {.code = ErrorCode::kDenied,
         .detail = "a change within a session needs the header X-CSRF-Token; GET /v1/session tells it",
         .status = 403},
        LanguageOf(request));
  }
  Caller& caller = request.caller;
  ActAs(who->account, RightsOf(who->account.role), caller);
  caller.actor = "user:" + who->account.name;
  caller.session = who->session.digest;
  caller.must_change = who->account.must_change;
  if (caller.must_change) caller.rights = 0;
  return std::nullopt;
}

}  // namespace

std::optional<Response> Authenticate(Archive& archive, RateLimit& requests, Anonymous anonymous, Request& request) {
  Caller& caller = request.caller;
  caller.actor = "http:" + caller.address;
  caller.rights = anonymous == Anonymous::kPublic ? SetOf(Right::kRead) : 0;
  caller.viewer = {.level = AccessLevel::kPublic, .bodies = {}};
  caller.signed_in = false;
  const std::string authorization = Header(request, "authorization");
  auto refused = authorization.empty() ? BySession(archive, request) : ByToken(archive, authorization, request);
  const std::string who = caller.account.empty() ? "network " + caller.network : "account " + caller.account;
  if (const int wait = requests.Take(who, archive.accounts().Now()); wait > 0) {
    return ProblemResponse({.code = ErrorCode::kBusy,
                            .detail = fmt::format("too many requests; try again in {} s", wait),
                            .status = 429,
                            .retry_seconds = wait},
                           LanguageOf(request));
  }
  return refused;
}

void ActAs(const Account& account, Rights rights, Caller& caller) {
  caller.account = account.name;
  caller.rights = rights;
  caller.viewer = account.clearance;
  caller.signed_in = true;
}

std::string CsrfToken(std::string_view secret) { return Sha256Hex("diwan csrf\n" + std::string(secret)); }

std::string CookieOf(const Request& request) {
  const std::string header = Header(request, "cookie");
  const std::string_view wanted = request.secure ? kSecureCookie : kCookie;
  std::string_view rest = header;
  while (!rest.empty()) {
    const size_t end = rest.find(';');
    const std::string_view each = Trimmed(rest.substr(0, end));
    const size_t equals = each.find('=');
    if (each.substr(0, equals) == wanted && equals != std::string_view::npos)
      return std::string(each.substr(equals + 1));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return {};
}

std::string SetCookie(const std::string& secret, bool secure) {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}; Max-Age={}", secure ? kSecureCookie : kCookie, secret,
                     secure ? "; Secure" : "", secret.empty() ? 0 : kSessionLongestMs / 1000);
}

}  // namespace diwan
