// What stands in each Xapian database of an index; index/parts.h tells which there are. Prefixes and slots are on disk:
// they are added to, never changed; what can't be read by an older program raises kIndexFormat, and the index is built
// anew from the store.
//
//   term                what                                                     wdf          positions
//   Q id/0000000001     the page's key: record id, '/', page in ten digits        0
//   S word              each word as folded, ZWNJ taken out; the parts of a       1            yes
//                       word with ZWNJ too; numbers in normal form
//   A stem              Arabic stem; of words in Arabic                           1            yes
//   F stem              Persian stem; of words in Persian                         1            yes
//   N number            a number in normal form, 123/2019 too; its parts          2; parts 1   no
//   D day|month|year    D20190312, D201903, D2019: the days a date in the text    1            no
//                       or the record's date may mean, with their months, years
//   X field:text        the record's fields, on each of its pages: see kFields    0            no
//                       in index/query_fields.cc for the letter of each
//   XTT words           on page 1, the title's words as folded, by spaces;      0            no
//                       also turned so that they begin with its second, third
//                       or fourth, then '|' and the ones before; cut to
//                       kMaxTitleKeyBytes; for completion
//
//   slot  what                                                    form
//   0     the first day that the record's date may mean           sortable number, days since 1970
//   1     the last one                                            the same
//   2     the page's key, as after Q                              bytes; breaks ties
//   3     the record's id, where it has several pages             bytes; pages of one record are one result
//   4, 5  the record's type and body, 6 its language              UTF-8 cut to kMaxValueBytes, for facets
//
//   metadata          what
//   diwan.format      kIndexFormat, in digits
//   diwan.applied     the change feed was applied up to here, in digits
//   diwan.parts       the audiences of the other parts, a line each; see index/parts.h
//   diwan.changes     pages put and removed in this database, in digits
//
//   synonym      of                                               values
//   k...         shapes of a stem's letters, see index/likeness.cc  the terms (A.., F..) of stems that look like it
//   j word       a word with ZWNJ, its ZWNJ taken out               its pieces, by spaces
//   w3 term      a term (S.., N.., XTT..) of many pages, see        "1"
//                index/frequent_terms.h
//
// Exact spellings are not indexed: the builder (index/query_builder.h) looks for the folded words and compares the
// pages' texts, so `exact:` costs the index nothing.
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

inline constexpr int kIndexFormat = 4;

inline constexpr std::string_view kKeyPrefix = "Q";
inline constexpr std::string_view kSurfacePrefix = "S";
inline constexpr std::string_view kArabicPrefix = "A";
inline constexpr std::string_view kPersianPrefix = "F";
inline constexpr std::string_view kNumberPrefix = "N";
inline constexpr std::string_view kDayPrefix = "D";
inline constexpr std::string_view kTitleKeyPrefix = "XTT";

inline constexpr uint32_t kFirstDaySlot = 0;
inline constexpr uint32_t kLastDaySlot = 1;
inline constexpr uint32_t kKeySlot = 2;
inline constexpr uint32_t kRecordSlot = 3;
inline constexpr uint32_t kTypeSlot = 4;
inline constexpr uint32_t kBodySlot = 5;
inline constexpr uint32_t kLanguageSlot = 6;

inline constexpr std::string_view kLikenessKey = "k";  // of synonyms
inline constexpr std::string_view kCompoundKey = "j";
inline constexpr std::string_view kFrequentKey = "w";

inline constexpr const char* kFormatKey = "diwan.format";
inline constexpr const char* kAppliedKey = "diwan.applied";

inline constexpr uint32_t kTitleWeight = 3;
inline constexpr uint32_t kFieldGap = 100;  // positions between a field's words and what follows

// Xapian takes 245 bytes; a longer term would lose every page that waits for the commit.
inline constexpr size_t kMaxTermBytes = 245;

inline constexpr size_t kMaxValueBytes = 200;    // of a facet's value in a slot
inline constexpr size_t kMaxTitleKeyBytes = 48;  // without the prefix

// A term that Xapian takes for certain: without NUL, cut to kMaxTermBytes at the border of a code point.
std::string MakeTerm(std::string_view prefix, std::string_view text);

// "ID/0000000001". Throws kInvalid when there is no such id or page: empty, over 200 bytes, with NUL; below 1.
std::string PageKey(std::string_view record_id, int page);
// The opposite. The view lives as long as `key`.
std::pair<std::string_view, int> ParsePageKey(std::string_view key);

}  // namespace diwan
