// A cursor is base64url (RFC 4648, not padded) of "3 OFFSET APPLIED DIGEST": its version, its place, and a digest of
// both and of the question. The digest has no key: it tells mistakes, and what an offset may be is checked as any
// other's.
#include "archive/cursor.h"

#include <fmt/core.h>

#include <charconv>

#include "core/base64.h"
#include "core/digest.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr std::string_view kVersion = "3 ";

}  // namespace

std::string MakeCursor(const Query& query, CursorPlace place) {
  const std::string text = fmt::format("{}{} {} ", kVersion, place.offset, place.applied);
  const std::string digest = Sha256Hex(fmt::format("{}{} {}", text, static_cast<int>(query.sort), query.text));
  return ToBase64Url(text + digest.substr(0, 16));
}

CursorPlace ReadCursor(std::string_view cursor, const Query& query) {
  constexpr size_t kLongest = 100;
  const std::string text = FromBase64Url(cursor.substr(0, kLongest));
  CursorPlace place;
  const char* const end = text.data() + text.size();
  if (text.size() > kVersion.size()) {
    const char* const space = std::from_chars(text.data() + kVersion.size(), end, place.offset).ptr;
    if (space < end) std::from_chars(space + 1, end, place.applied);
  }
  if (cursor != MakeCursor(query, place)) {
    throw Error(ErrorCode::kInvalid, "'cursor' must be the 'next' of an answer to the same question in the same order");
  }
  return place;
}

}  // namespace diwan
