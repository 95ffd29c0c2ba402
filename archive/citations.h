// What records cite, and what cites them. `record` is a record's id or external id; each function throws kNotFound when
// there is no such record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/place.h"
#include "archive/resolve.h"

namespace diwan {

// A citation, with what it names today.
struct ResolvedCitation {
  std::string record_id;  // that it stands in
  uint32_t index = 0;     // among the record's citations that the viewer sees
  Citation citation;
  Resolution resolution;
  std::string said_by;  // id of the paper that says it: that record, or the one that it was merged into
};

// Whether the viewer sees a citation of a record that is seen: a person's own relation needs sight of the other record.
bool IsSeen(const Store& store, const Citation& citation);

// Whether citations are given that a person rejected.
enum class Rejected { kHide, kShow };

// What the record cites: what was read, by place, then what persons said.
std::vector<ResolvedCitation> CitationsOf(Archive& archive, std::string_view record,
                                          Rejected rejected = Rejected::kHide);

// What cites the record: citations that name it, or of which it is a candidate, but for those of another body's paper.
// At most `limit` (1 to 1,000; kInvalid beyond).
struct CitedBy {
  std::vector<ResolvedCitation> citations;  // by citing record, then by place
  bool more = false;                        // there are others
};
CitedBy CitationsTo(Archive& archive, std::string_view record, size_t limit);

// The same within the archive, of citations with certain relations alone; all when `relations` is empty.
CitedBy CitationsTo(const Store& store, const Record& record, const std::vector<CitedRelation>& relations,
                    size_t limit);
// Those alone that say nothing of the record, and of which it is unclear why they name it.
CitedBy UnclearTo(const Store& store, const Record& record, size_t limit);
std::vector<ResolvedCitation> CitationsOf(const Store& store, const Record& record,
                                          const std::vector<CitedRelation>& relations,
                                          Rejected rejected = Rejected::kHide);

// How the citation matches the record, or no value.
std::optional<MatchKind> MatchOf(const Resolution& resolution, std::string_view record_id);

}  // namespace diwan
