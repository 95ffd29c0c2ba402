// The bytes of a parcel lie in a file of their own, what is known of it in the store. The file is synced before the
// store says how much of it there is, so what the store says is always there; what a file has beyond that is cut off.
#include "archive/parcels.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "archive/archive.h"
#include "archive/ingest.h"
#include "core/id.h"
#include "ingest/owned_fd.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kSyncEvery = 16U << 20;  // bytes; a crash costs so many at most
constexpr size_t kReceiptsAtOnce = 1000;

[[noreturn]] void FailOnDisk(const char* what) {
  throw Error(ErrorCode::kUnavailable, fmt::format("a part of an upload can't be {}: {}", what, strerror(errno)));
}

void WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) FailOnDisk("written");
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

// What `in` has at hand, or what comes next, up to `most` bytes; "" at its end. Unlike read(), it gives what came
// before `in` throws.
std::string NextBytes(std::istream& in, uint64_t most) {
  std::streambuf& buffer = *in.rdbuf();
  if (buffer.sgetc() == std::streambuf::traits_type::eof()) return {};
  const auto count = std::min<uint64_t>(most, static_cast<uint64_t>(std::max<std::streamsize>(buffer.in_avail(), 1)));
  std::string bytes(count, '\0');
  buffer.sgetn(bytes.data(), static_cast<std::streamsize>(count));
  return bytes;
}

std::string NotThere(std::string_view id) {
  return fmt::format("there is no upload {}", PlainFileName(id.substr(0, 64)));
}

}  // namespace

