// diwan-papers: writes the sample papers with their ground truth. Development only; never installed.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "tests/papers/press.h"
#include "tests/papers/sheets.h"

int main(int argc, char** argv) {
  CLI::App app("Writes scanned-looking council papers with ground truth beside each");
  diwan::papers::PressOptions options;
  std::string dir;
  app.add_option("DIR", dir, "folder to write to")->required();
  app.add_option("--seed", options.seed, "of noise, skew and scribbles");
  app.add_option("--copies", options.copies, "further variants of every paper")->check(CLI::Range(0, 10000));
  app.add_option("--pages", options.pages, "no more than so many pages")->check(CLI::Range(0, 1000000));
  app.add_option("--truth", options.truth, "folder for the ground truth; beside the files when not given");
  bool sheets = false;
  std::string face;
  CLI::Option* apart =
      app.add_flag("--sheets", sheets, "an image for every page, clean and degraded, with text and boxes beside it");
  app.add_option("--face", face, "what the sheets are set in instead of their own faces")->needs(apart);
  CLI11_PARSE(app, argc, argv);
  try {
    if (sheets) {
      std::cout << diwan::papers::PrintSheets(
                       dir, {.seed = options.seed, .copies = options.copies, .pages = options.pages, .face = face})
                << " sheets\n";
      return EXIT_SUCCESS;
    }
    // --pages alone means: as many copies as that takes.
    if (options.pages > 0 && options.copies == 0) options.copies = options.pages;
    std::cout << diwan::papers::PrintCorpus(dir, options) << " pages\n";
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << "diwan-papers: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
