// Stored bytes that are damaged, hostile or of the future are refused.
#include <gtest/gtest.h>

#include <random>

#include "core/encoding.h"
#include "core/error.h"
#include "encoding_samples.h"

namespace diwan {
namespace {

// "entry" of "entry with a row left".
std::string_view KindOf(const Type& type) {
  const std::string_view name = type.name;
  return name.substr(0, name.find(" with"));
}

TEST(Encoding, AnotherTypeIsRefused) {
  for (const Type& type : Types()) {
    for (const Type& other : Types()) {
      EXPECT_EQ(Outcomes(type, other.bytes), KindOf(type) == KindOf(other) ? "ok" : "corrupt")
          << type.name << " as " << other.name;
    }
  }
}

TEST(Encoding, VersionsAreChecked) {
  for (const Type& type : Readers()) {
    EXPECT_EQ(Outcomes(type, Changed(type, [](Json& v) { v["v"] = 2; })), "corrupt") << type.name;
    EXPECT_EQ(Outcomes(type, Changed(type, [](Json& v) { v["v"] = 0; })), "corrupt") << type.name;
    EXPECT_EQ(Outcomes(type, Changed(type, [](Json& v) { v["v"] = "1"; })), "corrupt") << type.name;
    EXPECT_EQ(Outcomes(type, Changed(type, [](Json& v) { v.erase("v"); })), "corrupt") << type.name;
  }
}

TEST(Encoding, ValuesOfAWrongKindAreRefused) {
  for (const Type& type : Types()) {
    const Json value = Json::from_cbor(type.bytes);
    for (const auto& [key, ignored] : value.items()) {
      const std::string bytes = Changed(type, [&name = key](Json& v) { v[name] = Json::object(); });
      EXPECT_EQ(Outcomes(type, bytes), "corrupt") << type.name << ' ' << key;
    }
  }
}

TEST(Encoding, ValuesOutOfRangeAreRefused) {
  const std::pair<size_t, std::function<void(Json&)>> rows[] = {
      {0, [](Json& v) { v["n"] = 1LL << 31; }},
      {0, [](Json& v) { v["n"] = -(1LL << 31) - 1; }},
      {0, [](Json& v) { v["n"] = 18446744073709551615U; }},
      {0, [](Json& v) { v["n"] = 1.5; }},
      {0, [](Json& v) { v["at"] = 18446744073709551615U; }},
      {0, [](Json& v) { v["from"] = 4; }},
      {0, [](Json& v) { v["from"] = -1; }},
      {0, [](Json& v) { v["words"][1][8] = 11; }},           // ends beyond the text
      {0, [](Json& v) { v["words"][1][8] = 4294967295U; }},  // begins beyond it
      {0, [](Json& v) { v["words"][1][8] = -1; }},
      {0, [](Json& v) { v["words"][1].erase(8); }},
      {0, [](Json& v) { v["words"][1][1] = "1"; }},
      {0, [](Json& v) { v["words"][1] = 5; }},
      {0, [](Json& v) { v["words"][1].push_back(3); }},
      {0, [](Json& v) { v["words"][1].push_back(-1); }},
      {0, [](Json& v) { v["words"][1].push_back("sure"); }},
      {0,
       [](Json& v) {
         Append(v["words"][1], {2, 5});
       }},
      {0,
       [](Json& v) {
         Append(v["words"][1], {2, "", "١٣"});
       }},
      {0,
       [](Json& v) {
         Append(v["words"][1], {2, "", Json::array({"١٣", 5})});
       }},
      {1, [](Json& v) { v["state"] = 2; }},
      {1, [](Json& v) { v["fields"][0][3] = 3; }},
      {1, [](Json& v) { v["fields"][0][4] = -1; }},
      {1, [](Json& v) { v["fields"][0].erase(6); }},
      {2, [](Json& v) { v["size"] = -1; }},
      {2, [](Json& v) { v["bad"] = 1; }},
      {3, [](Json& v) { v["n"] = 4294967296; }},
      {3, [](Json& v) { v["out"] = 4; }},
      {6, [](Json& v) { v["kind"] = 2; }},
  };
  size_t number = 0;
  for (const auto& [type, change] : rows) {
    EXPECT_EQ(Outcomes(Types()[type], Changed(Types()[type], change)), "corrupt") << "row " << number;
    ++number;
  }
}

TEST(Encoding, CutBytesAreRefused) {
  for (const Type& type : Readers()) {
    for (size_t size = 0; size < type.bytes.size(); ++size) {
      ASSERT_EQ(Outcomes(type, std::string_view(type.bytes).substr(0, size)), "corrupt") << type.name << ' ' << size;
    }
    EXPECT_EQ(Outcomes(type, type.bytes + "x"), "corrupt") << type.name;
  }
}

TEST(Encoding, HostileBytesAreRefused) {
  const std::string rows[] = {
      "not CBOR",
      "\xFF",
      "\xA1",
      std::string("\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9),               // an array of 2^64 - 1
      std::string("\x9B\x10\x00\x00\x00\x00\x00\x00\x00", 9),               // of 2^60
      std::string("\xBB\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9),               // a map of that many
      std::string("\x7B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9),               // a text as long
      std::string("\x5B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9),               // bytes as long
      std::string("\xA1\x61\x61\x9B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 12),  // an array of that many in a map
      std::string(2'000'000, '\x81'),                                       // arrays in arrays
      std::string(2'000'000, '\x9F'),                                       // of no given length
      std::string(2'000'000, '\x7F'),                                       // texts in texts
      std::string(2'000'000, '\x5F'),                                       // bytes in bytes
      std::string(2'000'000, '\xC0'),                                       // tags on tags
  };
  for (const Type& type : Readers()) {
    size_t number = 0;
    for (const std::string& row : rows) EXPECT_EQ(Outcomes(type, row), "corrupt") << type.name << " row " << number++;
    std::string deep;  // maps in maps
    for (int i = 0; i < 300'000; ++i) deep += "\xA1\x61\x61";
    EXPECT_EQ(Outcomes(type, deep), "corrupt") << type.name;
  }
}

// Flipped bits are refused, or give a value that can itself be stored and read.
TEST(Encoding, FlippedBitsDoNoHarm) {
  std::mt19937 random(20260104);
  for (const Type& type : Readers()) {
    for (int round = 0; round < 2000; ++round) {
      std::string bytes = type.bytes;
      for (size_t i = 1 + random() % 3; i > 0; --i)
        bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
      try {
        const std::string again = type.again(bytes);
        EXPECT_EQ(type.again(again), again);
      } catch (const Error& error) {
        ASSERT_EQ(error.code(), ErrorCode::kCorrupt);
      }
    }
  }
}

}  // namespace
}  // namespace diwan
