#include "api/base64.h"

#include <cstdint>

namespace diwan {
namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string Encoded(std::string_view bytes, std::string_view digits) {
  std::string encoded;
  uint32_t bits = 0;
  int waiting = 0;
  for (const char byte : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(byte);
    for (waiting += 8; waiting >= 6; waiting -= 6) encoded += digits[(bits >> (waiting - 6)) & 63U];
  }
  if (waiting > 0) encoded += digits[(bits << (6 - waiting)) & 63U];
  return encoded;
}

}  // namespace

std::string ToBase64(std::string_view bytes) {
  std::string encoded = Encoded(bytes, kDigits);
  while (encoded.size() % 4 != 0) encoded += '=';
  return encoded;
}

std::string ToBase64Url(std::string_view bytes) { return Encoded(bytes, kUrlDigits); }

std::optional<std::string> FromBase64(std::string_view text) {
  const size_t padding = text.size() - (text.find_last_not_of('=') + 1);
  std::string plain(text.substr(0, text.size() - padding));
  if (plain.find_first_of("-_") != std::string::npos) return std::nullopt;
  for (char& letter : plain) letter = letter == '+' ? '-' : letter == '/' ? '_' : letter;
  std::string bytes = FromBase64Url(plain);
  return ToBase64(bytes) == text ? std::optional(std::move(bytes)) : std::nullopt;
}

std::string FromBase64Url(std::string_view text) {
  std::string bytes;
  uint32_t bits = 0;
  int waiting = 0;
  for (const char letter : text) {
    bits = (bits << 6U) | static_cast<uint32_t>(kUrlDigits.find(letter) & 63U);
    waiting += 6;
    if (waiting < 8) continue;
    waiting -= 8;
    bytes += static_cast<char>((bits >> waiting) & 255U);
  }
  return bytes;
}

}  // namespace diwan
