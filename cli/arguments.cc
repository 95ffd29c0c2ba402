// CLI11 behind a narrow door: it is slow to compile, and some of its habits must be kept from our users.
#include "cli/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/error.h"

namespace diwan {
namespace {

// CLI11 takes a word "[a,b]" of a list apart. A mark before the bracket, taken off after parsing, keeps it whole.
constexpr char kGuard = '\x01';

std::string Guarded(const std::string& word) {
  return word.starts_with('[') && word.ends_with(']') ? kGuard + word : word;
}

void TakeGuardOff(std::string& word) {
  if (word.starts_with(kGuard)) word.erase(0, 1);
}

}  // namespace

struct ArgumentParser::State {
  Call& call;
  CLI::App app;
  std::vector<std::string*> texts;
  std::vector<std::vector<std::string>*> lists;
};

ArgumentParser::ArgumentParser(Call& call)
    : state_(new State{
          call, CLI::App(std::string(call.command.help), "diwan " + std::string(call.command.name)), {}, {}}) {
  CLI::App& app = state_->app;
  GlobalOptions& global = call.global;
  app.get_formatter()->column_width(34);
  app.set_help_flag("-h,--help", "print this and end");
  const std::string group = "Options of every command";
  const auto not_empty = [](const std::string& text) { return text.empty() ? std::string("must not be empty") : ""; };
  app.add_option("--archive", global.archive,
                 "the archive's folder (else DIWAN_ARCHIVE, the file's, the XDG data folder)")
      ->type_name("DIR")
      ->check(not_empty)
      ->group(group);
  app.add_option("--config", global.config, "the configuration file (else DIWAN_CONFIG, else none)")
      ->type_name("FILE")
      ->check(not_empty)
      ->group(group);
  app.add_option("--server", global.server, "ask the server at http(s)://HOST:PORT, not an archive on this machine")
      ->type_name("URL")
      ->check(not_empty)  // an unset variable must not lead to another archive
      ->group(group);
  app.add_option("--token-file", global.token_file, "file with the token for that server (else DIWAN_TOKEN)")
      ->type_name("FILE")
      ->group(group);
  app.add_flag("--json", global.json, "print the answer of the API as it is")->group(group);
  app.add_flag("--no-color", global.no_color, "no colours (the variable NO_COLOR does the same)")->group(group);
}

ArgumentParser::~ArgumentParser() = default;

void ArgumentParser::Flag(const std::string& name, bool& value, const std::string& help) {
  state_->app.add_flag(name, value, help);
}

void ArgumentParser::Text(const std::string& name, std::string& value, const std::string& help) {
  state_->app.add_option(name, value, help)->type_name("TEXT");
  state_->texts.push_back(&value);
}

void ArgumentParser::Required(const std::string& name, std::string& value, const std::string& help) {
  state_->app.add_option(name, value, help)->type_name("")->required();
  state_->texts.push_back(&value);
}

void ArgumentParser::List(const std::string& name, std::vector<std::string>& values, const std::string& help) {
  state_->app.add_option(name, values, help)->type_name("");
  state_->lists.push_back(&values);
}

void ArgumentParser::Choice(const std::string& name, std::string& value, const std::vector<std::string>& allowed,
                            const std::string& help) {
  state_->app.add_option(name, value, help)
      ->type_name(fmt::format("{}", fmt::join(allowed, "|")))
      ->check([allowed](const std::string& given) {
        const bool known = std::find(allowed.begin(), allowed.end(), given) != allowed.end();
        return known ? "" : fmt::format("'{}' is none of {}", given, fmt::join(allowed, ", "));
      });
}

void ArgumentParser::Number(const std::string& name, int64_t& value, int64_t min, int64_t max,
                            const std::string& help) {
  state_->app.add_option(name, value, fmt::format("{} (now {})", help, value))
      ->type_name("N")
      ->check([min, max](const std::string& given) {
        int64_t number = 0;
        const bool fits = CLI::detail::lexical_cast(given, number) && number >= min && number <= max;
        return fits ? "" : fmt::format("'{}' is no number from {} to {}", given, min, max);
      });
}

void ArgumentParser::Parse() {
  std::vector<std::string> last_first;  // as CLI11 wants them
  for (const std::string& word : state_->call.arguments) last_first.insert(last_first.begin(), Guarded(word));
  try {
    state_->app.parse(std::move(last_first));
  } catch (const CLI::CallForHelp&) {
    throw HelpAsked{state_->app.help()};
  } catch (const CLI::ParseError& error) {
    ThrowUsage(state_->call, error.what());
  }
  for (std::string* text : state_->texts) TakeGuardOff(*text);
  for (auto* list : state_->lists) std::for_each(list->begin(), list->end(), TakeGuardOff);
  Call& call = state_->call;
  call.console.color = call.console.color && !call.global.no_color;
}

void ThrowUsage(const Call& call, const std::string& what) {
  throw Error(ErrorCode::kInvalid, fmt::format("{} (see: diwan {} --help)", what, call.command.name));
}

int FindCommandWord(const std::vector<std::string>& arguments, const std::vector<std::string_view>& names) {
  bool after_option = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--archive" || word == "--server" || word == "--token-file" || word == "--config") {
      ++i;
    } else if (word.starts_with('-')) {
      after_option = word.find('=') == word.npos;
    } else if (std::find(names.begin(), names.end(), word) != names.end()) {
      return static_cast<int>(i);
    } else if (!after_option) {
      throw Error(ErrorCode::kInvalid, fmt::format("there is no command '{}' (see: diwan --help)", word));
    } else {
      after_option = false;  // may be the value of an option that only the command knows
    }
  }
  return -1;
}

}  // namespace diwan
