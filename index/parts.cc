// Opens parts as they appear, and puts together those that somebody sees.
#include "index/parts.h"

#include <algorithm>
#include <charconv>

namespace diwan {

std::filesystem::path PartFolder(const std::filesystem::path& dir, size_t number) {
  return dir / ("part-" + std::to_string(number));
}

uint64_t NumberIn(const Xapian::Database& database, const char* key) {
  const std::string text = database.get_metadata(key);
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::vector<std::string> PartsOf(const Xapian::Database& base) {
  const std::string text = base.get_metadata(kPartsKey);
  std::vector<std::string> audiences;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    audiences.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return audiences;
}

std::string PartsText(const std::vector<std::string>& audiences) {
  std::string text;
  for (const std::string& audience : audiences) text += audience + '\n';
  return text;
}

Parts::Parts(std::filesystem::path dir) : dir_(std::move(dir)) {
  parts_.push_back({Audience{}, Xapian::Database(dir_.string())});
  Reopen();
}

// The base first: what it says was applied is in the parts that are opened after it.
void Parts::Reopen() {
  parts_.front().database.reopen();
  for (size_t i = 1; i < parts_.size(); ++i) parts_[i].database.reopen();
  const std::vector<std::string> audiences = PartsOf(base());
  for (size_t i = parts_.size(); i <= audiences.size(); ++i) {
    parts_.push_back({AudienceOfKey(audiences[i - 1]), Xapian::Database(PartFolder(dir_, i).string())});
  }
}

uint64_t Parts::ChangesSeenBy(const Viewer& viewer) const {
  uint64_t changes = 0;
  for (const Part& part : parts_) {
    if (Sees(viewer, part.audience)) changes += NumberIn(part.database, kChangesKey);
  }
  return changes;
}

// Empty parts are left out: one part alone is faster than two.
Xapian::Database Parts::SeenBy(const Viewer& viewer) const {
  std::vector<const Xapian::Database*> seen;
  for (const Part& part : parts_) {
    if (Sees(viewer, part.audience) && part.database.get_doccount() > 0) seen.push_back(&part.database);
  }
  if (seen.size() == 1) return *seen.front();
  if (seen.empty()) return Xapian::WritableDatabase(std::string(), Xapian::DB_BACKEND_INMEMORY);
  Xapian::Database all;
  for (const Xapian::Database* database : seen) all.add_database(*database);
  return all;
}

}  // namespace diwan
