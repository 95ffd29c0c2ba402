// Base64 of RFC 4648. Pure; any bytes may come in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace diwan {

// With '+' and '/', padded: as the hashes of a Content-Security-Policy.
std::string ToBase64(std::string_view bytes);

// With '-' and '_', not padded: as a part of an address.
std::string ToBase64Url(std::string_view bytes);

// The opposite of ToBase64; empty for what that does not make.
std::optional<std::string> FromBase64(std::string_view text);

// The opposite of ToBase64Url; what can't be decoded gives bytes that encode to something else.
std::string FromBase64Url(std::string_view text);

}  // namespace diwan
