// The command `diwan`.
#include <iostream>
#include <string>
#include <vector>

#include "cli/command.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return diwan::RunDiwan(std::vector<std::string>(argv + 1, argv + argc), diwan::ProcessConsole(std::cout, std::cerr));
}
