// The names of the error codes.
#include "core/error.h"

#include <array>
#include <utility>

namespace diwan {
namespace {

constexpr std::array<std::pair<ErrorCode, std::string_view>, 9> kNames = {{
    {ErrorCode::kInvalid, "invalid"},
    {ErrorCode::kNotFound, "not_found"},
    {ErrorCode::kDenied, "denied"},
    {ErrorCode::kConflict, "conflict"},
    {ErrorCode::kBusy, "busy"},
    {ErrorCode::kTooLarge, "too_large"},
    {ErrorCode::kCorrupt, "corrupt"},
    {ErrorCode::kUnavailable, "unavailable"},
    {ErrorCode::kInternal, "internal"},
}};

}  // namespace

std::string_view CodeName(ErrorCode code) {
  for (const auto& [known, name] : kNames) {
    if (known == code) return name;
  }
  return "internal";
}

ErrorCode CodeOfName(std::string_view name) {
  for (const auto& [code, known] : kNames) {
    if (known == name) return code;
  }
  return ErrorCode::kInternal;
}

}  // namespace diwan
