// What every scan goes through between its file and the clean-up, whichever decoder it came from.
#pragma once

#include <cstdint>
#include <string>

#include "ingest/pix.h"
#include "ingest/reading.h"

namespace diwan {

// Silences Leptonica and libtiff, which write to standard error. Any thread may call, any number of times.
void SilenceLeptonica();

// Throws kCorrupt for an image without pixels, kTooLarge for one beyond `limits`. `what` begins the message:
// "page 3". To be called on a header, before anything is decoded.
void CheckSize(uint64_t width, uint64_t height, uint64_t bits_per_pixel, const ReadLimits& limits,
               const std::string& what);

// `pix`, or kCorrupt "WHAT is damaged" when it is null.
PixPtr OrCorrupt(Pix* pix, const std::string& what);

// The same picture with 1, 8 or 32 bits a pixel: no palette, no transparency (over white), no 16-bit samples. A colour
// image without colour becomes grey. Throws kInternal when memory is short.
PixPtr Plain(PixPtr pix);

// Turned and mirrored so that what EXIF calls `orientation` (1..8) stands upright.
PixPtr ApplyOrientation(PixPtr pix, int orientation);

// Makes the resolution known and square: a fax of 204 x 98 dpi is stretched; without a believable resolution one is
// guessed from the paper, whose longer side is taken for A4's.
PixPtr SettleResolution(PixPtr pix);

}  // namespace diwan
