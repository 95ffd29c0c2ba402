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

constexpr std::array<Knot, 13> kKnots = {{{0, 2},
                                          {30, 5},
                                          {45, 28},
                                          {52, 55},
                                          {58, 72},
                                          {65, 78},
                                          {72, 86},
                                          {80, 89.5F},
                                          {86, 92.5F},
                                          {91, 95.5F},
                                          {96, 97},
                                          {98, 98.5F},
                                          {100, 99.3F}}};

}  // namespace

float CalibratedConfidence(float read) {
  const float said = std::clamp(read, kKnots.front().said, kKnots.back().said);
  const auto above =
      std::find_if(std::next(kKnots.begin()), kKnots.end(), [&](const Knot& k) { return said <= k.said; });
  const auto below = std::prev(above);
  return below->right + (above->right - below->right) * (said - below->said) / (above->said - below->said);
}

}  // namespace diwan
