#include "api/stalls.h"

#include <algorithm>

namespace diwan {

Stalls::Place::Place(Stalls& stalls, Clock::time_point since) : stalls_(stalls), since_(since) {
  const std::lock_guard lock(stalls_.mutex_);
  auto& places = stalls_.places_;
  places.push_back(this);
  std::list<Place*> staying;
  std::ranges::copy_if(places, std::back_inserter(staying), [](const Place* each) { return !each->given_up_; });
  if (staying.size() > kMostStalls) (*std::ranges::min_element(staying, {}, &Place::since_))->given_up_ = true;
}

Stalls::Place::~Place() {
  const std::lock_guard lock(stalls_.mutex_);
  stalls_.places_.remove(this);
}

}  // namespace diwan
