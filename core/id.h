// Identifiers that are unique without asking anybody, so that archives can be joined later.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace diwan {

// A new UUID of version 7 (RFC 9562): 36 characters, growing with time to the millisecond; of two made by one process
// the later one is greater. Any thread may call.
std::string NewId();

// Whether `text` has the form of an id: 8-4-4-4-12 lowercase hex digits.
bool IsId(std::string_view text);

// Milliseconds since 1970-01-01 UTC: the clock of every time that Diwan stores.
int64_t NowMillis();

// "2026-11-22T05:52:00.123Z", as RFC 3339 writes it.
std::string FormatTime(int64_t millis);

}  // namespace diwan
