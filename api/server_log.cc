#include "api/server_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/id.h"

namespace diwan {
namespace {

constexpr std::array<std::pair<LogLevel, std::string_view>, 5> kNames = {{{LogLevel::kDebug, "debug"},
                                                                          {LogLevel::kInfo, "info"},
                                                                          {LogLevel::kWarning, "warning"},
                                                                          {LogLevel::kError, "error"},
                                                                          {LogLevel::kNone, "none"}}};

using Line = fmt::memory_buffer;  // on the stack: each request has one, and threads would wait for each other's memory

// In ASCII alone: whatever came from outside is escaped, line ends, terminal controls and marks that turn text among
// it.
void Put(Line& line, std::string_view text) {
  const bool plain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
  if (plain) {
    fmt::format_to(std::back_inserter(line), "\"{}\"", text);
  } else {
    line.append(nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
  }
}

void Begin(Line& line, LogLevel level, std::string_view message) {
  fmt::format_to(std::back_inserter(line), R"({{"time":"{}","level":"{}","message":)", FormatTime(NowMillis()),
                 NameOf(level));
  Put(line, message);
}

void Add(Line& line, std::string_view name, std::string_view text) {
  fmt::format_to(std::back_inserter(line), ",\"{}\":", name);
  Put(line, text);
}

std::string End(Line& line) {
  line.push_back('}');
  return fmt::to_string(line);
}

}  // namespace

std::string_view NameOf(LogLevel level) {
  return std::ranges::find(kNames, level, &std::pair<LogLevel, std::string_view>::first)->second;
}

std::optional<LogLevel> LogLevelNamed(std::string_view name) {
  const auto* const found = std::ranges::find(kNames, name, &std::pair<LogLevel, std::string_view>::second);
  return found == kNames.end() ? std::nullopt : std::optional(found->first);
}

ServerLog::ServerLog(LogLevel least, std::function<void(const std::string& line)> sink)
    : least_(least), sink_(std::move(sink)) {}

void ServerLog::Say(LogLevel level, std::string_view message) const {
  if (!Wants(level)) return;
  Line line;
  Begin(line, level, message);
  sink_(End(line));
}

void ServerLog::Note(const Exchange& exchange) const {
  const LogLevel level = exchange.status == 500 ? LogLevel::kError : LogLevel::kInfo;
  if (!Wants(level)) return;
  Line line;
  Begin(line, level, "request");
  Add(line, "id", exchange.id);
  Add(line, "method", exchange.method);
  Add(line, "route", exchange.route);
  if (Wants(LogLevel::kDebug)) Add(line, "path", exchange.path);
  fmt::format_to(std::back_inserter(line), R"(,"status":{},"bytes":{},"ms":{:.2f}{})", exchange.status, exchange.bytes,
                 exchange.milliseconds, exchange.whole ? "" : R"(,"broken_off":true)");
  Add(line, "who", exchange.actor);
  Add(line, "address", exchange.address);
  sink_(End(line));
}

}  // namespace diwan
