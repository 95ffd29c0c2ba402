// What passes for plain CBOR; rows are hex.
#include "core/cbor.h"

#include <gtest/gtest.h>

#include <string>

namespace diwan {
namespace {

std::string FromHex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

struct Row {
  std::string_view hex;
  bool plain;
};

TEST(IsPlainCbor, Table) {
  const Row rows[] = {
      {"00", true},                  // 0
      {"1818", true},                // 24
      {"1bffffffffffffffff", true},  // 2^64 - 1
      {"20", true},                  // -1
      {"60", true},                  // ""
      {"6161", true},                // "a"
      {"4101", true},                // one byte
      {"80", true},                  // []
      {"a0", true},                  // {}
      {"a1616101", true},            // {"a": 1}
      {"828001", true},              // [[], 1]
      {"f4", true},                  // false
      {"fa42b50000", true},          // a float
      {"fb3fe0000000000000", true},  // a double
      {"818181818181818100", true},  // eight deep
      {"8181818181818181"
       "8100",
       false},
      {"", false},
      {"0000", false},      // two values
      {"18", false},        // cut in the head
      {"6261", false},      // cut in a text
      {"8201", false},      // cut in an array
      {"a16161", false},    // a key without its value
      {"1c", false},        // reserved
      {"5f4101ff", false},  // of indefinite length
      {"7f6161ff", false},
      {"9f01ff", false},
      {"bf616101ff", false},
      {"ff", false},
      {"c000", false},  // a tag
      {"9bffffffffffffffff", false},
      {"bb8000000000000001", false},  // twice that overflows to 2
      {"bb80000000000000010000", false},
  };
  for (const Row& row : rows) EXPECT_EQ(IsPlainCbor(FromHex(row.hex)), row.plain) << row.hex;
}

}  // namespace
}  // namespace diwan
