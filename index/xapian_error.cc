// The table from Xapian's exceptions to our codes.
#include "index/xapian_error.h"

#include <fmt/format.h>

#include <string>

#include "core/error.h"

namespace diwan {
namespace {

struct Row {
  std::string_view type;
  ErrorCode code;
  std::string_view advice;
};

constexpr std::string_view kRebuild = "it is damaged; build it anew with reindex";
constexpr std::string_view kDisk = "check that the disk is not full";

constexpr Row kRows[] = {
    {"DatabaseLockError", ErrorCode::kBusy, "another program writes it; try again when that has ended"},
    {"DatabaseModifiedError", ErrorCode::kBusy, "it changes too quickly; try again"},
    {"DatabaseNotFoundError", ErrorCode::kNotFound, "it is not there; build it with reindex"},
    {"DatabaseCorruptError", ErrorCode::kCorrupt, kRebuild},
    {"DatabaseVersionError", ErrorCode::kCorrupt, kRebuild},
    {"DatabaseOpeningError", ErrorCode::kCorrupt, kRebuild},
    {"DatabaseCreateError", ErrorCode::kUnavailable, kDisk},
    {"DatabaseError", ErrorCode::kUnavailable, kDisk},
};
constexpr Row kOther = {"", ErrorCode::kInternal, "this is a bug of Diwan"};

const Row& RowOf(std::string_view type) {
  for (const Row& row : kRows) {
    if (row.type == type) return row;
  }
  return kOther;
}

}  // namespace

void ThrowOurs(const Xapian::Error& error, std::string_view doing) {
  const Row& row = RowOf(error.get_type());
  const char* system = error.get_error_string();
  const std::string reason = system == nullptr ? error.get_msg() : fmt::format("{}: {}", error.get_msg(), system);
  throw Error(row.code, fmt::format("the index can't be {}: {} ({})", doing, row.advice, reason));
}

}  // namespace diwan
