// SHA-256, the name of every source file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace diwan {

// Computes a SHA-256 over bytes that come in pieces. One thread at a time.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Update(std::string_view bytes);

  // The digest as 64 lowercase hex digits. Call once; after it, only destruction is allowed.
  std::string Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Bytes as lowercase hex digits, two each.
std::string Hex(std::string_view bytes);

// The digest of `bytes` as 64 lowercase hex digits.
std::string Sha256Hex(std::string_view bytes);

// Whether `text` has the form of a digest: 64 lowercase hex digits.
bool IsSha256Hex(std::string_view text);

}  // namespace diwan
