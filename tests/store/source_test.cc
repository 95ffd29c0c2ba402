// Source bytes: as received, once, and nothing left of what was given up.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <random>
#include <thread>

#include "core/digest.h"
#include "store/keys.h"
#include "tests/store/raw_store.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

constexpr size_t kPiece = 1U << 20;

std::string RandomBytes(size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  return bytes;
}

void CommitSource(Store& store, const SourceFile& source) {
  ChangeSet changes;
  changes.sources = {source};
  store.Commit(changes);
}

TEST(Source, EverySizeComesBackHoweverItArrived) {
  const TempFolder folder;
  std::vector<std::string> all;
  {
    Store store(folder.Store());
    const size_t sizes[] = {0, 1, kPiece - 1, kPiece, kPiece + 1, 3 * kPiece + 17};
    for (const size_t size : sizes) {
      all.push_back(RandomBytes(size, static_cast<unsigned>(size)));
      const auto writer = store.NewSource();
      for (size_t at = 0, part = 1; at < size; at += part, part = part * 7 + 1) {
        writer->Append(std::string_view(all.back()).substr(at, part));
      }
      const SourceFile source{.digest = writer->Finish(), .size = writer->size()};
      EXPECT_EQ(source.digest, Sha256Hex(all.back()));
      EXPECT_EQ(source.size, size);
      EXPECT_EQ(CodeOf([&] { ReadAll(store, source.digest); }), "not_found");
      CommitSource(store, source);
      EXPECT_EQ(ReadAll(store, source.digest), all.back());
    }
  }
  const Store store(folder.Store());
  for (const std::string& bytes : all) EXPECT_TRUE(ReadAll(store, Sha256Hex(bytes)) == bytes) << bytes.size();
  EXPECT_EQ(Faults(store), std::vector<std::string>());
}

TEST(Source, ReadingStopsWhenTheReaderHasEnough) {
  const TempFolder folder;
  Store store(folder.Store());
  const SourceFile source = Upload(store, RandomBytes(3 * kPiece, 1));
  CommitSource(store, source);
  int pieces = 0;
  store.ReadSource(source.digest, [&](std::string_view) { return ++pieces < 2; });
  EXPECT_EQ(pieces, 2);
}

TEST(Source, SameBytesAreKeptOnce) {
  const TempFolder folder;
  const std::string bytes = RandomBytes(kPiece + 5, 2);
  {
    Store store(folder.Store());
    const SourceFile waiting = Upload(store, bytes);
    const SourceFile again = Upload(store, bytes);  // before the first is committed
    EXPECT_EQ(waiting, again);
    CommitSource(store, waiting);
    CommitSource(store, again);
    Upload(store, bytes);  // after it
    EXPECT_EQ(store.Totals().bytes, bytes.size());
    EXPECT_EQ(ReadAll(store, waiting.digest), bytes);
  }
  const RawStore raw(folder.Store());
  EXPECT_EQ(raw.All("chunks").size(), 2U);
  EXPECT_EQ(raw.All("uploads").size(), 0U);
}

TEST(Source, MetadataCanBeReplaced) {
  const TempFolder folder;
  Store store(folder.Store());
  SourceFile source = Upload(store, "bytes");
  CommitSource(store, source);
  source.quarantined = true;
  source.reason = "can't be decoded";
  CommitSource(store, source);
  EXPECT_EQ(store.GetSource(source.digest), source);
  EXPECT_EQ(store.Totals().bytes, 5U);
  EXPECT_EQ(ReadAll(store, source.digest), "bytes");
}

TEST(Source, SizeMustBeTheUploads) {
  const TempFolder folder;
  Store store(folder.Store());
  SourceFile source = Upload(store, "bytes");
  source.size = 6;
  EXPECT_EQ(CodeOf([&] { CommitSource(store, source); }), "invalid");
  source.size = 5;
  CommitSource(store, source);
  EXPECT_EQ(ReadAll(store, source.digest), "bytes");
}

TEST(Source, NothingIsLeftOfADroppedWriter) {
  const TempFolder folder;
  {
    Store store(folder.Store());
    store.NewSource()->Append(RandomBytes(2 * kPiece, 3));
  }
  const RawStore raw(folder.Store());
  EXPECT_EQ(raw.All("chunks").size(), 0U);
  EXPECT_EQ(raw.All("uploads").size(), 0U);
}

