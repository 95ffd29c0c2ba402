#include "api/listeners.h"

namespace diwan {

Listeners::Place::~Place() {
  if (of_ == nullptr) return;
  const std::lock_guard lock(of_->mutex_);
  --of_->taken_;
}

bool Listeners::Place::Wait(std::chrono::milliseconds time) {
  std::unique_lock lock(of_->mutex_);
  return !of_->closing_.wait_for(lock, time, [this] { return of_->closed_; });
}

Listeners::Place Listeners::Take(Listeners* listeners) {
  if (listeners == nullptr) return Place(nullptr);
  const std::lock_guard lock(listeners->mutex_);
  if (listeners->closed_ || listeners->taken_ >= kMostListeners) return Place(nullptr);
  ++listeners->taken_;
  return Place(listeners);
}

void Listeners::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  closing_.notify_all();
}

}  // namespace diwan
