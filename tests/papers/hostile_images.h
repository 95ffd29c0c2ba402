// Images with a fault, as bytes. Part of hostile.h; nothing else needs them.
#pragma once

#include <cstdint>
#include <string>

namespace diwan::papers {

std::string TruncatedTiff();
std::string TiffClaiming(uint32_t width, uint32_t height);
std::string ManyPagesTiff(int claimed);
std::string LoopingTiff();
std::string PngClaiming(uint32_t width, uint32_t height);
std::string PngBomb(uint32_t width, uint32_t height);  // all black, 8 bits, complete and correct
std::string DotPng();
std::string CutJpeg();

}  // namespace diwan::papers
