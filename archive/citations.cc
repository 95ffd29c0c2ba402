// Citations joined with records, in both directions.
#include "archive/citations.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "archive/fetch.h"
#include "archive/merge.h"
#include "archive/paper_kind.h"
#include "archive/short_years.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kMostList = 1000;
constexpr size_t kMostVisited = 100'000;  // citations of one number

bool IsWanted(CitedRelation relation, const std::vector<CitedRelation>& relations) {
  return relations.empty() || std::ranges::find(relations, relation) != relations.end();
}

// Where citations stand that may name a record.
class Candidates {
 public:
  Candidates(const Store& store, const Record& record, const std::vector<CitedRelation>& relations)
      : store_(store), record_(record), relations_(relations) {}

  std::set<std::pair<std::string, uint32_t>> Find() {
    VisitRelations(record_.id);
    VisitNumbers(record_);
    for (const std::string& merged : record_.merged) {
      VisitRelations(merged);
      if (const auto record = store_.GetRecord(merged)) VisitNumbers(*record);
    }
    return std::move(places_);
  }

  bool more() const { return visited_ >= kMostVisited; }

 private:
  bool IsOwn(const std::string& record_id) const {
    return record_id == record_.id || std::ranges::find(record_.merged, record_id) != record_.merged.end();
  }

  void VisitNumbers(const Record& bearer) {
    const std::string_view type = bearer.Value("type");
    for (const PaperNumber& number : NumbersOf(bearer)) {
      if (number.year.empty()) {
        Visit(type, number, std::nullopt);
      } else {
        Visit(type, number, number.year);
        Visit(type, number, "");
      }
      for (const PaperNumber& other : OtherYearForms(number)) Visit(type, other, other.year);
    }
  }

  // Persons' own, of that very record, whatever its type is.
  void VisitRelations(const std::string& record_id) {
    store_.VisitCitations(NumberRole::kRecord, record_id, "", [&](const NumberedCitation& citation) {
      const bool fits = IsWanted(citation.relation, relations_) && !IsOwn(citation.record_id);
      if (fits) places_.emplace(citation.record_id, citation.index);
      return ++visited_ < kMostVisited;
    });
  }

  void Visit(std::string_view type, const PaperNumber& number, const std::optional<std::string>& year) {
    store_.VisitCitations(number.role, number.number, year, [&](const NumberedCitation& citation) {
      const bool fits =
          IsWanted(citation.relation, relations_) && !IsOwn(citation.record_id) && MayBe(type, citation.kind);
      if (fits) places_.emplace(citation.record_id, citation.index);
      return ++visited_ < kMostVisited;
    });
  }

  const Store& store_;
  const Record& record_;
  const std::vector<CitedRelation>& relations_;
  std::set<std::pair<std::string, uint32_t>> places_;
  size_t visited_ = 0;
};

// As today's record, which says what those say that were merged into it; of none, no record.
CitingPaper CitingOf(const Store& store, const Record& record) {
  CitingPaper from = CitingPaperOf(record);
  if (record.merged_into.empty()) return from;
  const auto stays = PresentRecord(store, record.id);
  from.record_id = stays ? stays->id : "";
  return from;
}

}  // namespace

bool IsSeen(const Store& store, const Citation& citation) {
  return citation.target.empty() || store.SeesRecord(citation.target);
}

std::vector<ResolvedCitation> CitationsOf(const Store& store, const Record& record,
                                          const std::vector<CitedRelation>& relations, Rejected rejected) {
  std::vector<ResolvedCitation> out;
  auto stored = store.GetCitations(record.id);
  if (!stored) return out;
  const CitingPaper from = CitingOf(store, record);
  uint32_t seen = 0;
  for (Citation& citation : stored->citations) {
    if (!IsSeen(store, citation)) continue;
    const uint32_t i = seen++;
    if (!IsWanted(citation.relation, relations)) continue;
    if (citation.state == CitationState::kRejected && rejected == Rejected::kHide) continue;
    Resolution resolution = Resolve(store, citation, from);
    out.push_back({record.id, i, std::move(citation), std::move(resolution), from.record_id});
  }
  return out;
}

namespace {

bool IsUnclear(const Citation& citation) { return citation.unclear && citation.state == CitationState::kProposed; }

CitedBy Find(const Store& store, const Record& record, const std::vector<CitedRelation>& relations, size_t limit,
             bool unclear_only) {
  Candidates candidates(store, record, relations);
  CitedBy out;
  std::string read;  // the citing record whose citations are at hand
  std::optional<RecordCitations> stored;
  CitingPaper from;
  for (const auto& [citing, index] : candidates.Find()) {
    if (citing != read) {
      read = citing;
      stored = store.GetCitations(citing);
      const auto paper = store.GetRecord(citing);
      from = paper ? CitingOf(store, *paper) : CitingPaper{};
    }
    if (!stored || from.record_id.empty() || index >= stored->citations.size()) continue;
    Citation& citation = stored->citations[index];
    if (unclear_only && !IsUnclear(citation)) continue;
    Resolution resolution = Resolve(store, citation, from);
    const auto match = MatchOf(resolution, record.id);
    if (!match || match == MatchKind::kOtherBody) continue;
    if (out.citations.size() == limit) {
      out.more = true;
      return out;
    }
    const auto before = std::span(stored->citations).first(index);
    const auto seen = std::ranges::count_if(before, [&](const Citation& each) { return IsSeen(store, each); });
    out.citations.push_back(
        {citing, static_cast<uint32_t>(seen), std::move(citation), std::move(resolution), from.record_id});
  }
  out.more = candidates.more();
  return out;
}

}  // namespace

CitedBy CitationsTo(const Store& store, const Record& record, const std::vector<CitedRelation>& relations,
                    size_t limit) {
  return Find(store, record, relations, limit, /*unclear_only=*/false);
}

CitedBy UnclearTo(const Store& store, const Record& record, size_t limit) {
  const std::vector<CitedRelation> saying_nothing = {CitedRelation::kRefersTo, CitedRelation::kImplements};
  return Find(store, record, saying_nothing, limit, /*unclear_only=*/true);
}

std::vector<ResolvedCitation> CitationsOf(Archive& archive, std::string_view record, Rejected rejected) {
  return CitationsOf(archive.store(), FetchRecord(archive, record), {}, rejected);
}

CitedBy CitationsTo(Archive& archive, std::string_view record, size_t limit) {
  if (limit == 0 || limit > kMostList) {
    throw Error(ErrorCode::kInvalid, fmt::format("limit must be from 1 to {}", kMostList));
  }
  return CitationsTo(archive.store(), FetchRecord(archive, record), {}, limit);
}

std::optional<MatchKind> MatchOf(const Resolution& resolution, std::string_view record_id) {
  const auto found = std::ranges::find(resolution.matches, record_id, &PaperMatch::record_id);
  return found == resolution.matches.end() ? std::nullopt : std::optional(found->kind);
}

}  // namespace diwan
