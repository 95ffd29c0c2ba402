// What is written into the audit trail beside changes: who signed in, what was refused, exported and looked at.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "store/store.h"

namespace diwan {

class Archive;

// Writes entries that belong to no change. The same thing done again and again becomes one entry, and after that one
// more for each minute with the number of times, so that nobody can fill the disk by being refused. Numbers that were
// not written yet are lost when the process is killed, never the first of their kind. Any thread may call.
class Trail {
 public:
  explicit Trail(Store& store);
  // Writes the numbers that wait.
  ~Trail();
  Trail(const Trail&) = delete;
  Trail& operator=(const Trail&) = delete;

  // Writes the entry at once; its time is set here.
  void Write(AuditEntry entry);

  // Writes the entry, or counts it when one of the same actor, action, subject and detail was written within a minute.
  // Where kMostKinds different ones came within a minute, what strangers cause (kJoin) is only counted, under the actor
  // "many"; the rest is written. Entries that are `apart` are not the same.
  enum class Crowd { kJoin, kWrite };
  void Count(AuditEntry entry, Crowd crowd, std::string_view apart = "");

  // Writes the numbers that wait.
  void Flush();

  static constexpr size_t kMostKinds = 60;

 private:
  struct Kind {
    AuditEntry entry;
    int64_t since = 0;  // when it was last written
    uint64_t more = 0;  // times since then
  };
  void Settle(int64_t now);
  void WriteNumbers(const Kind& kind) const;

  Store& store_;
  std::mutex mutex_;
  std::map<std::string, Kind> kinds_;
  int64_t settled_ = 0;
};

// Somebody looked at a confidential record, or at a page, image or source of it; `what` says which. Call it before the
// answer is given. The same again within a minute is counted.
void NoteView(Archive& archive, std::string_view actor, std::string_view record_id, std::string_view what);

// Records were given out by the thousand; `what` says which.
void NoteExport(Archive& archive, std::string_view actor, std::string_view what);

}  // namespace diwan
