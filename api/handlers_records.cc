// Records and their pages, as they are fetched: JSON, text, ALTO, hOCR, PDF, the image, the file as it was received.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include "api/accept.h"
#include "api/alto.h"
#include "api/conditions.h"
#include "api/forms.h"
#include "api/handlers.h"
#include "api/hocr.h"
#include "api/json.h"
#include "api/operations_records.h"
#include "api/paging.h"
#include "api/parameters.h"
#include "api/pdf_response.h"
#include "api/query_parameters.h"
#include "api/target.h"
#include "archive/fetch.h"
#include "archive/identifier.h"
#include "archive/merge.h"
#include "archive/place.h"
#include "core/digest.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr int kMostPagesAtOnce = 200;
constexpr int kMostPixels = 1'000'000;  // of a side of an image; there is none so long

RecordView ViewOf(Archive& archive, Record record) {
  HideOthers(archive.store(), record);
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
  const PaperFilter filter{.kind = TextParameter(request, parameters::kType),
                           .body = TextParameter(request, parameters::kBody)};
  const std::string year = TextParameter(request, parameters::kYear);
  std::vector<RecordView> views;
  for (Record& record : FindByNumber(archive, TextParameter(request, parameters::kNumber), year, filter, limit)) {
    views.push_back(ViewOf(archive, std::move(record)));
  }
  return JsonResponse(RecordListJson(views, ""));
}

// Bytes that are named by their digest.
Response WithDigest(const std::string& digest, std::string_view media_type) {
  Response response;
  response.headers["ETag"] = '"' + digest + '"';
  response.headers["Content-Type"] = media_type;
  return response;
}

Gone GoneParameter(const Request& request) {
  return FlagParameter(request, parameters::kDeleted) ? Gone::kShow : Gone::kHide;
}

// To the record that this one turned out to be.
Response Moved(Archive& archive, const Record& record) {
  Response response = JsonResponse(RecordJson(ViewOf(archive, record)), 301);
  response.headers["Location"] = RecordUrl(FollowMerges(archive.store(), record).id);
  return response;
}

// Words of pages in a form that is no JSON. Each form of a version has an ETag of its own.
Response WordsResponse(const Form& form, const std::vector<Page>& pages, const Record& record, int version) {
  Response response;
  response.headers["ETag"] = fmt::format("\"{}-{}\"", version, NameOf(form.kind));
  response.headers["Content-Type"] = form.media_type + (form.media_type.starts_with("text/") ? "; charset=utf-8" : "");
  if (form.kind == FormKind::kAlto) {
    response.body = AltoOf(pages, record.file_name);
  } else if (form.kind == FormKind::kHocr) {
    response.body = HocrOf(pages, record.file_name);
  } else {
    for (const Page& page : pages) response.body += (&page == pages.data() ? "" : "\f") + page.text;
  }
  return response;
}

// The forms that a page, or a record by its first page, has.
std::vector<Form> FormsOf(const Page& page) {
  std::vector<Form> forms = PageForms();
  if (page.image_type.empty()) return forms;
  forms.push_back({FormKind::kImage, page.image_type});
  forms.push_back({FormKind::kPdf, "application/pdf"});
  return forms;
}

std::vector<Form> FormsOf(Archive& archive, const Record& record, Gone gone) {
  if (record.page_count == 0) return {Form{}};
  return FormsOf(FetchPage(archive, record.id, 1, gone));
}

std::vector<Page> PagesOf(Archive& archive, const Record& record, Gone gone) {
  if (record.page_count > kMostPagesAtOnce) {
    throw Error(ErrorCode::kTooLarge,
                fmt::format("a record of more than {} pages is given page by page in this form", kMostPagesAtOnce));
  }
  std::vector<Page> pages;
  for (int number = 1; number <= record.page_count; ++number) {
    pages.push_back(FetchPage(archive, record.id, number, gone));
  }
  return pages;
}

Response RecordAs(Archive& archive, const Request& request, Record record, Gone gone) {
  if (WantsJson(request, parameters::kRecordFormat)) return RecordResponse(archive, std::move(record));
  const Form form = ChooseForm(request, parameters::kRecordFormat, FormsOf(archive, record, gone));
  const PathParameters first{.id = record.id, .page = 1};
  switch (form.kind) {
    case FormKind::kJson:
      return RecordResponse(archive, std::move(record));
    case FormKind::kPdf:
      return PdfOfRecord(archive, record, gone);
    case FormKind::kImage:
      return ShowImage(archive, request, first);
    default:
      return WordsResponse(form, PagesOf(archive, record, gone), record, record.version);
  }
}

Response PageAs(Archive& archive, const Request& request, const PathParameters& path, Gone gone) {
  const Page page = FetchPage(archive, path.id, path.page, gone);
  const Form form = ChooseForm(request, parameters::kPageFormat, FormsOf(page));
  if (form.kind == FormKind::kJson) return PageResponse(page);
  if (form.kind == FormKind::kImage) return ShowImage(archive, request, path);
  const Record record = FetchRecord(archive, path.id, gone);
  if (form.kind == FormKind::kPdf) return PdfOfPage(archive, record, page, gone);
  return WordsResponse(form, {page}, record, page.version);
}

