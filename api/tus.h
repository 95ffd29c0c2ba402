// What tus 1.0 says in headers (https://tus.io/protocols/resumable-upload). Pure; any bytes may come in; any thread may
// call.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace diwan {

inline constexpr std::string_view kTusVersion = "1.0.0";
inline constexpr std::string_view kTusExtensions = "creation,termination,expiration";
inline constexpr std::string_view kTusBody = "application/offset+octet-stream";

// A length or an offset: plain digits, less than 2^63.
std::optional<uint64_t> ReadTusNumber(std::string_view text);

// The pairs of an Upload-Metadata header, decoded. Throws kInvalid for what is not "name BASE64,name BASE64…", and for
// a name that comes twice.
std::map<std::string, std::string, std::less<>> ReadTusMetadata(std::string_view header);

// "Tue, 24 Nov 2026 01:02:03 GMT", as HTTP writes times.
std::string HttpDate(int64_t millis);

}  // namespace diwan
