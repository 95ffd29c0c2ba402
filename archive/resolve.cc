// A join of what is cited with what there is: by number and year, narrowed by type, body and day where both sides say
// them.
#include "archive/resolve.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "archive/merge.h"
#include "archive/paper_kind.h"
#include "core/calendar.h"
#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMostVisited = 2000;  // papers of one number, in every year
constexpr float kSureShare = kSureConfidence / 100;
constexpr float kDoubtedCitation = 0.5F;  // below, its number may be a part of another; a doubtful word leaves more

// Words of a name, folded, without the article.
std::vector<std::u32string> NameWords(std::string_view name) {
  std::vector<std::u32string> words;
  std::u32string word;
  const auto end_word = [&] {
    if (word.size() > 3 && word.starts_with(U"ال")) word.erase(0, 2);
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char32_t c : FromUtf8(FoldToUtf8(name))) {
    const bool letter = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'\u0621' && c <= U'\u06D3');
    if (letter) word += c;
    if (!letter) end_word();
  }
  end_word();
  return words;
}

// Whether one letter changed, lost or added makes one of the other.
bool NearlySame(const std::u32string& a, const std::u32string& b) {
  if (a == b) return true;
  constexpr size_t kLeast = 4;
  const auto& [shorter, longer] = a.size() <= b.size() ? std::tie(a, b) : std::tie(b, a);
  if (shorter.size() < kLeast || longer.size() > shorter.size() + 1) return false;
  size_t same = 0;
  while (same < shorter.size() && shorter[same] == longer[same]) ++same;
  const size_t skip = longer.size() == shorter.size() ? same + 1 : same;
  return std::u32string_view(shorter).substr(std::min(skip, shorter.size())) ==
         std::u32string_view(longer).substr(same + 1);
}

bool MayBeOneDay(const std::string& a, const std::string& b) {
  const std::vector<DayRange> first = ParseDateQuery(a);
  const std::vector<DayRange> second = ParseDateQuery(b);
  if (first.empty() || second.empty()) return true;
  for (const DayRange& x : first) {
    for (const DayRange& y : second) {
      if (x.first <= y.last + 1 && y.first <= x.last + 1) return true;  // tables of Hijri days differ by one
    }
  }
  return false;
}

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
    return paper.record_id != from_.record_id && MayBe(paper.type, citation_.kind) && IsOfBody(paper, citation_.body) &&
           (citation_.date.empty() || paper.date.empty() || MayBeOneDay(citation_.date, paper.date));
  }

  void Find(const PaperNumber& number, const std::optional<std::string>& year, MatchKind kind) {
    size_t visited = 0;
    std::vector<Found> absorbed;
    store_.VisitPapers(number.role, number.number, year, [&](const NumberedPaper& paper) {
      const bool doubtful = IsDoubted(citation_) || static_cast<float>(paper.confidence) < kSureConfidence;
      const MatchKind as = doubtful && kind < MatchKind::kUnsureNumber ? MatchKind::kUnsureNumber : kind;
      if (Fits(paper) && paper.merged_into.empty()) Add(paper, as);
      if (Fits(paper) && !paper.merged_into.empty()) absorbed.push_back({paper, as});
      more_ = more_ || ++visited >= kMostVisited;
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

  // One of no confidence was given, not read.
  static bool IsDoubted(const Citation& citation) {
    return citation.state != CitationState::kConfirmed && citation.confidence > 0 &&
           citation.confidence < kDoubtedCitation;
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

  // Where several fit and the citation names no body, the citing paper's own is meant.
  void NarrowByBody() {
    if (papers_.size() < 2 || !citation_.body.empty() || !MeansOwnBody(citation_.kind)) return;
    std::vector<Found> own;
    for (const std::string& body : {from_.body, from_.court}) {
      for (const Found& found : papers_) {
        const bool named = !found.paper.body.empty() || !found.paper.court.empty();
        if (!body.empty() && named && IsOfBody(found.paper, body)) own.push_back(found);
      }
      if (!own.empty()) break;
    }
    if (!own.empty()) papers_ = std::move(own);
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
  std::set<std::string> seen_;
  bool more_ = false;
};

}  // namespace

CitingPaper CitingPaperOf(const Record& record) {
  return {
      .record_id = record.id, .body = std::string(record.Value("body")), .court = std::string(record.Value("court"))};
}

Resolution Resolve(const Store& store, const Citation& citation, const CitingPaper& from) {
  return Resolver(store, citation, from).Run();
}

std::vector<std::string> FindNumbered(const Store& store, std::string_view number, std::string_view year,
                                      const PaperFilter& filter, size_t limit) {
  std::vector<std::string> ids;
  std::vector<std::string> absorbed;  // of records that were merged into others
  const auto normal = NormalPaperNumber(NumberRole::kPaper, number, year);
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

bool SameBody(std::string_view a, std::string_view b) {
  std::vector<std::u32string> first = NameWords(a);
  std::vector<std::u32string> second = NameWords(b);
  if (first.size() > second.size()) std::swap(first, second);
  return !first.empty() && std::ranges::all_of(first, [&](const std::u32string& word) {
    return std::ranges::any_of(second, [&](const std::u32string& other) { return NearlySame(word, other); });
  });
}

std::string_view NameOf(MatchKind value) {
  constexpr std::array<std::string_view, 5> kNames = {"exact", "number_only", "year_not_known", "unsure_number",
                                                      "look_alike"};
  return kNames[static_cast<size_t>(value)];
}

std::string_view NameOf(Resolved value) {
  constexpr std::array<std::string_view, 3> kNames = {"one", "several", "none"};
  return kNames[static_cast<size_t>(value)];
}

}  // namespace diwan
