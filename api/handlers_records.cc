// Records and their pages, as they are fetched: JSON, text, ALTO, hOCR, the image, the file as it was received.
#include <algorithm>
#include <set>

#include "api/alto.h"
#include "api/handlers.h"
#include "api/hocr.h"
#include "api/json.h"
#include "api/parameters.h"
#include "api/target.h"
#include "archive/fetch.h"
#include "archive/identifier.h"
#include "archive/merge.h"
#include "archive/place.h"
#include "core/digest.h"
#include "core/error.h"

namespace diwan {
namespace {

RecordView ViewOf(Archive& archive, Record record) {
  auto source = record.source.empty() ? std::nullopt : archive.store().GetSource(record.source);
  return {.record = std::move(record), .source = std::move(source), .boxes = {}};
}

// Where the fields stand; those of the first pages that have any, since each page must be read.
std::vector<std::vector<Box>> BoxesOf(Archive& archive, const Record& record) {
  constexpr size_t kMostPages = 20;
  PlaceFinder places(archive.store());
  std::set<int> pages;
  std::vector<std::vector<Box>> boxes;
  for (const Field& field : record.fields) {
    std::vector<Box>& of_field = boxes.emplace_back();
    if (field.end == 0 || (pages.size() >= kMostPages && !pages.contains(field.page))) continue;
    pages.insert(field.page);
    auto place = places.Show(record.id, {.page = field.page, .begin = field.begin, .end = field.end});
    if (place) of_field = std::move(place->boxes);
  }
  return boxes;
}

// GET /v1/records?number=
Response ShowNumbered(Archive& archive, const Request& request, size_t limit) {
  const PaperFilter filter{.kind = TextParameter(request, "type"), .body = TextParameter(request, "body")};
  std::vector<RecordView> views;
  for (Record& record :
       FindByNumber(archive, TextParameter(request, "number"), TextParameter(request, "year"), filter, limit)) {
    views.push_back(ViewOf(archive, std::move(record)));
  }
  return JsonResponse(RecordListJson(views, ""));
}

bool Matches(const Request& request, const std::string& etag) {
  const auto given = request.headers.find("if-none-match");
  if (given == request.headers.end()) return false;
  return given->second == "*" || given->second.find(etag) != std::string::npos;
}

// What may be kept by a browser as long as it asks again whether it is still the same.
Response Cacheable(const std::string& digest, std::string_view media_type) {
  Response response;
  response.headers["ETag"] = '"' + digest + '"';
  response.headers["Cache-Control"] = "private, no-cache";
  response.headers["Content-Type"] = media_type;
  return response;
}

Response NotModified(Response response) {
  response.status = 304;
  response.headers.erase("Content-Type");
  return response;
}

Response TextResponse(std::string_view media_type, std::string text) {
  Response response;
  response.headers["Content-Type"] = media_type;
  response.headers["Vary"] = "Accept";
  response.body = std::move(text);
  return response;
}

Gone GoneParameter(const Request& request) {
  return FlagParameter(request, "deleted", false) ? Gone::kShow : Gone::kHide;
}

// To the record that this one turned out to be.
Response Moved(Archive& archive, const Record& record) {
  Response response = JsonResponse(RecordJson(ViewOf(archive, record)), 301);
  response.headers["Location"] = RecordUrl(FollowMerges(archive.store(), record).id);
  return response;
}

}  // namespace

std::string Attachment(std::string_view file_name) {
  std::string plain(file_name);
  std::ranges::replace_if(
      plain, [](char c) { return c < 0x20 || c > 0x7E || c == '"' || c == '\\' || c == '%'; }, '_');
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + PercentEncode(file_name);
}

Response ShowRecords(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const size_t limit = NumberParameter(request, "limit", {.fallback = 100, .least = 1, .most = 1000});
  if (request.query.contains("number")) return ShowNumbered(archive, request, limit);
  for (const char* name : {"year", "type", "body"}) {
    if (request.query.contains(name)) throw Error(ErrorCode::kInvalid, "'number' is missing");
  }
  std::vector<RecordView> views;
  const Gone gone = GoneParameter(request);
  for (Record& record : ListRecords(archive, TextParameter(request, "after"), limit, gone)) {
    views.push_back(ViewOf(archive, std::move(record)));
  }
  std::string next = views.size() == limit ? views.back().record.id : "";
  if (!next.empty() && ListRecords(archive, next, 1, gone).empty()) next.clear();
  Response response = JsonResponse(RecordListJson(views, next));
  if (!next.empty()) {
    Target target{.path = "/v1/records", .query = {{"after", next}, {"limit", std::to_string(limit)}}};
    if (gone == Gone::kShow) target.query["deleted"] = "yes";
    response.headers["Link"] = "<" + FormatTarget(target) + ">; rel=\"next\"";
  }
  return response;
}

Response RecordResponse(Archive& archive, Record record, int status, std::string_view note) {
  RecordView view = ViewOf(archive, std::move(record));
  view.boxes = BoxesOf(archive, view.record);
  Response response = JsonResponse(RecordJson(view, note), status);
  response.headers["ETag"] = EntityTag(view.record.version);
  return response;
}

Response PageResponse(const Page& page) {
  Response response = JsonResponse(PageJson(page));
  response.headers["ETag"] = EntityTag(page.version);
  return response;
}

Response ShowRecord(Archive& archive, const Request& request, const PathParameters& path) {
  const Gone gone = GoneParameter(request);
  Record record = FetchRecord(archive, path.id, gone);
  if (!record.merged_into.empty() && gone == Gone::kHide) return Moved(archive, record);
  return RecordResponse(archive, std::move(record));
}

Response ShowPage(Archive& archive, const Request& request, const PathParameters& path) {
  const PageFormat format = FormatParameter(request);
  const Gone gone = GoneParameter(request);
  const Page page = FetchPage(archive, path.id, path.page, gone);
  switch (format) {
    case PageFormat::kText:
      return TextResponse("text/plain; charset=utf-8", page.text);
    case PageFormat::kAlto:
      return TextResponse("application/alto+xml", AltoOf({page}, FetchRecord(archive, path.id, gone).file_name));
    case PageFormat::kHocr:
      return TextResponse("text/vnd.hocr+html; charset=utf-8",
                          HocrOf({page}, FetchRecord(archive, path.id, gone).file_name));
    case PageFormat::kJson:
      break;
  }
  Response response = PageResponse(page);
  response.headers["Vary"] = "Accept";
  return response;
}

Response ShowImage(Archive& archive, const Request& request, const PathParameters& path) {
  PageImage image = FetchImage(archive, path.id, path.page, GoneParameter(request));
  Response response = Cacheable(Sha256Hex(image.bytes), image.media_type);
  if (Matches(request, response.headers["ETag"])) return NotModified(std::move(response));
  response.body = std::move(image.bytes);
  return response;
}

Response ShowSource(Archive& archive, const Request& request, const PathParameters& path) {
  const Gone gone = GoneParameter(request);
  const std::string file_name = FetchRecord(archive, path.id, gone).file_name;
  const SourceFile source = FetchSource(archive, path.id, gone);
  Response response = Cacheable(source.digest, source.media_type);
  response.headers["Content-Disposition"] = Attachment(file_name);
  if (Matches(request, response.headers["ETag"])) return NotModified(std::move(response));
  response.stream_size = source.size;
  response.stream = [&archive, digest = source.digest](const std::function<bool(std::string_view)>& sink) {
    StreamSource(archive, digest, sink);
  };
  return response;
}

}  // namespace diwan
