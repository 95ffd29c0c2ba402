// Records pass by once, in the order of their ids, beside the list of pages without text, which has the same order;
// their numbers are kept and looked at in the end, series by series.
#include "archive/gaps.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kMostListed = 1000;
constexpr size_t kMostNumbers = 5'000'000;
constexpr size_t kMostSeries = 100'000;
constexpr size_t kTogether = 500;  // records or pages that are fetched at once

// The pages without text, record by record.
class BlankPages {
 public:
  explicit BlankPages(const Store& store) : store_(store), more_(store.Totals().pages_without_text > 0) {}

  // REQUIRES: records are asked for in the order of their ids.
  std::vector<int> Of(const std::string& record_id) {
    std::vector<int> pages;
    for (; Fill() && pages_[at_].first <= record_id; ++at_) {
      if (pages_[at_].first == record_id) pages.push_back(pages_[at_].second);
    }
    return pages;
  }

 private:
  bool Fill() {
    if (at_ < pages_.size()) return true;
    if (!more_) return false;
    const auto after = pages_.empty() ? std::pair(std::string(), 0) : pages_.back();
    pages_ = store_.ListPagesWithoutText(after, kTogether);
    more_ = pages_.size() == kTogether;
    at_ = 0;
    return !pages_.empty();
  }

  const Store& store_;
  bool more_;
  std::vector<std::pair<std::string, int>> pages_;
  size_t at_ = 0;
};

struct Series {
  SeriesName name;
  std::vector<NumberedRecord> plain;
  std::map<std::string, std::vector<NumberedRecord>> other;  // by number
  uint64_t year_of_date = 0;
};

ListedRecord Named(const Record& record) {
  return {.id = record.id, .external_id = record.external_id, .file_name = record.file_name};
}

class Gatherer {
 public:
  Gatherer(const Store& store, const SeriesFilter& filter, size_t limit)
      : store_(store), placer_(filter), limit_(limit), blank_(store) {}

  void Add(const Record& record) {
    const auto place = placer_.Find(record);
    if (!place) return;
    ++report_.records;
    if (record.state == RecordState::kReading) ++report_.reading;
    if (record.Find("date") == nullptr) List(report_.without_date, Named(record));
    if (place->number.empty()) {
      List(report_.without_number, Named(record));
    } else {
      AddNumber(record, *place);
    }
    CountProposed(record);
    for (const int page : blank_.Of(record.id)) AddBlank(record, page);
  }

  GapsReport Report() && {
    for (auto& [key, series] : series_) Tell(series);
    Listed<PageRow>& pages = report_.pages_without_text;
    pages.items = std::move(failed_);
    const size_t room = std::min(limit_ - pages.items.size(), image_only_.size());
    std::move(image_only_.begin(), image_only_.begin() + static_cast<ptrdiff_t>(room), std::back_inserter(pages.items));
    return std::move(report_);
  }

 private:
  template <typename T>
  void List(Listed<T>& list, T item) const {
    ++list.total;
    if (list.items.size() < limit_) list.items.push_back(std::move(item));
  }

  void AddNumber(const Record& record, const SeriesPlace& place) {
    const auto [at, is_new] = series_.try_emplace({place.folded_body, place.name.type, place.name.year});
    Series& series = at->second;
    if (is_new) series.name = place.name;
    if (series_.size() > kMostSeries || ++numbers_ > kMostNumbers) {
      throw Error(ErrorCode::kTooLarge, fmt::format("the report would have more than {} numbers or {} series; ask for "
                                                    "one body, type or year",
                                                    kMostNumbers, kMostSeries));
    }
    if (place.year_of_date) ++series.year_of_date;
    const auto plain = PlainNumber(place.number);
    NumberedRecord numbered{.number = plain.value_or(0), .confidence = place.confidence};
    std::ranges::copy_n(record.id.begin(), std::ssize(numbered.id), numbered.id.begin());
    (plain ? series.plain : series.other[place.number]).push_back(numbered);
  }

  void CountProposed(const Record& record) {
    for (const Field& field : record.fields) {
      if (field.state == FieldState::kConfirmed) continue;
      ProposedCount& count = report_.proposed[field.name];
      ++count.proposed;
      if (!IsSure(field)) ++count.unsure;
    }
  }

  // Failed pages go before those on which nothing was found, of which a box of sheets with empty backs has many.
  void AddBlank(const Record& record, int number) {
    std::string failure;
    if (++report_.pages_without_text.total > kMostPagesOpened) {
      ++report_.unopened_pages;
    } else if (auto page = store_.GetPage(record.id, number)) {
      failure = std::move(page->failure);
    }
    if (!failure.empty()) ++report_.failed_pages;
    std::vector<PageRow>& rows = failure.empty() ? image_only_ : failed_;
    if (rows.size() < limit_) rows.push_back({.record = Named(record), .page = number, .failure = std::move(failure)});
  }

