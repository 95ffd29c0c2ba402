// What an archive lacks: numbers that are missing or borne twice, pages without text, fields that nobody confirmed,
// records without a date or a number.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "archive/number_series.h"
#include "archive/series_place.h"

namespace diwan {

// A record in a list.
struct ListedRecord {
  std::string id;
  std::string external_id;
  std::string file_name;
  std::string number;    // as of SeriesPlace, as is
  float confidence = 0;  // this
};

struct SeriesRow {
  SeriesName name;
  uint64_t papers = 0;           // that have a number
  uint64_t not_plain = 0;        // of these: with a number that has letters or parts, of which none can be missing
  std::string not_plain_number;  // one of them
  uint64_t year_of_date = 0;     // of these: without a year at the number; that of the date was taken
  uint32_t from = 0, first = 0, last = 0;           // as of SeriesFindings
  uint64_t missing = 0, doubled = 0, doubtful = 0;  // numbers; records for the last
};

struct MissingRow {
  SeriesName series;
  uint32_t first = 0;
  uint32_t last = 0;
  std::optional<ListedRecord> before, after;
};

struct DoubledRow {
  SeriesName series;
  std::string number;
  bool certain = false;               // two of them at least are sure
  std::vector<ListedRecord> records;  // sure ones first, up to kMostOfOneNumber
  uint64_t total = 0;                 // records that bear it
};
inline constexpr size_t kMostOfOneNumber = 10;

struct DoubtfulRow {
  SeriesName series;
  ListedRecord record;
  Standing standing = Standing::kBeyond;
};

struct PageRow {
  ListedRecord record;
  int page = 0;
  std::string failure;  // "" when it was read and nothing was found
};

struct ProposedCount {
  uint64_t proposed = 0;
  uint64_t unsure = 0;  // of these: with less than kSureConfidence
};

// The first of all that was found.
template <typename T>
struct Listed {
  uint64_t total = 0;
  std::vector<T> items;
};

struct GapsReport {
  uint64_t records = 0;      // looked at
  uint64_t reading = 0;      // of these: with pages that wait to be read
  Listed<SeriesRow> series;  // by body, type and year
  Listed<MissingRow> missing;
  uint64_t missing_numbers = 0;
  Listed<DoubledRow> doubled;
  Listed<DoubtfulRow> doubtful;
  Listed<PageRow> pages_without_text;  // those that failed first
  uint64_t failed_pages = 0;           // of these
  uint64_t unopened_pages = 0;         // of these: beyond kMostPagesOpened; why they have no text was not looked up
  std::map<std::string, ProposedCount> proposed;  // by the field's name
  Listed<ListedRecord> without_date, without_number;
};
inline constexpr size_t kMostPagesOpened = 20'000;

// Goes once through the records, without their pages, and holds some 50 bytes for each that has a number. Of each list
// it keeps the first `limit` (1 to 1,000). In a series whose year is not known nothing is missing or doubled. Throws
// kInvalid for a filter or limit that is none, and kTooLarge beyond 5 million numbers or 100,000 series: a filter makes
// it smaller. Any thread may call.
GapsReport FindGaps(Archive& archive, const SeriesFilter& filter, size_t limit);

}  // namespace diwan
