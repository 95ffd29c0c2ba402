// Which numbers of one series of papers are there, which are missing, and which are borne twice. Pure; any thread may
// call.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace diwan {

// The number of a paper where it is plain: digits alone, 1 to 999,999,999. No value for `145/ص`, for `12/3`, and for
// what is no number of papers. `normal` is as of NormalPaperNumber.
std::optional<uint32_t> PlainNumber(std::string_view normal);

// A record with a plain number, small, since a report holds as many as the archive has.
struct NumberedRecord {
  uint32_t number = 0;
  float confidence = 0;  // 0..100 that it bears this number in this series; 100 when all that says so is confirmed
  std::array<char, 36> id{};

  bool IsSure() const { return confidence >= kSureConfidence; }
  std::string RecordId() const { return {id.data(), id.size()}; }
};

// What a number that was read with doubt would be, were it right. It neither fills a gap nor makes one.
enum class Standing {
  kFills,    // a number between the smallest and the greatest, that no sure one has
  kDoubles,  // one that a sure one has
  kBeyond,   // before the first or behind the last sure one, or in a series without a sure one
};
struct DoubtfulNumber {
  const NumberedRecord* paper = nullptr;
  Standing standing = Standing::kBeyond;
};

// Numbers that no paper has, both ends included.
struct MissingNumbers {
  uint32_t first = 0;
  uint32_t last = 0;
  const NumberedRecord* before = nullptr;  // the nearest sure papers; none before a run that begins a series
  const NumberedRecord* after = nullptr;
};

// Pointers and spans are into the papers examined.
struct SeriesFindings {
  uint32_t from = 0;   // the first number that is expected; 0 when no number is sure
  uint32_t first = 0;  // the smallest and the greatest sure number; 0 when there is none
  uint32_t last = 0;
  uint64_t missing_count = 0;  // numbers in `missing`
  std::vector<MissingNumbers> missing;
  std::vector<std::span<const NumberedRecord>> doubled;  // by number; sure papers first
  std::vector<DoubtfulNumber> doubtful;                  // by number
};

// Sorts `papers`, and says what is wrong with them. Expected are all whole numbers from the smallest sure one to the
// greatest; and from 1 on when the smallest is at most 10, or at most a twentieth of the greatest: so near to 1 a
// series begins by chance only where numbers go on over the years, and then in one year of twenty.
SeriesFindings Examine(std::vector<NumberedRecord>& papers);

// "fills", "doubles", "beyond".
std::string_view NameOf(Standing value);

}  // namespace diwan