// While it lives, nobody else writes to the parcel.
class Parcels::Use {
 public:
  Use(Parcels& parcels, std::string_view id) : parcels_(parcels), id_(id) {
    const std::lock_guard lock(parcels_.mutex_);
    if (!parcels_.in_use_.insert(id_).second) {
      throw ParcelInUse(ErrorCode::kBusy, "another request brings a part of this upload; try again when it has ended");
    }
  }
  ~Use() {
    const std::lock_guard lock(parcels_.mutex_);
    parcels_.in_use_.erase(id_);
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

 private:
  Parcels& parcels_;
  const std::string id_;
};

Parcels::Parcels(fs::path folder, WallClock now) : folder_(std::move(folder)), now_(std::move(now)) {}

fs::path Parcels::FileOf(std::string_view id) const { return folder_ / id; }

Parcel Parcels::Begin(Archive& archive, Parcel wanted, bool limited) {
  if (wanted.size == 0) throw Error(ErrorCode::kInvalid, "an upload needs a length of 1 byte or more");
  const uint64_t most = archive.limits().max_file_bytes;
  if (wanted.size > most) {
    throw Error(ErrorCode::kTooLarge,
                fmt::format("a file may have {} bytes at most, this one has {}", most, wanted.size));
  }
  CheckDelivery(archive, DeliveryOf(wanted, ""));
  const std::vector<Parcel> all = archive.store().ListParcels();
  const auto open = std::ranges::count_if(
      all, [&](const Parcel& parcel) { return parcel.owner == wanted.owner && parcel.entry == 0; });
  if (limited && static_cast<size_t>(open) >= kMostParcels) {
    throw Error(ErrorCode::kTooLarge, fmt::format("{} may have {} uploads at most that are not whole; end one first",
                                                  wanted.owner, kMostParcels));
  }
  std::error_code error;
  fs::create_directory(folder_, error);
  if (error) throw Error(ErrorCode::kUnavailable, fmt::format("no upload can begin: {}", error.message()));
  fs::permissions(folder_, fs::perms::owner_all, error);
  wanted.id = NewId();
  wanted.created_at = now_();
  wanted.expires_at = wanted.created_at + kParcelLivesMs;
  archive.waiting().Take(wanted.id, wanted.owner, wanted.size, limited);
  try {
    const OwnedFd file(::open(FileOf(wanted.id).c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
    if (!file.valid()) FailOnDisk("kept");
    ChangeSet changes;
    changes.parcels = {wanted};
    archive.Commit(changes);
  } catch (const Error&) {
    archive.waiting().Drop(wanted.id);
    throw;
  }
  return wanted;
}

Parcel Parcels::Find(Archive& archive, std::string_view id, std::string_view owner) const {
  auto parcel = archive.store().GetParcel(id);
  if (!parcel || parcel->owner != owner || parcel->expires_at <= now_()) {
    throw Error(ErrorCode::kNotFound, NotThere(id));
  }
  return std::move(*parcel);
}

Parcel Parcels::Append(Archive& archive, const Part& part, std::istream& in) {
  Find(archive, part.id, part.owner);
  const Use use(*this, part.id);
  Parcel parcel = Find(archive, part.id, part.owner);
  RequireBytes(archive, parcel, part.actor);
  if (part.offset != parcel.received) {
    throw WrongOffset(fmt::format("byte {} comes next, not {}", parcel.received, part.offset), parcel.received);
  }
  if (part.size > parcel.size - parcel.received) {
    throw Error(ErrorCode::kTooLarge,
                fmt::format("{} bytes are left of this upload, not {}", parcel.size - parcel.received, part.size));
  }
  if (part.size > 0) Take(archive, parcel, part.size, in);
  if (parcel.received == parcel.size && parcel.entry == 0) Deliver(archive, parcel, part.actor);
  return parcel;
}

// In a restored archive the bytes may be gone: then it is begun anew.
void Parcels::RequireBytes(Archive& archive, const Parcel& parcel, std::string_view actor) {
  std::error_code error;
  if (parcel.entry != 0 || (fs::file_size(FileOf(parcel.id), error) >= parcel.received && !error)) return;
  if (error && error != std::errc::no_such_file_or_directory) return;
  Remove(archive, parcel, actor);
  throw Error(ErrorCode::kNotFound, NotThere(parcel.id));
}

void Parcels::Take(Archive& archive, Parcel& parcel, uint64_t size, std::istream& in) {
  const OwnedFd file(::open(FileOf(parcel.id).c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
  const auto received = static_cast<off_t>(parcel.received);
  if (!file.valid() || ::ftruncate(file.get(), received) != 0 || ::lseek(file.get(), received, SEEK_SET) != received) {
    FailOnDisk("written");
  }
  uint64_t unsynced = 0;
  const auto keep = [&] {
    if (unsynced == 0) return;
    if (::fdatasync(file.get()) != 0) FailOnDisk("synced");
    Parcel longer = parcel;
    longer.received += std::exchange(unsynced, 0);
    longer.expires_at = now_() + kParcelLivesMs;
    ChangeSet changes;
    changes.parcels = {longer};
    archive.Commit(changes);
    parcel = std::move(longer);
  };
  uint64_t left = size;
  try {
    while (left > 0) {
      const std::string bytes = NextBytes(in, left);
      if (bytes.empty())
        throw Error(ErrorCode::kInvalid, fmt::format("the part broke off {} bytes before its end", left));
      WriteAll(file.get(), bytes);
      left -= bytes.size();
      unsynced += bytes.size();
      if (unsynced >= kSyncEvery) keep();
    }
  } catch (...) {
    keep();
    throw;
  }
  keep();
}

void Parcels::Deliver(Archive& archive, Parcel& parcel, std::string_view actor) {
  std::ifstream in(FileOf(parcel.id), std::ios::binary);
  if (!in) throw Error(ErrorCode::kUnavailable, "an upload that is whole can't be opened");
  Delivery delivery = DeliveryOf(parcel, actor);
  const BatchEntry entry = Receive(archive, delivery, in, archive.limits());
  parcel.batch_id = entry.batch_id;
  parcel.entry = entry.number;
  std::error_code ignored;  // Tidy removes what stays
  fs::remove(FileOf(parcel.id), ignored);
}

void Parcels::End(Archive& archive, std::string_view id, std::string_view owner, std::string_view actor) {
  const Use use(*this, id);
  Remove(archive, Find(archive, id, owner), actor);
}

void Parcels::Remove(Archive& archive, const Parcel& parcel, std::string_view actor) {
  ChangeSet changes;
  changes.gone_parcels = {parcel.id};
  if (parcel.entry == 0) {
    changes.audit.push_back({.at = now_(),
                             .actor = std::string(actor),
                             .action = "upload.end",
                             .subject = parcel.id,
                             .detail = fmt::format("{} of {} bytes had come", parcel.received, parcel.size)});
  }
  archive.Commit(changes);
  std::error_code ignored;  // Tidy removes what stays
  fs::remove(FileOf(parcel.id), ignored);
}

void Parcels::Tidy(Archive& archive) {
  constexpr std::string_view kActor = "worker";
  const int64_t now = now_();
  for (Parcel& parcel : archive.store().ListParcels()) {
    try {
      const Use use(*this, parcel.id);
      const auto present = archive.store().GetParcel(parcel.id);
      if (!present) continue;
      parcel = *present;
      if (parcel.entry == 0 && parcel.received == parcel.size) {
        Deliver(archive, parcel, kActor);
      } else if (parcel.expires_at <= now) {
        Remove(archive, parcel, kActor);
      }
    } catch (const Error&) {  // in use, no room, or it can't be taken: till it expires, it is tried again
      if (parcel.received == parcel.size && parcel.expires_at <= now) Remove(archive, parcel, kActor);
    }
  }
  RemoveStrays(archive);
  const std::vector<std::string> old = archive.store().ReceiptsBefore(now - kReceiptLivesMs, kReceiptsAtOnce);
  if (old.empty()) return;
  ChangeSet changes;
  changes.gone_receipts = old;
  archive.Commit(changes);
}

void Parcels::RemoveStrays(Archive& archive) const {
  std::error_code error;
  std::vector<fs::path> strays;
  for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
    const auto parcel = archive.store().GetParcel(it->path().filename().string());
    const bool young = it->last_write_time(error) > fs::file_time_type::clock::now() - std::chrono::minutes(1);
    if (parcel ? parcel->entry != 0 : !young) strays.push_back(it->path());
  }
  for (const fs::path& stray : strays) fs::remove(stray, error);
}

}  // namespace diwan
