// The version that `diwan version` prints, GET /v1/health answers and documents made by Diwan carry.
#pragma once

#include <string_view>

namespace diwan {

constexpr std::string_view kVersion = "0.1.0";

}  // namespace diwan
