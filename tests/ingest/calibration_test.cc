// Confidence as it is told: rising, within its limits, and equal to the table at its knots.
#include "ingest/calibration.h"

#include <gtest/gtest.h>

namespace diwan {
namespace {

TEST(Calibration, RisesFromEndToEnd) {
  float last = CalibratedConfidence(0);
  EXPECT_FLOAT_EQ(last, 2);
  for (int said = 1; said <= 100; ++said) {
    const float right = CalibratedConfidence(static_cast<float>(said));
    EXPECT_GE(right, last) << said;
    last = right;
  }
  EXPECT_LT(last, 100) << "nothing that was recognised is certain";
}

TEST(Calibration, FollowsTheTable) {
  EXPECT_FLOAT_EQ(CalibratedConfidence(45), 28);
  EXPECT_FLOAT_EQ(CalibratedConfidence(55), 63.5);
  EXPECT_FLOAT_EQ(CalibratedConfidence(91), 95.5);
}

TEST(Calibration, StaysWithinItsEnds) {
  EXPECT_FLOAT_EQ(CalibratedConfidence(-3), CalibratedConfidence(0));
  EXPECT_FLOAT_EQ(CalibratedConfidence(200), CalibratedConfidence(100));
}

}  // namespace
}  // namespace diwan
