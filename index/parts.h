// One index is several Xapian databases, one for each audience that has records: so a reader's counts, frequencies,
// vocabulary and ranking are those of what the reader sees, to the last digit, and no query needs a filter.
//
// The base, in the index's own folder, has what is internal and says which other parts there are: line n of its
// metadata kPartsKey is the audience (KeyOf) of the part in the folder part-n. A commit makes the parts durable before
// the base, which says up to where the feed was applied.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/access.h"

namespace diwan {

inline constexpr const char* kPartsKey = "diwan.parts";      // of the base's metadata
inline constexpr const char* kChangesKey = "diwan.changes";  // of each part's: pages put and removed so far

std::filesystem::path PartFolder(const std::filesystem::path& dir, size_t number);  // from 1

// A number in a database's metadata; 0 when there is none.
uint64_t NumberIn(const Xapian::Database& database, const char* key);

// The audiences of the base's other parts, in their order; and as kPartsKey has them.
std::vector<std::string> PartsOf(const Xapian::Database& base);
std::string PartsText(const std::vector<std::string>& audiences);

// The parts of an index as readers use them. One thread. Methods throw Xapian::Error.
class Parts {
 public:
  explicit Parts(std::filesystem::path dir);

  // The newest commit.
  void Reopen();

  // The parts that `viewer` may see, as of the last Reopen, as one database.
  Xapian::Database SeenBy(const Viewer& viewer) const;

  // Changes of the parts that `viewer` may see, together.
  uint64_t ChangesSeenBy(const Viewer& viewer) const;

  const Xapian::Database& base() const { return parts_.front().database; }

 private:
  struct Part {
    Audience audience;
    Xapian::Database database;
  };

  const std::filesystem::path dir_;
  std::vector<Part> parts_;  // the base first
};

}  // namespace diwan
