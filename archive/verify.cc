// Whether the archive is what it says it is: store against index, records against pages, bytes against digests.
#include "archive/verify.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "core/digest.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kAtOnce = 500;
constexpr size_t kMaxProblemsTold = 1000;

using PageKey = std::pair<std::string, int>;

class Verifier {
 public:
  Verifier(Archive& archive, const std::function<void(uint64_t, uint64_t)>& progress)
      : archive_(archive), store_(archive.store()), progress_(progress) {}

  VerifyReport Run() {
    RefreshJobs();
    report_.waiting = jobs_.size();
    totals_ = store_.Totals();
    CheckIndex();
    CheckRecords();
    CheckNumbers();
    CheckAudit();
    CheckSources();
    CheckBatches();
    CheckTotals();
    return std::move(report_);
  }

 private:
  void Problem(const std::string& what) {
    ++report_.problem_count;
    if (report_.problems.size() < kMaxProblemsTold) report_.problems.push_back(what);
  }

  void Step(uint64_t steps = 1) {
    done_ += steps;
    if (progress_) progress_(done_, std::max(done_, totals_.pages + totals_.records + totals_.bytes / kStepBytes));
  }

  // Runs `check` and makes an Error of it a problem.
  template <typename Check>
  void Guard(const Check& check) {
    try {
      check();
    } catch (const Error& e) {
      Problem(e.what());
    }
  }

  void RefreshJobs() {
    jobs_.clear();
    for (const Job& job : store_.ListJobs()) jobs_.insert(job.record_id);
  }

  // Whether the record's file waits to be read, now. It may have come in since the last look.
  bool Waits(const std::string& record_id) {
    if (!jobs_.contains(record_id)) RefreshJobs();
    return jobs_.contains(record_id);
  }

  // Both ways: every stored page is searchable, nothing is searchable that is not stored. What changes meanwhile is
  // left to the next time.
  void CheckIndex() {
    const uint64_t sequence = store_.LastSequence();
    archive_.WaitIndexed(sequence);
    std::vector<PageKey> indexed;
    archive_.WithReader([&](IndexReader& reader) {
      reader.Applied();
      reader.ForEachPage([&](std::string_view id, int page) { indexed.emplace_back(id, page); });
    });
    std::ranges::sort(indexed);
    std::vector<PageKey> stored_only;
    std::vector<PageKey> indexed_only;
    auto next = indexed.begin();
    PageKey after;
    for (auto pages = store_.ListPages(after, kAtOnce); !pages.empty(); pages = store_.ListPages(after, kAtOnce)) {
      for (const PageKey& page : pages) {
        for (; next != indexed.end() && *next < page; ++next) indexed_only.push_back(*next);
        if (next != indexed.end() && *next == page) {
          ++next;
        } else {
          stored_only.push_back(page);
        }
        CheckPage(page);
      }
      after = pages.back();
    }
    indexed_only.insert(indexed_only.end(), next, indexed.end());
    if (stored_only.empty() && indexed_only.empty()) return;
    const std::set<std::string> moving = ChangedSince(sequence);
    const auto tell = [&](const std::vector<PageKey>& pages, std::string_view what) {
      for (const auto& [record, page] : pages) {
        if (moving.contains(record)) continue;
        Problem(fmt::format("page {} of record {} is {}; run `diwan reindex`", page, record, what));
      }
    };
    tell(stored_only, "stored and not searchable");
    tell(indexed_only, "searchable and not stored");
  }

  std::set<std::string> ChangedSince(uint64_t sequence) {
    std::set<std::string> records;
    for (auto changes = store_.Changes(sequence, kAtOnce); !changes.empty();
         changes = store_.Changes(sequence, kAtOnce)) {
      for (const Change& change : changes) records.insert(change.record_id);
      sequence = changes.back().sequence;
    }
    return records;
  }

  void CheckPage(const PageKey& key) {
    ++report_.pages;
    Step();
    Guard([&] {
      const auto page = store_.GetPage(key.first, key.second);
      if (page && page->text.find_first_not_of(" \n") == std::string::npos) ++without_text_;
      if (page) CheckPageParts(*page);
      if (!store_.GetRecord(key.first)) {
        Problem(fmt::format("page {} belongs to record {}, which is not stored", key.second, key.first));
      }
    });
  }

  void CheckPageParts(const Page& page) {
    if (!page.image_type.empty() && !store_.GetImage(page.record_id, page.number)) {
      Problem(fmt::format("the image of page {} of record {} is gone", page.number, page.record_id));
    }
    CheckHistory(page.record_id, page.number, page.version);
  }

  // Each version before `version` is there, and none twice. Later ones were made meanwhile.
  void CheckHistory(const std::string& record_id, int page, int version) {
    const std::vector<int> past = store_.PastVersions(record_id, page);
    bool whole = std::ssize(past) >= version - 1;
    for (size_t i = 0; i < past.size(); ++i) whole = whole && past[i] == static_cast<int>(i) + 1;
    if (whole && std::ssize(past) > version - 1) {
      const int now = page == 0 ? VersionOf(store_.GetRecord(record_id)) : VersionOf(store_.GetPage(record_id, page));
      whole = now == 0 || now > version;
    }
    if (whole) return;
    const std::string what = page == 0 ? "" : fmt::format("page {} of ", page);
    Problem(fmt::format("{}record {} has version {}, and {} versions before it are there; restore them from a backup",
                        what, record_id, version, past.size()));
  }

  template <typename Thing>
  static int VersionOf(const std::optional<Thing>& thing) {
    return thing ? thing->version : 0;
  }

