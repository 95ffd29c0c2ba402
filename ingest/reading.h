// What reading a source file gives, and what bounds it. Shared by the worker, which reads, and by those who ask it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/record.h"

namespace diwan {

// Kinds of file that can be read, told from content. kUnknown is everything else.
enum class MediaKind { kUnknown, kTiff, kJpeg, kPng, kWebp, kPdf };

// Tells the kind from the first bytes (32 are enough; a PDF may have up to 1,024 bytes of junk before its header).
MediaKind SniffKind(std::string_view head);

// "image/tiff", "application/pdf", ...; "application/octet-stream" for kUnknown.
std::string_view MediaTypeOf(MediaKind kind);

// What every reading is bounded by. Checked before memory is taken.
struct ReadLimits {
  int64_t max_pixels = 200'000'000;  // of one page's image; A3 at 1,200 dpi has 279 million, A4 at 1,200 dpi 139
  int max_side = 60'000;             // pixels
  int max_pages = 20'000;            // of one file
};

// From this probability on a number is sure (core/record.h). models/numbers.md has what it is worth.
constexpr double kSureNumber = 0.99;

// A language that means: make the access image, recognise nothing.
constexpr std::string_view kImageOnly = "none";

struct ReadOptions {
  std::string language = "auto";                                           // "ara", "fas" or "auto": told per page
  std::filesystem::path tessdata = "/usr/share/tesseract-ocr/5/tessdata";  // Debian's models
  // The administrator's own models (LANGUAGE.traineddata), which go before Debian's; "": none; nothing: those that were
  // installed with this program.
  std::optional<std::filesystem::path> models;
  // The model of the reader of numbers (.onnx, its card beside it); "": none; nothing: the one that was installed with
  // this program, where there is one.
  std::optional<std::filesystem::path> numbers;
  std::optional<std::filesystem::path> lines;  // of the reader of lines, the same
  ReadLimits limits;
};

// What a file is, before any page of it is read.
struct SourceProbe {
  MediaKind kind = MediaKind::kUnknown;
  int pages = 0;  // 1 or more
};

// One page as read: everything but its record's id.
struct PageReading {
  Page page;
  std::string image;  // bytes of the access image, of page.image_type
};

}  // namespace diwan
