// Passwords and secrets: how they are made, hashed and compared. Any thread may call.
#pragma once

#include <string>
#include <string_view>

namespace diwan {

// An Argon2id hash of `password` with a salt of its own, as text that tells its parameters. Takes 64 MiB of memory
// and tens of milliseconds. Throws kUnavailable when there is not enough memory.
std::string HashPassword(std::string_view password);

// Whether `hash`, of HashPassword, is of `password`. Takes as long as HashPassword, whatever the answer.
bool CheckPassword(const std::string& hash, std::string_view password);

// Whether HashPassword makes better hashes than this one now.
bool NeedsRehash(const std::string& hash);

// 256 random bits, as 64 lowercase hex digits.
std::string NewSecret();

// A password for one use, to be read off a screen: five groups of four letters and digits, about 100 random bits.
std::string NewOneTimePassword();

// Whether the two are equal, in a time that tells nothing but their lengths.
bool SameSecret(std::string_view a, std::string_view b);

}  // namespace diwan
