// The generator's use cases: one paper, or the whole corpus with copies, with ground truth beside each file.
#pragma once

#include <cstdint>
#include <filesystem>

#include "tests/papers/paper.h"

namespace diwan::papers {

struct PressOptions {
  uint64_t seed = 1;
  int copies = 0;               // further variants of the whole corpus, each in a folder `copy-N`
  int pages = 0;                // stop as soon as that many pages are written; 0: no bound
  std::filesystem::path truth;  // where the ground truth goes; empty: beside the files
};

// Writes copy number `copy` of `paper` to `path`, and its ground truth to `truth`. The same arguments give the same
// bytes. Throws diwan::Error.
void PrintPaper(const Paper& paper, int copy, uint64_t seed, const std::filesystem::path& path,
                const std::filesystem::path& truth);

// Writes the corpus under `dir`, which is made when missing. Returns the number of pages. Throws diwan::Error.
int PrintCorpus(const std::filesystem::path& dir, const PressOptions& options);

}  // namespace diwan::papers
