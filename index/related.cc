// The record's own pages say what it is about: the terms they have often and other pages seldom become a question.
#include "index/related.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "index/schema.h"

namespace diwan {
namespace {

constexpr int kMaxPages = 20;        // of the record
constexpr size_t kMaxWeighed = 500;  // its most frequent terms, of which the archive's pages are counted
constexpr size_t kMaxTerms = 40;     // of the question
constexpr size_t kMaxRelated = 100;
constexpr double kCommon = 0.1;             // a term on more of all pages tells nothing
constexpr Xapian::doccount kFewPages = 50;  // but in a small archive it may

struct Telling {
  std::string term;
  double times = 0;  // in the record
  double telling = 0;
};

bool TellsSomething(const std::string& term) {
  if (term.front() == kNumberPrefix[0]) return term.find('/') != std::string::npos;
  return term.front() == kArabicPrefix[0] || term.front() == kPersianPrefix[0];
}

// The ids of documents of its first pages. Keys of a record whose id begins with "ID/" lie among them.
std::vector<Xapian::docid> PagesOf(const Xapian::Database& database, std::string_view record_id) {
  const std::string first = MakeTerm(kKeyPrefix, std::string(record_id) + "/");
  std::vector<Xapian::docid> pages;
  int seen = 0;
  for (auto at = database.allterms_begin(first); at != database.allterms_end(first) && ++seen <= kMaxPages; ++at) {
    const std::string term = *at;
    if (ParsePageKey(std::string_view(term).substr(kKeyPrefix.size())).first != record_id) continue;
    pages.push_back(*database.postlist_begin(term));
  }
  return pages;
}

// The most frequent ones of the pages.
std::vector<Telling> TermsOf(const Xapian::Database& database, const std::vector<Xapian::docid>& pages) {
  std::unordered_map<std::string, double> times;
  for (const Xapian::docid page : pages) {
    for (const std::string_view prefix : {kArabicPrefix, kPersianPrefix, kNumberPrefix}) {
      auto at = database.termlist_begin(page);
      for (at.skip_to(std::string(prefix)); at != database.termlist_end(page); ++at) {
        const std::string term = *at;
        if (term.front() != prefix.front()) break;
        if (TellsSomething(term)) times[term] += at.get_wdf();
      }
    }
  }
  std::vector<Telling> out;
  out.reserve(times.size());
  for (const auto& [term, count] : times) out.push_back({term, count, 0});
  std::ranges::sort(
      out, [](const Telling& a, const Telling& b) { return a.times != b.times ? a.times > b.times : a.term < b.term; });
  if (out.size() > kMaxWeighed) out.resize(kMaxWeighed);
  return out;
}

Xapian::Query QuestionOf(const Xapian::Database& database, std::vector<Telling> terms) {
  const double all = database.get_doccount();
  const double common = std::max<double>(kFewPages, kCommon * all);
  for (Telling& term : terms) {
    const double pages = database.get_termfreq(term.term);
    term.times = 1 + std::log(term.times);
    term.telling = pages < 2 || pages > common ? 0 : term.times * std::log(1 + all / pages);
  }
  std::erase_if(terms, [](const Telling& term) { return term.telling <= 0; });
  std::ranges::stable_sort(terms, std::greater<>(), &Telling::telling);
  if (terms.size() > kMaxTerms) terms.resize(kMaxTerms);
  std::vector<Xapian::Query> queries;
  queries.reserve(terms.size());
  for (const Telling& term : terms) {
    queries.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(term.term), term.times);
  }
  return {Xapian::Query::OP_OR, queries.begin(), queries.end()};
}

}  // namespace

std::vector<IndexHit> RelatedPages(const Xapian::Database& database, const Xapian::Weight& weight,
                                   std::string_view record_id, size_t limit) {
  limit = std::min(limit, kMaxRelated);
  const Xapian::Query question = QuestionOf(database, TermsOf(database, PagesOf(database, record_id)));
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(weight);
  enquire.set_query(question);
  enquire.set_collapse_key(kRecordSlot);
  enquire.set_sort_by_relevance_then_value(kKeySlot, false);
  const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(limit) + 1);  // itself is one
  std::vector<IndexHit> out;
  for (auto hit = found.begin(); hit != found.end() && out.size() < limit; ++hit) {
    const std::string key = hit.get_sort_key();
    const auto [record, page] = ParsePageKey(key);
    if (record != record_id) out.push_back({.record_id = std::string(record), .page = page, .score = hit.get_weight()});
  }
  return out;
}

}  // namespace diwan
