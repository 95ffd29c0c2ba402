// The manifests of a delivery: lists that say of its files what they are (archive/manifest.h).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/files.h"

namespace diwan {

struct ManifestOptions {
  std::vector<std::string> files;  // named by the user, besides those that lie among the scans
  std::string language;            // that dates are read for where a row does not say it; "auto" for none
  bool strict = false;             // a file without a row is an error
};

// What manifests say of files: a line of JSON for each, by the file's path in the walk.
using RowsOfFiles = std::map<std::filesystem::path, std::string>;

// Takes the manifests out of `walk`: files called manifest.csv and manifest.jsonl, and those named. Reads and checks
// all of them, and finds each row's file among the walk's: by its name from the manifest's folder, else from a folder
// of `arguments`. Says what is wrong, with file and line; then throws kInvalid. A file without a row is said, and no
// error unless `strict`.
RowsOfFiles TakeManifests(Walk& walk, const std::vector<std::string>& arguments, const ManifestOptions& options,
                          const Console& console);

}  // namespace diwan
