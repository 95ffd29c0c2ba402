// What stands behind the method in an HTTP request line, taken apart; and put together again by the client. Pure: any
// bytes may come in.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace diwan {

struct Target {
  std::string path;                          // decoded
  std::map<std::string, std::string> query;  // decoded; no name is given twice
};

// Takes "/v1/search?q=%D8%A3+2&limit=5" apart: decodes first, then checks the path. Letters that should have been
// percent-encoded are taken as they are; in the query '+' is a space. The absolute form "http://host/path" is read
// too. Throws kInvalid for a bad percent sign and as CheckPath does.
Target ParseTarget(std::string_view target);

// Throws kInvalid for a decoded path that does not begin with '/', holds control characters, or a segment "." or "..".
void CheckPath(std::string_view path);

// The opposite of ParseTarget: what a client writes into the request line.
std::string FormatTarget(const Target& target);

// Everything but letters, digits and "-._~" as %XX; also for the file names of RFC 5987.
std::string PercentEncode(std::string_view bytes);

}  // namespace diwan
