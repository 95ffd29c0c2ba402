// Chance that comes out the same for the same seed, everywhere.
#pragma once

#include <cstdint>
#include <string_view>

namespace diwan::papers {

// SplitMix64. A value; one thread at a time.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  // A stream of its own for `name`: what one page draws never moves what another draws.
  Random For(std::string_view name) const {
    uint64_t hash = state_ ^ 0xcbf29ce484222325U;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return Random(Random(hash).Next());
  }

  uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15U;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }

  // At least `low`, less than `high`.
  double Between(double low, double high) {
    return low + (high - low) * (static_cast<double>(Next() >> 11) * 0x1.0p-53);
  }

 private:
  uint64_t state_;
};

}  // namespace diwan::papers