// "x,y,width,height". Throws kInvalid for anything else.
Box RegionOf(const std::string& text) {
  std::array<int, 4> numbers{};
  std::string_view rest = text;
  bool good = true;
  for (size_t i = 0; i < numbers.size() && good; ++i) {
    const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), numbers[i]);
    rest.remove_prefix(static_cast<size_t>(stop - rest.data()));
    const bool last = i + 1 == numbers.size();
    good = error == std::errc() && numbers[i] >= (i < 2 ? 0 : 1) && numbers[i] <= kMostPixels &&
           (last ? rest.empty() : rest.starts_with(','));
    if (good && !last) rest.remove_prefix(1);
  }
  if (!good)
    throw Error(ErrorCode::kInvalid, "'region' must be x,y,width,height: whole numbers in pixels of the image");
  return {.x = numbers[0], .y = numbers[1], .width = numbers[2], .height = numbers[3]};
}

// What of the image is asked for; no value: all of it, as it is.
std::optional<ImageCut> CutParameter(const Request& request, const PageImage& image) {
  // That of a record or page as an image has neither parameter.
  if (request.operation != &operations::kGetImage) return std::nullopt;
  const std::string region = TextParameter(request, parameters::kRegion);
  const auto width = static_cast<int>(NumberParameter(request, parameters::kImageWidth));
  if (region.empty() && width == 0) return std::nullopt;
  const Box part = region.empty() ? Box{.x = 0, .y = 0, .width = image.width, .height = kMostPixels} : RegionOf(region);
  return ImageCut{.part = part, .width = width == 0 ? std::min(part.width, kMaxCutWidth) : width};
}

// Nothing is cut for who has it already.
Response ShowImagePart(Archive& archive, const Request& request, const PageImage& image, const ImageCut& cut) {
  const Box& part = cut.part;
  const std::string tag =
      fmt::format("{}-{}-{}-{}-{}-{}", image.digest, part.x, part.y, part.width, part.height, cut.width);
  Response response = WithDigest(tag, "image/jpeg");
  ApplyIfNoneMatch(request, response);
  if (response.status != 200) return response;
  PageImage cut_out = FetchImagePart(archive, image, cut);
  response.headers["Content-Type"] = cut_out.media_type;
  response.body = std::move(cut_out.bytes);
  return response;
}

}  // namespace

std::string Attachment(std::string_view file_name) {
  file_name.remove_prefix(file_name.find_last_of("/\\") + 1);  // nothing that leads to another folder
  std::string plain(file_name);
  std::ranges::replace_if(
      plain, [](char c) { return c < 0x20 || c > 0x7E || c == '"' || c == '\\' || c == '%'; }, '_');
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + PercentEncode(file_name);
}

Response ShowRecords(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const size_t limit = NumberParameter(request, parameters::kListLimit);
  if (HasParameter(request, parameters::kNumber)) return ShowNumbered(archive, request, limit);
  for (const Parameter* narrows : {&parameters::kYear, &parameters::kType, &parameters::kBody}) {
    if (HasParameter(request, *narrows)) throw Error(ErrorCode::kInvalid, "'number' is missing");
  }
  const Gone gone = GoneParameter(request);
  std::string after = CursorPosition(request);
  if (after.empty()) after = TextParameter(request, parameters::kAfter);
  std::vector<RecordView> views;
  for (Record& record : ListRecords(archive, after, limit, gone)) views.push_back(ViewOf(archive, std::move(record)));
  const std::string last = views.size() == limit ? views.back().record.id : "";
  const bool more = !last.empty() && !ListRecords(archive, last, 1, gone).empty();
  const std::string next = more ? MakeListCursor(request, last) : "";
  Response response = JsonResponse(RecordListJson(views, next));
  LinkNext(request, next, response);
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
  Response response = RecordAs(archive, request, std::move(record), gone);
  Vary(response, "Accept");
  return response;
}

Response ShowPage(Archive& archive, const Request& request, const PathParameters& path) {
  Response response = PageAs(archive, request, path, GoneParameter(request));
  Vary(response, "Accept");
  return response;
}

Response ShowImage(Archive& archive, const Request& request, const PathParameters& path) {
  PageImage image = FetchImage(archive, path.id, path.page, GoneParameter(request));
  if (const auto cut = CutParameter(request, image)) return ShowImagePart(archive, request, image, *cut);
  Response response = WithDigest(image.digest, image.media_type);
  response.body = std::move(image.bytes);
  return response;
}

Response ShowSource(Archive& archive, const Request& request, const PathParameters& path) {
  const Gone gone = GoneParameter(request);
  const std::string file_name = FetchRecord(archive, path.id, gone).file_name;
  const SourceFile source = FetchSource(archive, path.id, gone);
  Response response = WithDigest(source.digest, source.media_type);
  response.headers["Content-Disposition"] = Attachment(file_name);
  response.stream_size = source.size;
  response.stream = [&archive, digest = source.digest](const std::function<bool(std::string_view)>& sink) {
    StreamSource(archive, digest, sink);
  };
  return response;
}

}  // namespace diwan
