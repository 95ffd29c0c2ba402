// `diwan config`: what is set, and where that was said.
#include <fmt/format.h>

#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "cli/settings.h"

namespace diwan {
namespace {

std::string OriginOf(const Setting& setting, const SettingsInForce& settings) {
  const auto from = settings.from.find(setting.name);
  return from == settings.from.end() ? "default" : from->second;
}

void Show(const Call& call, SettingsInForce settings) {
  settings.values.archive = ArchiveFolder(call.global).string();
  Table table{{{"SETTING", "VALUE", "FROM"}}, {}};
  Json json = Json::array();
  for (const Setting& setting : SettingTable()) {
    const std::string value = FormatSetting(setting, settings.values);
    const std::string from = OriginOf(setting, settings);
    table.rows.push_back({std::string(setting.name), value, from});
    json.push_back({{"setting", setting.name}, {"value", Json::parse(value)}, {"from", from}});
  }
  call.console.Print(call.global.json ? json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"
                                      : Format(table));
}

}  // namespace

int RunConfig(Call& call) {
  std::string action;
  std::string file;
  ArgumentParser parser(call);
  parser.Choice("ACTION", action, {"show", "check"}, "show: the values in force; check: whether a file is right");
  parser.Text("FILE", file, "of check");
  parser.Parse();
  if (action.empty()) ThrowUsage(call, "ACTION is missing: show or check");
  if (action == "show") {
    for (const std::string& line : UnknownVariables()) call.console.Say("warning: " + line);
    Show(call, ReadSettings(call.global));
    return kExitSuccess;
  }
  if (file.empty()) ThrowUsage(call, "FILE is missing");
  const auto nothing = [](const std::string& /*name*/) { return std::nullopt; };
  const SettingsInForce settings = ReadSettings({.file = file, .variable = nothing, .flags = {}});
  call.console.PrintLine(fmt::format("{}: nothing is wrong with its {} settings", file, settings.from.size()));
  return kExitSuccess;
}

}  // namespace diwan
