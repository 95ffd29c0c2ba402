// From a waiting file to stored pages: steps 3 and 4 in the life of a page. Each page becomes true on its own, so that
// a stop at any moment costs the pages under way and nothing else.
#include "archive/reading_pool.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>

#include "archive/read_again.h"
#include "archive/read_text.h"
#include "archive/reread.h"
#include "archive/spool.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr std::chrono::seconds kRetryStalled{60};
constexpr int kMaxLatePages = 3;
constexpr int kMostTries = 20;  // of a change that persons' changes came between
constexpr const char* kActor = "worker";

// Whether an error tells about the file, and not about us: the file is set aside then, and not tried again.
bool BlamesFile(const Error& e) {
  return e.code() == ErrorCode::kInvalid || e.code() == ErrorCode::kCorrupt || e.code() == ErrorCode::kTooLarge;
}

// Whether no worker or no model can be had: that is nobody's fault who sent a file, so the file waits.
bool BlamesInstallation(const Error& e) { return e.code() == ErrorCode::kNotFound || e.code() == ErrorCode::kDenied; }

struct PagesSeen {
  std::string language;      // of most pages; "" when none is known
  float language_share = 0;  // percent of the pages with a language that have this one
  int failed = 0;
  std::string failure;  // of the first of them
  TextReader text;
};

PagesSeen LookAtPages(const Store& store, const std::string& record_id) {
  PagesSeen seen;
  std::map<std::string, int> languages;
  for (const int number : store.PageNumbers(record_id)) {
    const auto page = store.GetPage(record_id, number);
    if (!page) continue;
    if (!page->failure.empty() && seen.failed++ == 0) seen.failure = page->failure;
    if (!page->language.empty()) ++languages[page->language];
    seen.text.Add(*page);
  }
  const auto most = std::ranges::max_element(languages, {}, &std::pair<const std::string, int>::second);
  if (most == languages.end()) return seen;
  int told = 0;
  for (const auto& [language, pages] : languages) told += pages;
  seen.language = most->first;
  seen.language_share = 100.0F * static_cast<float>(most->second) / static_cast<float>(told);
  return seen;
}

// Told from the pages, where nobody said it, or took it away.
void GiveLanguage(const PagesSeen& seen, Record& record) {
  const bool removed = std::ranges::count(record.removed, "language", &RemovedValue::name) > 0;
  if (seen.language.empty() || removed || record.Find("language") != nullptr) return;
  record.fields.push_back({.name = "language",
                           .value = seen.language,
                           .printed = {},
                           .origin = FieldOrigin::kOcr,
                           .confidence = seen.language_share});
}

// Those that were not read since it was asked for, before a stop of the program.
std::vector<int> PagesToReadAgain(const Store& store, const Record& record, const Job& job) {
  std::vector<int> pages;
  for (const int number : store.PageNumbers(record.id)) {
    if (job.page != 0 && job.page != number) continue;
    const auto page = store.GetPage(record.id, number);
    if (page && page->read_at < job.queued_at) pages.push_back(number);
  }
  return pages;
}

}  // namespace

struct ReadingPool::File {
  Job job;
  SourceFile source;
  OwnedFd bytes;
  SourceProbe probe;
  int before = 0;  // pages of the source that are not the record's, before its first

  // Guarded by the pool's mutex.
  bool opened = false;
  std::deque<int> pages;  // to be read, as the record counts them
  int under_way = 0;
  std::string stalled;  // why it was given up for now

  std::atomic<int> late_pages = 0;  // that took longer than a page may

  std::mutex commits;  // guards what follows: one page of a file is committed at a time
  bool record_made = false;
  std::string refused;                            // why it can't be opened
  std::vector<std::pair<int, std::string>> lost;  // pages of which not even an image could be had, with the reason
};

// What came of reading one page once.
enum class Trouble { kNone, kDamage, kCrash, kLate };

struct ReadingPool::Attempt {
  std::optional<PageReading> reading;
  Trouble trouble = Trouble::kNone;
  std::string reason;  // one line; "" without trouble
};

struct ReadingPool::Slot {
  explicit Slot(const WorkerOptions& options) : worker(options) {}
  Worker worker;
  std::shared_ptr<File> open;
};

struct ReadingPool::Task {
  std::shared_ptr<File> file;
  int page = 0;  // 0: the file is to be opened
};

ReadingPool::ReadingPool(Store& store, Committer commit, const ReadingPoolOptions& options)
    : store_(store), commit_(std::move(commit)), options_(options) {
  for (Job& job : store_.ListJobs()) waiting_.push_back(std::move(job));
  for (int i = 0; i < options_.workers; ++i) slots_.push_back(std::make_unique<Slot>(options_.worker));
  for (auto& slot : slots_) threads_.emplace_back([this, &slot] { Run(*slot); });
}

