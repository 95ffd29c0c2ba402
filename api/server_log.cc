#include "api/server_log.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<LogLevel, std::string_view>, 5> kNames = {{{LogLevel::kDebug, "debug"},
                                                                          {LogLevel::kInfo, "info"},
                                                                          {LogLevel::kWarning, "warning"},
                                                                          {LogLevel::kError, "error"},
                                                                          {LogLevel::kNone, "none"}}};

Json Begin(LogLevel level, std::string_view message) {
  return {{"time", FormatTime(NowMillis())}, {"level", NameOf(level)}, {"message", message}};
}

// ASCII alone: whatever came from outside is escaped, line ends, terminal controls and marks that turn text among it.
std::string LineOf(const Json& json) { return json.dump(-1, ' ', true, Json::error_handler_t::replace); }

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
  if (Wants(level)) sink_(LineOf(Begin(level, message)));
}

void ServerLog::Note(const Exchange& exchange) const {
  const LogLevel level = exchange.status == 500 ? LogLevel::kError : LogLevel::kInfo;
  if (!Wants(level)) return;
  Json line = Begin(level, "request");
  line["id"] = exchange.id;
  line["method"] = exchange.method;
  line["route"] = exchange.route;
  if (Wants(LogLevel::kDebug)) line["path"] = exchange.path;
  line["status"] = exchange.status;
  line["bytes"] = exchange.bytes;
  line["ms"] = std::round(exchange.milliseconds * 100) / 100;
  if (!exchange.whole) line["broken_off"] = true;
  line["who"] = exchange.actor;
  line["address"] = exchange.address;
  sink_(LineOf(line));
}

}  // namespace diwan
