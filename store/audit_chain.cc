// Hashes are over the bytes as they are stored, with the entry's number, so there is no second form to agree on.
#include "store/audit_chain.h"

#include <fmt/core.h>

#include "core/digest.h"
#include "core/encoding.h"
#include "core/error.h"
#include "store/keys.h"

namespace diwan {
namespace {

constexpr size_t kHashBytes = 32;
constexpr size_t kMostToldProblems = 100;
constexpr std::string_view kHeadKey = "audit_head";

std::string NameOfEntry(uint64_t number) { return fmt::format("audit entry {}", number); }

std::string HashOf(uint64_t number, std::string_view value) {
  return DigestKey(Sha256Hex(SequenceKey(number) + std::string(value)));
}

// What a walk over the chain finds.
class Walk {
 public:
  Walk(const AuditHead& head, const KnownAuditHead& known) : head_(head), known_(known) {}

  bool Visit(std::string_view key, std::string_view value) {
    const uint64_t number = ParseSequenceKey(key);
    if (number >= head_.entries) return false;  // newer than this walk, or beyond the end
    if (number != next_) {
      Tell(number == next_ + 1 ? fmt::format("{} is missing", NameOfEntry(next_))
                               : fmt::format("audit entries {} to {} are missing", next_, number - 1));
    }
    if (value.substr(0, kHashBytes) != hash_ && number == next_) {
      Tell(fmt::format("{} does not follow from the one before it: either was altered, or they were moved",
                       NameOfEntry(number)));
    }
    try {
      ReadAuditValue(number, value);
    } catch (const Error& error) {
      Tell(error.what());
    }
    next_ = number + 1;
    hash_ = HashOf(number, value);
    if (next_ == known_.entries) CompareKnown();
    return true;
  }

  AuditCheck Finish(uint64_t counted) {
    if (next_ != head_.entries) {
      Tell(fmt::format("audit entries {} to {} are missing", next_, head_.entries - 1));
    } else if (hash_ != head_.hash) {
      Tell(fmt::format("{} is not the one that was written", NameOfEntry(head_.entries - 1)));
    }
    if (counted != head_.entries) {
      Tell(fmt::format("the trail ends after {} entries, and {} were counted", head_.entries, counted));
    }
    if (known_.entries > head_.entries) {
      Tell(fmt::format("the trail has {} entries, and had {} before: its end was cut off", head_.entries,
                       known_.entries));
    }
    check_.entries = head_.entries;
    check_.head = ParseDigestKey(head_.hash);
    return std::move(check_);
  }

 private:
  void CompareKnown() {
    if (ParseDigestKey(hash_) == known_.hash) return;
    Tell(fmt::format("the first {} entries are not those that had the hash {}", known_.entries, known_.hash));
  }

  void Tell(std::string problem) {
    ++check_.problem_count;
    if (check_.problems.size() < kMostToldProblems) check_.problems.push_back(std::move(problem));
  }

  const AuditHead& head_;
  const KnownAuditHead& known_;
  uint64_t next_ = 0;
  std::string hash_ = AuditHead().hash;
  AuditCheck check_;
};

}  // namespace

AuditHead StoredAuditHead(const Database& database) {
  const auto stored = database.Get(Family::kMeta, kHeadKey, "the end of the audit trail");
  if (!stored) return {};
  constexpr size_t kNumberBytes = 8;
  if (stored->size() != kNumberBytes + kHashBytes) {
    throw Error(ErrorCode::kCorrupt, "the end of the audit trail is damaged; restore the archive from a backup");
  }
  return {.entries = ParseSequenceKey(stored->substr(0, kNumberBytes)), .hash = stored->substr(kNumberBytes)};
}

void AppendAudit(Writes& writes, AuditHead& head, const AuditEntry& entry) {
  const std::string value = head.hash + Encode(entry);
  writes.Put(Family::kAudit, SequenceKey(head.entries), value);
  head.hash = HashOf(head.entries++, value);
}

void PutAuditHead(Writes& writes, const AuditHead& head) {
  writes.Put(Family::kMeta, kHeadKey, SequenceKey(head.entries) + head.hash);
}

ChainedAuditEntry ReadAuditValue(uint64_t number, std::string_view value) {
  const std::string what = NameOfEntry(number);
  if (value.size() < kHashBytes) throw Error(ErrorCode::kCorrupt, what + " is damaged");
  return {.number = number,
          .entry = DecodeAuditEntry(value.substr(kHashBytes), what),
          .previous = ParseDigestKey(value.substr(0, kHashBytes)),
          .hash = ParseDigestKey(HashOf(number, value)),
          .bytes = std::string(value.substr(kHashBytes))};
}

void ChainOldAudit(Database& database) {
  constexpr size_t kTogether = 1000;
  size_t chained = kTogether;
  for (AuditHead head = StoredAuditHead(database); chained == kTogether;) {
    Writes writes(database);
    chained = 0;
    database.Scan(Family::kAudit, "", SequenceKey(head.entries), [&](std::string_view key, std::string_view value) {
      const uint64_t number = ParseSequenceKey(key);
      const std::string linked = head.hash + std::string(value);
      writes.Put(Family::kAudit, key, linked);
      head = {.entries = number + 1, .hash = HashOf(number, linked)};
      return ++chained < kTogether;
    });
    PutAuditHead(writes, head);
    database.Write(writes, Database::Sync::kNo);
  }
}

AuditCheck CheckAuditChain(const Database& database, const KnownAuditHead& known) {
  const AuditHead head = StoredAuditHead(database);  // before the walk: what comes meanwhile is not looked at
  const auto counters = database.Get(Family::kMeta, kCountersKey, "the store's counters");
  Walk walk(head, known);
  database.Scan(Family::kAudit, "", "",
                [&](std::string_view key, std::string_view value) { return walk.Visit(key, value); });
  return walk.Finish(counters ? DecodeCounters(*counters).audit : 0);
}

}  // namespace diwan
