// Stands before the CBOR parser, which recurses into nested values and nested strings and throws on lengths that no
// memory holds: what comes from a disk or from a worker process could bring the program down with it.
#include "core/cbor.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace diwan {
namespace {

constexpr size_t kDeepest = 8;

// The first byte of an item and the number in it or after it.
struct Head {
  int major = 0;
  uint64_t number = 0;
};

// Takes a head off `bytes`; no value for reserved and indefinite ones.
std::optional<Head> TakeHead(std::string_view& bytes) {
  constexpr int kInline = 24;  // smaller ones are the number itself
  constexpr int kLongest = 27;
  if (bytes.empty()) return {};
  const auto first = static_cast<unsigned char>(bytes[0]);
  bytes.remove_prefix(1);
  const int info = first & 31;
  if (info > kLongest) return {};
  Head head{.major = first >> 5};
  if (info < kInline) {
    head.number = static_cast<uint64_t>(info);
    return head;
  }
  const size_t size = size_t{1} << (info - kInline);
  if (bytes.size() < size) return {};
  for (const char byte : bytes.substr(0, size)) head.number = head.number << 8 | static_cast<unsigned char>(byte);
  bytes.remove_prefix(size);
  return head;
}

// The items that a container of this head holds; 0 for what is none.
uint64_t ItemsOf(const Head& head) {
  constexpr int kArray = 4;
  constexpr int kMap = 5;
  return head.major == kArray ? head.number : head.major == kMap ? head.number * 2 : 0;
}

}  // namespace

bool IsPlainCbor(std::string_view bytes) {
  constexpr int kBytes = 2;
  constexpr int kText = 3;
  constexpr int kTag = 6;
  std::array<uint64_t, kDeepest + 1> open{1};  // items still to come, of the whole and of each open container
  size_t depth = 0;
  while (true) {
    while (open[depth] == 0) {
      if (depth == 0) return bytes.empty();
      --depth;
    }
    --open[depth];
    const auto head = TakeHead(bytes);
    if (!head || head->major == kTag) return false;
    const bool counts = head->major != 0 && head->major != 1 && head->major != 7;
    if (counts && head->number > bytes.size()) return false;
    if (head->major == kBytes || head->major == kText) bytes.remove_prefix(head->number);
    const uint64_t items = ItemsOf(*head);
    if (items == 0) continue;
    if (depth == kDeepest) return false;
    open[++depth] = items;
  }
}

}  // namespace diwan