  void Tell(Series& series) {
    SeriesRow row{.name = series.name, .year_of_date = series.year_of_date};
    row.papers = series.plain.size();
    if (!series.other.empty()) row.not_plain_number = series.other.begin()->first;
    const bool comparable = !series.name.year.empty();
    for (auto& [number, papers] : series.other) {
      row.papers += papers.size();
      row.not_plain += papers.size();
      std::ranges::sort(papers, {}, [](const NumberedRecord& p) { return std::pair(!p.IsSure(), p.id); });
      if (comparable && papers.size() > 1) TellDoubled(series.name, number, papers, row);
      for (const NumberedRecord& paper : papers) {
        if (!paper.IsSure()) {
          const bool doubles = comparable && papers.front().IsSure();
          TellDoubtful(series.name, {&paper, doubles ? Standing::kDoubles : Standing::kBeyond}, number, row);
        }
      }
    }
    const SeriesFindings findings = Examine(series.plain);
    for (const DoubtfulNumber& doubtful : findings.doubtful) {
      const DoubtfulNumber told{doubtful.paper, comparable ? doubtful.standing : Standing::kBeyond};
      TellDoubtful(series.name, told, std::to_string(doubtful.paper->number), row);
    }
    if (comparable) TellFindings(series.name, findings, row);
    List(report_.series, std::move(row));
  }

  void TellFindings(const SeriesName& name, const SeriesFindings& findings, SeriesRow& row) {
    row.from = findings.from;
    row.first = findings.first;
    row.last = findings.last;
    row.missing = findings.missing_count;
    report_.missing_numbers += findings.missing_count;
    for (const auto& papers : findings.doubled) TellDoubled(name, std::to_string(papers.front().number), papers, row);
    for (const MissingNumbers& missing : findings.missing) {
      MissingRow told{.series = name, .first = missing.first, .last = missing.last, .before = {}, .after = {}};
      const bool shown = report_.missing.items.size() < limit_;
      if (shown && missing.before != nullptr) told.before = Fetched(*missing.before);
      if (shown && missing.after != nullptr) told.after = Fetched(*missing.after);
      List(report_.missing, std::move(told));
    }
  }

  // Sure papers stand first.
  void TellDoubled(const SeriesName& name, const std::string& number, std::span<const NumberedRecord> papers,
                   SeriesRow& row) {
    ++row.doubled;
    DoubledRow told{.series = name, .number = number, .certain = papers[1].IsSure(), .total = papers.size()};
    const bool shown = report_.doubled.items.size() < limit_;
    for (const NumberedRecord& paper : papers.first(shown ? std::min(papers.size(), kMostOfOneNumber) : 0)) {
      told.records.push_back(Fetched(paper, number));
    }
    List(report_.doubled, std::move(told));
  }

  void TellDoubtful(const SeriesName& name, const DoubtfulNumber& doubtful, const std::string& number, SeriesRow& row) {
    ++row.doubtful;
    DoubtfulRow told{.series = name, .record = {}, .standing = doubtful.standing};
    if (report_.doubtful.items.size() < limit_) told.record = Fetched(*doubtful.paper, number);
    List(report_.doubtful, std::move(told));
  }

  ListedRecord Fetched(const NumberedRecord& paper) const { return Fetched(paper, std::to_string(paper.number)); }

  ListedRecord Fetched(const NumberedRecord& paper, std::string number) const {
    const auto record = store_.GetRecord(paper.RecordId());
    ListedRecord listed = record ? Named(*record) : ListedRecord{.id = paper.RecordId()};
    listed.number = std::move(number);
    listed.confidence = paper.confidence;
    return listed;
  }

  const Store& store_;
  SeriesPlacer placer_;
  const size_t limit_;
  BlankPages blank_;
  std::map<std::tuple<std::string, std::string, std::string>, Series> series_;  // by folded body, type and year
  size_t numbers_ = 0;
  std::vector<PageRow> failed_, image_only_;  // `limit_` of each
  GapsReport report_;
};

}  // namespace

GapsReport FindGaps(Archive& archive, const SeriesFilter& filter, size_t limit) {
  if (limit == 0 || limit > kMostListed) {
    throw Error(ErrorCode::kInvalid, fmt::format("limit must be from 1 to {}", kMostListed));
  }
  const Store& store = archive.store();
  Gatherer gatherer(store, filter, limit);
  std::vector<Record> records;
  do {
    records = store.ListRecords(records.empty() ? "" : records.back().id, kTogether);
    for (const Record& record : records) gatherer.Add(record);
  } while (records.size() == kTogether);
  return std::move(gatherer).Report();
}

}  // namespace diwan
