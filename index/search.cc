// Matches, one after the other, make an answer. When words are asked for and the archive has others that look like
// them: first the pages that have all of the words exactly, then those that have some, whose look-alikes count as well,
// and, where few pages have all words, those that have nothing but look-alikes; in bad copies the last two are one
// match. Without look-alikes, and by date, there is one match of what was asked for; by date those that need a guess
// follow. The best of each match are ranked anew by how close the words stand.
#include "index/search.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_set>

#include "index/across_pages.h"
#include "index/explain.h"
#include "index/facets.h"
#include "index/letter_fit.h"
#include "index/pages.h"
#include "index/proximity.h"
#include "index/query_builder.h"
#include "index/schema.h"
#include "index/suggestion.h"

namespace diwan {
namespace {

constexpr uint32_t kMaxPlace = 10'000;  // offset + limit
constexpr size_t kMostFacetValues = 50;

constexpr uint32_t kCloselyRanked = 30;  // results of a match that proximity ranks anew
constexpr Xapian::doccount kFew = 200;   // records beyond which pages with nothing but look-alikes are left out
constexpr double kBadCopies = 0.3;       // badness from which guesses stand among what has some words
constexpr Xapian::doccount kCountedAtOnce = 500;  // pages of a match that are counted while it is ranked

// docs/measurements.md tells how these were chosen: by public question collections of both languages.
constexpr double kTermSaturation = 0.9;        // k1
constexpr double kLengthNormalisation = 0.65;  // b
constexpr double kProximityWeight = 0.4;       // in sound text
constexpr double kBadProximityWeight = 1.3;    // in bad copies, whose words are less sure each by itself
constexpr double kFitWeight = 1.2;             // in sound text
constexpr double kBadFitWeight = 2.6;          // in bad copies

// By the record's first day; those that have none come last.
class ByDate : public Xapian::KeyMaker {
 public:
  explicit ByDate(bool newest) : newest_(newest) {}
  std::string operator()(const Xapian::Document& document) const override {
    const std::string day = document.get_value(kFirstDaySlot);
    if (day.empty()) return newest_ ? "" : "\xFF";
    return "\x01" + day;
  }

 private:
  bool newest_;
};

// Counts the records of a match, which Xapian only estimates where pages of a record are one result.
class RecordCounter : public Xapian::MatchSpy {
 public:
  void operator()(const Xapian::Document& document, double /*weight*/) override {
    const std::string record = document.get_value(kRecordSlot);
    if (record.empty()) {
      ++alone_;
    } else {
      several_.insert(std::hash<std::string>()(record));
    }
  }

  uint64_t Count() const { return alone_ + several_.size(); }
  const std::unordered_set<size_t>& several() const { return several_; }

 private:
  uint64_t alone_ = 0;                  // records of one page
  std::unordered_set<size_t> several_;  // hashes of those of several
};

// Leaves out the records of several pages that a match before had.
class NotListed : public Xapian::MatchDecider {
 public:
  explicit NotListed(const std::unordered_set<size_t>& records) : records_(records) {}
  bool operator()(const Xapian::Document& document) const override {
    const std::string record = document.get_value(kRecordSlot);
    return record.empty() || !records_.contains(std::hash<std::string>()(record));
  }

 private:
  const std::unordered_set<size_t>& records_;
};

// Whether where words stand decides what matches, which costs far more than that they stand.
bool LooksAtPlaces(const QueryNode& node) {
  return node.kind == NodeKind::kNear || !node.phrase.words.empty() ||
         std::any_of(node.children.begin(), node.children.end(), LooksAtPlaces);
}

class DatabaseSearch {
 public:
  DatabaseSearch(const Xapian::Database& database, const ParsedQuery& parsed, const Query& query,
                 const PageTexts& texts)
      : database_(database),
        parsed_(parsed),
        query_(query),
        sort_(parsed.sort.value_or(query.sort)),
        texts_(texts),
        builder_(database, texts),
        grouped_(database.get_value_freq(kRecordSlot) > 0),
        offset_(std::min(query.offset, kMaxPlace)),
        limit_(std::min(query.limit, kMaxPlace - offset_)) {}