  void CheckRecords() {
    std::string after;
    const auto next = [&] { return store_.ListRecords(after, kAtOnce, RecordsListed::kAll); };
    for (auto records = next(); !records.empty(); records = next()) {
      for (const Record& record : records) Guard([&] { CheckRecord(record); });
      after = records.back().id;
    }
  }

  void CheckRecord(const Record& record) {
    Step();
    const std::vector<int> numbers = store_.PageNumbers(record.id);
    const auto pages = static_cast<int>(numbers.size());
    if (record.state == RecordState::kComplete && pages != record.page_count) {
      Problem(fmt::format("record {} has {} pages stored of {}", record.id, pages, record.page_count));
    }
    CheckHistory(record.id, 0, record.version);
    if (record.deleted) {
      CheckHidden(record, numbers);
    } else {
      ++report_.records;
    }
    if (record.state == RecordState::kReading && !Waits(record.id) && IsReading(record.id)) {
      Problem(fmt::format("record {} is not complete and nothing waits to complete it", record.id));
    }
    if (!record.source.empty() && !store_.GetSource(record.source)) {
      Problem(fmt::format("the source file {} of record {} is gone", record.source, record.id));
    }
  }

  void CheckHidden(const Record& record, const std::vector<int>& pages) {
    for (const int number : pages) {
      if (const auto page = store_.GetPage(record.id, number)) CheckPageParts(*page);
    }
    if (!record.merged_into.empty() && !store_.GetRecord(record.merged_into)) {
      Problem(fmt::format("record {} was merged into {}, which is not stored", record.id, record.merged_into));
    }
  }

  bool IsReading(const std::string& record_id) {
    const auto record = store_.GetRecord(record_id);
    return record && record->state == RecordState::kReading;
  }

  void CheckNumbers() {
    const uint64_t wrong = store_.WrongNumberEntries();
    if (wrong == 0) return;
    Problem(fmt::format("{} numbers of papers or citations lead astray; run `diwan reindex`", wrong));
  }

  void CheckAudit() {
    for (const std::string& problem : store_.CheckAudit().problems) Problem(problem);
  }

  void CheckSources() {
    std::string after;
    for (auto sources = store_.ListSources(after, kAtOnce); !sources.empty();
         sources = store_.ListSources(after, kAtOnce)) {
      for (const SourceFile& source : sources) Guard([&] { CheckSource(source); });
      after = sources.back().digest;
    }
  }

  void CheckSource(const SourceFile& source) {
    ++report_.sources;
    Sha256 sha;
    store_.ReadSource(source.digest, [&](std::string_view piece) {
      sha.Update(piece);
      report_.bytes += piece.size();
      return true;
    });
    Step(source.size / kStepBytes);
    if (sha.Finish() != source.digest) {
      Problem(
          fmt::format("the source file {} ({}) is damaged; restore it from a backup", source.digest, source.file_name));
    }
    if (!source.quarantined && !Waits(source.record_id) && !store_.GetRecord(source.record_id) &&
        !IsQuarantined(source.digest)) {
      Problem(fmt::format("the source file {} ({}) has no record and does not wait to be read", source.digest,
                          source.file_name));
    }
  }

  void CheckBatches() {
    for (const Batch& batch : store_.ListBatches()) {
      for (const BatchEntry& entry : store_.ListEntries(batch.id)) Guard([&] { CheckEntry(entry); });
    }
  }

  void CheckEntry(const BatchEntry& entry) {
    bool right = false;
    switch (entry.outcome) {
      case Outcome::kQuarantined:
        right = !entry.reason.empty();
        break;
      case Outcome::kWaiting:
        right = Waits(entry.record_id) || IsSettled(entry);
        break;
      case Outcome::kStored:
        right = HasRecord(entry);
        break;
      case Outcome::kDuplicate:
        right = HasRecord(entry) || Waits(entry.record_id) || IsQuarantined(entry.digest);
        break;
    }
    if (!right) {
      Problem(fmt::format("file {} ({}) of batch {} is {} and its record is not there", entry.number, entry.file_name,
                          entry.batch_id, NameOf(entry.outcome)));
    }
  }

  bool HasRecord(const BatchEntry& entry) {
    return !entry.record_id.empty() && store_.GetRecord(entry.record_id).has_value();
  }

  // Whether it was settled since it was listed.
  bool IsSettled(const BatchEntry& entry) {
    const auto now = store_.GetEntry(entry.batch_id, entry.number);
    return now && now->outcome != Outcome::kWaiting;
  }

  bool IsQuarantined(const std::string& digest) {
    const auto source = store_.GetSource(digest);
    return source && source->quarantined;
  }

  void CheckTotals() {
    const StoreTotals now = store_.Totals();
    if (now.pages != totals_.pages || now.records != totals_.records) return;  // something came in meanwhile
    if (now.pages != report_.pages || now.records != report_.records || now.pages_without_text != without_text_) {
      Problem(fmt::format("the totals say {} records, {} pages, {} without text; there are {}, {}, {}", now.records,
                          now.pages, now.pages_without_text, report_.records, report_.pages, without_text_));
    }
  }

  static constexpr uint64_t kStepBytes = 1U << 20;

  Archive& archive_;
  Store& store_;
  const std::function<void(uint64_t, uint64_t)>& progress_;
  VerifyReport report_;
  StoreTotals totals_;
  std::set<std::string> jobs_;
  uint64_t done_ = 0;
  uint64_t without_text_ = 0;
};

}  // namespace

VerifyReport Verify(Archive& archive, const std::function<void(uint64_t, uint64_t)>& progress) {
  archive.RequireWhole("verifying an archive");
  return Verifier(archive, progress).Run();
}

}  // namespace diwan
