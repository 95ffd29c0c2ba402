// Measured on pages of the project's own generator: docs/measurements.md, "Reading".
#include "ingest/calibration.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace diwan {
namespace {

struct Knot {
  float said;
  float right;
};

constexpr std::array<Knot, 13> kKnots = {{{0, 35},
                                          {10, 40},
                                          {32, 53},
                                          {45, 62},
                                          {55, 66},
                                          {66, 79},
                                          {74, 88},
                                          {82, 91.5F},
                                          {86, 95.5F},
                                          {90, 97.5F},
                                          {92, 99},
                                          {93.5F, 99.7F},
                                          {100, 99.7F}}};

}  // namespace

float CalibratedConfidence(float tesseract) {
  const float said = std::clamp(tesseract, kKnots.front().said, kKnots.back().said);
  const auto above =
      std::find_if(std::next(kKnots.begin()), kKnots.end(), [&](const Knot& k) { return said <= k.said; });
  const auto below = std::prev(above);
  return below->right + (above->right - below->right) * (said - below->said) / (above->said - below->said);
}

}  // namespace diwan
