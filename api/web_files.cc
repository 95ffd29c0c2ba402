#include "api/web_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "api/compression.h"
#include "core/digest.h"

// NOLINTNEXTLINE(hicpp-no-assembler): the only way to take a file of this size in without a C++ text of it
__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "diwan_web_bytes:\n"
    ".incbin \"" DIWAN_WEB_BYTES
    "\"\n"
    ".byte 0\n"
    ".previous\n");
extern "C" const char diwan_web_bytes[];  // NOLINT(readability-identifier-naming,modernize-avoid-c-arrays)

namespace diwan {
namespace {

struct File {
  std::string_view path;
  std::string_view media_type;
  size_t begin;
  size_t size;
  bool packed;  // kept as gzip
};

constexpr File kFiles[] = {
#include "web_files.inc"  // made by api/web/pack.mjs
};

// First segments of the page's own addresses but /, as api/web/src/routes.ts has them.
constexpr std::string_view kPages[] = {"records",  "queue", "bring-in", "jobs",    "overview",
                                       "accounts", "audit", "sign-in",  "password"};

constexpr std::string_view kPage = "/index.html";
constexpr std::string_view kHashed = "/assets/";  // names there change with the bytes

// Scripts, styles, fonts, pictures and requests of this server alone; nothing inline, nothing evaluated, no frames.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src "
    "'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const File* FindFile(const Request& request) {
  if ((request.method != "GET" && request.method != "HEAD") || !request.path.starts_with('/')) return nullptr;
  const std::string_view path = request.path;
  const std::string_view first = path.substr(1, path.find('/', 1) - 1);
  const bool is_page = path == "/" || std::ranges::find(kPages, first) != std::end(kPages);
  const std::string_view wanted = is_page ? kPage : path;
  const auto* found = std::ranges::find(kFiles, wanted, &File::path);
  return found == std::end(kFiles) ? nullptr : found;
}

}  // namespace

bool IsWebFile(const Request& request) { return FindFile(request) != nullptr; }

std::optional<Response> WebFile(const Request& request) {
  const File* file = FindFile(request);
  if (file == nullptr) return std::nullopt;
  std::string bytes(diwan_web_bytes + file->begin, file->size);
  Response response;
  response.headers["Content-Type"] = file->media_type;
  if (file->path.starts_with(kHashed)) {
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable";
  } else {
    response.headers["ETag"] = fmt::format("\"{}\"", Sha256Hex(bytes).substr(0, 32));
  }
  if (file->path == kPage) response.headers["Content-Security-Policy"] = kPolicy;
  if (file->packed) {
    GivePacked(request, bytes, response);
  } else {
    response.body = std::move(bytes);
  }
  return response;
}

}  // namespace diwan
