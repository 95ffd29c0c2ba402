// Keys are on disk: their bytes are fixed here, and their order is the order of what they stand for.
#include "store/keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/digest.h"
#include "core/error.h"
#include "core/id.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace diwan {
namespace {

constexpr std::string_view kId = "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";

std::string Hex(std::string_view bytes) {
  std::string hex;
  for (const char c : bytes) {
    hex += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    hex += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

TEST(Keys, GoldenBytes) {
  Counters counters{.sequence = 1, .audit = 2, .totals = {.records = 3, .pages = 4}};
  counters.totals.pages_without_text = 5;
  counters.totals.bytes = 6;
  counters.totals.jobs = 0x0102030405060708;
  const std::string digest = Sha256Hex("");
  const struct {
    std::string made;
    std::string hex;
  } rows[] = {
      {IdKey(kId), "0190a1b2c3d47e5f8a6b7c8d9e0f1a2b"},
      {AccountKey("ab"), "616162"},
      {TokenKey(digest), "74e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {SessionKey(digest), "73e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {NumberedKey(kId, 0), "0190a1b2c3d47e5f8a6b7c8d9e0f1a2b00000000"},
      {NumberedKey(kId, 0x01020304), "0190a1b2c3d47e5f8a6b7c8d9e0f1a2b01020304"},
      {VersionKey(kId, 1, 0x01020304), "0190a1b2c3d47e5f8a6b7c8d9e0f1a2b0000000101020304"},
      {DigestKey(digest), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {SequenceKey(0x0102030405060708), "0102030405060708"},
      {KeyAfter(SequenceKey(1)), "000000000000000100"},
      {EncodeThing({.sequence = 258, .presence = Presence::kText}), "000000000000010274"},
      {EncodeThing({.sequence = 1, .presence = Presence::kBlank}), "000000000000000162"},
      {EncodeThing({.sequence = 1, .presence = Presence::kRecord}), "000000000000000172"},
      {EncodeThing({.sequence = 1, .presence = Presence::kGone}), "00000000000000012d"},
      {EncodeThing({.sequence = 1, .presence = Presence::kHiddenText}), "000000000000000154"},
      {EncodeThing({.sequence = 1, .presence = Presence::kHiddenBlank}), "000000000000000142"},
      {EncodeThing({.sequence = 1, .presence = Presence::kHiddenRecord}), "000000000000000152"},
      {EncodeCounters(counters),
       "00000000000000010000000000000002000000000000000300000000000000040000000000000005"
       "00000000000000060102030405060708"},
  };
  for (const auto& row : rows) EXPECT_EQ(Hex(row.made), row.hex);
}

TEST(Keys, WhatCanNotBeStoredHasNoKey) {
  for (const std::string_view id :
       {"", "x", "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2", "0190A1B2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
        "0190a1b2c3d47e5f8a6b7c8d9e0f1a2b", "../../../../../../../../../../etc/pass"}) {
    EXPECT_EQ(IdKey(id), "") << id;
    EXPECT_EQ(NumberedKey(id, 1), "") << id;
    EXPECT_EQ(VersionKey(id, 1, 1), "") << id;
    EXPECT_EQ(DigestKey(id), "") << id;
  }
}

TEST(Keys, EncodedOrderIsLogicalOrder) {
  std::mt19937_64 random(20240611);
  const auto number = [&] { return static_cast<uint32_t>(random() >> (random() % 64)); };
  std::vector<std::string> ids;
  for (int i = 0; i < 40; ++i) ids.push_back(NewId());
  for (int i = 0; i < 20000; ++i) {
    const uint64_t a = random() >> (random() % 64);
    const uint64_t b = random() % 3 == 0 ? a + 1 : random() >> (random() % 64);
    ASSERT_EQ(SequenceKey(a) < SequenceKey(b), a < b) << a << " " << b;
    const std::pair one{ids[random() % ids.size()], number()};
    const std::pair two{ids[random() % ids.size()], number()};
    ASSERT_EQ(NumberedKey(one.first, one.second) < NumberedKey(two.first, two.second), one < two);
    ASSERT_EQ(IdKey(one.first) < IdKey(two.first), one.first < two.first);
    const std::string x = Sha256Hex(one.first);
    const std::string y = Sha256Hex(two.first);
    ASSERT_EQ(DigestKey(x) < DigestKey(y), x < y);
  }
}

TEST(Keys, ParsingGivesBackWhatWasEncoded) {
  EXPECT_EQ(ParseIdKey(IdKey(kId)), kId);
  EXPECT_EQ(ParseDigestKey(DigestKey(Sha256Hex("a"))), Sha256Hex("a"));
  EXPECT_EQ(ParseSequenceKey(SequenceKey(UINT64_MAX)), UINT64_MAX);
  const Numbered page = ParseNumberedKey(NumberedKey(kId, UINT32_MAX));
  EXPECT_EQ(page.id, kId);
  EXPECT_EQ(page.number, UINT32_MAX);
  EXPECT_EQ(ParseVersionKey(VersionKey(kId, 1, 77)), 77U);
}

TEST(Keys, CountersOfALaterMinorFormatAreReadAsFarAsKnown) {
  const Counters counters{.sequence = 7, .audit = 8, .totals = {.records = 9}};
  const Counters read = DecodeCounters(EncodeCounters(counters) + SequenceKey(10));
  EXPECT_EQ(read.sequence, 7U);
  EXPECT_EQ(read.audit, 8U);
  EXPECT_EQ(read.totals.records, 9U);
}

TEST(Keys, DamagedBytesAreCorrupt) {
  for (size_t size = 0; size < 80; ++size) {
    const std::string bytes(size, 'x');
    const auto expect = [&](bool fits, auto parse) {
      try {
        parse();
        EXPECT_TRUE(fits) << size;
      } catch (const Error& e) {
        EXPECT_FALSE(fits) << size;
        EXPECT_EQ(e.code(), ErrorCode::kCorrupt);
      }
    };
    expect(size == 16, [&] { ParseIdKey(bytes); });
    expect(size == 32, [&] { ParseDigestKey(bytes); });
    expect(size == 20, [&] { ParseNumberedKey(bytes); });
    expect(size == 8, [&] { ParseSequenceKey(bytes); });
    expect(size == 24, [&] { ParseVersionKey(bytes); });
    expect(false, [&] { DecodeThing(bytes, "x"); });  // 'x' is no presence
    expect(size >= 56 && size % 8 == 0, [&] { DecodeCounters(bytes); });
  }
}

TEST(Keys, FuzzerAgreesOnItsSeeds) {
  std::mt19937 random(7);
  for (size_t size = 0; size < 200; ++size) {
    std::string bytes;
    for (size_t i = 0; i < size; ++i) bytes += static_cast<char>(random());
    if (size == 9) bytes.back() = 't';
    EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()), 0);
  }
}

}  // namespace
}  // namespace diwan
