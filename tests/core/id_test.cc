// Ids and times.
#include "core/id.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace diwan {
namespace {

TEST(NewId, IsAVersion7UuidAndNeverTwice) {
  std::set<std::string> ids;
  for (int i = 0; i < 10000; ++i) {
    const std::string id = NewId();
    ASSERT_TRUE(IsId(id)) << id;
    ASSERT_EQ(id[14], '7') << id;
    ASSERT_NE(std::string_view("89ab").find(id[19]), std::string_view::npos) << id;
    ASSERT_TRUE(ids.insert(id).second) << id;
  }
}

TEST(NewId, BeginsWithTheTime) {
  const int64_t before = NowMillis();
  std::string id = NewId();
  const int64_t after = NowMillis();
  id.erase(8, 1);
  const int64_t told = std::stoll(id.substr(0, 12), nullptr, 16);
  EXPECT_LE(before, told);
  EXPECT_LE(told, after);
}

TEST(NewId, TheLaterIsTheGreater) {
  std::string last;
  for (int i = 0; i < 20000; ++i) {  // more than a millisecond's counter has room for
    std::string id = NewId();
    ASSERT_LT(last, id);
    last = std::move(id);
  }
}

TEST(IsId, TakesLowercaseUuidsOnly) {
  EXPECT_TRUE(IsId("0190f3c8-1b2a-7c3d-8e4f-0123456789ab"));
  for (const std::string_view wrong :
       {"", "0190f3c8", "0190f3c8-1b2a-7c3d-8e4f-0123456789a", "0190f3c8-1b2a-7c3d-8e4f-0123456789abc",
        "0190F3C8-1b2a-7c3d-8e4f-0123456789ab", "0190f3c8-1b2a-7c3d-8e4f-0123456789ag",
        "0190f3c81-b2a-7c3d-8e4f-0123456789ab", "0190f3c8-1b2a-7c3d-8e4f/0123456789ab",
        "../../../../../../../../../../../etc"}) {
    EXPECT_FALSE(IsId(wrong)) << wrong;
  }
}

TEST(FormatTime, IsRfc3339) {
  EXPECT_EQ(FormatTime(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(FormatTime(1709210096789), "2024-02-29T12:34:56.789Z");
  EXPECT_EQ(FormatTime(-1), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace diwan
