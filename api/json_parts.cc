// Small values, the same in every answer.
#include "api/json_parts.h"

#include <algorithm>
#include <cmath>

#include "archive/jobs.h"

namespace diwan::json_parts {
namespace {

const Field* FindField(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace

std::string Dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json TextOrNull(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

double Rounded(double value, double steps) { return std::round(value * steps) / steps; }

Json EntryValue(const BatchEntry& entry) {
  return {{"batch", entry.batch_id},
          {"number", entry.number},
          {"file_name", entry.file_name},
          {"digest", TextOrNull(entry.digest)},
          {"record", TextOrNull(entry.record_id)},
          {"outcome", NameOf(entry.outcome)},
          {"reason", TextOrNull(entry.reason)},
          {"pages", entry.pages},
          {"failed_pages", entry.failed_pages},
          {"row_left", entry.row_left},
          {"job", JobIdOf(entry)}};
}

Json BoxJson(const Box& box) { return {box.x, box.y, box.width, box.height}; }

Json BoxesJson(const std::vector<Box>& boxes) {
  Json json = Json::array();
  for (const Box& box : boxes) json.push_back(BoxJson(box));
  return json;
}

Json ValueOf(const std::vector<Field>& fields, std::string_view name) {
  const Field* field = FindField(fields, name);
  return field == nullptr ? Json(nullptr) : TextOrNull(field->value);
}

Json DateOf(const std::vector<Field>& fields) {
  const Field* date = FindField(fields, "date");
  if (date == nullptr) return nullptr;
  return {{"printed", TextOrNull(date->printed)}, {"normal", TextOrNull(date->value)}};
}

Json UnconfirmedOf(const std::vector<Field>& fields) {
  Json json = Json::object();
  for (const std::string_view name : {"type", "title", "number", "date", "body", "language"}) {
    const Field* field = FindField(fields, name);
    if (field == nullptr || field->state == FieldState::kConfirmed) continue;
    json[std::string(name)] = Rounded(field->confidence, 10);
  }
  return json;
}

}  // namespace diwan::json_parts
