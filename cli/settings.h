// Everything that can be set for good: one table, of which the configuration file, the environment, the flags of
// `serve`, `diwan config` and docs/configuration.md are made.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/server.h"
#include "cli/command.h"

namespace diwan {

// What is set; as it is here where nothing is said.
struct Settings {
  std::string archive;  // "": the usual place
  std::string access = "internal";
  int64_t workers = UsualWorkers();
  std::string listen = "127.0.0.1:8080";
  std::string certificate;
  std::string key;
  std::string anonymous = "none";
  std::vector<std::string> trusted_proxies;
  std::string forwarded = "x-forwarded";
  std::string metrics = "none";
  std::string log_level = "info";
  int64_t threads = ServerOptions().threads;
  int64_t requests_per_minute = ServerOptions().requests_per_minute;
  int64_t connections = static_cast<int64_t>(ServerOptions().max_connections);
  int64_t connections_per_address = static_cast<int64_t>(ServerOptions().max_connections_per_address);
  int64_t header_bytes = static_cast<int64_t>(ServerOptions().max_head_bytes);
  int64_t body_bytes = static_cast<int64_t>(ServerOptions().max_body_bytes);
  int64_t file_bytes = static_cast<int64_t>(ReceiveLimits().max_file_bytes);
  int64_t waiting_bytes = static_cast<int64_t>(ReceiveLimits().max_waiting_bytes);
  int64_t client_seconds = ServerOptions().timeout_seconds;
  int64_t idle_seconds = ServerOptions().keep_alive_seconds;

  static int64_t UsualWorkers();
};

using SettingValue = std::variant<std::string, int64_t, std::vector<std::string>>;

// A row of the table. Constant; lives as long as the program.
struct Setting {
  std::string_view name;  // as the file has it: "section.key"
  std::variant<std::string Settings::*, int64_t Settings::*, std::vector<std::string> Settings::*> member;
  std::string_view what;  // for people: Markdown without line breaks
  int64_t least = 0;      // of a number
  int64_t most = 0;
  std::string_view choices = "";                      // of a text: "one|other"; "": any
  std::string_view flag = "";                         // of `diwan serve`
  std::string_view usual = "";                        // the default, where it depends on the machine
  bool path = false;                                  // of a file or folder; in a file, from that file's folder
  void (*check)(const std::string& value) = nullptr;  // of a text, or each of a list; throws Error
};
std::span<const Setting> SettingTable();

// "DIWAN_LIMITS_BODY_BYTES" for "limits.body_bytes".
std::string VariableOf(const Setting& setting);

// "text", "path", "one of a, b", "number", "list of texts".
std::string TypeOf(const Setting& setting);

// What the flag's help says: the first sentence of `what` without marks, and the default.
std::string HelpOf(const Setting& setting);

// Of each variable of the environment that begins as ours do and is none of ours, a line that says so.
std::vector<std::string> UnknownVariables();

// The rows of docs/configuration.md, each with its line end.
std::string SettingRows();

struct SettingSources {
  std::filesystem::path file;                                              // "": none
  std::function<std::optional<std::string>(const std::string&)> variable;  // of the environment; "" counts as none
  std::map<std::string_view, std::string> flags;                           // by the setting's name; "" counts as none
};

struct SettingsInForce {
  Settings values;
  std::map<std::string_view, std::string> from;  // by the setting's name: "default", "FILE:LINE", "DIWAN_X", "--x"
};

// A flag goes before a variable, that before the file, that before the default. Throws kInvalid with everything
// that is wrong, where it stands and what could stand there; kNotFound when there is no such file.
SettingsInForce ReadSettings(const SettingSources& sources);

// The same for a command: with its --config or DIWAN_CONFIG, the environment, its --archive and `flags`.
SettingsInForce ReadSettings(const GlobalOptions& global, std::map<std::string_view, std::string> flags = {});

// As the file would have it: `"text"`, `16`, `["a", "b"]`.
std::string FormatSetting(const Setting& setting, const Settings& settings);

}  // namespace diwan
