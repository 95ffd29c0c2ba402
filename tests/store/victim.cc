// A process that commits until it is killed, or until its disk is full. Each commit that returned is told on standard
// output, one line: number of the commit, record id, digest of the source. See crash_test.cc.
#include <fmt/core.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "tests/store/store_testing.h"

namespace diwan {
namespace {

constexpr int kCanNotDoThat = 77;

std::string RandomBytes(std::mt19937& random, size_t size) {
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  return bytes;
}

// Every value of one commit bears its number, so that a half commit would show.
ChangeSet NumberedChange(Store& store, std::mt19937& random, int number, Record record) {
  record.page_count = static_cast<int>(random() % 5);
  record.file_name = std::to_string(number);
  ChangeSet changes = MakeChange(record);
  for (ChangeSet::PagePut& put : changes.pages) {
    put = MakePage(record, put.page.number, random() % 4 == 0 ? "" : "text", RandomBytes(random, random() % 60000 + 1));
    put.page.engine = record.file_name;
  }
  changes.sources = {Upload(store, RandomBytes(random, random() % (random() % 4 == 0 ? 3U << 20 : 1U << 16)))};
  changes.records[0].source = changes.sources[0].digest;
  if (random() % 2 == 0)
    changes.jobs.push_back({.record_id = record.id});
  else
    changes.finished_jobs.push_back(record.id);
  return changes;
}

void CommitForEver(const std::filesystem::path& dir, unsigned seed, int number) {
  StoreOptions options;
  options.write_buffer_bytes = 1U << 20;  // so that flushes and compactions are met too
  Store store(dir, options);
  std::mt19937 random(seed);
  std::vector<Record> records;
  while (true) {
    if (records.empty() || random() % 3 != 0) records.push_back(MakeRecord(0, "ext-" + std::to_string(number)));
    const ChangeSet changes = NumberedChange(store, random, number, records[random() % records.size()]);
    store.Commit(changes);
    const std::string line = fmt::format("{} {} {}\n", number++, changes.records[0].id, changes.sources[0].digest);
    if (write(STDOUT_FILENO, line.data(), line.size()) < 0) return;
  }
}

// A disk that is small until Grow().
class SmallDisk {
 public:
  SmallDisk(std::string kind, std::filesystem::path dir) : tmpfs_(kind == "tmpfs"), dir_(std::move(dir)) {
    if (tmpfs_) {
      if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
          mount("tmpfs", dir_.c_str(), "tmpfs", 0, "size=24m") != 0) {
        _exit(kCanNotDoThat);
      }
    } else {
      std::signal(SIGXFSZ, SIG_IGN);
      Limit(6U << 20);
    }
  }
  void Grow() const {
    if (!tmpfs_)
      Limit(RLIM_INFINITY);
    else if (mount("tmpfs", dir_.c_str(), "tmpfs", MS_REMOUNT, "size=96m") != 0)
      _exit(kCanNotDoThat);
  }

 private:
  static void Limit(rlim_t bytes) {
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  bool tmpfs_;
  std::filesystem::path dir_;
};

void Expect(bool truth, std::string_view what) {
  if (truth) return;
  fmt::print(stderr, "{}\n", what);
  _exit(1);
}

void ExpectWhole(const Store& store, const std::vector<Record>& stored) {
  for (const Record& record : stored) {
    Expect(store.GetRecord(record.id) == record, "a record is lost");
    Expect(store.GetImage(record.id, 1).has_value(), "an image is lost");
  }
  for (const std::string& fault : Faults(store)) Expect(false, fault);
}

ChangeSet OnePage(std::mt19937& random) {
  const Record record = MakeRecord(1);
  ChangeSet changes = MakeChange(record);
  changes.pages = {MakePage(record, 1, "text", RandomBytes(random, 200000))};
  return changes;
}

// Commits until that fails, while another thread uploads: both meet the full disk at about one time.
void CommitUntilFull(Store& store, std::mt19937& random, std::vector<Record>& stored) {
  std::thread uploads([&store] {
    std::mt19937 bytes(2);
    const std::string code = CodeOf([&] {
      const auto writer = store.NewSource();
      for (int i = 0; i < 1000; ++i) writer->Append(RandomBytes(bytes, 100000));
    });
    Expect(code == "unavailable", "an upload to a full disk gives " + code);
  });
  const std::string code = CodeOf([&] {
    for (int i = 0; i < 1000; ++i) {
      const ChangeSet changes = OnePage(random);
      store.Commit(changes);
      stored.push_back(changes.records[0]);
    }
  });
  uploads.join();
  Expect(code == "unavailable", "a commit to a full disk gives " + code);
  Expect(!stored.empty(), "the disk was too small from the first");
}

// A program that stays goes on by itself when there is room again. The limit on file sizes, though, is no lack of
// space to RocksDB, and needs a new opening.
void ExpectToHeal(Store& store, std::mt19937& random) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  const ChangeSet changes = OnePage(random);
  while (CodeOf([&] { store.Commit(changes); }) != "none") {
    Expect(std::chrono::steady_clock::now() < limit, "room was made, and commits still fail");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

void FillDisk(const std::string& kind, const std::filesystem::path& dir) {
  const SmallDisk disk(kind, dir);
  std::mt19937 random(1);
  std::vector<Record> stored;
  {
    Store store(dir / "store");
    CommitUntilFull(store, random, stored);
    ExpectWhole(store, stored);
  }
  const std::string full = CodeOf([&] { ExpectWhole(Store(dir / "store"), stored); });
  Expect(full == "none" || full == "unavailable", "opening on a full disk gives " + full);
  disk.Grow();
  Store store(dir / "store");
  ExpectWhole(store, stored);
  const ChangeSet changes = OnePage(random);
  store.Commit(changes);
  stored.push_back(changes.records[0]);
  ExpectWhole(store, stored);
}

void FillAndHeal(const std::string& kind, const std::filesystem::path& dir) {
  const SmallDisk disk(kind, dir);
  std::mt19937 random(1);
  std::vector<Record> stored;
  Store store(dir / "store");
  CommitUntilFull(store, random, stored);
  disk.Grow();
  ExpectToHeal(store, random);
  ExpectWhole(store, stored);
}

}  // namespace
}  // namespace diwan

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) return 2;
  const std::string what = argv[1];
  if (what == "commit") diwan::CommitForEver(argv[2], static_cast<unsigned>(std::atoi(argv[3])), std::atoi(argv[4]));
  if (what == "fill") diwan::FillDisk(argv[3], argv[2]);
  if (what == "heal") diwan::FillAndHeal(argv[3], argv[2]);
  return 0;
}