ReadingPool::~ReadingPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (auto& slot : slots_) slot->worker.Cancel();
  for (auto& thread : threads_) thread.join();
}

void ReadingPool::Add(const Job& job) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(job);
  }
  changed_.notify_one();
}

std::string ReadingPool::StalledReason(std::string_view record_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = stalled_.find(record_id);
  return found == stalled_.end() ? std::string() : found->second.second;
}

void ReadingPool::Tell(Condition& condition) const {
  const std::lock_guard lock(mutex_);
  condition.files_waiting = waiting_.size() + open_.size() + stalled_.size();
  condition.files_stalled = stalled_.size();
  if (!stalled_.empty()) condition.stalled_reason = stalled_.begin()->second.second;
  for (const auto& file : open_) condition.pages_waiting += file->pages.size() + static_cast<size_t>(file->under_way);
  condition.workers_lost = workers_lost_;
}

void ReadingPool::Run(Slot& slot) {
  for (Task task; NextTask(task); task = {}) Perform(slot, task);
}

// The next page of a file that is open, else the next file. Waits for either; false when the pool stops.
bool ReadingPool::NextTask(Task& task) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (stopping_) return false;
    for (const auto& file : open_) {
      if (file->pages.empty()) continue;
      task = {.file = file, .page = file->pages.front()};
      file->pages.pop_front();
      ++file->under_way;
      return true;
    }
    if (!stalled_.empty() && std::chrono::steady_clock::now() >= retry_at_) {
      for (auto& [id, job] : stalled_) waiting_.push_back(std::move(job.first));
      stalled_.clear();
    }
    if (!waiting_.empty()) {
      task.file = std::make_shared<File>();
      task.file->job = std::move(waiting_.front());
      task.file->under_way = 1;
      waiting_.pop_front();
      open_.push_back(task.file);
      return true;
    }
    if (stalled_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, retry_at_);
    }
  }
}

void ReadingPool::Perform(Slot& slot, const Task& task) {
  File& file = *task.file;
  std::string stalled;
  const auto guarded = [&](const auto& step) {
    try {
      step();
    } catch (const std::exception& e) {
      stalled = e.what();
    }
  };
  guarded([&] {
    if (task.page == 0) {
      OpenFile(slot, task.file);
    } else {
      ReadOnePage(slot, task.file, task.page);
    }
  });
  bool last = false;
  {
    const std::lock_guard lock(mutex_);
    if (!stalled.empty()) {
      file.stalled = stalled;
      file.pages.clear();
    }
    last = --file.under_way == 0 && file.pages.empty();
    if (last) std::erase(open_, task.file);
    stalled = file.stalled;
    if (stopping_) return;  // what is not settled is still a job at the next opening
  }
  changed_.notify_all();
  if (!last) return;
  if (stalled.empty()) guarded([&] { Settle(file); });
  if (stalled.empty()) return;
  const std::lock_guard lock(mutex_);
  if (stalled_.empty()) retry_at_ = std::chrono::steady_clock::now() + kRetryStalled;
  stalled_[file.job.record_id] = {file.job, stalled};
}

void ReadingPool::OpenFile(Slot& slot, const std::shared_ptr<File>& file) {
  const auto source = store_.GetSource(file->job.digest);
  if (!source) throw Error(ErrorCode::kCorrupt, fmt::format("source {} of a waiting file is gone", file->job.digest));
  file->source = *source;
  file->bytes = SpoolSource(store_, *source, options_.spool);
  slot.open = nullptr;
  for (int attempt = 1;; ++attempt) {
    try {
      file->probe = slot.worker.Open(file->bytes.get());
      break;
    } catch (const Error& e) {
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) throw;
      }
      if (BlamesInstallation(e)) throw;
      if (!BlamesFile(e)) ++workers_lost_;
      if (!BlamesFile(e) && attempt == 1) continue;
      file->refused = e.what();
      return;
    }
  }
  slot.open = file;
  const auto record = store_.GetRecord(file->job.record_id);
  file->record_made = record.has_value();
  if (file->job.again && record) {
    file->before = record->first_page - 1;
    const std::vector<int> pages = PagesToReadAgain(store_, *record, file->job);
    const std::lock_guard lock(mutex_);
    for (const int page : pages) {
      if (page + file->before <= file->probe.pages) file->pages.push_back(page);
    }
    return;
  }
  const std::vector<int> stored = store_.PageNumbers(file->job.record_id);
  const std::set<int> done(stored.begin(), stored.end());
  const std::lock_guard lock(mutex_);
  for (int page = 1; page <= file->probe.pages; ++page) {
    if (!done.contains(page)) file->pages.push_back(page);
  }
}

