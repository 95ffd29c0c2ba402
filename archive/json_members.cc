// One walk over the text that keeps nothing but the names of the objects that are open.
#include "archive/json_members.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "archive/edit.h"
#include "core/error.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

class MemberCheck : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return true; }
  bool start_object(size_t /*size*/) override { return Open(); }
  bool start_array(size_t /*size*/) override { return Open(); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    if (names_.back().insert(name).second) return true;
    throw Error(ErrorCode::kInvalid, fmt::format("has the member {} twice in one object", Quoted(name)));
  }
  bool parse_error(size_t /*place*/, const std::string& /*token*/, const Json::exception& /*error*/) override {
    return false;
  }

 private:
  bool Open() {
    names_.emplace_back();
    if (names_.size() <= kMaxJsonDepth) return true;
    throw Error(ErrorCode::kInvalid, fmt::format("is nested deeper than {}", kMaxJsonDepth));
  }

  bool Close() {
    names_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> names_;  // of the objects and arrays that are open
};

}  // namespace

void CheckMembers(std::string_view json) {
  MemberCheck check;
  Json::sax_parse(json, &check);
}

}  // namespace diwan
