// Opening: what is refused, with which code, and that refusing changes nothing.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "core/encoding.h"
#include "core/id.h"
#include "store/keys.h"
#include "tests/store/raw_store.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;

void WriteFile(const fs::path& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

std::string OpeningOf(const fs::path& dir) {
  return CodeOf([&] { const Store store(dir); });
}

TEST(Open, OneAtATime) {
  const TempFolder folder;
  {
    const Store store(folder.Store());
    EXPECT_EQ(OpeningOf(folder.Store()), "busy");
    EXPECT_EQ(store.Totals().records, 0U);
  }
  EXPECT_EQ(OpeningOf(folder.Store()), "none");
}

TEST(Open, OnlyItsOwnerReadsIt) {
  const TempFolder folder;
  const Store store(folder.Store());
  EXPECT_EQ(fs::status(folder.Store()).permissions(), fs::perms::owner_all);
}

TEST(Open, FormatsAreTold) {
  const struct {
    std::string format;
    std::string code;
  } rows[] = {{std::to_string(kStoreFormat), "none"},
              {std::to_string(kStoreFormat + 1), "corrupt"},
              {"99999999999999999999", "corrupt"},
              {"0", "corrupt"},
              {"-1", "corrupt"},
              {"", "corrupt"},
              {"1 ", "corrupt"},
              {"one", "corrupt"}};
  const TempFolder folder;
  const Record record = MakeRecord(1);
  Store(folder.Store()).Commit(MakeChange(record));
  for (const auto& row : rows) {
    RawStore(folder.Store()).Put("default", "format", row.format);
    EXPECT_EQ(OpeningOf(folder.Store()), row.code) << row.format;
  }
  RawStore(folder.Store()).Put("default", "format", "1");
  EXPECT_EQ(Store(folder.Store()).GetRecord(record.id), record);
}

TEST(Open, ANewerFormatSaysWhatToDo) {
  const TempFolder folder;
  Store{folder.Store()};
  {
    RawStore raw(folder.Store());
    raw.Put("default", "format", std::to_string(kStoreFormat + 1));
    raw.AddFamily("signatures");  // a newer format may have families of its own
  }
  try {
    const Store store(folder.Store());
    FAIL() << "it was opened";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kCorrupt);
    EXPECT_NE(std::string(e.what()).find("update"), std::string::npos);
    EXPECT_EQ(std::string(e.what()).find('\n'), std::string::npos);
  }
}

TEST(Open, ForeignFoldersAreRefusedAndLeftAlone) {
  const struct {
    const char* name;
    const char* code;
    std::function<void(const fs::path&)> make;
  } rows[] = {
      {"other files", "corrupt", [](const fs::path& dir) { WriteFile(dir / "minutes.pdf", "%PDF"); }},
      {"a folder", "corrupt", [](const fs::path& dir) { fs::create_directory(dir / "inbox"); }},
      {"tables without CURRENT", "corrupt", [](const fs::path& dir) { WriteFile(dir / "000012.sst", "x"); }},
      {"another program's database", "corrupt", [](const fs::path& dir) { RawStore(dir).Put("default", "k", "v"); }},
      {"another program's families", "corrupt", [](const fs::path& dir) { RawStore(dir).AddFamily("theirs"); }},
      {"CURRENT is not RocksDB's", "corrupt", [](const fs::path& dir) { WriteFile(dir / "CURRENT", "hello\n"); }},
      {"left by a creation that died", "none", [](const fs::path& dir) { WriteFile(dir / "LOG", "x"); }},
      {"left a little later", "none", [](const fs::path& dir) { RawStore(dir).AddFamily("records"); }},
  };
  for (const auto& row : rows) {
    const TempFolder folder;
    fs::create_directory(folder.Store());
    row.make(folder.Store());
    EXPECT_EQ(OpeningOf(folder.Store()), row.code) << row.name;
    EXPECT_EQ(OpeningOf(folder.Store()), row.code) << row.name << ", again";
  }
}

TEST(Open, FoldersThatCanNotBeUsedAreDenied) {
  const TempFolder folder;
  WriteFile(folder.path() / "file", "x");
  EXPECT_EQ(OpeningOf(folder.path() / "file"), "denied");
  EXPECT_EQ(OpeningOf(folder.path() / "file" / "store"), "denied");
  EXPECT_EQ(OpeningOf(folder.path() / "none" / "store"), "denied");
  EXPECT_EQ(OpeningOf("/proc/store"), "denied");
}

TEST(Open, AMissingFamilyIsDamage) {
  const TempFolder folder;
  fs::create_directory(folder.Store());
  RawStore(folder.Store()).Put("default", "format", "1");
  EXPECT_EQ(OpeningOf(folder.Store()), "corrupt");
}

// A store on disk in tables and blob files, with one of each value.
struct OnDisk {
  TempFolder folder;
  Record record = MakeRecord(1, "ext");
  Batch batch{.id = NewId(), .label = "label"};
  SourceFile source;

