// Each doubt says where its change goes and from which version it starts, so that a client needs no other request.
#include "api/queue_json.h"

#include "api/json.h"
#include "api/json_parts.h"

namespace diwan {
namespace {

using json_parts::BoxesJson;
using json_parts::Dump;
using json_parts::Json;
using json_parts::Rounded;
using json_parts::TextOrNull;
using json_parts::ValueOf;

Json DoubtJson(const Doubt& doubt, bool is_word) {
  const Record& record = doubt.record;
  const std::string page_url = doubt.page == 0 ? "" : PageUrl(record.id, doubt.page);
  Json json = {{"record", record.id},
               {"external_id", TextOrNull(record.external_id)},
               {"file_name", TextOrNull(record.file_name)},
               {"title", ValueOf(record.fields, "title")},
               {"number", ValueOf(record.fields, "number")},
               {"language", ValueOf(record.fields, "language")},
               {"url", is_word ? page_url : RecordUrl(record.id)},
               {"version", doubt.version},
               {"field", TextOrNull(doubt.field.name)},
               {"word", is_word ? Json(doubt.word_index) : Json(nullptr)},
               {"value", is_word ? doubt.word.text : doubt.field.value},
               {"printed", TextOrNull(is_word ? doubt.word.text : doubt.field.printed)},
               {"confidence", Rounded(is_word ? doubt.word.confidence : doubt.field.confidence, 10)},
               {"alternatives", doubt.word.alternatives},
               {"page", doubt.page == 0 ? Json(nullptr) : Json(doubt.page)},
               {"boxes", BoxesJson(doubt.boxes)},
               {"passage", TextOrNull(doubt.passage)}};
  json["image_url"] = doubt.boxes.empty() ? Json(nullptr) : Json(page_url + "/image");
  return json;
}

}  // namespace

std::string QueueJson(const Queue& queue, DoubtKind kind, const std::string& next) {
  Json doubts = Json::array();
  for (const Doubt& doubt : queue.doubts) doubts.push_back(DoubtJson(doubt, kind == DoubtKind::kWords));
  return Dump({{"doubts", std::move(doubts)}, {"next", TextOrNull(next)}});
}

}  // namespace diwan
