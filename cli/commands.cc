// The table of commands, and what is the same for all of them: finding the command, help, errors to exit statuses.
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <new>

#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/settings.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr Command kCommands[] = {
    // help and dispatch read this
    {"init", "make an empty archive", RunInit},
    {"ingest", "bring in scanned files and folders", RunIngest},
    {"search", "find records by words, numbers, dates and fields", RunSearch},
    {"suggest", "complete the last word of a question", RunSuggest},
    {"related", "find records that are like one", RunRelated},
    {"show", "show a record or a page, or save its image or source", RunShow},
    {"cite", "find the records that a text cites", RunCite},
    {"correct", "correct a word of a page", RunCorrect},
    {"confirm", "say that a field is right", RunConfirm},
    {"set", "change a field, or add a value to it", RunSet},
    {"unset", "take a field away", RunUnset},
    {"relate", "say what a record does to another, or whether a citation is right", RunRelate},
    {"merge", "say that a record is the same paper as another", RunMerge},
    {"split", "make the last pages of a record one of their own", RunSplit},
    {"delete", "take a record out of sight", RunDelete},
    {"restore", "bring back what was deleted or merged", RunRestore},
    {"hold", "keep a record from being deleted, merged away or split", RunHold},
    {"reread", "have the pages of a record read anew", RunReread},
    {"history", "list the versions of a record or page, or print one", RunHistory},
    {"gaps", "say what is missing, doubled, without text or not confirmed", RunGaps},
    {"ocr", "read files without an archive", RunOcr},
    {"import", "bring in records that are text already (JSON lines)", RunImport},
    {"export", "write records as JSON lines or CSV, to be brought in again", RunExport},
    {"verify", "check that the archive is whole", RunVerify},
    {"reindex", "build the index anew", RunReindex},
    {"read-fields", "read fields and citations of stored texts anew", RunReadFields},
    {"stats", "say how much the archive has", RunStats},
    {"serve", "answer over HTTP", RunServe},
    {"config", "show the settings in force, or check a configuration file", RunConfig},
    {"user", "say who may use the archive, and what each may do", RunUser},
    {"token", "make, list and revoke the tokens of programs", RunToken},
    {"audit", "list, export and verify the trail of what was done", RunAudit},
    {"version", "say which Diwan this is", RunVersion},
};

std::string Help() {
  std::string text = "diwan - an archive for council records\n\nUsage: diwan COMMAND [OPTIONS]\n\nCommands:\n";
  for (const Command& command : kCommands) text += fmt::format("  {:<12}{}\n", command.name, command.help);
  text +=
      "\nThe archive is --archive DIR, else DIWAN_ARCHIVE, else that of the configuration file (--config FILE or\n"
      "DIWAN_CONFIG), else diwan in the XDG data folder; --server URL asks a server instead, with the token in\n"
      "DIWAN_TOKEN or --token-file FILE. --json prints the answer as data. diwan COMMAND --help tells what a command\n"
      "takes.\n";
  return text;
}

std::string_view MeantByFlag(const std::vector<std::string>& arguments) {
  for (const std::string& word : arguments) {
    if (word == "--version") return "version";
    if (word == "--help" || word == "-h") return "help";
  }
  return "";
}

// "help search" as "search --help". Throws as FindCommandWord.
void TurnHelpAround(std::vector<std::string>& arguments, int& at, const std::vector<std::string_view>& names) {
  if (at < 0 || arguments[at] != "help") return;
  arguments.erase(arguments.begin() + at);
  const int asked = FindCommandWord(arguments, names);
  arguments = {asked < 0 ? "help" : arguments[asked], "--help"};
  at = 0;
}

int Dispatch(std::vector<std::string> arguments, const Console& console) {
  std::vector<std::string_view> names;
  for (const Command& command : kCommands) names.push_back(command.name);
  names.emplace_back("help");
  int at = FindCommandWord(arguments, names);
  TurnHelpAround(arguments, at, names);
  const std::string_view name = at >= 0 ? std::string_view(arguments[at]) : MeantByFlag(arguments);
  if (name == "help") {
    console.Print(Help());
    return kExitSuccess;
  }
  for (const Command& command : kCommands) {
    if (command.name != name) continue;
    if (at >= 0) arguments.erase(arguments.begin() + at);
    if (at < 0) arguments.clear();
    Call call{command, std::move(arguments), {}, console};
    return command.run(call);
  }
  console.err << Help();
  return ExitStatusOf(ErrorCode::kInvalid);
}

// Runs Dispatch; every failure becomes one line and its exit status.
int Guarded(const std::vector<std::string>& arguments, const Console& console) {
  try {
    return Dispatch(arguments, console);
  } catch (const HelpAsked& help) {
    console.Print(help.text);
    return kExitSuccess;
  } catch (const Error& error) {
    console.Say(fmt::format("diwan: {}", error.what()));
    return ExitStatusOf(error.code());
  } catch (const Json::exception& error) {
    console.Say(fmt::format("diwan: the answer is not that of a Diwan of this version: {}", error.what()));
    return ExitStatusOf(ErrorCode::kUnavailable);
  } catch (const std::bad_alloc&) {
    console.Say("diwan: out of memory");
    return ExitStatusOf(ErrorCode::kUnavailable);
  } catch (const std::exception& error) {
    console.Say(fmt::format("diwan: something went wrong inside: {}", error.what()));
    return ExitStatusOf(ErrorCode::kInternal);
  }
}

}  // namespace

int RunDiwan(const std::vector<std::string>& arguments, const Console& console) {
  const int status = Guarded(arguments, console);
  console.out.flush();
  if (console.out || errno == EPIPE) return status;  // who reads no further has seen enough
  console.Say("diwan: the results could not be written; is the disk full?");
  return ExitStatusOf(ErrorCode::kUnavailable);
}

std::filesystem::path ArchiveFolder(const GlobalOptions& global) {
  const auto variable = [](const char* name) -> std::string {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
  };
  if (const std::string named = ReadSettings(global).values.archive; !named.empty()) return named;
  // The XDG rules: a relative path in the variable is to be ignored.
  if (const std::filesystem::path data = variable("XDG_DATA_HOME"); data.is_absolute()) return data / "diwan";
  std::filesystem::path home = variable("HOME");
  if (home.empty()) {
    const passwd* const user = getpwuid(getuid());
    if (user != nullptr) home = user->pw_dir;
  }
  if (!home.is_absolute()) {
    throw Error(ErrorCode::kInvalid, "no home folder is known; name the archive with --archive DIR");
  }
  return home / ".local/share/diwan";
}

}  // namespace diwan
