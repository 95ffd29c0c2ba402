// The options of one command. CLI11 reads them; the commands only say what they take.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"

namespace diwan {

// Thrown for --help: `text` is for standard output.
struct HelpAsked {
  std::string text;
};

// Declare what the command takes, then Parse. A name without dashes is an argument by its place. The variables given
// must outlive Parse, and keep their values when nothing was given for them.
class ArgumentParser {
 public:
  explicit ArgumentParser(Call& call);
  ~ArgumentParser();
  ArgumentParser(const ArgumentParser&) = delete;
  ArgumentParser& operator=(const ArgumentParser&) = delete;

  void Flag(const std::string& name, bool& value, const std::string& help);
  void Text(const std::string& name, std::string& value, const std::string& help);
  void Required(const std::string& name, std::string& value, const std::string& help);
  void List(const std::string& name, std::vector<std::string>& values, const std::string& help);  // may be empty
  void Choice(const std::string& name, std::string& value, const std::vector<std::string>& allowed,
              const std::string& help);
  void Number(const std::string& name, int64_t& value, int64_t min, int64_t max, const std::string& help);

  // --access, the level of new records of which nothing is said.
  void Access(std::string& value) {
    Choice("--access", value, {"public", "internal", "confidential"},
           "the level of access of new records of which no row or line says one");
  }

  // Reads the call's arguments into the variables and into call.global. Throws Error (kInvalid) for wrong usage, and
  // HelpAsked.
  void Parse();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Throws Error (kInvalid) that names the command's help.
[[noreturn]] void ThrowUsage(const Call& call, const std::string& what);

// Where the command's name stands in `arguments`, so that options may stand before it; -1 when there is none. Throws
// Error (kInvalid) for a word that is no command.
int FindCommandWord(const std::vector<std::string>& arguments, const std::vector<std::string_view>& names);

}  // namespace diwan
