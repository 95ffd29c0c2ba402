// A join of what is cited with what there is: by number and year, narrowed by type, body and day where both sides say
// them.
#include "archive/resolve.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "archive/body_names.h"
#include "archive/merge.h"
#include "archive/paper_kind.h"
#include "archive/short_years.h"
#include "core/calendar.h"
#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMostVisited = 2000;  // papers of one number, in every year
constexpr float kSureShare = kSureConfidence / 100;

constexpr size_t kDayBytes = 10;  // of an ISO day

// Days between two dates that are single days; no value where one is not.
std::optional<int32_t> DaysBetween(const std::string& a, const std::string& b) {
  const std::vector<DayRange> first = ParseDateQuery(a);
  const std::vector<DayRange> second = ParseDateQuery(b);
  if (first.empty() || second.empty()) return {};
  std::optional<int32_t> least;
  for (const DayRange& x : first) {
    for (const DayRange& y : second) {
      const int32_t gap = std::max({y.first - x.last, x.first - y.last, 0});
      least = std::min(least.value_or(gap), gap);
    }
  }
  return least;
}

// Whether the ISO day was printed as a Hijri one, and in no other calendar.
bool IsPrintedHijri(std::string_view printed, const std::string& day) {
  if (day.size() != kDayBytes) return false;
  const std::vector<DayRange> meant = ParseDateQuery(day);
  const std::vector<PrintedDate> dates = FindDates(printed, /*jalali_likely=*/false);
  const auto names = [&](const PrintedDate& date) {
    return !meant.empty() && date.days.first <= meant[0].last && meant[0].first <= date.days.last;
  };
  const auto is_hijri = [](const PrintedDate& date) { return date.calendar == Calendar::kHijri; };
  return std::ranges::any_of(dates, [&](const PrintedDate& date) { return is_hijri(date) && names(date); }) &&
         std::ranges::none_of(dates, [&](const PrintedDate& date) { return !is_hijri(date) && names(date); });
}

// A council's decision; courts decide and are cited in other words.
bool IsOfCouncil(const NumberedPaper& paper) { return paper.court.empty(); }

bool IsOfBody(const NumberedPaper& paper, std::string_view body) {
  if (body.empty() || (paper.body.empty() && paper.court.empty())) return true;
  return SameBody(body, paper.body) || SameBody(body, paper.court);
}

// Laws and what ministries issue are cited without a name; a council's own decisions too.
bool MeansOwnBody(CitedKind kind) {
  return kind == CitedKind::kDecision || kind == CitedKind::kRuling || kind == CitedKind::kCase;
}

class Resolver {
 public:
  Resolver(const Store& store, const Citation& citation, const CitingPaper& from)
      : store_(store), citation_(citation), from_(from) {}

  Resolution Run() {
    if (!citation_.target.empty()) return Related();
    const auto number = NumberOf(citation_);
    if (!number) return {};
    if (number->year.empty()) {
      Find(*number, std::nullopt, MatchKind::kNumberOnly);
    } else {
      Find(*number, number->year, MatchKind::kExact);
      if (papers_.empty()) Find(*number, "", MatchKind::kYearNotKnown);
    }
    if (papers_.empty()) papers_ = std::move(of_other_day_);
    if (papers_.empty()) papers_ = std::move(of_other_kind_);
    if (papers_.empty()) FindOtherYears(*number);
    if (papers_.empty()) FindLookAlikes(*number);
    NarrowByBody();
    return Answer();
  }

 private:
  struct Found {
    NumberedPaper paper;
    MatchKind kind;
  };

  // A person said which record is meant; that one may have been merged into another since.
  Resolution Related() const {
    const auto record = PresentRecord(store_, citation_.target);
    if (!record) return {};
    return {.status = Resolved::kOne, .matches = {{.record_id = record->id, .kind = MatchKind::kExact}}};
  }

  bool Fits(const NumberedPaper& paper) const {
    return paper.record_id != from_.record_id && MayBe(paper.type, citation_.kind) && MayBeOfNamed(paper);
  }

  // Of the body that the citation names, `المجلس البلدي` of any town.
  bool MayBeOfNamed(const NumberedPaper& paper) const {
    if (IsOfBody(paper, citation_.body)) return true;
    return citation_.kind == CitedKind::kDecision && IsOfCouncil(paper) &&
           CompareBodies(citation_.body, paper.body) != BodiesAre::kOther;
  }

