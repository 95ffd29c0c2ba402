// What stands in the Xapian database. Prefixes and slots are on disk: they are added to, never changed; what can't be
// read by an older program raises kIndexFormat, and the index is built anew from the store.
//
//   term                what                                                     wdf          positions
//   Q id/0000000001     the page's key: record id, '/', page in ten digits        0
//   S word              each word as folded, ZWNJ taken out; the parts of a       1            yes
//                       word with ZWNJ too; numbers in normal form
//   A stem              light Arabic stem; of pages in Arabic                     1            no
//   F stem              light Persian stem; of pages in Persian                   1            no
//   N number            a number in normal form, 123/2019 too; its parts          2; parts 1   no
//   D day|month|year    D20190312, D201903, D2019: the days a date in the text    1            no
//                       or the record's date may mean, with their months, years
//   X field:text        the record's fields, on each of its pages: see kFields    0            no
//                       in index/query_fields.cc for the letter of each
//
//   slot  what                                                    form
//   0     the first day that the record's date may mean           sortable number, days since 1970
//   1     the last one                                            the same
//   2     the page's key, as after Q                              bytes; breaks ties
//
//   metadata          what
//   diwan.format      kIndexFormat, in digits
//   diwan.applied     the change feed was applied up to here, in digits
//
// Words of the record's title, number and body are also indexed as words of the page, the title's with kTitleWeight.
// Positions of a field's words stand apart from the page's, so that no phrase runs from one into the other. A document
// has no data: the text is the store's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace diwan {

inline constexpr int kIndexFormat = 1;

inline constexpr std::string_view kKeyPrefix = "Q";
inline constexpr std::string_view kSurfacePrefix = "S";
inline constexpr std::string_view kArabicPrefix = "A";
inline constexpr std::string_view kPersianPrefix = "F";
inline constexpr std::string_view kNumberPrefix = "N";
inline constexpr std::string_view kDayPrefix = "D";

inline constexpr uint32_t kFirstDaySlot = 0;
inline constexpr uint32_t kLastDaySlot = 1;
inline constexpr uint32_t kKeySlot = 2;

inline constexpr const char* kFormatKey = "diwan.format";
inline constexpr const char* kAppliedKey = "diwan.applied";

inline constexpr uint32_t kTitleWeight = 3;
inline constexpr uint32_t kFieldGap = 100;  // positions between a field's words and what follows

// Xapian takes 245 bytes; a longer term would lose every page that waits for the commit.
inline constexpr size_t kMaxTermBytes = 245;

// A term that Xapian takes for certain: without NUL, cut to kMaxTermBytes at the border of a code point.
std::string MakeTerm(std::string_view prefix, std::string_view text);

// "ID/0000000001". Throws kInvalid when there is no such id or page: empty, over 200 bytes, with NUL; below 1.
std::string PageKey(std::string_view record_id, int page);
// The opposite. The view lives as long as `key`.
std::pair<std::string_view, int> ParsePageKey(std::string_view key);

}  // namespace diwan