ReadingPool::Attempt ReadingPool::TryPage(Slot& slot, const std::shared_ptr<File>& file, int number,
                                          const std::string& language) {
  const auto begin = std::chrono::steady_clock::now();
  try {
    if (slot.open != file) {
      slot.open = nullptr;
      slot.worker.Open(file->bytes.get());
      slot.open = file;
    }
    return {.reading = slot.worker.Read(number + file->before, language)};
  } catch (const Error& e) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) throw;
    }
    if (BlamesInstallation(e)) throw;
    const bool late = std::chrono::steady_clock::now() - begin >= options_.worker.page_deadline;
    return {.trouble = BlamesFile(e) ? Trouble::kDamage : late ? Trouble::kLate : Trouble::kCrash, .reason = e.what()};
  }
}

// A crash gets a second attempt; after that, or after a deadline, the page is kept as an image without text. What can't
// be decoded is not tried again. A file that takes too long page after page is given up, so that others get their turn.
void ReadingPool::ReadOnePage(Slot& slot, const std::shared_ptr<File>& file, int number) {
  Attempt attempt;
  if (file->late_pages < kMaxLatePages) {
    attempt = TryPage(slot, file, number, file->job.language);
    if (attempt.trouble == Trouble::kCrash) attempt = TryPage(slot, file, number, file->job.language);
    if (attempt.trouble == Trouble::kLate) ++file->late_pages;
    if (attempt.trouble == Trouble::kCrash || attempt.trouble == Trouble::kLate) {
      const std::string reason = attempt.reason;
      attempt = TryPage(slot, file, number, std::string(kImageOnly));
      attempt.reason = reason;
    }
  } else {
    attempt.reason = fmt::format("was left out: {} pages of this file took too long", kMaxLatePages);
  }
  if (attempt.reading) {
    attempt.reading->page.number = number;
    attempt.reading->page.failure = attempt.reason;
    if (file->job.again) {
      StoreAgain(*file, std::move(*attempt.reading));
    } else {
      StorePage(*file, std::move(*attempt.reading));
    }
    return;
  }
  const std::lock_guard lock(file->commits);
  file->lost.emplace_back(number, attempt.reason);
}

void ReadingPool::StorePage(File& file, PageReading reading) {
  const std::lock_guard lock(file.commits);
  ChangeSet changes;
  const int64_t now = NowMillis();
  if (!file.record_made) {
    Record record;
    record.id = file.job.record_id;
    record.page_count = file.probe.pages;
    record.source = file.job.digest;
    record.file_name = file.source.file_name;
    record.batch_id = file.job.batch_id;
    record.created_at = record.changed_at = now;
    record.fields = file.job.fields;
    record.access = file.job.access;
    const auto owner = store_.RecordIdOfExternal(file.job.external_id);
    if (!owner || *owner == record.id) record.external_id = file.job.external_id;
    changes.records.push_back(std::move(record));
    changes.audit.push_back({.at = now,
                             .actor = kActor,
                             .action = "record.create",
                             .subject = file.job.record_id,
                             .detail = file.job.digest});
  }
  reading.page.record_id = file.job.record_id;
  reading.page.read_at = now;
  changes.audit.push_back({.at = now,
                           .actor = kActor,
                           .action = "page.read",
                           .subject = file.job.record_id,
                           .detail = fmt::format("page {}", reading.page.number)});
  changes.pages.push_back({.page = std::move(reading.page), .image = std::move(reading.image)});
  commit_(changes);
  file.record_made = true;
}

// A page that can't be read now stays as it was read before.
void ReadingPool::StoreAgain(File& file, PageReading reading) {
  const std::lock_guard lock(file.commits);
  if (!reading.page.failure.empty()) {
    file.lost.emplace_back(reading.page.number, reading.page.failure);
    return;
  }
  for (int tries = 1;; ++tries) {
    const auto before = store_.GetPage(file.job.record_id, reading.page.number);
    if (!before) return;
    ChangeSet changes;
    changes.bases.push_back({.record_id = before->record_id, .page = before->number, .version = before->version});
    Page page = KeepCorrections(*before, reading.page);
    page.record_id = before->record_id;
    page.read_at = NowMillis();
    changes.audit.push_back({.at = page.read_at,
                             .actor = kActor,
                             .action = "page.read_again",
                             .subject = page.record_id,
                             .detail = fmt::format("page {}", page.number)});
    changes.pages.push_back({.page = std::move(page), .image = reading.image});
    try {
      return commit_(changes);
    } catch (const Conflict&) {  // a person corrected the page meanwhile
      if (tries == kMostTries) throw;
    }
  }
}

