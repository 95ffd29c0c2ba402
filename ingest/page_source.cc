// Opens a received file by what it contains. Everything beyond this door decodes hostile bytes.
#include "ingest/page_source.h"

#include "core/error.h"
#include "ingest/scan.h"
#include "ingest/source_kinds.h"

namespace diwan {

std::unique_ptr<PageSource> OpenSource(std::string_view bytes, const ReadLimits& limits) {
  if (bytes.empty()) throw Error(ErrorCode::kInvalid, "the file is empty");
  SilenceLeptonica();
  const MediaKind kind = SniffKind(bytes);
  if (kind == MediaKind::kUnknown) {
    throw Error(ErrorCode::kInvalid, "not a TIFF, JPEG, PNG, WebP or PDF file");
  }
  return kind == MediaKind::kPdf ? OpenPdf(bytes, limits) : OpenImage(bytes, kind, limits);
}

}  // namespace diwan
