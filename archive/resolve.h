// Which records a citation names. Nothing of it is kept: it is found again at each asking, so the order in which papers
// arrive never matters. Any thread may call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/body_names.h"
#include "core/citation.h"
#include "core/paper_number.h"
#include "store/store.h"

namespace diwan {

// How a record matches a citation, best first.
enum class MatchKind {
  kExact,         // number and year are the same, and nothing else that both say differs
  kNumberOnly,    // the number is the same; the citation says no year
  kYearNotKnown,  // the number is the same; the record's year is not known
  kUnsureNumber,  // as kExact or kNumberOnly, but the record's number was read with doubt, or the citation's was
  kShortYear,     // the number is the same, and the year has two digits on one side; nothing else fits
  kOtherDay,      // number and year are the same, the day is not; nothing else fits
  kOtherKind,     // the same of a decision where a ruling is cited, or the other way round; nothing else fits
  kUnsureBody,    // the same of a decision, but whether it is of the body that is meant is not known for certain
  kOtherBody,     // the same of another body's decision, where the citing paper's own is meant: cites it not
  kLookAlike,     // another number, which on paper looks like the one cited, and one of the two was read with doubt
};

struct PaperMatch {
  std::string record_id;
  MatchKind kind = MatchKind::kExact;
  bool operator==(const PaperMatch&) const = default;
};

// Only what is kExact or kNumberOnly names a record; the others are candidates for a person to look at.
enum class Resolved { kOne, kSeveral, kNone };
struct Resolution {
  Resolved status = Resolved::kNone;
  std::vector<PaperMatch> matches;  // best first, then by record id
  bool more = false;                // beyond kMostMatches, or too many to look through
};
inline constexpr size_t kMostMatches = 100;

// The paper in which a citation stands. Where several bodies have a number, its own body's is meant.
struct CitingPaper {
  std::string record_id;
  std::string body, court;
  bool body_sure = true;  // of a body that was read: see IsSure
};
CitingPaper CitingPaperOf(const Record& record);

Resolution Resolve(const Store& store, const Citation& citation, const CitingPaper& from = {});

// What tells papers of one number apart; "" and no kind say nothing.
struct PaperFilter {
  std::string kind;  // as a type of paper
  std::string body;
};
// The records that bear the number in that year, in order; of every year when `year` is "". At most `limit`. `role`
// kPaper, or kCase for those that are about the case of that number.
std::vector<std::string> FindNumbered(const Store& store, std::string_view number, std::string_view year,
                                      const PaperFilter& filter, size_t limit, NumberRole role = NumberRole::kPaper);

// "exact", "number_only", "year_not_known", "unsure_number", "short_year", "other_day", "other_kind", "unsure_body",
// "other_body", "look_alike"; "one", "several", "none".
std::string_view NameOf(MatchKind value);
std::string_view NameOf(Resolved value);

}  // namespace diwan
