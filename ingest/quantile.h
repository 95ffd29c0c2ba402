// The value in the middle of others, or at another share of the way from the least to the greatest.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace diwan {

// The value with `share` (0..1) of the others before it; of none, zero.
template <typename Value>
Value Quantile(std::vector<Value> values, double share) {
  if (values.empty()) return {};
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// Of an even number of values the greater of the two in the middle; of none, zero.
template <typename Value>
Value Median(std::vector<Value> values) {
  if (values.empty()) return {};
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace diwan
