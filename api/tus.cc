#include "api/tus.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <limits>

#include "api/base64.h"
#include "core/error.h"

namespace diwan {
namespace {

[[noreturn]] void RefuseMetadata() {
  throw Error(ErrorCode::kInvalid,
              "Upload-Metadata must be pairs like 'filename BASE64,language BASE64', each name once");
}

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<uint64_t> ReadTusNumber(std::string_view text) {
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number > std::numeric_limits<int64_t>::max()) return std::nullopt;
  return number;
}

std::map<std::string, std::string, std::less<>> ReadTusMetadata(std::string_view header) {
  std::map<std::string, std::string, std::less<>> pairs;
  while (!header.empty()) {
    const size_t comma = std::min(header.find(','), header.size());
    const std::string_view pair = Trimmed(header.substr(0, comma));
    header.remove_prefix(std::min(comma + 1, header.size()));
    const size_t space = std::min(pair.find(' '), pair.size());
    const auto value = FromBase64(Trimmed(pair.substr(space)));
    if (space == 0 || !value || !pairs.emplace(pair.substr(0, space), *value).second) RefuseMetadata();
  }
  return pairs;
}

std::string HttpDate(int64_t millis) {
  constexpr size_t kLongest = 64;
  const auto seconds = static_cast<std::time_t>(millis / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::string text(kLongest, '\0');
  text.resize(std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts));
  return text;
}

}  // namespace diwan