  IndexAnswer Run() {
    const Xapian::Query exact = builder_.Exact(parsed_.root);
    const Xapian::Query guesses = builder_.Guesses();
    proximity_.emplace(database_, builder_.words());
    if (texts_) fit_.emplace(database_, builder_.words());
    if (guesses.empty()) {
      Take(exact, exact);
    } else if (Ranked()) {
      const Xapian::Query all = builder_.AllExact(parsed_.root);
      Take(all, all);
      TakeOthers(exact, all, guesses);
    } else {
      Take(exact, exact);
      if (AreFew(builder_.AllExact(parsed_.root))) {
        const Xapian::Query rest(Op::OP_AND_NOT, builder_.WithGuesses(parsed_.root), exact);
        Take(rest, rest);
      }
    }
    TellGuesses(exact);
    if (query_.facets) answer_.facets = spy_.Facets(kMostFacetValues);
    if (query_.explain) answer_.explanation = Explain(database_, parsed_, builder_.words(), builder_.badness());
    if (query_.offset == 0) answer_.corrections = Corrections(database_, query_.text, builder_.words());
    answer_.notes = builder_.Notes();
    NoteGuesses();
    return std::move(answer_);
  }

 private:
  using Op = Xapian::Query::op;

  bool Ranked() const { return sort_ == SortOrder::kRelevance; }

  bool AreFew(const Xapian::Query& what) const {
    Xapian::Enquire enquire(database_);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_query(what);
    return enquire.get_mset(0, 0, kFew).get_matches_lower_bound() < kFew;
  }

  // What has not all of the words. In bad copies pages with nothing but look-alikes stand among these, by weight: there
  // the right page may well be one of them. Elsewhere they come last.
  void TakeOthers(const Xapian::Query& exact, const Xapian::Query& all, const Xapian::Query& guesses) {
    const bool few = answer_.total < kFew;
    if (few && builder_.badness() > kBadCopies) {
      const Xapian::Query any(Op::OP_AND_NOT, builder_.WithGuesses(parsed_.root), all);
      return Take(any, any);
    }
    const Xapian::Query rest(Op::OP_AND_NOT, exact, all);
    Take({Op::OP_AND_MAYBE, rest, guesses}, rest);
    if (!few) return;
    const Xapian::Query guessed(Op::OP_AND_NOT, builder_.WithGuesses(parsed_.root), exact);
    Take(guessed, guessed);
  }

  // Adds a match's records that no match before had: those that the question's window has to the hits, and all to the
  // total. `counted` matches the same pages; how it weighs does not matter.
  void Take(const Xapian::Query& ranked, const Xapian::Query& counted) {
    const auto before = static_cast<uint32_t>(std::min<uint64_t>(answer_.total, kMaxPlace));
    const uint32_t from = offset_ > before ? offset_ - before : 0;
    const uint32_t to = offset_ + limit_ > before ? offset_ + limit_ - before : 0;
    if (to > from && TakeHits(ranked, from, to)) return;
    Xapian::Enquire enquire(database_);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_query(counted);
    LookAtAll(enquire, 0, 0);
  }

  // Adds the hits from..to of a match, and the total where it comes to be known.
  bool TakeHits(const Xapian::Query& what, uint32_t from, uint32_t to) {
    Xapian::Enquire enquire(database_);
    enquire.set_weighting_scheme(Ranking());
    enquire.set_query(what);
    ByDate by_date(sort_ == SortOrder::kNewest);
    if (!Ranked()) enquire.set_sort_by_key_then_relevance(&by_date, sort_ == SortOrder::kNewest);
    if (grouped_) enquire.set_collapse_key(kRecordSlot);
    const bool close = Ranked() && proximity_->Tells() && from < kCloselyRanked;
    const uint32_t first = close ? 0 : from;
    const uint32_t count = (close ? std::max(to, kCloselyRanked) : to) - first;
    Xapian::MSet found;
    bool counted = true;
    if (!Ranked() || LooksAtPlaces(parsed_.root)) {  // every page anyway, or a second look is dear
      found = LookAtAll(enquire, first, count);
    } else {
      const NotListed not_listed(listed_);
      found = enquire.get_mset(first, count, kCountedAtOnce, nullptr, listed_.empty() ? nullptr : &not_listed);
      counted = !grouped_ && !query_.facets && found.get_matches_lower_bound() == found.get_matches_upper_bound();
      if (counted) answer_.total += found.get_matches_lower_bound();
    }
    std::vector<Xapian::MSetIterator> order;
    for (auto hit = found.begin(); hit != found.end(); ++hit) order.push_back(hit);
    const std::vector<double> scores = close ? RankClosely(order) : Weights(order);
    for (size_t i = from - first; i < order.size() && i + first < to; ++i) Add(enquire, order[i], scores[i]);
    return counted;
  }

  // Runs a match over every page, and adds to the total and the facets.
  Xapian::MSet LookAtAll(Xapian::Enquire& enquire, Xapian::doccount first, Xapian::doccount count) {
    RecordCounter counter;
    if (query_.facets) enquire.add_matchspy(&spy_);
    if (grouped_) enquire.add_matchspy(&counter);
    const NotListed not_listed(listed_);
    Xapian::MSet found =
        enquire.get_mset(first, count, database_.get_doccount(), nullptr, listed_.empty() ? nullptr : &not_listed);
    enquire.clear_matchspies();
    answer_.total += grouped_ ? counter.Count() : found.get_matches_estimated();
    listed_.insert(counter.several().begin(), counter.several().end());
    return found;
  }