  // Tables of Hijri days differ by one; days of other calendars are those that are printed.
  bool MayBeOfDay(const NumberedPaper& paper) const {
    if (citation_.date.empty() || paper.date.empty()) return true;
    const auto days = DaysBetween(citation_.date, paper.date);
    if (!days || *days == 0) return true;
    const auto record = store_.GetRecord(paper.record_id);
    if (!record) return false;
    const Field* date = record->Find("date");
    const bool hijri = IsPrintedHijri(citation_.printed, citation_.date) ||
                       (date != nullptr && IsPrintedHijri(date->printed, date->value));
    return (*days == 1 && hijri) || record->Value("session_date") == citation_.date;
  }

  void Find(const PaperNumber& number, const std::optional<std::string>& year, MatchKind kind) {
    size_t visited = 0;
    std::vector<Found> absorbed;
    store_.VisitPapers(number.role, number.number, year, [&](const NumberedPaper& paper) {
      more_ = more_ || ++visited >= kMostVisited;
      const bool doubtful = HasDoubtedNumber(citation_) || static_cast<float>(paper.confidence) < kSureConfidence;
      const MatchKind as = doubtful && kind < MatchKind::kUnsureNumber ? MatchKind::kUnsureNumber : kind;
      if (!Fits(paper)) return !more_;
      if (MayBeOfDay(paper)) {
        Take(paper, as, absorbed);
      } else if (paper.merged_into.empty() && IsOfKind(paper.type, citation_.kind)) {
        of_other_day_.push_back({paper, std::max(as, MatchKind::kOtherDay)});
      }
      return !more_;
    });
    for (Found& each : absorbed) AddAbsorbed(std::move(each));
  }

  // The number of a record that was merged leads to the one that stays, unless another bears it now.
  void AddAbsorbed(Found found) {
    const auto stays = PresentRecord(store_, found.paper.merged_into);
    if (!stays || stays->id == from_.record_id) return;
    found.paper.record_id = stays->id;
    for (Found& other : papers_) {
      if (other.paper.record_id != stays->id) continue;
      other.kind = std::min(other.kind, found.kind);
      return;
    }
    const bool borne = std::ranges::any_of(papers_, [&](const Found& other) { return other.kind <= found.kind; });
    if (!borne && seen_.insert(stays->id).second) papers_.push_back(std::move(found));
  }

  void FindOtherYears(const PaperNumber& number) {
    for (const PaperNumber& other : OtherYearForms(number)) Find(other, other.year, MatchKind::kShortYear);
  }

  // A ruling of that number where a decision is cited, or the other way round, is offered where nothing else is.
  void Take(const NumberedPaper& paper, MatchKind kind, std::vector<Found>& absorbed) {
    const bool stays = paper.merged_into.empty();
    if (IsOfKind(paper.type, citation_.kind)) {
      if (stays) Add(paper, kind);
      if (!stays) absorbed.push_back({paper, kind});
    } else if (stays && kind <= MatchKind::kUnsureNumber) {
      of_other_kind_.push_back({paper, std::max(kind, MatchKind::kOtherKind)});
    }
  }

  void Add(const NumberedPaper& paper, MatchKind kind) {
    if (seen_.insert(paper.record_id).second) papers_.push_back({paper, kind});
  }

  void FindLookAlikes(const PaperNumber& number) {
    const PaperNumber shape = ShapeOf(number);
    Find(shape, shape.year.empty() ? std::nullopt : std::optional(shape.year), MatchKind::kLookAlike);
    if (citation_.confidence == 0 || citation_.confidence >= kSureShare) return;
    for (const PaperNumber& other : OneDigitOther(number)) Find(other, other.year, MatchKind::kLookAlike);
  }

  // The numbers that differ from this in one digit that looks alike.
  static std::vector<PaperNumber> OneDigitOther(const PaperNumber& number) {
    std::vector<PaperNumber> others;
    for (std::string PaperNumber::*part : {&PaperNumber::number, &PaperNumber::year}) {
      for (size_t i = 0; i < (number.*part).size(); ++i) {
        for (char digit = '0'; digit <= '9'; ++digit) {
          PaperNumber other = number;
          (other.*part)[i] = digit;
          if (other != number && ShapeOf(other) == ShapeOf(number)) others.push_back(std::move(other));
        }
      }
    }
    return others;
  }

  // Where the citation names no body of a place, the citing paper's own is meant: it alone where several fit, and no
  // council's decision that perhaps is another's.
  void NarrowByBody() {
    if (citation_.body.empty() && MeansOwnBody(citation_.kind)) KeepOwn();
    if (citation_.kind != CitedKind::kDecision) return;
    for (Found& found : papers_) found.kind = std::max(found.kind, DoubtOfBody(found.paper));
  }

