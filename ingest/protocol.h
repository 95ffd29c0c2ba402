// What the frames between a worker and its parent say. The worker decodes hostile files and may have been taken over:
// its answers are believed only as far as they were checked here.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "ingest/image_cut.h"
#include "ingest/reading.h"

namespace diwan {

struct ReadRequest {
  int number = 0;        // of the page, from 1
  std::string language;  // as in ReadOptions
};

// The payloads of kOpen, kRead, kCut, kProbe and kError.
std::string Encode(const ReadLimits& limits);
std::string Encode(const ReadRequest& request);
std::string Encode(const ImageCut& cut);
std::string Encode(const SourceProbe& probe);
std::string Encode(const Error& error);

// Each throws kCorrupt when `payload` is not what its name says. Safe for hostile bytes; any thread may call.
ReadLimits DecodeLimits(std::string_view payload);
ReadRequest DecodeReadRequest(std::string_view payload);
ImageCut DecodeImageCut(std::string_view payload);
// The number of pages is at least 1; more than `limits` allow is kCorrupt.
SourceProbe DecodeProbe(std::string_view payload, const ReadLimits& limits);
// The error that the worker sent; its message is made one line of bounded length.
Error DecodeError(std::string_view payload);

// The payloads of kPage and kImage that answer `request`. Throws kCorrupt unless the page is the one asked for and
// holds together: boxes inside the image, text made of the words, their other readings few and short (core/record.h),
// numbers in their ranges, the image of the type that it says, JPEG or PNG. Sets Page::read_at to now and leaves
// Page::record_id empty.
PageReading DecodeReading(std::string_view page, std::string image, const ReadRequest& request,
                          const ReadLimits& limits);

// The payload of the kImage that answers a kCut. Throws kCorrupt unless it is a JPEG or a PNG by its first bytes.
void CheckCutImage(std::string_view image);

}  // namespace diwan
