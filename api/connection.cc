// Just enough of HTTP to know when a thread would no longer wait for the client; what it all means is told by Poco.
#include "api/connection.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace diwan {
namespace {

// Where the head ends, behind its empty line; npos when that has not come.
size_t EndOfHead(std::string_view received) {
  for (size_t end = received.find('\n'); end != std::string_view::npos; end = received.find('\n', end + 1)) {
    std::string_view next = received.substr(end + 1);
    if (next.starts_with('\r')) next.remove_prefix(1);
    if (next.starts_with('\n')) return static_cast<size_t>(next.data() - received.data()) + 1;
  }
  return std::string_view::npos;
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
  const size_t end = EndOfHead(received.substr(0, head_bytes));
  if (end == std::string_view::npos) return received.size() < head_bytes ? Arrival::kPart : Arrival::kTooLong;
  const std::string_view head = received.substr(0, end);
  const auto length = Header(head, "content-length");
  if (!length) return Arrival::kWhole;
  uint64_t body = 0;
  const bool told = std::from_chars(length->data(), length->data() + length->size(), body).ec == std::errc();
  if (!told || body == 0) return Arrival::kWhole;  // refused without its body, or it has none
  if (body > kSmallBodyBytes || Header(head, "expect")) return Arrival::kBodyOnly;
  return received.size() - end >= body ? Arrival::kWhole : Arrival::kPart;
}

}  // namespace diwan
