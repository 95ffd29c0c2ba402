// SHA-256 against the published examples of FIPS 180-4.
#include "core/digest.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace diwan {
namespace {

struct Row {
  std::string bytes;
  std::string_view digest;
};

const std::vector<Row>& Rows() {
  static const std::vector<Row> rows = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  return rows;
}

TEST(Sha256, PublishedExamples) {
  for (const Row& row : Rows()) EXPECT_EQ(Sha256Hex(row.bytes), row.digest);
}

TEST(Sha256, PiecesMakeTheSame) {
  for (const Row& row : Rows()) {
    Sha256 sha;
    for (size_t at = 0; at < row.bytes.size(); at += 977) sha.Update(row.bytes.substr(at, 977));
    EXPECT_EQ(sha.Finish(), row.digest);
  }
}

TEST(IsSha256Hex, TakesLowercaseDigestsOnly) {
  EXPECT_TRUE(IsSha256Hex(Rows()[1].digest));
  EXPECT_FALSE(IsSha256Hex(""));
  EXPECT_FALSE(IsSha256Hex(Rows()[1].digest.substr(1)));
  EXPECT_FALSE(IsSha256Hex(Sha256Hex("abc") + "0"));
  EXPECT_FALSE(IsSha256Hex(std::string(64, 'A')));
  EXPECT_FALSE(IsSha256Hex(std::string(63, 'a') + "/"));
}

}  // namespace
}  // namespace diwan
