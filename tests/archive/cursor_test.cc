#include "archive/cursor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "core/error.h"

namespace diwan {
namespace {

bool Refused(const std::string& cursor, const Query& query) {
  try {
    ReadCursor(cursor, query);
    return false;
  } catch (const Error& error) {
    return error.code() == ErrorCode::kInvalid && std::string(error.what()).find("'cursor'") != std::string::npos;
  }
}

TEST(Cursor, BringsThePlaceBack) {
  for (const char* text : {"", "قرار 123/2019", "a\xFF", "1 2 3"}) {
    for (const uint32_t offset : {0U, 1U, 20U, 9'999U, 4'294'967'295U}) {
      const Query query{.text = text, .sort = SortOrder::kOldest};
      const std::string cursor = MakeCursor(query, {offset, 77});
      EXPECT_EQ(ReadCursor(cursor, query).offset, offset);
      EXPECT_EQ(ReadCursor(cursor, query).applied, 77U);
      EXPECT_LT(cursor.size(), 60U);
      EXPECT_TRUE(std::all_of(cursor.begin(), cursor.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_';
      })) << cursor;
    }
  }
}

TEST(Cursor, IsOfOneQuestionAndOrder) {
  const std::string cursor = MakeCursor({.text = "قرار"}, {20, 3});
  EXPECT_TRUE(Refused(cursor, {.text = "قرارات"}));
  EXPECT_TRUE(Refused(cursor, {.text = "قرار", .sort = SortOrder::kNewest}));
  EXPECT_EQ(ReadCursor(cursor, {.text = "قرار", .offset = 7, .limit = 3, .facets = true}).offset, 20U);
}

TEST(Cursor, AnythingElseIsRefused) {
  const Query query{.text = "قرار"};
  const std::string good = MakeCursor(query, {20, 3});
  for (const std::string& bad : {std::string(), std::string("x"), good + "A", good + "=", good + " ", " " + good,
                                 good.substr(1), std::string(100'000, 'A'), std::string("\0\xFF", 2)}) {
    EXPECT_TRUE(Refused(bad, query)) << bad.substr(0, 80);
  }
}

TEST(Cursor, AnyChangedCharacterIsRefused) {
  for (const uint32_t offset : {0U, 7U, 20U, 4096U, 9'980U}) {
    const Query query{.text = "قرار", .sort = SortOrder::kNewest};
    const std::string good = MakeCursor(query, {offset, 77});
    for (size_t i = 0; i < good.size(); ++i) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string changed = good;
        changed[i] = static_cast<char>(byte);
        EXPECT_EQ(Refused(changed, query), changed != good) << offset << ": " << changed;
      }
    }
  }
}

}  // namespace
}  // namespace diwan
