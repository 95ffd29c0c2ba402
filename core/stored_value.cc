// Two ways to read: a tree of values where a value has few members or many kinds of them, and item by item where there
// are hundreds of thousands of values.
#include "core/stored_value.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/cbor.h"
#include "core/error.h"

namespace diwan::stored {

std::string Pack(char type, Json members) {
  members["t"] = std::string(1, type);
  members["v"] = kVersion;
  std::string bytes;
  Json::to_cbor(members, bytes);
  return bytes;
}

Head HeadOf(std::string_view bytes) {
  constexpr int kInline = 24;  // smaller ones are the number itself
  const auto first = static_cast<unsigned char>(bytes[0]);
  const int info = first & 31;
  if (info < kInline) return {.major = first >> 5, .number = static_cast<uint64_t>(info), .size = 1};
  Head head{.major = first >> 5, .size = 1 + (size_t{1} << (info - kInline))};
  for (const char byte : bytes.substr(1, head.size - 1)) {
    head.number = head.number << 8 | static_cast<unsigned char>(byte);
  }
  return head;
}

size_t ItemSize(std::string_view bytes) {
  size_t size = 0;
  for (uint64_t items = 1; items > 0; --items) {
    const Head head = HeadOf(bytes.substr(size));
    size += head.size;
    if (head.major == kBytesMajor || head.major == kTextMajor) size += head.number;
    if (head.major == kArrayMajor) items += head.number;
    if (head.major == kMapMajor) items += 2 * head.number;
  }
  return size;
}

std::string WithoutMember(std::string_view bytes, std::string_view key) {
  constexpr char kMapOfEightBytes = '\xBB';
  const Head map = HeadOf(bytes);
  if (map.major != kMapMajor) return std::string(bytes);
  bytes.remove_prefix(map.size);
  std::string members;
  uint64_t count = 0;
  while (!bytes.empty()) {
    const Head name = HeadOf(bytes);
    const size_t name_size = ItemSize(bytes);
    const size_t size = name_size + ItemSize(bytes.substr(name_size));
    if (name.major != kTextMajor || bytes.substr(name.size, name_size - name.size) != key) {
      members += bytes.substr(0, size);
      ++count;
    }
    bytes.remove_prefix(size);
  }
  std::string out(1, kMapOfEightBytes);
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(count >> shift & 255U);
  return out + members;
}

void Checks::CheckKind(std::string_view found, char type, int version) const {
  if (found != std::string_view(&type, 1)) Fail("is of another type");
  if (version < 1) Fail("is damaged");
  if (version > kVersion) Fail("was written by a newer version of Diwan; update the program");
}

void Checks::Fail(const char* why) const { throw Error(ErrorCode::kCorrupt, fmt::format("{} {}", what_, why)); }

Reader::Reader(char type, std::string_view bytes, std::string_view what) : Checks(what) {
  if (IsPlainCbor(bytes)) {
    value_ = Json::from_cbor(bytes.begin(), bytes.end(), /*strict=*/true, /*allow_exceptions=*/false);
  }
  if (!value_.is_object()) Fail("is damaged");
  CheckKind(Text("t"), type, Number<int>("v"));
}

std::string_view Items::Text() { return TakeString(kTextMajor); }

std::string_view Items::Bytes() { return TakeString(kBytesMajor); }

std::string_view Items::TakeString(int major) {
  const Head head = Take(major);
  const std::string_view text = bytes_.substr(0, head.number);
  bytes_.remove_prefix(head.number);
  return text;
}

std::string_view Items::Skip() {
  if (bytes_.empty()) in_.Fail("is damaged");
  const std::string_view item = bytes_.substr(0, ItemSize(bytes_));
  bytes_.remove_prefix(item.size());
  return item;
}

Head Items::Take(int major) {
  if (bytes_.empty()) in_.Fail("is damaged");
  const Head head = HeadOf(bytes_);
  if (head.major != major) in_.Fail("is damaged");
  bytes_.remove_prefix(head.size);
  return head;
}

Members::Members(char type, std::string_view bytes, std::string_view what) : Checks(what) {
  if (!IsPlainCbor(bytes)) Fail("is damaged");
  Items items(*this, bytes);
  for (uint64_t left = items.Map(); left > 0; --left) {
    const std::string_view key = items.Text();
    items_.emplace_back(key, items.Skip());
  }
  CheckKind(Text("t"), type, Number<int>("v"));
}

std::string_view Members::Item(std::string_view key) const {
  const auto found = std::ranges::find(items_, key, [](const auto& item) { return item.first; });
  return found == items_.end() ? std::string_view() : found->second;
}

}  // namespace diwan::stored