  OnDisk() {
    {
      Store store(folder.Store());
      source = Upload(store, std::string(100000, 's'));
      ChangeSet changes = MakeChange(record);
      changes.pages = {MakePage(record, 1, "text", std::string(100000, 'i'))};
      changes.sources = {source};
      changes.batches = {batch};
      changes.entries = {{.batch_id = batch.id, .number = 1}};
      changes.jobs = {{.record_id = record.id}};
      store.Commit(changes);
    }
    const Store flushed(folder.Store());  // the opening writes what lay in the log to tables
  }
};

TEST(Open, DamagedValuesAreCorruptAndNamed) {
  const OnDisk disk;
  const struct {
    const char* family;
    std::function<void(Store&)> read;
    std::string named;
  } rows[] = {
      {"records", [&](Store& s) { s.GetRecord(disk.record.id); }, "record " + disk.record.id},
      {"records", [&](Store& s) { s.ListRecords("", 9); }, "record " + disk.record.id},
      {"pages", [&](Store& s) { s.GetPage(disk.record.id, 1); }, "page 1 of record " + disk.record.id},
      {"pages", [&](Store& s) { s.GetPageText(disk.record.id, 1); }, "page 1 of record " + disk.record.id},
      {"sources", [&](Store& s) { s.GetSource(disk.source.digest); }, "source " + disk.source.digest},
      {"sources", [&](Store& s) { s.ListSources("", 9); }, "source " + disk.source.digest},
      {"sources", [&](Store& s) { ReadAll(s, disk.source.digest); }, "source " + disk.source.digest},
      {"batches", [&](Store& s) { s.GetBatch(disk.batch.id); }, "batch " + disk.batch.id},
      {"batches", [&](Store& s) { s.ListBatches(); }, "batch " + disk.batch.id},
      {"entries", [&](Store& s) { s.ListEntries(disk.batch.id); }, "entry 1 of batch " + disk.batch.id},
      {"jobs", [&](Store& s) { s.ListJobs(); }, "job of record " + disk.record.id},
      {"changes", [&](Store& s) { s.Changes(0, 9); }, "change 1"},
      {"change_of", [&](Store& s) { s.PageNumbers(disk.record.id); }, "page 1 of record " + disk.record.id},
      {"change_of",
       [&](Store& s) {
         s.ListPages({"", 0}, 9);
       },
       disk.record.id},
      {"change_of", [&](Store& s) { s.Commit(MakeChange(disk.record)); }, disk.record.id},
      {"audit", [&](Store& s) { s.Audit(0, 9); }, "audit entry 0"},
      {"external_ids", [&](Store& s) { s.RecordIdOfExternal("ext"); }, "key"},
  };
  {
    RawStore raw(disk.folder.Store());
    for (const auto& row : rows) {
      const auto values = raw.All(row.family);
      ASSERT_FALSE(values.empty()) << row.family;
      for (const auto& [key, value] : values) raw.Put(row.family, key, value.substr(0, value.size() / 2));
    }
  }
  Store store(disk.folder.Store());
  for (const auto& row : rows) {
    try {
      row.read(store);
      ADD_FAILURE() << row.family << " was read";
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ErrorCode::kCorrupt) << row.family << ": " << e.what();
      EXPECT_NE(std::string(e.what()).find(row.named), std::string::npos) << e.what();
    }
  }
}

TEST(Open, ADamagedPageCanBeReplaced) {
  const OnDisk disk;
  RawStore(disk.folder.Store()).Put("pages", NumberedKey(disk.record.id, 1), "?");
  Store store(disk.folder.Store());
  EXPECT_EQ(CodeOf([&] { store.GetPage(disk.record.id, 1); }), "corrupt");
  store.Commit(MakeChange(disk.record));
  EXPECT_EQ(Faults(store), std::vector<std::string>());
}

// Turns over one byte in the middle of every file of this kind; returns how many.
int Damage(const fs::path& dir, std::string_view extension) {
  int files = 0;
  for (const auto& entry : fs::directory_iterator(dir)) {
    if (entry.path().extension() != extension) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(fs::file_size(entry.path()) / 2);
    file.seekg(middle);
    const char byte = static_cast<char>(file.get() ^ 0x55);
    file.seekp(middle);
    file.put(byte);
    ++files;
  }
  return files;
}

TEST(Open, FlippedBytesInBlobFilesAreCorrupt) {
  const OnDisk disk;
  ASSERT_GT(Damage(disk.folder.Store(), ".blob"), 0);
  const Store store(disk.folder.Store());
  EXPECT_EQ(CodeOf([&] { store.GetImage(disk.record.id, 1); }), "corrupt");
  EXPECT_EQ(CodeOf([&] { ReadAll(store, disk.source.digest); }), "corrupt");
  EXPECT_TRUE(store.GetPage(disk.record.id, 1));
}

TEST(Open, LostTablesAreCorrupt) {
  const OnDisk disk;
  for (const auto& entry : fs::directory_iterator(disk.folder.Store())) {
    if (entry.path().extension() == ".sst") fs::remove(entry.path());
  }
  EXPECT_EQ(OpeningOf(disk.folder.Store()), "corrupt");
}

TEST(Open, RocksDbWritesNoLogOfItsOwn) {
  const TempFolder folder;
  for (int i = 0; i < 2; ++i) const Store store(folder.Store());
  EXPECT_FALSE(fs::exists(folder.Store() / "LOG"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace diwan
