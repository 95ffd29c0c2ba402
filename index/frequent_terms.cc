// Tiers are written when a commit lifts a term over their border and never taken back: a term that pages went from
// stays where it is, and its pages are counted anew each time it is read.
#include "index/frequent_terms.h"

#include <algorithm>
#include <map>
#include <utility>

#include "index/schema.h"

namespace diwan {
namespace {

constexpr std::string_view kTiers = "0123456789";  // on disk
constexpr Xapian::doccount kLowestTier = 16;       // pages of a term in tier 0
constexpr Xapian::doccount kTierStep = 4;
constexpr size_t kMaxTierTerms = 2000;  // looked at in one tier
constexpr size_t kMaxTerms = 2000;      // looked at in the vocabulary
constexpr const char* kEntered = "1";   // what a tier says of a term
constexpr std::string_view kCompletedPrefixes[] = {kSurfacePrefix, kNumberPrefix, kTitleKeyPrefix};

std::string TierKey(char tier, std::string_view term) {
  std::string key(kFrequentKey);
  key += tier;
  return key.append(term);
}

bool IsCompleted(std::string_view term) {
  return std::ranges::any_of(kCompletedPrefixes,
                             [&](std::string_view prefix) { return term.substr(0, prefix.size()) == prefix; });
}

class Search {
 public:
  Search(const Xapian::Database& database, const std::string& beginning,
         const std::function<bool(const std::string&)>& fits)
      : database_(database), beginning_(beginning), fits_(fits) {}

  // A term that stands in several parts of the index may be a tier lower than its pages say: so one more is looked at.
  std::vector<FrequentTerm> Run(size_t most) {
    bool enough = false;
    for (auto tier = kTiers.rbegin(); tier != kTiers.rend() && !enough; ++tier) {
      enough = found_.size() >= most;
      LookInTier(*tier);
    }
    if (found_.size() < most) LookInVocabulary();
    std::vector<FrequentTerm> out;
    for (const auto& [term, pages] : found_) out.push_back({term, pages});
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.pages > b.pages; });
    if (out.size() > most) out.resize(most);
    return out;
  }

 private:
  void LookInTier(char tier) {
    const std::string first = TierKey(tier, beginning_);
    size_t seen = 0;
    const auto end = database_.synonym_keys_end(first);
    for (auto at = database_.synonym_keys_begin(first); at != end && ++seen <= kMaxTierTerms; ++at) {
      std::string term = (*at).substr(kFrequentKey.size() + 1);
      if (found_.contains(term) || !fits_(term)) continue;
      const Xapian::doccount pages = database_.get_termfreq(term);
      if (pages > 0) found_.emplace(std::move(term), pages);
    }
  }

  void LookInVocabulary() {
    size_t seen = 0;
    const auto end = database_.allterms_end(beginning_);
    for (auto at = database_.allterms_begin(beginning_); at != end && ++seen <= kMaxTerms; ++at) {
      std::string term = *at;
      if (!found_.contains(term) && fits_(term)) found_.emplace(std::move(term), at.get_termfreq());
    }
  }

  const Xapian::Database& database_;
  const std::string& beginning_;
  const std::function<bool(const std::string&)>& fits_;
  std::map<std::string, Xapian::doccount> found_;
};

}  // namespace

std::vector<FrequentTerm> MostFrequentTerms(const Xapian::Database& database, const std::string& beginning, size_t most,
                                            const std::function<bool(const std::string&)>& fits) {
  return Search(database, beginning, fits).Run(most);
}

void FrequentTermsWriter::Note(const Xapian::Document& document) {
  for (auto at = document.termlist_begin(); at != document.termlist_end(); ++at) {
    std::string term = *at;
    if (IsCompleted(term)) ++added_[std::move(term)];
  }
}

void FrequentTermsWriter::Write(Xapian::WritableDatabase& database) {
  for (const auto& [term, added] : added_) {
    const Xapian::doccount pages = database.get_termfreq(term);
    const Xapian::doccount before = pages - std::min(pages, added);  // or more: then it was entered already
    uint64_t border = kLowestTier;
    for (const char tier : kTiers) {
      if (before < border && border <= pages) database.add_synonym(TierKey(tier, term), kEntered);
      border *= kTierStep;
    }
  }
  added_.clear();
}

}  // namespace diwan
