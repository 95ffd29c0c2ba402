// Manifests: lists that lie beside scans and say of each file what it is. CSV with a heading, or JSON lines.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "archive/description.h"

namespace diwan {

inline constexpr uint64_t kMaxManifestBytes = 256U << 20;
inline constexpr size_t kMaxManifestColumns = 1000;
inline constexpr size_t kMaxManifestProblemsTold = 100;

struct ManifestRow {
  uint64_t line = 0;        // from 1
  Description description;  // its `file` is not ""
};

struct Manifest {
  std::vector<ManifestRow> rows;
  struct Problem {
    uint64_t line = 0;
    std::string reason;
  };
  std::vector<Problem> problems;  // the first kMaxManifestProblemsTold
  uint64_t problem_count = 0;     // rows are to be used only when there is none
};

enum class ManifestForm { kCsv, kJsonLines };

// Reads a whole manifest and checks every value in it. In CSV the heading names the columns: `file`, `external_id`, the
// fields of docs/fields.md, also by the names that a search knows them by in Arabic and Persian; a column may come
// several times, for several values. In JSON lines each line is as ReadStrictDescription reads it. Nothing is thrown
// for what stands in it: all of that is a problem, and reading goes on, but for broken quotes. `language` as there. Any
// thread may call.
Manifest ReadManifest(std::istream& in, ManifestForm form, std::string_view language);

}  // namespace diwan
