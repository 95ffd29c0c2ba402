// Things looked up by the names that readers know them by.
#include "archive/fetch.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "core/digest.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr size_t kMaxList = 1000;

// The name as it can be said in a message: an id, or not repeated at all.
std::string Named(std::string_view record) { return IsId(record) ? std::string(record) : "of that id"; }

Page PageOf(const Store& store, const std::string& record_id, int number) {
  auto page = store.GetPage(record_id, number);
  if (!page) throw Error(ErrorCode::kNotFound, fmt::format("record {} has no page {}", record_id, number));
  return std::move(*page);
}

}  // namespace

void HideOthers(const Store& store, Record& record) {
  std::erase_if(record.merged, [&](const std::string& id) { return !store.SeesRecord(id); });
  if (!record.merged_into.empty() && !store.SeesRecord(record.merged_into)) record.merged_into.clear();
}

std::optional<Record> FindRecord(const Store& store, std::string_view name) {
  if (IsId(name)) {
    if (auto record = store.GetRecord(name)) return record;
  }
  const auto id = store.RecordIdOfExternal(name);
  return id ? store.GetRecord(*id) : std::nullopt;
}

Record FetchRecord(Archive& archive, std::string_view record, Gone gone) {
  auto found = FindRecord(archive.store(), record);
  if (!found) throw Error(ErrorCode::kNotFound, fmt::format("there is no record {}", Named(record)));
  if (found->deleted && found->merged_into.empty() && gone == Gone::kHide) {
    throw Error(ErrorCode::kNotFound, fmt::format("record {} was deleted ({}); it is shown with deleted=yes", found->id,
                                                  found->deleted->why));
  }
  return std::move(*found);
}

std::vector<Record> ListRecords(Archive& archive, std::string_view after, size_t limit, Gone gone) {
  if (limit == 0 || limit > kMaxList) {
    throw Error(ErrorCode::kInvalid, fmt::format("limit must be from 1 to {}", kMaxList));
  }
  if (!after.empty() && !IsId(after)) throw Error(ErrorCode::kInvalid, "after must be the id of a record");
  return archive.store().ListRecords(after, limit, gone == Gone::kShow ? RecordsListed::kAll : RecordsListed::kPresent);
}

Page FetchPage(Archive& archive, std::string_view record, int number, Gone gone) {
  return PageOf(archive.store(), FetchRecord(archive, record, gone).id, number);
}

PageImage FetchImage(Archive& archive, std::string_view record, int number, Gone gone) {
  const std::string id = FetchRecord(archive, record, gone).id;
  const Page page = PageOf(archive.store(), id, number);
  auto image = archive.store().GetImage(id, number);
  if (!image || page.image_type.empty()) {
    throw Error(ErrorCode::kNotFound, fmt::format("page {} of record {} has no image", number, id));
  }
  const std::string digest = Sha256Hex(*image);
  return {.bytes = std::move(*image), .media_type = page.image_type, .digest = digest, .width = page.width};
}

PageImage FetchImagePart(Archive& archive, const PageImage& image, const ImageCut& cut) {
  PageImage part{.bytes = archive.image_parts().Cut(image.digest, image.bytes, cut), .media_type = "image/jpeg"};
  if (part.bytes.starts_with("\x89PNG")) part.media_type = "image/png";
  return part;
}

SourceFile FetchSource(Archive& archive, std::string_view record, Gone gone) {
  const Record found = FetchRecord(archive, record, gone);
  auto source = found.source.empty() ? std::nullopt : archive.store().GetSource(found.source);
  if (!source) {
    throw Error(ErrorCode::kNotFound, fmt::format("record {} came as text and has no source file", found.id));
  }
  return std::move(*source);
}

void StreamSource(Archive& archive, std::string_view digest, const std::function<bool(std::string_view)>& sink) {
  archive.store().ReadSource(digest, sink);
}

Stats FetchStats(Archive& archive) {
  Stats stats{.totals = archive.store().Totals(), .format = std::to_string(kStoreFormat)};
  const uint64_t last = archive.store().LastSequence();
  archive.WithReader([&](IndexReader& reader) {
    stats.pages_searchable = reader.PageCount();
    if (archive.store().SeesAll()) stats.changes_waiting = last - std::min(last, reader.Applied());
  });
  return stats;
}

}  // namespace diwan
