// What the store's tests share: a folder that goes away, small records, and the check that a store is whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "store/store.h"

namespace diwan {

// A new folder, removed with everything in it at the end.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path Store() const { return path_ / "store"; }

 private:
  std::filesystem::path path_;
};

Record MakeRecord(int pages, std::string external_id = "");
ChangeSet::PagePut MakePage(const Record& record, int number, std::string text, std::string image = "");
AuditEntry MakeAudit(std::string action);
// A record with pages "page 1", "page 2", ... and its audit entry.
ChangeSet MakeChange(const Record& record);

// Uploads `bytes` and returns the source to commit.
SourceFile Upload(Store& store, std::string_view bytes);
std::string ReadAll(const Store& store, std::string_view digest);

// The name of the code that `call` throws, or "none".
template <typename Call>
std::string CodeOf(Call call) {
  try {
    call();
  } catch (const Error& e) {
    return std::string(CodeName(e.code()));
  }
  return "none";
}

// Compares totals, feed, pages, sources and versions with a walk over everything. Returns what is wrong, one line each.
std::vector<std::string> Faults(const Store& store);

}  // namespace diwan
