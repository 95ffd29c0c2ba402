// What a server writes down for those who watch over it: a line of JSON for each request and each event. No line holds
// what was asked for, a body, a cookie, a token or a password, and nothing in it can end a line or drive a terminal.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace diwan {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kNone };

// "debug", "info", "warning", "error", "none"; and back, without a value for any other text.
std::string_view NameOf(LogLevel level);
std::optional<LogLevel> LogLevelNamed(std::string_view name);

// A request and its answer, as they are told of.
struct Exchange {
  std::string_view id;
  std::string_view method;  // of the route; "" without one
  std::string_view route;   // its pattern; "" without one
  std::string_view path;    // decoded, without the query; written at kDebug alone
  int status = 0;           // 0: it broke off before its answer
  bool whole = false;       // the answer was sent to its end
  uint64_t bytes = 0;       // of the answer's body that were sent
  double milliseconds = 0;
  std::string_view actor;    // as in the audit trail
  std::string_view address;  // of the client; "" on the local socket
};

// Any thread may call.
class ServerLog {
 public:
  // `sink` takes a line without its end; any thread may call it.
  ServerLog(LogLevel least, std::function<void(const std::string& line)> sink);

  bool Wants(LogLevel level) const { return level >= least_ && level != LogLevel::kNone; }
  void Say(LogLevel level, std::string_view message) const;
  // At kInfo; at kError for a fault of ours (500).
  void Note(const Exchange& exchange) const;

 private:
  const LogLevel least_;
  const std::function<void(const std::string&)> sink_;
};

}  // namespace diwan
