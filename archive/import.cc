// Records that are already text: JSON lines in, records with text pages out, group by group.
#include "archive/import.h"

#include <fmt/core.h>

#include <map>
#include <nlohmann/json.hpp>

#include "archive/description.h"
#include "archive/ingest.h"
#include "archive/known_row.h"
#include "archive/lines.h"
#include "archive/read_again.h"
#include "archive/read_text.h"
#include "core/encoding.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

constexpr size_t kMaxLine = 64U << 20;  // bytes
constexpr size_t kMaxPages = 20'000;    // of one record
constexpr size_t kGroupRecords = 500;   // committed together, since each commit is a sync
constexpr size_t kGroupBytes = 8U << 20;
constexpr size_t kMaxProblemsTold = 1000;
constexpr int kMostTries = 20;  // of a group that others came between

struct Draft {
  Record record;
  std::vector<Page> pages;
  std::optional<AccessLevel> access;
};

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

// NUL would end the text for some who read it later; nothing else is changed.
std::string WithoutNul(std::string text) {
  std::erase(text, '\0');
  return text;
}

Draft ParseLine(const std::string& text) {
  const Json line = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (line.is_discarded()) Refuse("is not valid JSON in UTF-8");
  if (!line.is_object()) Refuse("is not a JSON object");
  Description description = ReadDescription(line, "");
  Draft draft;
  draft.record.external_id = std::move(description.external_id);
  draft.record.file_name = PlainFileName(description.file);
  draft.record.fields = std::move(description.fields);
  draft.access = description.access;
  const auto pages = line.find("pages");
  if (pages == line.end() || !pages->is_array() || pages->empty()) Refuse("\"pages\" must be an array of texts");
  if (pages->size() > kMaxPages) Refuse(fmt::format("has more than {} pages", kMaxPages));
  for (const Json& page : *pages) {
    if (!page.is_string()) Refuse("\"pages\" must be an array of texts");
    draft.pages.push_back({.number = static_cast<int>(draft.pages.size()) + 1,
                           .language = std::string(draft.record.Value("language")),
                           .origin = TextOrigin::kImport,
                           .text = WithoutNul(page.get<std::string>())});
  }
  draft.record.page_count = static_cast<int>(draft.pages.size());
  draft.record.state = RecordState::kComplete;
  return draft;
}

// Gathers records until a group is full, and commits it.
class Importer {
 public:
  Importer(Archive& archive, std::string_view actor) : archive_(archive), actor_(actor) {}

  void Add(Draft draft) {
    TakeId(draft.record);
    for (const Page& page : draft.pages) bytes_ += page.text.size();
    drafts_.push_back(std::move(draft));
    if (drafts_.size() >= kGroupRecords || bytes_ >= kGroupBytes) Flush();
  }

  void Flush() {
    if (drafts_.empty()) return;
    for (int tries = 1;; ++tries) {
      imported_ = replaced_ = 0;
      const ChangeSet changes = Changes();
      try {
        sequence_ = archive_.Commit(changes);
        break;
      } catch (const Conflict&) {  // a person changed one of the records meanwhile
        if (tries == kMostTries) throw;
      }
    }
    report.imported += imported_;
    report.replaced += replaced_;
    drafts_.clear();
    group_.clear();
    bytes_ = 0;
  }

  void Problem(uint64_t line, const std::string& reason) {
    ++report.failed;
    if (report.problems.size() < kMaxProblemsTold) report.problems.push_back({.line = line, .reason = reason});
  }

  uint64_t sequence() const { return sequence_; }

  ImportReport report;

 private:
  ChangeSet Changes() {
    ChangeSet changes;
    const int64_t now = NowMillis();
    for (const Draft& draft : drafts_) {
      Record record = draft.record;
      record.created_at = record.changed_at = now;
      const auto old = archive_.store().GetRecord(record.id);
      record.access = draft.access.value_or(old ? old->access : archive_.usual_access());
      if (old) TakeFrom(*old, record);
      ++(old ? replaced_ : imported_);
      changes.bases.push_back({.record_id = record.id, .version = old ? old->version : 0});
      changes.audit.push_back({.at = now,
                               .actor = actor_,
                               .action = old ? "record.replace" : "record.import",
                               .subject = record.id,
                               .detail = record.external_id});
      AddText(draft.pages, std::move(record), changes);
    }
    return changes;
  }

