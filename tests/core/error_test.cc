// The names of error codes, which API clients and tests rely on.
#include "core/error.h"

#include <gtest/gtest.h>

#include <set>

namespace diwan {
namespace {

TEST(ErrorCode, NamesAreStable) {
  const std::pair<ErrorCode, std::string_view> rows[] = {
      {ErrorCode::kInvalid, "invalid"},         {ErrorCode::kNotFound, "not_found"},
      {ErrorCode::kDenied, "denied"},           {ErrorCode::kBusy, "busy"},
      {ErrorCode::kTooLarge, "too_large"},      {ErrorCode::kCorrupt, "corrupt"},
      {ErrorCode::kUnavailable, "unavailable"}, {ErrorCode::kInternal, "internal"},
      {ErrorCode::kConflict, "conflict"}};
  for (const auto& [code, name] : rows) {
    EXPECT_EQ(CodeName(code), name);
    EXPECT_EQ(CodeOfName(name), code) << name;
  }
  for (const std::string_view unknown : {"", "Busy", "busy ", "teapot"}) {
    EXPECT_EQ(CodeOfName(unknown), ErrorCode::kInternal) << unknown;
  }
}

TEST(Error, CarriesItsCodeAndMessage) {
  const Error error(ErrorCode::kBusy, "archive A is held by another process");
  EXPECT_EQ(error.code(), ErrorCode::kBusy);
  EXPECT_STREQ(error.what(), "archive A is held by another process");
}

TEST(Error, AConflictTellsTheVersionThatIsStored) {
  const Conflict conflict("record A was changed", 7);
  EXPECT_EQ(conflict.code(), ErrorCode::kConflict);
  EXPECT_EQ(conflict.version(), 7);
}

}  // namespace
}  // namespace diwan