  void KeepOwn() {
    std::vector<Found> own;
    for (const std::string& body : {from_.body, from_.court}) {
      for (const Found& found : papers_) {
        const bool named = !found.paper.body.empty() || !found.paper.court.empty();
        if (papers_.size() > 1 && !body.empty() && named && IsOfBody(found.paper, body)) own.push_back(found);
      }
      if (!own.empty()) break;
    }
    if (!own.empty()) papers_ = std::move(own);
  }

  // kExact where the bodies are one, or nothing is said of one of them: courts cite the decisions of councils, councils
  // those of courts, and who asks without a paper means whichever there is.
  MatchKind DoubtOfBody(const NumberedPaper& paper) const {
    if (!IsOfCouncil(paper) || paper.body.empty()) return MatchKind::kExact;
    const bool named = NamesPlace(citation_.body);
    if (!named && !from_.court.empty()) return MatchKind::kExact;
    const std::string& meant = named ? citation_.body : from_.body;
    if (meant.empty() && from_.record_id.empty()) return MatchKind::kExact;
    const BodiesAre are = CompareBodies(meant, paper.body);
    if (are == BodiesAre::kOther) return MatchKind::kOtherBody;
    const bool sure = are == BodiesAre::kSame && (named || from_.body_sure) && IsBodySure(paper.record_id);
    return sure ? MatchKind::kExact : MatchKind::kUnsureBody;
  }

  bool IsBodySure(const std::string& record_id) const {
    const auto record = store_.GetRecord(record_id);
    const Field* body = record ? record->Find("body") : nullptr;
    return body == nullptr || IsSure(*body);
  }

  Resolution Answer() {
    std::ranges::sort(papers_, {}, [](const Found& f) { return std::pair(f.kind, f.paper.record_id); });
    const auto names = [](const Found& f) { return f.kind == MatchKind::kExact || f.kind == MatchKind::kNumberOnly; };
    const auto named = std::ranges::count_if(papers_, names);
    Resolution out{.more = more_ || papers_.size() > kMostMatches};
    if (named > 0) out.status = named == 1 && !more_ ? Resolved::kOne : Resolved::kSeveral;
    if (papers_.size() > kMostMatches) papers_.resize(kMostMatches);
    for (Found& found : papers_) out.matches.push_back({std::move(found.paper.record_id), found.kind});
    return out;
  }

  const Store& store_;
  const Citation& citation_;
  const CitingPaper& from_;
  std::vector<Found> papers_;
  std::vector<Found> of_other_kind_;
  std::vector<Found> of_other_day_;
  std::set<std::string> seen_;
  bool more_ = false;
};

}  // namespace

CitingPaper CitingPaperOf(const Record& record) {
  const Field* body = record.Find("body");
  return {.record_id = record.id,
          .body = std::string(record.Value("body")),
          .court = std::string(record.Value("court")),
          .body_sure = body == nullptr || IsSure(*body)};
}

Resolution Resolve(const Store& store, const Citation& citation, const CitingPaper& from) {
  return Resolver(store, citation, from).Run();
}

std::vector<std::string> FindNumbered(const Store& store, std::string_view number, std::string_view year,
                                      const PaperFilter& filter, size_t limit, NumberRole role) {
  std::vector<std::string> ids;
  std::vector<std::string> absorbed;  // of records that were merged into others
  const auto normal = NormalPaperNumber(role, number, year);
  if (!normal) return ids;
  const auto wanted = normal->year.empty() ? std::nullopt : std::optional(normal->year);
  store.VisitPapers(normal->role, normal->number, wanted, [&](const NumberedPaper& paper) {
    const bool named = !paper.body.empty() || !paper.court.empty();
    const bool fits = (filter.kind.empty() || SameType(filter.kind, paper.type)) &&
                      (filter.body.empty() || (named && IsOfBody(paper, filter.body)));
    std::vector<std::string>& of = paper.merged_into.empty() ? ids : absorbed;
    if (fits && std::ranges::find(of, paper.record_id) == of.end()) of.push_back(paper.record_id);
    return of.size() < limit;
  });
  if (!ids.empty()) return ids;
  for (const std::string& id : absorbed) {
    const auto stays = PresentRecord(store, id);
    if (stays && std::ranges::find(ids, stays->id) == ids.end()) ids.push_back(stays->id);
  }
  return ids;
}

std::string_view NameOf(MatchKind value) {
  constexpr std::array<std::string_view, 10> kNames = {"exact",      "number_only", "year_not_known", "unsure_number",
                                                       "short_year", "other_day",   "other_kind",     "unsure_body",
                                                       "other_body", "look_alike"};
  return kNames[static_cast<size_t>(value)];
}

std::string_view NameOf(Resolved value) {
  constexpr std::array<std::string_view, 3> kNames = {"one", "several", "none"};
  return kNames[static_cast<size_t>(value)];
}

}  // namespace diwan
