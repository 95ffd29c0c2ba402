// The pages of each paper, as texts_*.cc word them.
#pragma once

#include "tests/papers/paper.h"

namespace diwan::papers {

extern const PageText kMarketStalls[2];
extern const PageText kStreetLighting[2];
extern const PageText kBuildingPermits[1];
extern const PageText kStreetNames[1];
extern const PageText kWaterFees[1];
extern const PageText kParking[1];
extern const PageText kMinutes[3];
extern const PageText kRuling[2];
extern const PageText kLetter[1];
extern const PageText kSlaughterRegulation[2];
extern const PageText kFaxMemo[1];
extern const PageText kPlayground[2];
extern const PageText kCouncilMinutes[2];
extern const PageText kCourtRuling[2];
extern const PageText kPersianLetter[1];
extern const PageText kWasteRegulation[2];
extern const PageText kParks[1];
extern const PageText kDuesNotice[1];
extern const PageText kAgenda[1];

}  // namespace diwan::papers
