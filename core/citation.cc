// What citations say: its names, and how sure it is.
#include "core/citation.h"

#include <algorithm>

namespace diwan {
namespace {

struct KindName {
  CitedKind kind;
  std::string_view name;
};
constexpr KindName kKinds[] = {
    {CitedKind::kDecision, "decision"},
    {CitedKind::kRuling, "ruling"},
    {CitedKind::kLaw, "law"},
    {CitedKind::kDecree, "decree"},
    {CitedKind::kRegulation, "regulation"},
    {CitedKind::kCircular, "circular"},
    {CitedKind::kLetter, "letter"},
    {CitedKind::kCase, "case"},
};

struct RelationName {
  CitedRelation relation;
  std::string_view name;
};
constexpr RelationName kRelations[] = {
    {CitedRelation::kRefersTo, "refers_to"},    {CitedRelation::kAmends, "amends"},
    {CitedRelation::kRepeals, "repeals"},       {CitedRelation::kReplaces, "replaces"},
    {CitedRelation::kImplements, "implements"},
};

struct StateName {
  CitationState state;
  std::string_view name;
};
constexpr StateName kStates[] = {
    {CitationState::kProposed, "proposed"},
    {CitationState::kConfirmed, "confirmed"},
    {CitationState::kRejected, "rejected"},
};

}  // namespace

bool HasDoubtedNumber(const Citation& citation) {
  return citation.state != CitationState::kConfirmed && citation.confidence > 0 &&
         citation.confidence < kDoubtedRelation;
}

std::string_view NameOf(CitedKind value) { return std::ranges::find(kKinds, value, &KindName::kind)->name; }

std::string_view NameOf(CitedRelation value) {
  return std::ranges::find(kRelations, value, &RelationName::relation)->name;
}

std::string_view NameOf(CitationState value) { return std::ranges::find(kStates, value, &StateName::state)->name; }

std::optional<CitedKind> CitedKindOfName(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name, &KindName::name);
  return found == std::end(kKinds) ? std::nullopt : std::optional(found->kind);
}

std::optional<CitedRelation> CitedRelationOfName(std::string_view name) {
  const auto found = std::ranges::find(kRelations, name, &RelationName::name);
  return found == std::end(kRelations) ? std::nullopt : std::optional(found->relation);
}

std::optional<CitationState> CitationStateOfName(std::string_view name) {
  const auto found = std::ranges::find(kStates, name, &StateName::name);
  return found == std::end(kStates) ? std::nullopt : std::optional(found->state);
}

}  // namespace diwan
