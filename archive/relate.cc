// Persons' relations lie among the citations that were read, so that whatever asks who amends whom finds both.
#include "archive/relate.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "archive/citations.h"
#include "archive/description.h"
#include "archive/effects.h"
#include "archive/fetch.h"
#include "archive/paper_kind.h"
#include "archive/read_text.h"
#include "core/error.h"
#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMaxPart = 200;  // bytes of an article or clause

CitedKind KindOf(const Record& record) {
  constexpr std::array<CitedKind, 7> kKinds = {CitedKind::kDecision, CitedKind::kRuling,     CitedKind::kLaw,
                                               CitedKind::kDecree,   CitedKind::kRegulation, CitedKind::kCircular,
                                               CitedKind::kLetter};
  for (const CitedKind kind : kKinds) {
    if (SameType(record.Value("type"), NameOf(kind))) return kind;
  }
  return CitedKind::kDecision;
}

// The relation as a citation; number, date and body are for those who look at it.
Citation CitationTo(const Record& other, const NewRelation& relation) {
  Citation citation{.kind = KindOf(other), .relation = relation.relation};
  citation.number = other.Value("number");
  citation.year = other.Value("year");
  citation.date = other.Value("date");
  citation.body = other.Value("body");
  citation.article = relation.article;
  citation.clause = relation.clause;
  citation.place = {.page = 1, .begin = 0, .end = 0};
  citation.confidence = 1;
  citation.target = other.id;
  citation.state = CitationState::kConfirmed;
  return citation;
}

void CheckPart(const std::string& text) {
  const bool plain = text.size() <= kMaxPart && ToUtf8(FromUtf8(text)) == text &&
                     std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }) &&
                     WhyUnseen(text).empty();
  if (!plain) throw Error(ErrorCode::kInvalid, fmt::format("an article or clause is one line of {} bytes", kMaxPart));
}

RecordCitations CitationsNow(const Store& store, const std::string& record_id) {
  return store.GetCitations(record_id).value_or(RecordCitations{.record_id = record_id, .citations = {}});
}

// By its place among those that the viewer sees.
Citation& CitationAt(const Store& store, RecordCitations& citations, size_t index) {
  size_t seen = 0;
  for (Citation& citation : citations.citations) {
    if (IsSeen(store, citation) && seen++ == index) return citation;
  }
  throw Error(ErrorCode::kNotFound,
              fmt::format("record {} has no citation {}; it has {}", citations.record_id, index + 1, seen));
}

std::string Told(const Citation& citation) {
  const std::string& name = citation.printed.empty() ? citation.target : citation.printed;
  return fmt::format("{} {}", NameOf(citation.relation), Quoted(name));
}

// No paper ends or changes one that was made after it.
void CheckOrder(const Record& by, const Record& on, CitedRelation relation) {
  const bool changes =
      relation == CitedRelation::kAmends || relation == CitedRelation::kRepeals || relation == CitedRelation::kReplaces;
  if (!changes || !IsBefore(OrderOf(by), OrderOf(on))) return;
  throw Error(ErrorCode::kInvalid,
              fmt::format("{} was made before {}, and can't be what {} it; relate the later paper to the earlier one, "
                          "or set the date that is wrong",
                          NameOfPaper(by), NameOfPaper(on), NameOf(relation)));
}

}  // namespace

bool PutRelation(RecordCitations& citations, const Record& other, const NewRelation& relation) {
  Citation citation = CitationTo(other, relation);
  const bool there = std::ranges::any_of(citations.citations, [&](const Citation& c) {
    return c.target == citation.target && c.relation == citation.relation && c.article == citation.article &&
           c.clause == citation.clause;
  });
  if (there) return false;
  if (citations.citations.size() >= kMostCitations) {
    throw Error(ErrorCode::kTooLarge, fmt::format("a record has {} citations at most", kMostCitations));
  }
  citations.citations.push_back(std::move(citation));
  return true;
}

Record AddRelation(Archive& archive, const Edit& edit, const NewRelation& relation) {
  CheckPart(relation.article);
  CheckPart(relation.clause);
  return ChangeRecord(archive, edit, [&](const RecordChange& change) {
    const Record other = FetchRecord(archive, relation.to);
    if (other.id == change.record.id) throw Error(ErrorCode::kInvalid, "a record has no relation to itself");
    CheckOrder(change.record, other, relation.relation);
    RecordCitations citations = CitationsNow(archive.store(), change.record.id);
    if (!PutRelation(citations, other, relation)) throw Error(ErrorCode::kInvalid, "that relation is there already");
    change.audit.action = "relation.add";
    change.audit.detail = fmt::format("{} {} ({})", NameOf(relation.relation), NameOfPaper(other), other.id);
    change.changes.citations.push_back(std::move(citations));
  });
}

Record JudgeCitation(Archive& archive, const Edit& edit, size_t index, CitationState state) {
  return ChangeRecord(archive, edit, [&](const RecordChange& change) {
    RecordCitations citations = CitationsNow(archive.store(), change.record.id);
    Citation& citation = CitationAt(archive.store(), citations, index);
    if (!citation.target.empty() && state == CitationState::kProposed) {
      throw Error(ErrorCode::kInvalid, "a relation that a person made is confirmed or rejected");
    }
    citation.state = state;
    change.audit.action = fmt::format("relation.{}", NameOf(state));
    change.audit.detail = Told(citation);
    change.changes.citations.push_back(std::move(citations));
  });
}

Record RemoveRelation(Archive& archive, const Edit& edit, size_t index) {
  return ChangeRecord(archive, edit, [&](const RecordChange& change) {
    RecordCitations citations = CitationsNow(archive.store(), change.record.id);
    Citation& citation = CitationAt(archive.store(), citations, index);
    change.audit.action = citation.target.empty() ? "relation.rejected" : "relation.remove";
    change.audit.detail = Told(citation);
    if (citation.target.empty()) {
      citation.state = CitationState::kRejected;
    } else {
      citations.citations.erase(citations.citations.begin() + (&citation - citations.citations.data()));
    }
    change.changes.citations.push_back(std::move(citations));
  });
}

}  // namespace diwan
