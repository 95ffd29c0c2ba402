// Files that no archive should choke on: damaged, lying, looping, swelling. Written byte by byte, so that each has
// exactly the fault it is named for.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diwan::papers {

struct HostileFile {
  std::string_view name;   // as an inbox would show it
  std::string_view fault;  // in a few words
  int readable_pages = 0;  // the most that an honest reader can get out of it; 0: it must be refused
  std::string bytes;
};

// The password of "password.pdf".
inline constexpr std::string_view kHostilePassword = "diwan";

// Pages that the IFD chain of "many-pages.tif" claims.
inline constexpr int kClaimedPages = 3000;

// All of them, always the same bytes. Takes about a second for the bomb. Any thread may call.
std::vector<HostileFile> HostileFiles();

// Writes all of them under `dir`, which is made when missing. Throws kUnavailable when one can't be written.
void WriteHostileFiles(const std::filesystem::path& dir);

}  // namespace diwan::papers