  void AddText(const std::vector<Page>& pages, Record record, ChangeSet& changes) const {
    TextReader text;
    for (Page page : pages) {
      page.record_id = record.id;
      if (const auto corrected = CorrectedSince(page)) {
        text.Add(*corrected);
        continue;
      }
      text.Add(page);
      page.read_at = record.changed_at;
      changes.pages.push_back({.page = std::move(page), .image = {}});
    }
    RecordCitations read = text.ReadInto(record);
    if (const auto before = archive_.store().GetCitations(record.id)) read = KeepDecisions(*before, std::move(read));
    changes.citations.push_back(std::move(read));
    changes.records.push_back(std::move(record));
  }

  // The stored page where persons alone changed it since the same text was imported.
  std::optional<Page> CorrectedSince(const Page& page) const {
    const Store& store = archive_.store();
    auto now = store.GetPage(page.record_id, page.number);
    if (!now) return std::nullopt;
    std::optional<PastVersion> imported;
    for (int version = now->version - 1; version > 0; --version) {
      auto past = store.GetPast(page.record_id, page.number, version);
      if (!past || past->replaced_by.action != "page.correct") break;
      imported = std::move(past);
    }
    const bool same = imported && DecodePageText(imported->value, "a page that was imported") == page.text;
    return same ? std::move(now) : std::nullopt;
  }

  // What persons said of the record stays.
  static void TakeFrom(const Record& old, Record& record) {
    record.fields = JoinedFields(old.fields, record.fields);
    std::erase_if(record.fields, [&](const Field& field) {
      const bool read = field.origin == FieldOrigin::kOcr && field.state == FieldState::kProposed;
      return read && field.name == "language";  // told from the pages before
    });
    for (Field& field : record.fields) {
      if (field.origin == FieldOrigin::kManifest) continue;
      field.page = 0;  // the pages are others now
      field.begin = field.end = 0;
    }
    record.created_at = old.created_at;
    record.removed = old.removed;
    record.merged = old.merged;
    record.hold = old.hold;
  }

  // Gives the record the id of the one that has its external id already, or a new one.
  void TakeId(Record& record) {
    record.id = NewId();
    if (record.external_id.empty()) return;
    if (const auto in_group = group_.find(record.external_id); in_group != group_.end()) {
      Flush();  // the earlier line of the same name becomes true first
    }
    if (const auto known = archive_.store().RecordIdOfExternal(record.external_id)) {
      const auto old = archive_.store().GetRecord(*known);
      if (old && !old->source.empty()) Refuse("\"external_id\" belongs to a record that was scanned");
      if (old && old->deleted) Refuse("\"external_id\" belongs to a record that was deleted; restore it first");
      if (old && old->hold) Refuse("\"external_id\" belongs to a record under a legal hold");
      record.id = *known;
      return;
    }
    if (archive_.store().HasExternalId(record.external_id)) Refuse("\"external_id\" can't be given");
    group_[record.external_id] = record.id;
  }

  Archive& archive_;
  const std::string actor_;
  std::vector<Draft> drafts_;                 // of the group
  std::map<std::string, std::string> group_;  // external ids of records not committed yet
  size_t bytes_ = 0;
  uint64_t imported_ = 0, replaced_ = 0;  // of the group
  uint64_t sequence_ = 0;
};

}  // namespace

ImportReport Import(Archive& archive, std::istream& lines, std::string_view actor) {
  Importer importer(archive, actor);
  std::string line;
  bool too_long = false;
  for (uint64_t number = 1; ReadLine(lines, kMaxLine, line, too_long); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.find_first_not_of(" \t\r") == std::string::npos && !too_long) continue;
    try {
      if (too_long) Refuse(fmt::format("is longer than {} bytes", kMaxLine));
      importer.Add(ParseLine(line));
    } catch (const Error& e) {
      if (e.code() != ErrorCode::kInvalid) throw;
      importer.Problem(number, e.what());
    }
  }
  importer.Flush();
  archive.WaitIndexed(importer.sequence());
  return importer.report;
}

}  // namespace diwan
