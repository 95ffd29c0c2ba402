// The text of a stored page, read without its words.
#include <gtest/gtest.h>

#include <random>

#include "core/digest.h"
#include "core/encoding.h"
#include "core/error.h"
#include "encoding_samples.h"

namespace diwan {
namespace {

// The text of a page, or "refused".
std::string TextOf(std::string_view bytes) {
  try {
    return DecodePageText(bytes, "it");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCorrupt);
    return "refused";
  }
}

TEST(PageText, IsReadWithoutTheWords) {
  const Type& page = Types()[0];
  const std::string text = SamplePage().text;
  EXPECT_EQ(TextOf(page.bytes), text);
  EXPECT_EQ(TextOf(Encode(Page())), "");
  Page with_numbers = PageWithNumbers();
  with_numbers.text = text;
  EXPECT_EQ(TextOf(Encode(with_numbers)), text);
  EXPECT_EQ(TextOf(Changed(page, [](Json& v) { v.erase("words"); })), text);
  EXPECT_EQ(TextOf(Changed(page, [](Json& v) { v["words"] = {{"words", {1, -2, 0.5, true, nullptr}}}; })), text);
  EXPECT_EQ(TextOf(Changed(page, [](Json& v) { v["words"][1][8] = 11; })), text) << "words are not looked at";
  EXPECT_EQ(TextOf(Changed(page, [](Json& v) { v["a"] = {{"words", 1}}; })), text);
  for (size_t other = 1; other < Types().size(); ++other) EXPECT_EQ(TextOf(Types()[other].bytes), "refused");
  for (const char* key : {"t", "v", "text"}) {
    EXPECT_EQ(TextOf(Changed(page, [&](Json& v) { v[key] = Json::object(); })), "refused") << key;
  }
}

// Bytes that no Diwan writes, but that are read as well: any order, members twice, heads longer than need be.
TEST(PageText, IsThatOfThePageInAnyForm) {
  using std::string_literals::operator""s;
  const auto key = [](const std::string& name) { return static_cast<char>(0x60 + name.size()) + name; };
  const std::string known = key("t") + key("p") + key("v") + '\x01';
  const std::string words = key("words") + '\x80';
  const std::string text = key("text") + key("abc");
  const std::pair<std::string, std::string> rows[] = {
      {"\xA4" + words + known + text, "abc"},
      {"\xA5" + words + known + words + text, "abc"},
      {"\xA5" + known + text + words + key("text") + key("z"), "z"},  // the last one counts
      {"\xA4" + known + text + "\x78\x05words\x80", "abc"},
      {"\xB9\0\x04"s + known + text + words, "abc"},
      {"\xA4" + known + text + "\x45words\x80", "refused"},  // a key that is no text
      {"\xA4" + known + text + "\x05\x80", "refused"},
      {"\x80", "refused"},
      {"\x00"s, "refused"},
  };
  for (const auto& [bytes, expected] : rows) {
    EXPECT_EQ(TextOf(bytes), expected) << Hex(bytes);
    EXPECT_EQ(Outcomes(Types()[0], bytes), expected == "refused" ? "corrupt" : "ok") << Hex(bytes);
    if (expected == "refused") continue;
    EXPECT_EQ(DecodePage(bytes, "it").text, expected) << Hex(bytes);
  }
}

TEST(PageText, AgreesWithThePageOnAnyBytes) {
  std::mt19937 random(20261122);
  size_t taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = Types()[0].bytes;
    for (size_t i = 1 + random() % 2; i > 0; --i)
      bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    std::string text;
    try {
      text = DecodePage(bytes, "it").text;
    } catch (const Error&) {
      TextOf(bytes);
      continue;
    }
    ++taken;
    ASSERT_EQ(TextOf(bytes), text) << Hex(bytes);
  }
  EXPECT_GT(taken, 1000U);
}

}  // namespace
}  // namespace diwan
