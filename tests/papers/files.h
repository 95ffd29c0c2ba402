// Writes the pages of a paper as one file of its format.
#pragma once

#include <filesystem>
#include <vector>

#include "tests/papers/owned.h"
#include "tests/papers/paper.h"
#include "tests/papers/random.h"
#include "tests/papers/wording.h"

namespace diwan::papers {

// Writes scanned pages to `path`, replacing what is there, in the paper's format, which is not kPdfText. A format of
// one page takes the first. Throws kUnavailable when the file can't be written.
void WriteScans(const std::filesystem::path& path, const Paper& paper, const std::vector<PixPtr>& scans);

// Writes `pages`, each already worded, to `path`, replacing what is there. Throws as ScanPage does, kUnavailable when
// the file can't be written.
void WriteFile(const std::filesystem::path& path, const Paper& paper, const std::vector<std::vector<Line>>& pages,
               const Random& random);

}  // namespace diwan::papers
