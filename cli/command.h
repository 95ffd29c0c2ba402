// What a command is, and what it is called with.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"

namespace diwan {

struct Command;

// Options that every command knows.
struct GlobalOptions {
  std::string archive;     // "" for the one that is set, or the usual place
  std::string config;      // the configuration file; "" for the variable DIWAN_CONFIG
  std::string server;      // "http://HOST:PORT"; "" for an archive on this machine
  std::string token_file;  // of the token for `server`; "" for the variable DIWAN_TOKEN
  bool json = false;
  bool no_color = false;
};

// One call of a command.
struct Call {
  const Command& command;
  std::vector<std::string> arguments;  // without the command's name
  GlobalOptions global;                // set by ArgumentParser::Parse
  Console console;
};

// `run` returns the exit status, and throws Error for what ends the command.
struct Command {
  std::string_view name;
  std::string_view help;  // one line
  int (*run)(Call& call);
};

int RunInit(Call& call);
int RunIngest(Call& call);
int RunSearch(Call& call);
int RunSuggest(Call& call);
int RunRelated(Call& call);
int RunShow(Call& call);
int RunCite(Call& call);
int RunCorrect(Call& call);
int RunConfirm(Call& call);
int RunSet(Call& call);
int RunUnset(Call& call);
int RunRelate(Call& call);
int RunMerge(Call& call);
int RunSplit(Call& call);
int RunDelete(Call& call);
int RunRestore(Call& call);
int RunHold(Call& call);
int RunReread(Call& call);
int RunHistory(Call& call);
int RunGaps(Call& call);
int RunOcr(Call& call);
int RunImport(Call& call);
int RunExport(Call& call);
int RunVerify(Call& call);
int RunReindex(Call& call);
int RunReadFields(Call& call);
int RunStats(Call& call);
int RunServe(Call& call);
int RunConfig(Call& call);
int RunUser(Call& call);
int RunToken(Call& call);
int RunAudit(Call& call);
int RunVersion(Call& call);

// Runs `arguments` (without the program's name) and returns the exit status. Never throws.
int RunDiwan(const std::vector<std::string>& arguments, const Console& console);

// The folder of the archive that is meant: as --archive, DIWAN_ARCHIVE or the configuration file says, else diwan in
// the XDG data folder. Throws kInvalid when none can be told, and as ReadSettings.
std::filesystem::path ArchiveFolder(const GlobalOptions& global);

}  // namespace diwan
