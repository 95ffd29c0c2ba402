// Just enough of HTTP to know when a thread would no longer wait for the client; what it all means is told by Poco.
#include "api/connection.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace diwan {
namespace {

struct Head {
  size_t end = std::string_view::npos;  // behind its empty line; npos when that has not come
  size_t lines = 0;                     // that ended, the request's own among them
  bool long_target = false;
  bool long_line = false;
};

size_t TargetBytes(std::string_view line) {
  const size_t begin = line.find(' ');
  return begin == std::string_view::npos ? 0 : std::min(line.find(' ', begin + 1), line.size()) - begin - 1;
}

Head HeadOf(std::string_view received) {
  Head head;
  size_t begin = 0;
  for (size_t end = received.find('\n'); end != std::string_view::npos; end = received.find('\n', begin)) {
    const std::string_view line = received.substr(begin, end - begin);
    if (head.lines == 0) head.long_target = TargetBytes(line) > kMaxTargetBytes;
    if (head.lines > 0) head.long_line = head.long_line || line.size() > kMaxHeaderBytes;
    ++head.lines;
    begin = end + 1;
    std::string_view next = received.substr(begin);
    if (next.starts_with('\r')) next.remove_prefix(1);
    if (!next.starts_with('\n')) continue;
    head.end = static_cast<size_t>(next.data() - received.data()) + 1;
    break;
  }
  return head;
}

bool IsNamed(std::string_view line, std::string_view name) {
  return line.size() > name.size() && line[name.size()] == ':' &&
         std::ranges::equal(line.substr(0, name.size()), name,
                            [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

// Of the first header of that name, without the spaces before it.
std::optional<std::string_view> Header(std::string_view head, std::string_view name) {
  for (size_t end = head.find('\n'); end != std::string_view::npos; end = head.find('\n')) {
    head.remove_prefix(end + 1);
    if (!IsNamed(head, name)) continue;
    std::string_view value = head.substr(name.size() + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    return value;
  }
  return std::nullopt;
}

}  // namespace

Arrival ArrivalOf(std::string_view received, size_t head_bytes) {
  const Head told = HeadOf(received.substr(0, head_bytes));
  const bool whole = told.end != std::string_view::npos;
  const bool part = !whole && received.size() < head_bytes;
  if (told.long_target || (told.lines == 0 && !part)) return Arrival::kLongTarget;
  if (told.long_line || told.lines > kMaxHeaders + 1 || (!whole && !part)) return Arrival::kLongHead;
  if (part) return Arrival::kPart;
  const std::string_view head = received.substr(0, told.end);
  const auto length = Header(head, "content-length");
  if (!length) return Arrival::kWhole;
  uint64_t body = 0;
  const bool number = std::from_chars(length->data(), length->data() + length->size(), body).ec == std::errc();
  if (!number || body == 0) return Arrival::kWhole;  // refused without its body, or it has none
  if (body > kSmallBodyBytes || Header(head, "expect")) return Arrival::kBodyOnly;
  return received.size() - told.end >= body ? Arrival::kWhole : Arrival::kPart;
}

}  // namespace diwan
