// The first step in the life of a page: the bytes of its file. Pieces are written without a sync; the commit of the
// SourceFile syncs them together with itself (Database::Write says why that is enough).
#include "store/uploads.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "core/digest.h"
#include "core/error.h"
#include "core/id.h"
#include "store/keys.h"

namespace diwan {

class UploadWriter : public SourceWriter {
 public:
  explicit UploadWriter(Uploads& uploads) : uploads_(uploads) { upload_.id = NewId(); }
  UploadWriter(const UploadWriter&) = delete;
  UploadWriter& operator=(const UploadWriter&) = delete;

  ~UploadWriter() override {
    if (finished_ || pieces_ == 0) return;
    try {
      uploads_.Remove(upload_.id, pieces_);
    } catch (const Error&) {
      // The next opening removes it: its key in `uploads` stays until its pieces are gone.
    }
  }

  void Append(std::string_view bytes) override {
    RequireOpen();
    digest_.Update(bytes);
    upload_.size += bytes.size();
    while (!bytes.empty()) {
      const std::string_view part = bytes.substr(0, kPieceBytes - piece_.size());
      piece_ += part;
      bytes.remove_prefix(part.size());
      if (piece_.size() == kPieceBytes) WritePiece();
    }
  }

  std::string Finish() override {
    RequireOpen();
    if (!piece_.empty()) WritePiece();
    std::string digest = digest_.Finish();
    const bool kept = uploads_.Keep(digest, upload_);
    finished_ = true;
    if (!kept) uploads_.Remove(upload_.id, pieces_);
    return digest;
  }

  uint64_t size() const override { return upload_.size; }

 private:
  static constexpr size_t kPieceBytes = 1U << 20;

  void RequireOpen() const {
    if (finished_) throw Error(ErrorCode::kInternal, "a source file was written to after its end");
  }

  // Each piece brings the new count of pieces in one batch with itself: none can be there uncounted.
  void WritePiece() {
    Writes writes(uploads_.database_);
    writes.Put(Family::kChunks, NumberedKey(upload_.id, pieces_), piece_);
    ++pieces_;
    writes.Put(Family::kUploads, IdKey(upload_.id), SequenceKey(pieces_));
    uploads_.database_.Write(writes, Database::Sync::kNo);
    piece_.clear();
  }

  Uploads& uploads_;
  Upload upload_;
  Sha256 digest_;
  std::string piece_;    // bytes not yet written
  uint32_t pieces_ = 0;  // written, or tried
  bool finished_ = false;
};

Uploads::Uploads(Database& database) : database_(database) {
  std::map<std::string, uint64_t> left;
  database_.Scan(Family::kUploads, "", "", [&](std::string_view key, std::string_view pieces) {
    left[ParseIdKey(key)] = ParseSequenceKey(pieces);
    return true;
  });
  for (const auto& [id, pieces] : left) Remove(id, static_cast<uint32_t>(pieces));
}

std::unique_ptr<SourceWriter> Uploads::New() { return std::make_unique<UploadWriter>(*this); }

std::optional<Upload> Uploads::Finished(const std::string& digest) const {
  const std::lock_guard lock(mutex_);
  const auto found = finished_.find(digest);
  return found == finished_.end() ? std::nullopt : std::optional(found->second);
}

void Uploads::Forget(const std::string& digest) {
  const std::lock_guard lock(mutex_);
  finished_.erase(digest);
}

// A commit first stores the digest and then has it forgotten; looking in the opposite order misses neither.
bool Uploads::Keep(const std::string& digest, const Upload& upload) {
  const std::lock_guard lock(mutex_);
  if (finished_.contains(digest)) return false;
  if (database_.Get(Family::kChunksOf, DigestKey(digest), fmt::format("source {}", digest))) return false;
  finished_[digest] = upload;
  return true;
}

void Uploads::Remove(const std::string& id, uint32_t pieces) {
  Writes writes(database_);
  for (uint32_t piece = 0; piece < pieces; ++piece) writes.Delete(Family::kChunks, NumberedKey(id, piece));
  writes.Delete(Family::kUploads, IdKey(id));
  database_.Write(writes, Database::Sync::kNo);
  CountRemoved(id, pieces);
}

// A deleted key is no room on the disk before a compaction. Duplicates come by the thousand when a box is brought in
// again, so one compaction serves many of them.
void Uploads::CountRemoved(const std::string& id, uint32_t pieces) {
  constexpr uint64_t kManyPieces = 64;  // that is, MiB
  const std::lock_guard lock(removed_mutex_);
  first_removed_ = removed_pieces_ == 0 ? id : std::min(first_removed_, id);
  last_removed_ = removed_pieces_ == 0 ? id : std::max(last_removed_, id);
  removed_pieces_ += pieces;
  if (removed_pieces_ < kManyPieces) return;
  database_.Reclaim(Family::kChunks, NumberedKey(first_removed_, 0),
                    NumberedKey(last_removed_, std::numeric_limits<uint32_t>::max()));
  removed_pieces_ = 0;
}

}  // namespace diwan
