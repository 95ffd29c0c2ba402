// diwan-edits-bench: N=10000 changes of the same records and pages from 8 clients at one time, every fourth of them
// from a version that is known to be old, against a server over TCP. Ends with 1 when a change was lost, the history
// has a gap, or the archive is not whole.
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/error.h"
#include "core/id.h"
#include "tests/api/edit_soak.h"

namespace diwan {
namespace {

int Run() {
  const char* const given = std::getenv("N");
  const EditSoakOptions options{.edits = given == nullptr ? 10'000 : std::max(std::atoi(given), 1), .records = 8};
  const auto dir = std::filesystem::temp_directory_path() / ("diwan edits " + NewId());
  EditSoakReport report;
  {
    Archive archive(dir, {.create = true});
    report = RunEditSoak(archive, options);
  }
  std::filesystem::remove_all(dir);
  fmt::print("{} changes by {} clients in {:.1f} s: {} taken, {} refused as stale, {} of them on purpose; {} faults\n",
             options.edits, options.clients, report.seconds, report.taken, report.stale, report.stale_on_purpose,
             report.faults.size());
  for (size_t i = 0; i < std::min<size_t>(report.faults.size(), 20); ++i) fmt::print("{}\n", report.faults[i]);
  return report.faults.empty() ? 0 : 1;
}

}  // namespace
}  // namespace diwan

int main() {
  try {
    return diwan::Run();
  } catch (const diwan::Error& error) {
    fmt::print(stderr, "diwan-edits-bench: {}\n", error.what());
    return 1;
  }
}
