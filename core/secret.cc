// Argon2id and random bytes by libsodium.
#include "core/secret.h"

#include <sodium.h>

#include <array>

#include "core/error.h"

namespace diwan {
namespace {

// Between libsodium's "interactive" and "moderate": 64 MiB, three passes over them.
constexpr unsigned long long kPasses = crypto_pwhash_OPSLIMIT_MODERATE;
constexpr size_t kMemory = crypto_pwhash_MEMLIMIT_INTERACTIVE;

void Begin() {
  static const bool works = sodium_init() >= 0;
  if (!works) throw Error(ErrorCode::kInternal, "the cryptographic library can't be started");
}

}  // namespace

std::string HashPassword(std::string_view password) {
  Begin();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), kPasses, kMemory) != 0) {
    throw Error(ErrorCode::kUnavailable, "there is not enough memory to hash a password; try again");
  }
  return hash.data();
}

bool CheckPassword(const std::string& hash, std::string_view password) {
  Begin();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool NeedsRehash(const std::string& hash) {
  Begin();
  return crypto_pwhash_str_needs_rehash(hash.c_str(), kPasses, kMemory) != 0;
}

std::string NewSecret() {
  Begin();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, bytes.size() * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return hex.data();
}

std::string NewOneTimePassword() {
  Begin();
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";  // none that looks like another
  constexpr int kGroups = 5;
  constexpr int kGroup = 4;
  std::string password;
  for (int i = 0; i < kGroups * kGroup; ++i) {
    if (i > 0 && i % kGroup == 0) password += '-';
    password += kLetters[randombytes_uniform(static_cast<uint32_t>(kLetters.size()))];
  }
  return password;
}

bool SameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace diwan
