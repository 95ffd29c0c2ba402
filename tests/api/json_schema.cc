#include "json_schema.h"

#include <algorithm>
#include <set>

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

class Checker {
 public:
  explicit Checker(const Json& document) : document_(document) {}

  void Check(const Json& schema, const Json& value, const std::string& place) {
    static const std::set<std::string> kKnown = {"type",     "properties", "required",    "additionalProperties",
                                                 "items",    "enum",       "minimum",     "maximum",
                                                 "minItems", "maxItems",   "minLength",   "maxLength",
                                                 "anyOf",    "$ref",       "description", "example",
                                                 "format",   "default"};
    for (const auto& [keyword, ignored] : schema.items()) {
      if (!kKnown.contains(keyword)) Fault(place, "the schema has a keyword that is not known: " + keyword);
    }
    if (schema.contains("$ref")) return CheckReference(schema["$ref"], value, place);
    if (schema.contains("anyOf")) return CheckAny(schema["anyOf"], value, place);
    if (schema.contains("type") && !HasType(schema["type"], value)) {
      return Fault(place, "is " + value.dump().substr(0, 80) + ", not of type " + schema["type"].dump());
    }
    if (schema.contains("enum") && std::ranges::find(schema["enum"], value) == schema["enum"].end()) {
      Fault(place, value.dump() + " is none of " + schema["enum"].dump());
    }
    CheckSize(schema, value, place);
    if (value.is_object()) CheckObject(schema, value, place);
    if (!value.is_array() || !schema.contains("items")) return;
    for (size_t i = 0; i < value.size(); ++i) Check(schema["items"], value[i], place + "[" + std::to_string(i) + "]");
  }

  std::vector<std::string> faults;

 private:
  void Fault(const std::string& place, const std::string& what) { faults.push_back(place + ": " + what); }

  void CheckReference(const std::string& reference, const Json& value, const std::string& place) {
    const Json::json_pointer pointer(reference.substr(1));
    if (!document_.contains(pointer)) return Fault(place, "the schema leads nowhere: " + reference);
    Check(document_.at(pointer), value, place);
  }

  void CheckAny(const Json& schemas, const Json& value, const std::string& place) {
    std::vector<std::string> all;
    for (const Json& schema : schemas) {
      auto found = SchemaFaults(document_, schema, value, place);
      if (found.empty()) return;
      all.insert(all.end(), found.begin(), found.end());
    }
    faults.insert(faults.end(), all.begin(), all.end());
  }

  static bool HasType(const Json& type, const Json& value) {
    if (type.is_array()) return std::ranges::any_of(type, [&](const Json& each) { return HasType(each, value); });
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == value.type_name();
  }

  void CheckSize(const Json& schema, const Json& value, const std::string& place) {
    const auto low = [&](const char* keyword, double size) {
      if (schema.contains(keyword) && size < schema[keyword].get<double>())
        Fault(place, std::string("below ") + keyword);
    };
    const auto high = [&](const char* keyword, double size) {
      if (schema.contains(keyword) && size > schema[keyword].get<double>())
        Fault(place, std::string("above ") + keyword);
    };
    if (value.is_number()) {
      low("minimum", value.get<double>());
      high("maximum", value.get<double>());
    } else if (value.is_array()) {
      low("minItems", static_cast<double>(value.size()));
      high("maxItems", static_cast<double>(value.size()));
    } else if (value.is_string()) {
      low("minLength", static_cast<double>(value.get<std::string>().size()));
    }
  }

  void CheckObject(const Json& schema, const Json& value, const std::string& place) {
    for (const Json& name : schema.value("required", Json::array())) {
      if (!value.contains(name.get<std::string>())) Fault(place, "lacks " + name.dump());
    }
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [name, member] : value.items()) {
      if (properties.contains(name)) {
        Check(properties[name], member, place + "." + name);
      } else if (schema.contains("additionalProperties")) {
        Check(schema["additionalProperties"], member, place + "." + name);
      } else {
        Fault(place, "has \"" + name + "\", which the schema doesn't name");
      }
    }
  }

  const Json& document_;
};

}  // namespace

std::vector<std::string> SchemaFaults(const Json& document, const Json& schema, const Json& value,
                                      const std::string& place) {
  Checker checker(document);
  checker.Check(schema, value, place);
  return std::move(checker.faults);
}

}  // namespace diwan
