// Xapian's exceptions as ours.
#pragma once

#include <xapian.h>

#include <string_view>

namespace diwan {

// Throws the Error that `error` means; `doing` completes "the index can't be ...".
[[noreturn]] void ThrowOurs(const Xapian::Error& error, std::string_view doing);

// Runs `work`, turning what Xapian throws into ours.
template <typename Work>
auto Guarded(std::string_view doing, Work work) {
  try {
    return work();
  } catch (const Xapian::Error& error) {
    ThrowOurs(error, doing);
  }
}

}  // namespace diwan
