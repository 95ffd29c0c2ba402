// The audit trail as a chain: each stored entry begins with the hash of the one before, so that none can be altered,
// taken out or moved without all that follow being wrong. docs/on_disk_format.md has the bytes. Inside store/ only.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace diwan {

// The end of the chain.
struct AuditHead {
  uint64_t entries = 0;
  std::string hash = std::string(32, '\0');  // raw bytes; of the last entry
};

AuditHead StoredAuditHead(const Database& database);

// Puts the entry's stored value among the writes, and moves `head` on; the caller puts `head` when it is done.
void AppendAudit(Writes& writes, AuditHead& head, const AuditEntry& entry);
void PutAuditHead(Writes& writes, const AuditHead& head);

// The entry that a value of the family `audit` holds, with its place in the chain. Throws kCorrupt.
ChainedAuditEntry ReadAuditValue(uint64_t number, std::string_view value);

// Chains entries that were written without hashes, before format 4. May be broken off and begun anew.
void ChainOldAudit(Database& database);

// Walks over the whole chain as it is at one moment.
AuditCheck CheckAuditChain(const Database& database, const KnownAuditHead& known);

}  // namespace diwan
