// Strict reading of a JSON body: nothing that is not understood is passed over. Inside api/ only. Pure; safe for
// hostile bytes.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json_parts.h"

namespace diwan {

inline constexpr std::string_view kJsonBody = "the body";

// Throws kInvalid.
[[noreturn]] void RefuseBody(const std::string& why);

// An empty body is an object without members. Throws kInvalid for what is no JSON.
json_parts::Json ParsedBody(std::string_view body);

// An object of which the members are taken by name; null is as if it were not there. Each throws kInvalid for what is
// of another kind, or missing where it is required. Refers to the JSON.
class JsonBody {
 public:
  // Throws kInvalid for what is no object, or has a member that is not among those known.
  JsonBody(const json_parts::Json& json, std::string_view what, std::initializer_list<std::string_view> known);

  bool Has(const char* name) const { return Find(name) != nullptr; }
  std::string Text(const char* name) const;  // "" when it is not there
  std::string RequiredText(const char* name) const;
  std::optional<int> Number(const char* name) const;  // a whole number from 0 on
  int RequiredNumber(const char* name) const;
  std::optional<bool> Flag(const char* name) const;
  bool RequiredFlag(const char* name) const;
  const json_parts::Json& RequiredArray(const char* name) const;
  std::vector<std::string> Texts(const char* name) const;  // an array of texts; empty when it is not there
  // The member, or nullptr.
  const json_parts::Json* Find(const char* name) const;

 private:
  const json_parts::Json& json_;
  const std::string what_;
};

}  // namespace diwan
