// Source bytes on their way in. Pieces are stored as they arrive under the id of their upload, since the digest that
// names them is known last; committing the SourceFile then points its digest to the upload, and no byte is copied.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "store/database.h"

namespace diwan {

// One whole file received.
struct Upload {
  std::string id;
  uint64_t size = 0;
};

// Any thread may call; each writer belongs to one.
class Uploads {
 public:
  // Removes the uploads that an earlier process left behind.
  explicit Uploads(Database& database);

  // The writer must not outlive this object.
  std::unique_ptr<SourceWriter> New();

  // The upload that waits for a commit of its digest.
  std::optional<Upload> Finished(const std::string& digest) const;
  // Its digest was committed.
  void Forget(const std::string& digest);

 private:
  friend class UploadWriter;
  // Keeps `upload` for a commit of `digest`; false when these bytes are here already.
  bool Keep(const std::string& digest, const Upload& upload);
  void Remove(const std::string& id, uint32_t pieces);
  // Counts pieces removed; gives their room back when they are many.
  void CountRemoved(const std::string& id, uint32_t pieces);

  Database& database_;
  mutable std::mutex mutex_;  // guards finished_
  std::map<std::string, Upload> finished_;

  std::mutex removed_mutex_;   // guards what follows
  std::string first_removed_;  // ids of the uploads whose room was not given back yet
  std::string last_removed_;
  uint64_t removed_pieces_ = 0;
};

}  // namespace diwan
