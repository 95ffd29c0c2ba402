// What citations with a relation do to the papers that they name.
#include "archive/effects.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <tuple>

#include "archive/paper_kind.h"
#include "core/calendar.h"
#include "ingest/fields.h"

namespace diwan {
namespace {

constexpr size_t kMostEffects = 1000;
constexpr size_t kMostUnclear = 20;  // a few leave it as open as many
constexpr float kPercent = 100;

const std::vector<CitedRelation>& Affecting() {
  static const std::vector<CitedRelation> relations = {CitedRelation::kAmends, CitedRelation::kRepeals,
                                                       CitedRelation::kReplaces};
  return relations;
}

// How much a match is worth beside a citation that names number and year.
constexpr float kCandidate = 0.4F;
float WorthOf(MatchKind kind) {
  constexpr float kWithoutYear = 0.7F;
  if (kind == MatchKind::kExact) return 1;
  return kind == MatchKind::kNumberOnly ? kWithoutYear : kCandidate;
}

// Whether the same paper says it already, no less certainly.
bool IsSaid(const std::vector<Effect>& effects, const Effect& effect) {
  return std::ranges::any_of(effects, [&](const Effect& e) {
    return e.by == effect.by && e.relation == effect.relation && e.citation.article == effect.citation.article &&
           e.citation.clause == effect.citation.clause && e.certain >= effect.certain;
  });
}

}  // namespace

PaperOrder OrderOf(const Record& record) {
  constexpr int32_t kNever = std::numeric_limits<int32_t>::max();
  PaperOrder order{.first_day = kNever, .last_day = kNever};
  std::vector<DayRange> days = ParseDateQuery(record.Value("date"));
  for (const PaperNumber& number : NumbersOf(record)) {
    if (days.empty() && !number.year.empty()) days = ParseDateQuery(number.year);
  }
  for (const DayRange& range : days) {
    order.first_day = std::min(order.first_day, range.first);
    order.last_day = order.last_day == kNever ? range.last : std::max(order.last_day, range.last);
  }
  order.name = fmt::format("{} {} {} {}", record.Value("number"), record.Value("type"), record.external_id, record.id);
  return order;
}

bool IsBefore(const PaperOrder& a, const PaperOrder& b) { return a.last_day < b.first_day && b.last_day != INT32_MAX; }

std::string NameOfPaper(const Record& record) {
  const std::string_view type = record.Value("type");
  std::string name(type.empty() ? "record" : type);
  if (const std::string_view number = record.Value("number"); !number.empty()) name.append(" ").append(number);
  if (const std::string_view date = record.Value("date"); !date.empty()) name.append(" of ").append(date);
  if (record.Value("number").empty()) name.append(" ").append(record.id);
  return name;
}

const Record* EffectFinder::Find(const std::string& record_id) {
  const auto [at, is_new] = records_.try_emplace(record_id);
  if (is_new) at->second = store_.GetRecord(record_id);
  return at->second ? &*at->second : nullptr;
}

bool EffectFinder::MayAffect(const Record& by, const Record& on) const {
  return by.id != on.id && !IsBefore(OrderOf(by), OrderOf(on));
}

Effect EffectFinder::EffectOf(const ResolvedCitation& found, const Record& on) {
  const MatchKind kind = *MatchOf(found.resolution, on.id);
  const bool named = kind == MatchKind::kExact || kind == MatchKind::kNumberOnly;
  const bool alone = named && found.resolution.status == Resolved::kOne;
  const bool confirmed = found.citation.state == CitationState::kConfirmed;
  const float sure = (confirmed ? 1 : found.citation.confidence) * (alone || !named ? WorthOf(kind) : kCandidate);
  Effect effect{.by = found.said_by, .on = on.id, .relation = found.citation.relation, .citation = found.citation};
  effect.confidence = static_cast<int>(sure * kPercent);
  effect.alone = alone;
  const Record* by = Find(found.said_by);
  const bool decides = confirmed || (by != nullptr && MayDecide(by->Value("type")));
  effect.unclear =
      found.citation.relation == CitedRelation::kRefersTo || found.citation.relation == CitedRelation::kImplements;
  effect.certain =
      alone && kind == MatchKind::kExact && sure * kPercent >= kSureConfidence && decides && !effect.unclear;
  effect.confirmed = confirmed && alone;
  effect.partial = !found.citation.article.empty() || !found.citation.clause.empty();
  if (auto place = places_.Show(found.record_id, found.citation.place)) effect.place = std::move(*place);
  return effect;
}

std::vector<Effect> EffectFinder::On(const Record& record, bool& more) {
  std::vector<Effect> effects;
  CitedBy cited = CitationsTo(store_, record, Affecting(), kMostEffects);
  more = more || cited.more;
  std::ranges::move(UnclearTo(store_, record, kMostUnclear).citations, std::back_inserter(cited.citations));
  for (const bool own : {true, false}) {  // what a merged copy says as well is said once
    for (const ResolvedCitation& found : cited.citations) {
      const Record* by = (found.record_id == found.said_by) == own ? Find(found.said_by) : nullptr;
      if (by == nullptr || !MayAffect(*by, record)) continue;
      Effect effect = EffectOf(found, record);
      if (own || !IsSaid(effects, effect)) effects.push_back(std::move(effect));
    }
  }
  SortEffects(effects, *this);
  return effects;
}

std::vector<Effect> EffectFinder::By(const Record& record) {
  std::vector<Effect> effects;
  std::vector<ResolvedCitation> citations = CitationsOf(store_, record, Affecting());
  for (const std::string& id : record.merged) {
    const auto merged = store_.GetRecord(id);
    if (!merged) continue;
    std::ranges::move(CitationsOf(store_, *merged, Affecting()), std::back_inserter(citations));
  }
  for (const ResolvedCitation& found : citations) {
    if (found.resolution.status != Resolved::kOne) continue;
    const Record* on = Find(found.resolution.matches.front().record_id);
    if (on != nullptr && MayAffect(record, *on)) effects.push_back(EffectOf(found, *on));
  }
  return effects;
}

std::string EffectFinder::TermOf(const Record& record) const {
  constexpr uint32_t kMostPages = 50;
  for (uint32_t page = 1; page <= std::min<uint32_t>(record.page_count, kMostPages); ++page) {
    const auto text = store_.GetPageText(record.id, static_cast<int>(page));
    std::string term = text ? FindTerm(*text, record.Value("language")) : std::string();
    if (!term.empty()) return term;
  }
  return {};
}

void SortEffects(std::vector<Effect>& effects, EffectFinder& finder) {
  std::map<std::string, PaperOrder> orders;
  for (const Effect& effect : effects) {
    const Record* by = finder.Find(effect.by);
    if (by != nullptr) orders[effect.by] = OrderOf(*by);
  }
  std::ranges::stable_sort(effects, {}, [&](const Effect& e) {
    return std::tuple(orders[e.by], e.citation.place.page, e.citation.place.begin);
  });
}

}  // namespace diwan
