// Accounts, sign-ins and requests over the network, for the tests of who gets past.
#pragma once

#include <gmock/gmock.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "api_fixture.h"

namespace diwan {

inline constexpr const char* kPassword = "correct horse";

class AccessTest : public ApiTest {
 protected:
  void Listen(const ServerOptions& options = {}) { server_ = ListenTcp(*archive_, "127.0.0.1:0", options); }
  Response Ask(const std::string& method, const std::string& path, std::map<std::string, std::string> headers = {},
               const std::string& body = "") {
    std::istringstream bytes(body);
    Request request{
        .method = method, .path = path, .headers = std::move(headers), .body = &bytes, .body_size = body.size()};
    return ConnectHttp("http://" + server_->address())->Send(request);
  }
  void AddPerson(const std::string& name, Role role, bool must_change = false) {
    archive_->accounts().Add({.name = name,
                              .display_name = "",
                              .role = role,
                              .clearance = {},
                              .password = kPassword,
                              .must_change = must_change},
                             "test");
  }
  Response SignIn(const std::string& name, const std::string& password,
                  std::map<std::string, std::string> headers = {}) {
    headers.emplace("content-type", "application/json");
    return Ask("POST", "/v1/session", std::move(headers),
               nlohmann::json({{"name", name}, {"password", password}}).dump());
  }
  // "diwan=SECRET" out of a sign-in's answer.
  static std::string CookieIn(const Response& response) {
    const std::string& header = response.headers.at("Set-Cookie");
    return header.substr(0, header.find(';'));
  }
  static std::string CsrfIn(const Response& response) { return nlohmann::json::parse(response.body)["csrf_token"]; }
  std::vector<std::string> Actions() {
    archive_->trail().Flush();
    std::vector<std::string> actions;
    for (const AuditEntry& entry : archive_->store().Audit(0, 100'000)) actions.push_back(entry.action);
    return actions;
  }

  std::unique_ptr<Server> server_;
};

}  // namespace diwan
