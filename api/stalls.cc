#include "api/stalls.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace diwan {

Stalls::Place::Place(Stalls& stalls, Clock::time_point since) : stalls_(stalls), since_(since) {
  const std::lock_guard lock(stalls_.mutex_);
  stalls_.places_.push_back(this);
}

Stalls::Place::~Place() {
  const std::lock_guard lock(stalls_.mutex_);
  stalls_.places_.remove(this);
}

void Stalls::Relieve(size_t count) {
  const std::lock_guard lock(mutex_);
  std::vector<Place*> staying;
  std::ranges::copy_if(places_, std::back_inserter(staying), [](const Place* each) { return !each->given_up_; });
  std::ranges::sort(staying, {}, &Place::since_);
  const size_t beyond = staying.size() - std::min(staying.size(), kMostStalls);
  for (size_t i = 0; i < std::min(count, beyond); ++i) staying[i]->given_up_ = true;
}

}  // namespace diwan
