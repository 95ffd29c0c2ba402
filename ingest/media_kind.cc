// Which kind of file this is, told from its first bytes and never from its name: the first question asked of a
// received file, before anything is decoded.
#include <array>
#include <string_view>

#include "ingest/reading.h"

namespace diwan {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  MediaKind kind;
  size_t at;  // where in the file
  std::string_view bytes;
};

constexpr std::array kSignatures = {
    Signature{MediaKind::kTiff, 0, "II\x2a\0"sv},
    Signature{MediaKind::kTiff, 0, "MM\0\x2a"sv},
    Signature{MediaKind::kTiff, 0, "II\x2b\0\x08\0\0\0"sv},  // BigTIFF
    Signature{MediaKind::kTiff, 0, "MM\0\x2b\0\x08\0\0"sv},
    Signature{MediaKind::kJpeg, 0, "\xff\xd8\xff"sv},
    Signature{MediaKind::kPng, 0, "\x89PNG\r\n\x1a\n"sv},
    Signature{MediaKind::kWebp, 8, "WEBPVP8"sv},  // after "RIFF" and a length
};

constexpr size_t kPdfHeaderWithin = 1024;

}  // namespace

MediaKind SniffKind(std::string_view head) {
  for (const Signature& signature : kSignatures) {
    if (head.size() < signature.at + signature.bytes.size()) continue;
    if (head.substr(signature.at, signature.bytes.size()) == signature.bytes) return signature.kind;
  }
  if (head.substr(0, kPdfHeaderWithin + 5).find("%PDF-") != std::string_view::npos) return MediaKind::kPdf;
  return MediaKind::kUnknown;
}

std::string_view MediaTypeOf(MediaKind kind) {
  switch (kind) {
    case MediaKind::kTiff:
      return "image/tiff";
    case MediaKind::kJpeg:
      return "image/jpeg";
    case MediaKind::kPng:
      return "image/png";
    case MediaKind::kWebp:
      return "image/webp";
    case MediaKind::kPdf:
      return "application/pdf";
    case MediaKind::kUnknown:
      break;
  }
  return "application/octet-stream";
}

}  // namespace diwan
