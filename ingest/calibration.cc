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

constexpr std::array<Knot, 14> kKnots = {{{0, 2},
                                          {35, 5},
                                          {45, 10},
                                          {52, 22},
                                          {60, 40},
                                          {66, 54},
                                          {72, 65},
                                          {79, 83},
                                          {84, 86},
                                          {87, 91},
                                          {89.5F, 95},
                                          {91, 98},
                                          {95, 99},
                                          {100, 99.5F}}};

}  // namespace

float CalibratedConfidence(float read) {
  const float said = std::clamp(read, kKnots.front().said, kKnots.back().said);
  const auto above =
      std::find_if(std::next(kKnots.begin()), kKnots.end(), [&](const Knot& k) { return said <= k.said; });
  const auto below = std::prev(above);
  return below->right + (above->right - below->right) * (said - below->said) / (above->said - below->said);
}

}  // namespace diwan
