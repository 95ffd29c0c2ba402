// Things looked up by their id.
#include "archive/fetch.h"

#include <fmt/core.h>

#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr size_t kMaxList = 1000;

// The id as it can be said in a message: an id, or not repeated at all.
std::string Named(std::string_view record_id) { return IsId(record_id) ? std::string(record_id) : "of that id"; }

[[noreturn]] void NoPage(std::string_view record_id, int number) {
  throw Error(ErrorCode::kNotFound, fmt::format("record {} has no page {}", Named(record_id), number));
}

}  // namespace

Record FetchRecord(Archive& archive, std::string_view record_id) {
  auto record = IsId(record_id) ? archive.store().GetRecord(record_id) : std::nullopt;
  if (!record) throw Error(ErrorCode::kNotFound, fmt::format("there is no record {}", Named(record_id)));
  return std::move(*record);
}

std::vector<Record> ListRecords(Archive& archive, std::string_view after, size_t limit) {
  if (limit == 0 || limit > kMaxList) {
    throw Error(ErrorCode::kInvalid, fmt::format("limit must be from 1 to {}", kMaxList));
  }
  if (!after.empty() && !IsId(after)) throw Error(ErrorCode::kInvalid, "after must be the id of a record");
  return archive.store().ListRecords(after, limit);
}

Page FetchPage(Archive& archive, std::string_view record_id, int number) {
  FetchRecord(archive, record_id);
  auto page = archive.store().GetPage(record_id, number);
  if (!page) NoPage(record_id, number);
  return std::move(*page);
}

PageImage FetchImage(Archive& archive, std::string_view record_id, int number) {
  const Page page = FetchPage(archive, record_id, number);
  auto image = archive.store().GetImage(record_id, number);
  if (!image || page.image_type.empty()) {
    throw Error(ErrorCode::kNotFound, fmt::format("page {} of record {} has no image", number, Named(record_id)));
  }
  return {.bytes = std::move(*image), .media_type = page.image_type};
}

SourceFile FetchSource(Archive& archive, std::string_view record_id) {
  const Record record = FetchRecord(archive, record_id);
  auto source = record.source.empty() ? std::nullopt : archive.store().GetSource(record.source);
  if (!source) {
    throw Error(ErrorCode::kNotFound, fmt::format("record {} came as text and has no source file", Named(record_id)));
  }
  return std::move(*source);
}

void StreamSource(Archive& archive, std::string_view digest, const std::function<bool(std::string_view)>& sink) {
  archive.store().ReadSource(digest, sink);
}

Stats FetchStats(Archive& archive) {
  Stats stats{.totals = archive.store().Totals(), .format = std::to_string(kStoreFormat)};
  archive.WithReader([&](IndexReader& reader) { stats.pages_searchable = reader.PageCount(); });
  return stats;
}

}  // namespace diwan
