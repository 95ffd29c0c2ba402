// The table from Xapian's exceptions to our codes. First row that fits; a class before the class it derives from.
#include "index/xapian_error.h"

#include <fmt/format.h>

#include <string>

#include "core/error.h"

namespace diwan {
namespace {

template <typename Kind>
bool Is(const Xapian::Error& error) {
  return dynamic_cast<const Kind*>(&error) != nullptr;
}

struct Row {
  bool (*fits)(const Xapian::Error&);
  ErrorCode code;
  std::string_view advice;
};

constexpr Row kRows[] = {
    {Is<Xapian::DatabaseLockError>, ErrorCode::kBusy, "another program writes it; try again when that has ended"},
    {Is<Xapian::DatabaseNotFoundError>, ErrorCode::kNotFound, "it is not there; build it with reindex"},
    {Is<Xapian::DatabaseModifiedError>, ErrorCode::kBusy, "it changes too quickly; try again"},
    {Is<Xapian::DatabaseCorruptError>, ErrorCode::kCorrupt, "it is damaged; build it anew with reindex"},
    {Is<Xapian::DatabaseOpeningError>, ErrorCode::kCorrupt, "it can't be read; build it anew with reindex"},
    {Is<Xapian::DatabaseError>, ErrorCode::kUnavailable, "check that the disk is not full"},
    {Is<Xapian::Error>, ErrorCode::kInternal, "this is a bug of Diwan"},
};

}  // namespace

void ThrowOurs(const Xapian::Error& error, std::string_view doing) {
  const char* system = error.get_error_string();
  const std::string reason =
      system == nullptr ? error.get_msg() : fmt::format("{}: {}", error.get_msg(), system);
  for (const Row& row : kRows) {
    if (row.fits(error)) throw Error(row.code, fmt::format("the index can't be {}: {} ({})", doing, row.advice, reason));
  }
  throw Error(ErrorCode::kInternal, fmt::format("the index can't be {} ({})", doing, reason));
}

}  // namespace diwan
