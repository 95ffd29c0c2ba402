// What the API tells of sessions, accounts, tokens and the audit trail: one description for each row of the route
// table.
#pragma once

#include "api/operation.h"
#include "api/query_parameters.h"

namespace diwan::operations {
using namespace parameters;  // NOLINT(google-build-using-namespace): names of one table

inline constexpr Operation kSession = {.id = "getSession",
                                       .summary = "who asks, and what they may; see [below](#who-may-do-what)",
                                       .answers = {{200, "application/json", "Session"}}};

inline constexpr Operation kSignIn = {
    .id = "signIn",
    .summary = "sign in; the answer sets the session's cookie. `Content-Type` must be `application/json`",
    .body = {"application/json", "SignInGiven", R"({"name":"ahmad","password":"correct horse"})"},
    .answers = {{201, "application/json", "Session"}},
    .problems = {403}};

inline constexpr Operation kSignOut = {.id = "signOut", .summary = "sign out", .answers = {{204}}, .problems = {403}};

inline constexpr Operation kOwnPassword = {
    .id = "changeOwnPassword",
    .summary = "change one's own password; every session of the account ends, and a new one begins",
    .body = {"application/json", "OwnPasswordGiven", R"({"password":"correct horse","new_password":"battery staple"})"},
    .answers = {{201, "application/json", "Session"}},
    .problems = {403}};

inline constexpr Operation kListAccounts = {
    .id = "listAccounts", .summary = "the accounts, by name", .answers = {{200, "application/json", "Persons"}}};

inline constexpr Operation kAddAccount = {
    .id = "addAccount",
    .summary = "a new one; without `password` nobody signs in with it, but it may have tokens",
    .body = {"application/json", "PersonGiven",
             R"({"name":"sara","role":"editor","clearance":{"level":"internal","bodies":["مجلس البلدية"]}})"},
    .answers = {{201, "application/json", "Person"}}};

inline constexpr Operation kGetAccount = {
    .id = "getAccount", .summary = "one of them, by its name", .answers = {{200, "application/json", "Person"}}};

inline constexpr Operation kChangeAccount = {
    .id = "changeAccount",
    .summary = "change it; a disabled account's sessions end and its tokens stop",
    .body = {"application/json", "PersonEdits", R"({"role":"archivist","disabled":false})"},
    .answers = {{200, "application/json", "Person"}}};

inline constexpr Operation kSetPassword = {
    .id = "setPassword",
    .summary = "give it a password, or with `{}` have one made for one use. The account's sessions end",
    .body = {"application/json", "PasswordGiven", "{}"},
    .answers = {{200, "application/json", "Person"}}};

inline constexpr Operation kListTokens = {
    .id = "listTokens",
    .summary = "one's own tokens; an administrator sees all, or those of `account`",
    .query = {kTokensOf},
    .answers = {{200, "application/json", "Tokens"}}};

inline constexpr Operation kAddToken = {
    .id = "addToken",
    .summary = "a new one; `token` in the answer is told this once",
    .body = {"application/json", "TokenGiven", R"({"name":"scanner","account":"ahmad","scopes":["read"],"days":30})"},
    .answers = {{201, "application/json", "Token"}},
    .problems = {404}};

inline constexpr Operation kRevokeToken = {
    .id = "revokeToken", .summary = "revoke it, from now on", .answers = {{204}}};

inline constexpr Operation kListAudit = {
    .id = "listAudit",
    .summary = "entries of the [audit trail](#audit-trail) from number `from` on; the newest without it",
    .query = {kAuditFrom, kCursor, kListLimit},
    .answers = {{200, "application/json", "AuditNotes"}},
    .list = true};

inline constexpr Operation kExportAudit = {.id = "exportAudit",
                                           .summary = "the trail as JSON lines, each an `AuditNote` with `bytes`",
                                           .query = {kAuditFrom, kAuditExportLimit},
                                           .answers = {{200, "application/jsonl"}},
                                           .list = true};

inline constexpr Operation kVerifyAudit = {
    .id = "verifyAudit",
    .summary = "go over the whole chain; with the two that an earlier answer told, whether it still goes on from there",
    .query = {kKnownEntries, kKnownHead},
    .answers = {{200, "application/json", "AuditCheck"}}};

}  // namespace diwan::operations
