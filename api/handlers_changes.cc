// What persons change: each request names the version that it was made from, and is answered with the new one.
#include "api/change_json.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/paging.h"
#include "api/parameters.h"
#include "api/query_parameters.h"
#include "archive/fetch.h"
#include "archive/merge.h"
#include "archive/removal.h"
#include "archive/reread.h"
#include "archive/split.h"
#include "archive/take_back.h"

namespace diwan {
namespace {

// After its record is known to be there: who asks for nothing is told so first.
Edit EditOf(Archive& archive, const Request& request, const PathParameters& path, std::string why) {
  FetchRecord(archive, path.id, Gone::kShow);
  return {.record = path.id, .version = IfMatchVersion(request), .actor = request.caller.actor, .why = std::move(why)};
}

std::string BodyOf(const Request& request) { return ReadBody(request, kMaxChangeBody); }

}  // namespace

Response ChangeFields(Archive& archive, const Request& request, const PathParameters& path) {
  FieldsBody body = ReadFieldsBody(BodyOf(request));
  EditedRecord edited = EditFields(archive, EditOf(archive, request, path, std::move(body.why)), body.edits);
  return RecordResponse(archive, std::move(edited.record), 200, edited.note);
}

Response ChangeWords(Archive& archive, const Request& request, const PathParameters& path) {
  WordsBody body = ReadWordsBody(BodyOf(request));
  FetchPage(archive, path.id, path.page, Gone::kShow);
  const Edit edit = EditOf(archive, request, path, std::move(body.why));
  return PageResponse(CorrectWords(archive, edit, path.page, std::move(body.edits)));
}

Response NewRelationOf(Archive& archive, const Request& request, const PathParameters& path) {
  RelationBody body = ReadRelationBody(BodyOf(request));
  const Edit edit = EditOf(archive, request, path, std::move(body.why));
  return RecordResponse(archive, AddRelation(archive, edit, body.relation), 201);
}

Response ChangeRelation(Archive& archive, const Request& request, const PathParameters& path) {
  StateBody body = ReadStateBody(BodyOf(request));
  const Edit edit = EditOf(archive, request, path, std::move(body.why));
  return RecordResponse(archive, JudgeCitation(archive, edit, static_cast<size_t>(path.page) - 1, body.state));
}

Response DropRelation(Archive& archive, const Request& request, const PathParameters& path) {
  const Edit edit = EditOf(archive, request, path, TextParameter(request, parameters::kWhy));
  return RecordResponse(archive, RemoveRelation(archive, edit, static_cast<size_t>(path.page) - 1));
}

Response MergeInto(Archive& archive, const Request& request, const PathParameters& path) {
  MergeBody body = ReadMergeBody(BodyOf(request));
  return RecordResponse(archive, MergeRecord(archive, EditOf(archive, request, path, std::move(body.why)), body.into));
}

Response SplitFrom(Archive& archive, const Request& request, const PathParameters& path) {
  PageBody body = ReadSplitBody(BodyOf(request));
  const SplitRecords split = SplitRecord(archive, EditOf(archive, request, path, std::move(body.why)), body.number);
  Response response = RecordResponse(archive, split.after, 201);
  response.headers["Location"] = RecordUrl(split.after.id);
  return response;
}

Response RemoveRecord(Archive& archive, const Request& request, const PathParameters& path) {
  return RecordResponse(
      archive, DeleteRecord(archive, EditOf(archive, request, path, TextParameter(request, parameters::kWhy))));
}

Response BringBack(Archive& archive, const Request& request, const PathParameters& path) {
  return RecordResponse(archive, RestoreRecord(archive, EditOf(archive, request, path, ReadWhyBody(BodyOf(request)))));
}

Response SetHold(Archive& archive, const Request& request, const PathParameters& path) {
  HoldBody body = ReadHoldBody(BodyOf(request));
  return RecordResponse(archive, HoldRecord(archive, EditOf(archive, request, path, std::move(body.why)), body.on));
}

Response ReadOnceMore(Archive& archive, const Request& request, const PathParameters& path) {
  PageBody body = ReadReadingBody(BodyOf(request));
  const Edit edit = EditOf(archive, request, path, std::move(body.why));
  return RecordResponse(archive, QueueReading(archive, edit, body.number), 202);
}

Response UndoFields(Archive& archive, const Request& request, const PathParameters& path) {
  return RecordResponse(archive, TakeBackFields(archive, EditOf(archive, request, path, ReadWhyBody(BodyOf(request)))));
}

Response UndoWords(Archive& archive, const Request& request, const PathParameters& path) {
  std::string why = ReadWhyBody(BodyOf(request));
  FetchPage(archive, path.id, path.page, Gone::kShow);
  return PageResponse(TakeBackWords(archive, EditOf(archive, request, path, std::move(why)), path.page));
}

Response ShowHistory(Archive& archive, const Request& request, const PathParameters& path) {
  const uint64_t first = NumberParameter(request, parameters::kFrom);
  const auto from = static_cast<int>(CursorNumber(request).value_or(first));
  const History history =
      HistoryOf(archive, path.id, path.page, from, NumberParameter(request, parameters::kListLimit));
  const std::string next =
      history.more ? MakeListCursor(request, std::to_string(history.versions.back().version + 1)) : "";
  Response response = JsonResponse(HistoryJson(history, next));
  LinkNext(request, next, response);
  return response;
}

Response ShowRecordVersion(Archive& archive, const Request& /*request*/, const PathParameters& path) {
  Response response =
      JsonResponse(RecordJson({.record = RecordVersion(archive, path.id, path.version), .source = {}, .boxes = {}}));
  response.headers["ETag"] = EntityTag(path.version);
  return response;
}

Response ShowPageVersion(Archive& archive, const Request& /*request*/, const PathParameters& path) {
  return PageResponse(PageVersion(archive, path.id, path.page, path.version));
}

}  // namespace diwan
