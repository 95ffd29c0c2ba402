// Scenario files: what a reader does and what must come of it, written so that anybody can read and add one.
// README.md beside the files explains the words.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace diwan {

// One thing done, and what is expected of it.
struct Step {
  int line = 0;                      // in the file, from 1
  std::string verb;                  // "record", "line", "import", "search", "suggest", "related", "show", "run"
  std::string rest;                  // what stands after the verb
  std::vector<std::string> details;  // the indented lines below
};

struct Scenario {
  std::string name;  // of the file
  std::vector<Step> steps;
};

// Throws std::runtime_error, naming the line, for a file that is no scenario.
Scenario ReadScenario(const std::filesystem::path& file);

// The ways in which the same commands reach an archive.
enum class Way {
  kOwnProcess,   // the command opens the archive itself
  kLocalSocket,  // `diwan serve` holds the archive; the command is only given its folder
  kServer,       // the command is given the server's address
};

// Does what the scenario says on an archive of its own. Returns a line for each thing that was not as expected.
std::vector<std::string> RunScenario(const Scenario& scenario, Way way);

}  // namespace diwan