  static std::vector<double> Weights(const std::vector<Xapian::MSetIterator>& order) {
    std::vector<double> scores;
    for (const auto& hit : order) scores.push_back(hit.get_weight());
    return scores;
  }

  // Ranks the first results anew. No later one passes them: what proximity adds is added to all.
  std::vector<double> RankClosely(std::vector<Xapian::MSetIterator>& order) {
    const size_t count = std::min<size_t>(order.size(), kCloselyRanked);
    const double closeness = kProximityWeight + builder_.badness() * (kBadProximityWeight - kProximityWeight);
    const double fit = kFitWeight + builder_.badness() * (kBadFitWeight - kFitWeight);
    std::vector<std::pair<double, Xapian::MSetIterator>> ranked;
    for (size_t i = 0; i < count; ++i) {
      const double more = closeness * proximity_->Score(*order[i]) + fit * Fit(order[i]);
      ranked.emplace_back(order[i].get_weight() + more, order[i]);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<double> scores = Weights(order);
    for (size_t i = 0; i < count; ++i) {
      scores[i] = ranked[i].first;
      order[i] = ranked[i].second;
    }
    return scores;
  }

  double Fit(const Xapian::MSetIterator& hit) const {
    if (!fit_) return 0;
    const auto [record_id, page] = PageOf(hit.get_document());
    const std::optional<std::string> text = texts_(record_id, page);
    return text ? fit_->Score(*text) : 0;
  }

  void Add(const Xapian::Enquire& enquire, const Xapian::MSetIterator& hit, double score) {
    auto [record_id, page] = PageOf(hit.get_document());
    IndexHit out{std::move(record_id), page, score, false, hit.get_collapse_count(), {}};
    if (query_.explain) out.matched = Matched(enquire, hit);
    answer_.hits.push_back(std::move(out));
    shown_.push_back(*hit);
  }

  static std::vector<std::string> Matched(const Xapian::Enquire& enquire, const Xapian::MSetIterator& hit) {
    std::vector<std::string> out;
    const auto end = enquire.get_matching_terms_end(hit);
    for (auto term = enquire.get_matching_terms_begin(hit); term != end; ++term) {
      std::string text = TermText(*term);
      if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
    }
    return out;
  }

  // Those of the hits that `exact` has not are guesses.
  void TellGuesses(const Xapian::Query& exact) {
    if (shown_.empty() || builder_.words().empty()) return;
    Xapian::Enquire enquire(database_);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_query({Xapian::Query::OP_FILTER, exact, TheseDocuments(database_, shown_)});
    std::set<Xapian::docid> certain;
    const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(shown_.size()));
    for (auto hit = found.begin(); hit != found.end(); ++hit) certain.insert(*hit);
    for (size_t i = 0; i < shown_.size(); ++i) answer_.hits[i].guess = !certain.contains(shown_[i]);
  }

  // The stems that the question does not show: of look-alikes, and of words printed with ZWNJ or apart.
  void NoteGuesses() {
    for (const SoughtWord& word : builder_.words()) {
      for (const std::string& stem : word.stems) answer_.guessed.push_back(stem.substr(1));
      for (const LikeTerm& like : LikelyAlike(word, builder_.badness())) {
        answer_.guessed.push_back(like.term.substr(1));
      }
    }
    for (const std::string& stem : builder_.joined()) answer_.guessed.push_back(stem.substr(1));
  }

  const Xapian::Database& database_;
  const ParsedQuery& parsed_;
  const Query& query_;
  const SortOrder sort_;
  const PageTexts& texts_;
  QueryBuilder builder_;
  const bool grouped_;  // some records have several pages
  const uint32_t offset_;
  const uint32_t limit_;
  std::optional<Proximity> proximity_;
  std::optional<LetterFit> fit_;
  FacetSpy spy_;
  std::unordered_set<size_t> listed_;  // hashes of the records of several pages that a match had
  IndexAnswer answer_;
  std::vector<Xapian::docid> shown_;  // pages of the answer's hits
};

}  // namespace

Xapian::BM25Weight Ranking() { return {kTermSaturation, 0, 1, kLengthNormalisation, 0}; }

IndexAnswer SearchDatabase(const Xapian::Database& database, const ParsedQuery& parsed, const Query& query,
                           const PageTexts& texts) {
  return DatabaseSearch(database, parsed, query, texts).Run();
}

}  // namespace diwan
