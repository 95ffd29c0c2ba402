// Terms and keys as the database takes them. Every term that is written or looked up is made here.
#include "index/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/error.h"
#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMaxIdBytes = 200;
constexpr size_t kPageDigits = 10;

}  // namespace

std::string MakeTerm(std::string_view prefix, std::string_view text) {
  std::string term(prefix);
  term.reserve(prefix.size() + text.size());
  // No longer than one byte beyond the limit is ever looked at, however long the text.
  for (const char byte : text.substr(0, 2 * kMaxTermBytes)) {
    if (byte != '\0') term += byte;
  }
  term.resize(std::max(prefix.size(), CutAtCodePoint(term, kMaxTermBytes).size()));
  return term;
}

std::string PageKey(std::string_view record_id, int page) {
  const bool sound = !record_id.empty() && record_id.size() <= kMaxIdBytes && page >= 1 &&
                     record_id.find('\0') == std::string_view::npos;
  if (!sound) {
    throw Error(ErrorCode::kInvalid, fmt::format("no page can be indexed as record '{}', page {}",
                                                 MakeTerm("", record_id.substr(0, kMaxIdBytes)), page));
  }
  return fmt::format("{}/{:0{}}", record_id, page, kPageDigits);
}

std::pair<std::string_view, int> ParsePageKey(std::string_view key) {
  const size_t slash = key.rfind('/');
  int page = 0;
  if (slash == std::string_view::npos) return {key, page};
  std::from_chars(key.data() + slash + 1, key.data() + key.size(), page);
  return {key.substr(0, slash), page};
}

}  // namespace diwan