TEST(Source, RefusedBytesGiveTheirRoomBack) {
  const TempFolder folder;
  Store store(folder.Store());
  const auto on_disk = [&] {
    uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
      std::error_code gone;
      const uint64_t size = entry.is_regular_file(gone) ? std::filesystem::file_size(entry.path(), gone) : 0;
      if (!gone) bytes += size;
    }
    return bytes;
  };
  {
    const auto writer = store.NewSource();
    const std::string part = RandomBytes(kPiece, 5);
    for (int i = 0; i < 160; ++i) writer->Append(part);
    EXPECT_GT(on_disk(), 100U << 20);
  }
  for (int i = 0; i < 100 && on_disk() > 40U << 20; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_LT(on_disk(), 40U << 20);  // RocksDB keeps a log or two for reuse
  EXPECT_EQ(Faults(store), std::vector<std::string>());
}

TEST(Source, AnUploadThatWasNotCommittedGoesAtTheNextOpening) {
  const TempFolder folder;
  {
    Store store(folder.Store());
    CommitSource(store, Upload(store, "kept"));
    Upload(store, RandomBytes(2 * kPiece, 4));
  }
  EXPECT_EQ(RawStore(folder.Store()).All("chunks").size(), 3U);
  {
    const Store store(folder.Store());
    EXPECT_EQ(ReadAll(store, Sha256Hex("kept")), "kept");
  }
  const RawStore raw(folder.Store());
  EXPECT_EQ(raw.All("chunks").size(), 1U);
  EXPECT_EQ(raw.All("uploads").size(), 0U);
}

TEST(Source, AWriterIsFinishedOnce) {
  const TempFolder folder;
  Store store(folder.Store());
  const auto writer = store.NewSource();
  writer->Finish();
  EXPECT_EQ(CodeOf([&] { writer->Append("more"); }), "internal");
  EXPECT_EQ(CodeOf([&] { writer->Finish(); }), "internal");
}

TEST(Source, MissingOrShortenedPiecesAreCorrupt) {
  struct Stored {
    std::string digest_key;
    std::string upload;
  };
  const struct {
    const char* name;
    std::function<void(RawStore&, const Stored&)> damage;
  } rows[] = {
      {"first", [](RawStore& raw, auto& s) { raw.Delete("chunks", NumberedKey(s.upload, 0)); }},
      {"last", [](RawStore& raw, auto& s) { raw.Delete("chunks", NumberedKey(s.upload, 2)); }},
      {"short", [](RawStore& raw, auto& s) { raw.Put("chunks", NumberedKey(s.upload, 1), "short"); }},
      {"empty", [](RawStore& raw, auto& s) { raw.Put("chunks", NumberedKey(s.upload, 1), ""); }},
      {"long", [](RawStore& raw, auto& s) { raw.Put("chunks", NumberedKey(s.upload, 2), std::string(99, 'x')); }},
      {"pointer", [](RawStore& raw, auto& s) { raw.Delete("chunks_of", s.digest_key); }},
      {"damaged pointer", [](RawStore& raw, auto& s) { raw.Put("chunks_of", s.digest_key, "?"); }},
  };
  const TempFolder folder;
  std::vector<SourceFile> sources;
  {
    Store store(folder.Store());
    for (unsigned seed = 0; seed < std::size(rows); ++seed) {
      sources.push_back(Upload(store, RandomBytes(2 * kPiece + 9, seed)));
      CommitSource(store, sources.back());
    }
  }
  {
    RawStore raw(folder.Store());
    const auto uploads = raw.All("chunks_of");
    for (size_t i = 0; i < std::size(rows); ++i) {
      const std::string key = DigestKey(sources[i].digest);
      rows[i].damage(raw, {.digest_key = key, .upload = ParseIdKey(uploads.at(key))});
    }
  }
  const Store store(folder.Store());
  for (size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(CodeOf([&] { ReadAll(store, sources[i].digest); }), "corrupt") << rows[i].name;
  }
}

}  // namespace
}  // namespace diwan
