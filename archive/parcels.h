// Files that come in parts, over hours and broken lines: what came is on the disk before anybody is told so, and a file
// that is whole is received like any other.
#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "archive/accounts.h"
#include "core/delivery.h"
#include "core/error.h"

namespace diwan {

class Archive;

inline constexpr int64_t kParcelLivesMs = 24LL * 3'600'000;  // after the last bytes that came
inline constexpr size_t kMostParcels = 1000;                 // of one owner, that are not whole

// The bytes are not those that come next; over HTTP status 409.
class WrongOffset : public Error {
 public:
  WrongOffset(const std::string& message, uint64_t offset) : Error(ErrorCode::kConflict, message), offset_(offset) {}
  uint64_t offset() const { return offset_; }

 private:
  uint64_t offset_;
};

// Somebody brings a part of it at this moment; over HTTP status 423.
class ParcelInUse : public Error {
 public:
  using Error::Error;
};

// The parcels of an archive. Each belongs to its owner: to every other it is not there (kNotFound). Any thread may
// call.
class Parcels {
 public:
  // `folder` is made when it is needed; the bytes of each lie in a file there, named by its id.
  Parcels(std::filesystem::path folder, WallClock now);

  // Begins one: of `wanted` all counts but what Parcel keeps count of itself. Throws kInvalid for what can't be said of
  // a file or an empty one, kTooLarge beyond the archive's limits, kNotFound for an unknown batch.
  Parcel Begin(Archive& archive, Parcel wanted, bool limited);

  Parcel Find(Archive& archive, std::string_view id, std::string_view owner) const;

  // The next `size` bytes, beginning at `offset`, come from `in`.
  struct Part {
    std::string id;
    std::string owner;
    std::string actor;
    uint64_t offset = 0;
    uint64_t size = 0;
  };
  // Returns the parcel when they are on the disk; when they were the last, its file has been received, and it has its
  // batch and entry. Throws WrongOffset, ParcelInUse, kTooLarge for more bytes than were announced; whatever `in`
  // throws, after keeping what came before; and as Receive does, with the parcel still there, to be finished by a part
  // without bytes, or by Tidy.
  Parcel Append(Archive& archive, const Part& part, std::istream& in);

  // Removes it; a file that was received stays.
  void End(Archive& archive, std::string_view id, std::string_view owner, std::string_view actor);

  // Receives those that are whole and were not received, as after a crash, and removes those that expired, files that
  // are no parcel's, and answers that need not be given again. What fails now is left to the next time.
  void Tidy(Archive& archive);

 private:
  class Use;
  std::filesystem::path FileOf(std::string_view id) const;
  void RequireBytes(Archive& archive, const Parcel& parcel, std::string_view actor);
  void Take(Archive& archive, Parcel& parcel, uint64_t size, std::istream& in);
  void Deliver(Archive& archive, Parcel& parcel, std::string_view actor);
  void Remove(Archive& archive, const Parcel& parcel, std::string_view actor);
  void RemoveStrays(Archive& archive) const;

  const std::filesystem::path folder_;
  const WallClock now_;
  std::mutex mutex_;  // guards what follows
  std::set<std::string, std::less<>> in_use_;
};

}  // namespace diwan
