#include "tests/store/store_testing.h"

#include <fmt/core.h>

#include <map>
#include <set>

#include "core/digest.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr size_t kAll = SIZE_MAX;

void CheckFeed(const Store& store, const std::set<std::pair<std::string, int>>& stored,
               std::vector<std::string>& faults) {
  uint64_t last = 0;
  std::map<std::pair<std::string, int>, int> seen;
  for (const Change& change : store.Changes(0, kAll)) {
    if (change.sequence <= last) faults.push_back(fmt::format("change {} after {}", change.sequence, last));
    last = change.sequence;
    if ((change.kind == ChangeKind::kRecord) != (change.page == 0)) faults.emplace_back("a change of a wrong kind");
    if (++seen[{change.record_id, change.page}] > 1) faults.push_back("two changes of " + change.record_id);
  }
  if (last != store.LastSequence()) faults.push_back(fmt::format("newest {}, last {}", store.LastSequence(), last));
  for (const auto& thing : stored) {
    if (!seen.contains(thing)) faults.push_back(fmt::format("no change of {} page {}", thing.first, thing.second));
  }
}

void CheckTotals(const StoreTotals& said, const StoreTotals& counted, std::vector<std::string>& faults) {
  const auto compare = [&](const char* name, uint64_t a, uint64_t b) {
    if (a != b) faults.push_back(fmt::format("totals say {} {}, there are {}", a, name, b));
  };
  compare("records", said.records, counted.records);
  compare("pages", said.pages, counted.pages);
  compare("pages without text", said.pages_without_text, counted.pages_without_text);
  compare("bytes", said.bytes, counted.bytes);
  compare("jobs", said.jobs, counted.jobs);
}

// Versions count from 1 without a gap, and the one that is stored is the next.
void CheckHistory(const Store& store, const std::string& record_id, int page, int version,
                  std::vector<std::string>& faults) {
  const std::vector<int> past = store.PastVersions(record_id, page);
  bool whole = std::ssize(past) + 1 == version;
  for (size_t i = 0; i < past.size(); ++i) whole = whole && past[i] == static_cast<int>(i) + 1;
  if (!whole) faults.push_back(fmt::format("{} page {}: version {} after {}", record_id, page, version, past.size()));
}

}  // namespace

TempFolder::TempFolder() : path_(std::filesystem::temp_directory_path() / ("diwan-store-" + NewId())) {
  std::filesystem::create_directory(path_);
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Record MakeRecord(int pages, std::string external_id) {
  Record record;
  record.id = NewId();
  record.external_id = std::move(external_id);
  record.page_count = pages;
  record.fields = {{.name = "title", .value = "قرار", .printed = "قرار"},
                   {.name = "number", .value = "12/2019", .printed = "١٢/٢٠١٩", .confidence = 80}};
  return record;
}

ChangeSet::PagePut MakePage(const Record& record, int number, std::string text, std::string image) {
  ChangeSet::PagePut put;
  put.page.record_id = record.id;
  put.page.number = number;
  put.page.text = std::move(text);
  put.page.image_type = image.empty() ? "" : "image/png";
  put.image = std::move(image);
  return put;
}

AuditEntry MakeAudit(std::string action) { return {.at = 1, .actor = "test", .action = std::move(action)}; }

ChangeSet MakeChange(const Record& record) {
  ChangeSet changes;
  changes.records = {record};
  for (int number = 1; number <= record.page_count; ++number) {
    changes.pages.push_back(MakePage(record, number, fmt::format("page {}", number)));
  }
  changes.citations = {{.record_id = record.id, .citations = {{.number = "7", .year = "2018"}, {.number = "7"}}}};
  changes.audit = {MakeAudit("record.create")};
  return changes;
}

SourceFile Upload(Store& store, std::string_view bytes) {
  const auto writer = store.NewSource();
  writer->Append(bytes);
  SourceFile source;
  source.size = writer->size();
  source.digest = writer->Finish();
  return source;
}

std::string ReadAll(const Store& store, std::string_view digest) {
  std::string bytes;
  store.ReadSource(digest, [&](std::string_view piece) {
    bytes += piece;
    return true;
  });
  return bytes;
}

std::vector<std::string> Faults(const Store& store) {
  std::vector<std::string> faults;
  const uint64_t wrong = store.WrongNumberEntries();
  if (wrong > 0) faults.push_back(fmt::format("{} entries of numbers are wrong", wrong));
  StoreTotals counted;
  std::set<std::pair<std::string, int>> things;
  for (const Record& record : store.ListRecords("", kAll, RecordsListed::kAll)) {
    CheckHistory(store, record.id, 0, record.version, faults);
    if (record.deleted) continue;
    ++counted.records;
    things.insert({record.id, 0});
    if (!record.external_id.empty() && store.RecordIdOfExternal(record.external_id) != record.id) {
      faults.push_back("external id does not lead to " + record.id);
    }
    for (const int number : store.PageNumbers(record.id)) {
      const auto page = store.GetPage(record.id, number);
      things.insert({record.id, number});
      if (page) CheckHistory(store, record.id, number, page->version, faults);
      ++counted.pages;
      if (!page || page->number != number || number > record.page_count) faults.push_back("no page of " + record.id);
      if (!page || page->text.find_first_not_of(" \n\t\r") == std::string::npos) ++counted.pages_without_text;
      if (page && store.GetImage(record.id, number).has_value() == page->image_type.empty()) {
        faults.push_back("no image of " + record.id);
      }
    }
  }
  if (store.ListPages({"", 0}, kAll).size() != counted.pages) faults.emplace_back("the list of pages differs");
  for (const SourceFile& source : store.ListSources("", kAll)) {
    counted.bytes += source.size;
    if (Sha256Hex(ReadAll(store, source.digest)) != source.digest) faults.push_back("source " + source.digest);
  }
  counted.jobs = store.ListJobs().size();
  CheckTotals(store.Totals(), counted, faults);
  CheckFeed(store, things, faults);
  return faults;
}

}  // namespace diwan