void ReadingPool::Settle(File& file) {
  if (file.job.again)
    return SettleRecord(file, [this](auto& f, Record r, auto& c) { SettleAgain(f, std::move(r), c); });
  if (!file.refused.empty()) {
    SettleQuarantined(file, file.refused);
  } else if (!file.record_made) {
    SettleQuarantined(file, file.lost.empty() ? "has no pages" : file.lost.front().second);
  } else {
    SettleRecord(file, [this](auto& f, Record r, auto& c) { SettleStored(f, std::move(r), c); });
  }
}

void ReadingPool::SettleRecord(File& file, const std::function<void(File&, Record, ChangeSet&)>& settle) {
  for (int tries = 1;; ++tries) {
    auto record = store_.GetRecord(file.job.record_id);
    if (!record) throw Error(ErrorCode::kCorrupt, fmt::format("record {} is gone", file.job.record_id));
    ChangeSet changes;
    changes.bases.push_back({.record_id = record->id, .version = record->version});
    changes.finished_jobs.push_back(record->id);
    settle(file, std::move(*record), changes);
    try {
      return commit_(changes);
    } catch (const Conflict&) {
      if (tries == kMostTries) throw;
    }
  }
}

void ReadingPool::SettleAgain(File& file, Record record, ChangeSet& changes) {
  const PagesSeen seen = LookAtPages(store_, record.id);
  GiveLanguage(seen, record);
  ReadAgain(store_, record, {}, changes);
  record.changed_at = NowMillis();
  AuditEntry audit{.at = record.changed_at, .actor = kActor, .action = "record.reread", .subject = record.id};
  if (!file.refused.empty()) audit.detail = fmt::format("could not be read: {}", file.refused);
  if (!file.lost.empty()) {
    audit.detail = fmt::format("{} pages stay as they were read before; first page {}: {}", file.lost.size(),
                               file.lost.front().first, file.lost.front().second);
  }
  changes.audit.push_back(std::move(audit));
  changes.records.push_back(std::move(record));
}

void ReadingPool::SettleQuarantined(File& file, const std::string& reason) {
  ChangeSet changes;
  file.source.quarantined = true;
  file.source.reason = reason;
  changes.sources.push_back(file.source);
  if (auto entry = store_.GetEntry(file.job.batch_id, file.job.entry)) {
    entry->outcome = Outcome::kQuarantined;
    entry->reason = reason;
    entry->record_id.clear();
    changes.entries.push_back(std::move(*entry));
  }
  changes.finished_jobs.push_back(file.job.record_id);
  changes.audit.push_back({.at = NowMillis(),
                           .actor = kActor,
                           .action = "source.quarantine",
                           .subject = file.job.digest,
                           .detail = reason});
  commit_(changes);
}

void ReadingPool::SettleStored(File& file, Record record, ChangeSet& changes) {
  const int64_t now = NowMillis();
  for (const auto& [number, reason] : file.lost) {
    Page page;
    page.record_id = record.id;
    page.number = number;
    page.failure = reason;
    page.read_at = now;
    changes.pages.push_back({.page = std::move(page), .image = {}});
  }
  const PagesSeen seen = LookAtPages(store_, record.id);
  GiveLanguage(seen, record);
  const RecordCitations before = store_.GetCitations(record.id).value_or(RecordCitations());
  changes.citations.push_back(KeepDecisions(before, seen.text.ReadInto(record)));
  record.state = RecordState::kComplete;
  record.changed_at = now;
  if (auto entry = store_.GetEntry(file.job.batch_id, file.job.entry)) {
    entry->outcome = Outcome::kStored;
    entry->pages = record.page_count;
    entry->failed_pages = seen.failed + static_cast<int>(file.lost.size());
    if (entry->failed_pages > 0) {
      entry->reason = fmt::format("{} of {} pages could not be read; first: {}", entry->failed_pages, record.page_count,
                                  file.lost.empty() ? seen.failure : file.lost.front().second);
    }
    if (entry->failed_pages > 0) {
      file.source.failed_pages = entry->failed_pages;
      file.source.reason = entry->reason;
      changes.sources.push_back(file.source);
    }
    if (record.external_id.empty() && !file.job.external_id.empty()) {
      entry->row_left = true;
      entry->reason += fmt::format("{}its external id \"{}\" was another record's and was left out",
                                   entry->reason.empty() ? "" : "; ", file.job.external_id);
    }
    changes.entries.push_back(std::move(*entry));
  }
  changes.audit.push_back(
      {.at = now, .actor = kActor, .action = "record.complete", .subject = record.id, .detail = {}});
  changes.records.push_back(std::move(record));
}

}  // namespace diwan
