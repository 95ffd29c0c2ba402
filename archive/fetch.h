// Things looked up. `record` is a record's id or, where no record has that id, its external id. Each function throws
// kNotFound when there is no such thing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace diwan {

// Whether a record that a person deleted is given. One that was merged into another is given always.
enum class Gone { kHide, kShow };

// Also one that was deleted; no value when there is none.
std::optional<Record> FindRecord(const Store& store, std::string_view record);

// Takes the ids of other records that the viewer does not see out of a record that is to be shown.
void HideOthers(const Store& store, Record& record);

Record FetchRecord(Archive& archive, std::string_view record, Gone gone = Gone::kHide);
// Records in the order of their making, after `after` ("" for the first); `limit` up to 1,000 (kInvalid beyond).
// With kShow also those that were deleted or merged into others.
std::vector<Record> ListRecords(Archive& archive, std::string_view after, size_t limit, Gone gone = Gone::kHide);
Page FetchPage(Archive& archive, std::string_view record, int number, Gone gone = Gone::kHide);

struct PageImage {
  std::string bytes;
  std::string media_type;
  std::string digest;  // SHA-256 of the bytes; "" of a part
  int width = 0;       // pixels; 0 of a part
};
PageImage FetchImage(Archive& archive, std::string_view record, int number, Gone gone = Gone::kHide);

// A part of an image that FetchImage gave, as JPEG or PNG. Throws kInvalid when the part lies outside of it, and as
// ImageParts::Cut.
PageImage FetchImagePart(Archive& archive, const PageImage& image, const ImageCut& cut);

SourceFile FetchSource(Archive& archive, std::string_view record, Gone gone = Gone::kHide);
void StreamSource(Archive& archive, std::string_view digest, const std::function<bool(std::string_view)>& sink);

struct Stats {
  StoreTotals totals;
  uint64_t pages_searchable = 0;
  uint64_t changes_waiting = 0;  // that the index does not have yet; 0 for who does not see everything
  std::string format;            // of the archive on disk
};
Stats FetchStats(Archive& archive);

}  // namespace diwan
