#include "api/compression.h"

#include <Poco/DeflatingStream.h>
#include <Poco/InflatingStream.h>
#include <Poco/StreamCopier.h>

#include <algorithm>
#include <sstream>
#include <string_view>

namespace diwan {
namespace {

constexpr size_t kWorthIt = 1024;
constexpr int kLevel = 4;  // of zlib: the last one that is fast
constexpr std::string_view kMark = "-gzip\"";

bool IsText(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
         type.find("xml") != std::string_view::npos || type.find("html") != std::string_view::npos;
}

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Whether "gzip" or "*" is in a list like "br, gzip;q=0.5" without q=0. Of both the first one counts.
bool AcceptsGzip(std::string_view list) {
  while (!list.empty()) {
    const std::string_view entry = list.substr(0, list.find(','));
    list.remove_prefix(std::min(entry.size() + 1, list.size()));
    const size_t semicolon = std::min(entry.find(';'), entry.size());
    const std::string_view name = Trimmed(entry.substr(0, semicolon));
    if (name != "gzip" && name != "*") continue;
    const std::string_view quality = Trimmed(entry.substr(std::min(semicolon + 1, entry.size())));
    return !quality.starts_with("q=0") || quality.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

std::string Gzipped(const std::string& body) {
  std::ostringstream out;
  Poco::DeflatingOutputStream gzip(out, Poco::DeflatingStreamBuf::STREAM_GZIP, kLevel);
  gzip << body;
  gzip.close();
  return std::move(out).str();
}

std::string Unpacked(const std::string& packed) {
  std::istringstream in(packed);
  Poco::InflatingInputStream gzip(in, Poco::InflatingStreamBuf::STREAM_GZIP);
  std::string plain;
  Poco::StreamCopier::copyToString(gzip, plain);
  return plain;
}

bool TakesGzip(const Request& request) {
  const auto accepted = request.headers.find("accept-encoding");
  return accepted != request.headers.end() && AcceptsGzip(accepted->second);
}

}  // namespace

void UnmarkConditions(Request& request) {
  for (const char* name : {"if-match", "if-none-match", "if-range"}) {
    const auto found = request.headers.find(name);
    if (found == request.headers.end()) continue;
    std::string& tags = found->second;
    for (size_t at = tags.find(kMark); at != std::string::npos; at = tags.find(kMark, at)) {
      tags.erase(at, kMark.size() - 1);
    }
  }
}

void Compress(const Request& request, Response& response) {
  const auto type = response.headers.find("Content-Type");
  if (type == response.headers.end() || !IsText(type->second) || response.stream) return;
  if (response.status == 206 || response.status >= 400) return;
  std::string& vary = response.headers["Vary"];
  vary += vary.empty() ? "Accept-Encoding" : ", Accept-Encoding";
  const bool worth = response.body.size() >= kWorthIt && request.method != "HEAD";
  if (!worth || response.headers.contains("Content-Encoding") || !TakesGzip(request)) return;
  response.body = Gzipped(response.body);
  response.headers["Content-Encoding"] = "gzip";
  const auto etag = response.headers.find("ETag");
  if (etag != response.headers.end() && etag->second.ends_with('"')) {
    etag->second.replace(etag->second.size() - 1, 1, kMark);
  }
}

void GivePacked(const Request& request, const std::string& packed, Response& response) {
  const bool as_it_is = TakesGzip(request);
  if (as_it_is) response.headers["Content-Encoding"] = "gzip";
  response.body = as_it_is ? packed : Unpacked(packed);
}

}  // namespace diwan
