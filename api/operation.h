// What is told of a route to those who ask it: the description that stands beside it in the route table, of which
// /openapi.json, /docs and the table of docs/api.md are made, and against which requests are checked.
#pragma once

#include <array>
#include <initializer_list>
#include <string_view>

#include "api/parameters.h"

namespace diwan {

// Up to N values, constant; more do not compile.
template <typename T, size_t N>
class UpTo {
 public:
  constexpr UpTo() = default;
  constexpr UpTo(std::initializer_list<T> values) {  // NOLINT(google-explicit-constructor): written as {…} in tables
    for (const T& value : values) values_[size_++] = value;
  }
  constexpr const T* begin() const { return values_.data(); }
  constexpr const T* end() const { return values_.data() + size_; }

 private:
  std::array<T, N> values_ = {};
  size_t size_ = 0;
};

// A header that a request brings, or an answer.
struct Header {
  std::string_view name;
  std::string_view what;
  std::string_view example = "";
  bool required = false;  // of a request
};

struct RequestBody {
  std::string_view media_type = "";  // "": the operation takes none
  std::string_view schema = "";      // of api/shapes.h; "": bytes
  std::string_view example = "";     // as it is sent
};

struct DescribedAnswer {
  int status = 200;
  std::string_view media_type = "";  // "": no body
  std::string_view schema = "";      // of api/shapes.h, "Name" or "Name[]"; "": bytes
};

// Constant; lives as long as the program.
struct Operation {
  std::string_view id;       // unique
  std::string_view summary;  // for people: Markdown without line breaks
  UpTo<Parameter, 12> query = {};
  UpTo<Header, 4> headers = {};  // beyond those that many operations take
  RequestBody body = {};
  UpTo<DescribedAnswer, 10> answers = {};
  UpTo<Header, 4> sends = {};  // headers of its answers that are no problems
  // Statuses of problems beyond those that follow from the route (ProblemStatuses of api/openapi.h).
  UpTo<int, 6> problems = {};
  bool if_match = false;  // is a change, and names the version that it was made from
  bool etag = false;      // its 200 has one, and If-None-Match and Range are regarded
  bool list = false;      // is given in parts, with `Link: <…>; rel="next"`
};

}  // namespace diwan
