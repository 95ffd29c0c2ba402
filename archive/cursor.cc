// A cursor is base64url (RFC 4648, not padded) of "3 OFFSET APPLIED DIGEST": its version, its place, and a digest of
// both and of the question. The digest has no key: it tells mistakes, and what an offset may be is checked as any
// other's.
#include "archive/cursor.h"

#include <fmt/core.h>

#include <charconv>

#include "core/digest.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr std::string_view kVersion = "3 ";
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string ToBase64(std::string_view bytes) {
  std::string encoded;
  uint32_t bits = 0;
  int waiting = 0;
  for (const char byte : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(byte);
    for (waiting += 8; waiting >= 6; waiting -= 6) encoded += kAlphabet[(bits >> (waiting - 6)) & 63U];
  }
  if (waiting > 0) encoded += kAlphabet[(bits << (6 - waiting)) & 63U];
  return encoded;
}

// Leaves out what can't be decoded: the caller encodes again and compares.
std::string FromBase64(std::string_view encoded) {
  std::string bytes;
  uint32_t bits = 0;
  int waiting = 0;
  for (const char letter : encoded) {
    bits = (bits << 6U) | static_cast<uint32_t>(kAlphabet.find(letter) & 63U);
    waiting += 6;
    if (waiting < 8) continue;
    waiting -= 8;
    bytes += static_cast<char>((bits >> waiting) & 255U);
  }
  return bytes;
}

}  // namespace

std::string MakeCursor(const Query& query, CursorPlace place) {
  const std::string text = fmt::format("{}{} {} ", kVersion, place.offset, place.applied);
  const std::string digest = Sha256Hex(fmt::format("{}{} {}", text, static_cast<int>(query.sort), query.text));
  return ToBase64(text + digest.substr(0, 16));
}

CursorPlace ReadCursor(std::string_view cursor, const Query& query) {
  constexpr size_t kLongest = 100;
  const std::string text = FromBase64(cursor.substr(0, kLongest));
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
