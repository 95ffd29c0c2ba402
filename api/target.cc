// Request targets to and from their decoded form, the first thing that happens to a request from the network.
#include "api/target.h"

#include <algorithm>

#include "core/error.h"

namespace diwan {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string PercentDecode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const int high = i + 1 < text.size() ? HexValue(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? HexValue(text[i + 2]) : -1;
    if (high < 0 || low < 0) throw Error(ErrorCode::kInvalid, "a percent sign in the address lacks its two hex digits");
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::string EncodeAllBut(std::string_view kept, std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : bytes) {
    if (IsUnreserved(c) || kept.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return encoded;
}

// Calls `use` with each piece of `text` between separators.
template <typename Use>
void ForEachPiece(std::string_view text, char separator, const Use& use) {
  for (;;) {
    const size_t end = text.find(separator);
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// What a name that came from outside is told again as; "" where it is not plain.
std::string Named(std::string_view name) {
  constexpr size_t kLongestEcho = 40;
  const bool plain = !name.empty() && name.size() <= kLongestEcho && std::ranges::all_of(name, IsUnreserved);
  return plain ? ": " + std::string(name) : "";
}

std::string_view WithoutAuthority(std::string_view target) {
  if (target.substr(0, 7) != "http://") return target;
  const size_t slash = target.find('/', 7);
  return slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
}

}  // namespace

void CheckPath(std::string_view path) {
  if (path.empty() || path.front() != '/') throw Error(ErrorCode::kInvalid, "the address has no path");
  if (std::ranges::any_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
    throw Error(ErrorCode::kInvalid, "the path has control characters in it");
  }
  ForEachPiece(path, '/', [](std::string_view segment) {
    if (segment == "." || segment == "..") throw Error(ErrorCode::kInvalid, "the path has a '.' or '..' segment");
  });
}

Target ParseTarget(std::string_view target) {
  target = WithoutAuthority(target);
  target = target.substr(0, target.find('#'));
  const size_t mark = target.find('?');
  Target parsed;
  parsed.path = PercentDecode(target.substr(0, mark), false);
  CheckPath(parsed.path);
  if (mark == std::string_view::npos) return parsed;
  ForEachPiece(target.substr(mark + 1), '&', [&parsed](std::string_view pair) {
    if (pair.empty()) return;
    const size_t equals = pair.find('=');
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    const auto [at, is_new] = parsed.query.try_emplace(PercentDecode(pair.substr(0, equals), true));
    if (!is_new) throw Error(ErrorCode::kInvalid, "a parameter of the address is given twice" + Named(at->first));
    at->second = PercentDecode(value, true);
  });
  return parsed;
}

std::string PercentEncode(std::string_view bytes) { return EncodeAllBut("", bytes); }

std::string FormatTarget(const Target& target) {
  std::string formatted = EncodeAllBut("/", target.path);
  char separator = '?';
  for (const auto& [name, value] : target.query) {
    formatted += separator + PercentEncode(name) + '=' + PercentEncode(value);
    separator = '&';
  }
  return formatted;
}

}  // namespace diwan
