// From the shapes of api/shapes.h to JSON Schema, and to examples.
#include "api/schemas.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <string>

#include "api/shapes.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

struct KnownWord {
  std::string_view name;
  std::string_view schema;   // JSON
  std::string_view example;  // JSON
};
constexpr KnownWord kWords[] = {
    {"text", R"({"type":"string"})", R"("…")"},
    {"id", R"({"type":"string","minLength":1})", R"("0197a1c0-5b7e-7c3a-9f00-2d4e6f8a1b3c")"},
    {"url", R"({"type":"string","format":"uri-reference"})", R"("/v1/records/0197a1c0-5b7e-7c3a-9f00-2d4e6f8a1b3c")"},
    {"time", R"({"type":"string","format":"date-time"})", R"("2026-03-01T08:15:00Z")"},
    {"day", R"({"type":"string"})", R"("2019-03-12")"},
    {"int", R"({"type":"integer"})", "0"},
    {"count", R"({"type":"integer","minimum":0})", "1"},
    {"place", R"({"type":"integer","minimum":1})", "1"},
    {"number", R"({"type":"number"})", "1.5"},
    {"percent", R"({"type":"number","minimum":0,"maximum":100})", "87.3"},
    {"flag", R"({"type":"boolean"})", "false"},
    {"given", R"({"type":["string","integer","array"]})", R"("…")"},
};

// Takes `suffix` off.
bool Ends(std::string_view& type, std::string_view suffix) {
  if (!type.ends_with(suffix)) return false;
  type.remove_suffix(suffix.size());
  return true;
}

// "TYPE[4]": 4, and takes it off; 0 for anything else.
size_t TakeCount(std::string_view& type) {
  const size_t open = type.rfind('[');
  size_t count = 0;
  if (!type.ends_with(']') || open == std::string_view::npos) return 0;
  std::from_chars(type.data() + open + 1, type.data() + type.size() - 1, count);
  if (count > 0) type = type.substr(0, open);
  return count;
}

Json OrNull(Json schema) {
  if (schema.contains("$ref")) return {{"anyOf", {std::move(schema), {{"type", "null"}}}}};
  Json& type = schema["type"];
  if (!type.is_array()) type = Json::array({type});
  type.push_back("null");
  if (schema.contains("enum")) schema["enum"].push_back(nullptr);
  return schema;
}

Json ChoiceSchema(std::string_view choices) {
  Json values = Json::array();
  while (!choices.empty()) {
    const std::string_view value = choices.substr(0, choices.find('|'));
    choices.remove_prefix(std::min(value.size() + 1, choices.size()));
    values.push_back(value);
  }
  return {{"type", "string"}, {"enum", std::move(values)}};
}

const Shape& Named(std::string_view name) {
  for (const auto& shapes : {PaperShapes(), WorkShapes(), AccessShapes()}) {
    const auto found = std::ranges::find(shapes, name, &Shape::name);
    if (found != shapes.end()) return *found;
  }
  assert(false);
  return PaperShapes().front();
}

Json ExampleOfShape(const Shape& shape) {
  Json example = shape.begins_as.empty() ? Json::object() : ExampleOfShape(Named(shape.begins_as));
  for (const Member& member : shape.members) {
    std::string_view name = member.name;
    if (Ends(name, "?") && member.example.empty()) continue;
    example[std::string(name)] = member.example.empty() ? ExampleOf(member.type) : Json::parse(member.example);
  }
  return example;
}

Json SchemaOf(const Shape& shape) {
  Json json = shape.begins_as.empty() ? Json{{"type", "object"}, {"required", Json::array()}}
                                      : SchemaOf(Named(shape.begins_as));
  json["description"] = shape.what;
  for (const Member& member : shape.members) {
    std::string_view name = member.name;
    if (!Ends(name, "?")) json["required"].push_back(name);
    Json& property = json["properties"][std::string(name)] = SchemaOfType(member.type);
    if (!member.what.empty()) property["description"] = member.what;
  }
  return json;
}

Json MakeSchemas() {
  Json schemas;
  for (const auto& shapes : {PaperShapes(), WorkShapes(), AccessShapes()}) {
    for (const Shape& shape : shapes) {
      Json& json = schemas[std::string(shape.name)] = SchemaOf(shape);
      json["example"] = ExampleOfShape(shape);
    }
  }
  return schemas;
}

}  // namespace

Json SchemaOfType(std::string_view type) {
  if (Ends(type, "?")) return OrNull(SchemaOfType(type));
  if (Ends(type, "[]")) return {{"type", "array"}, {"items", SchemaOfType(type)}};
  if (Ends(type, "{}")) return {{"type", "object"}, {"additionalProperties", SchemaOfType(type)}};
  if (const size_t count = TakeCount(type); count > 0) {
    return {{"type", "array"}, {"items", SchemaOfType(type)}, {"minItems", count}, {"maxItems", count}};
  }
  if (type.find('|') != std::string_view::npos) return ChoiceSchema(type);
  const auto* const word = std::ranges::find(kWords, type, &KnownWord::name);
  if (word != std::end(kWords)) return Json::parse(word->schema);
  return {{"$ref", "#/components/schemas/" + std::string(type)}};
}

Json ExampleOf(std::string_view type) {
  Ends(type, "?");
  if (Ends(type, "[]")) return Json::array({ExampleOf(type)});
  if (Ends(type, "{}")) return Json::object();
  if (type.find('|') != std::string_view::npos) return type.substr(0, type.find('|'));
  const auto* const word = std::ranges::find(kWords, type, &KnownWord::name);
  return word != std::end(kWords) ? Json::parse(word->example) : ExampleOfShape(Named(type));
}

const Json& Schemas() {
  static const Json schemas = MakeSchemas();
  return schemas;
}

}  // namespace diwan
