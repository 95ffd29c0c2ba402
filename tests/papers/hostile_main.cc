// diwan-hostile: writes the hostile files to a folder, for trying things by hand. Never installed.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "tests/papers/hostile.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: diwan-hostile DIR\n";
    return 2;
  }
  try {
    diwan::papers::WriteHostileFiles(argv[1]);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << "diwan-hostile: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
