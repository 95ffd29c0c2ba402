// The rarest operand chooses the records; the others are asked of those records' pages alone, so that what is frequent
// costs no more than what is rare.
#include "index/across_pages.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "index/schema.h"

namespace diwan {
namespace {

using Xapian::Query;
using Documents = std::vector<Xapian::docid>;
using DocumentsOfParts = std::map<std::string, Documents>;  // by the UUID of a part, as that numbers its own

// Of a database of several parts, the documents of all are numbered in turn.
DocumentsOfParts InTheirParts(const Xapian::Database& database, const Documents& documents) {
  std::vector<std::string> parts;
  const std::string uuids = database.get_uuid();
  for (size_t at = 0; at <= uuids.size();) {
    const size_t end = std::min(uuids.find(':', at), uuids.size());
    parts.push_back(uuids.substr(at, end - at));
    at = end + 1;
  }
  const auto count = static_cast<Xapian::docid>(parts.size());
  DocumentsOfParts out;
  for (const Xapian::docid each : documents) out[parts[(each - 1) % count]].push_back((each - 1) / count + 1);
  for (auto& [part, own] : out) std::sort(own.begin(), own.end());
  return out;
}

class ListedDocuments : public Xapian::PostingSource {
 public:
  explicit ListedDocuments(std::shared_ptr<const DocumentsOfParts> all) : all_(std::move(all)) {}

  ListedDocuments* clone() const override { return new ListedDocuments(all_); }
  void init(const Xapian::Database& database) override {
    static const Documents kNone;
    const auto own = all_->find(database.get_uuid());
    documents_ = own == all_->end() ? &kNone : &own->second;
    next_ = documents_->begin();
    at_ = 0;
  }
  void next(double /*min_weight*/) override { skip_to(at_ + 1, 0); }
  void skip_to(Xapian::docid document, double /*min_weight*/) override {
    next_ = std::lower_bound(next_, documents_->end(), document);
    at_ = at_end() ? document : *next_;
  }
  bool at_end() const override { return next_ == documents_->end(); }
  Xapian::docid get_docid() const override { return at_; }
  Xapian::doccount get_termfreq_min() const override { return get_termfreq_max(); }
  Xapian::doccount get_termfreq_est() const override { return get_termfreq_max(); }
  Xapian::doccount get_termfreq_max() const override { return static_cast<Xapian::doccount>(documents_->size()); }

 private:
  const std::shared_ptr<const DocumentsOfParts> all_;  // also its clones'
  const Documents* documents_ = nullptr;               // of the part that is asked
  Documents::const_iterator next_;
  Xapian::docid at_ = 0;  // 0 before the first
};

// How many pages have it, before any is looked at.
Xapian::doccount Estimate(const Xapian::Database& database, const Query& query) {
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  return enquire.get_mset(0, 0).get_matches_estimated();
}

// The records of several pages that have it on one of them.
std::vector<std::string> RecordsOf(const Xapian::Database& database, const Query& query, Xapian::doccount most) {
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_query({Query::OP_FILTER, query, Query(Query::OP_VALUE_GE, kRecordSlot, std::string(1, '\x01'))});
  enquire.set_collapse_key(kRecordSlot);
  const Xapian::MSet found = enquire.get_mset(0, most);
  std::vector<std::string> records;
  for (auto hit = found.begin(); hit != found.end(); ++hit)
    records.push_back(hit.get_document().get_value(kRecordSlot));
  return records;
}

// `cut` becomes true when there are more than AcrossPages::kMostPages.
Documents PagesOf(const Xapian::Database& database, const std::vector<std::string>& records, bool& cut) {
  Documents pages;
  for (const std::string& record : records) {
    const std::string begin = std::string(kKeyPrefix).append(record) + "/";
    for (auto term = database.allterms_begin(begin); term != database.allterms_end(begin); ++term) {
      const std::string key = *term;
      if (ParsePageKey(std::string_view(key).substr(kKeyPrefix.size())).first != record) continue;
      if (pages.size() == AcrossPages::kMostPages) {
        cut = true;
        break;
      }
      for (auto page = database.postlist_begin(key); page != database.postlist_end(key); ++page) pages.push_back(*page);
    }
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

}  // namespace

Query TheseDocuments(const Xapian::Database& database, const Documents& documents) {
  auto all = std::make_shared<const DocumentsOfParts>(InTheirParts(database, documents));
  return Query((new ListedDocuments(std::move(all)))->release());
}

AcrossPages FindAcrossPages(const Xapian::Database& database, std::vector<Query> operands) {
  AcrossPages out;
  std::vector<std::pair<Xapian::doccount, size_t>> rarest;
  for (size_t i = 0; i < operands.size(); ++i) rarest.emplace_back(Estimate(database, operands[i]), i);
  std::sort(rarest.begin(), rarest.end());
  constexpr Xapian::doccount kMost = AcrossPages::kMostRecords;
  std::vector<std::string> records = RecordsOf(database, operands[rarest.front().second], kMost + 1);
  if (records.size() > kMost) {
    out.cut = true;
    records.resize(kMost);
  }
  out.pages = PagesOf(database, records, out.cut);
  for (size_t i = 1; i < rarest.size() && !out.pages.empty(); ++i) {
    const Query among(Query::OP_FILTER, operands[rarest[i].second], TheseDocuments(database, out.pages));
    out.pages = PagesOf(database, RecordsOf(database, among, kMost), out.cut);
  }
  return out;
}

}  // namespace diwan
