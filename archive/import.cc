// Records that are already text: JSON lines in, records with text pages out, group by group.
#include "archive/import.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "archive/description.h"
#include "archive/fetch.h"
#include "archive/import_links.h"
#include "archive/ingest.h"
#include "archive/json_members.h"
#include "archive/known_row.h"
#include "archive/lines.h"
#include "archive/read_again.h"
#include "archive/read_text.h"
#include "archive/said.h"
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
  Said said;
  uint64_t line = 0;
};

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

// A place that a line states must be in its text.
void CheckPlaces(const Draft& draft) {
  for (const Field& field : draft.record.fields) {
    if (field.page == 0) continue;
    const bool there = field.page <= draft.record.page_count &&
                       field.end <= draft.pages[static_cast<size_t>(field.page) - 1].text.size();
    if (!there) Refuse(fmt::format("\"{}\" stands in no place of the pages", field.name));
  }
}

Draft ParseLine(const std::string& text) {
  CheckMembers(text);
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
                           .text = WithoutControls(page.get<std::string>())});
  }
  draft.record.page_count = static_cast<int>(draft.pages.size());
  draft.record.state = RecordState::kComplete;
  draft.said = ReadSaid(line);
  draft.record.removed = draft.said.removed;
  CheckPlaces(draft);
  return draft;
}

// Gathers records until a group is full, and commits it.
class Importer {
 public:
  Importer(Archive& archive, std::string_view actor) : archive_(archive), actor_(actor), links_(archive, actor) {}

  void Add(uint64_t line, Draft draft) {
    TakeId(draft.record);
    draft.line = line;
    links_.Add(line, draft.record.id, draft.said);
    for (const Page& page : draft.pages) bytes_ += page.text.size();
    drafts_.push_back(std::move(draft));
    if (drafts_.size() >= kGroupRecords || bytes_ >= kGroupBytes) Flush();
  }

  void Flush() {
    if (drafts_.empty()) return;
    for (int tries = 1;; ++tries) {
      imported_ = replaced_ = 0;
      left_.clear();
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
    for (const auto& [line, left] : left_) Problem(line, fmt::format("came in, but not {}", left));
    drafts_.clear();
    group_.clear();
    bytes_ = 0;
  }

  void Problem(uint64_t line, const std::string& reason) {
    ++report.failed;
    if (report.problems.size() < kMaxProblemsTold) report.problems.push_back({.line = line, .reason = reason});
  }

  // When all lines were added. Returns the change up to which what was imported is searchable.
  uint64_t Finish() {
    Flush();
    const uint64_t before = archive_.store().LastSequence();
    links_.Apply([this](uint64_t line, const std::string& problem) { Problem(line, problem); });
    const uint64_t after = archive_.store().LastSequence();
    return after == before ? sequence_ : after;
  }

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
      if (const std::string left = old ? TakeFrom(*old, record) : ""; !left.empty()) {
        left_.emplace_back(draft.line, left);
      }
      ++(old ? replaced_ : imported_);
      changes.bases.push_back({.record_id = record.id, .version = old ? old->version : 0});
      changes.audit.push_back({.at = now,
                               .actor = actor_,
                               .action = old ? "record.replace" : "record.import",
                               .subject = record.id,
                               .detail = record.external_id});
      AddText(draft, std::move(record), old.has_value(), changes);
    }
    return changes;
  }

  void AddText(const Draft& draft, Record record, bool replaced, ChangeSet& changes) const {
    TextReader text;
    for (Page page : draft.pages) {
      page.record_id = record.id;
      if (const auto corrected = replaced ? CorrectedSince(page) : std::nullopt) {
        text.Add(*corrected);
        continue;
      }
      text.Add(page);
      page.read_at = record.changed_at;
      changes.pages.push_back({.page = std::move(page), .image = {}});
    }
    RecordCitations before{.record_id = record.id, .citations = {}};
    if (replaced) before = archive_.store().GetCitations(record.id).value_or(before);
    AddJudged(draft.said.judged, before);
    changes.citations.push_back(KeepDecisions(before, text.ReadInto(record)));
    changes.records.push_back(std::move(record));
  }

  // What was said here of a citation goes before what a line says.
  static void AddJudged(const std::vector<Citation>& judged, RecordCitations& before) {
    const size_t here = before.citations.size();
    for (const Citation& each : judged) {
      const auto end = before.citations.begin() + static_cast<ptrdiff_t>(here);
      const bool known = std::any_of(before.citations.begin(), end, [&](const Citation& c) {
        return c.state != CitationState::kProposed && IsSameMention(c, each);
      });
      if (!known) before.citations.push_back(each);
    }
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

  // What persons said of the record stays. Returns as TakeRow.
  static std::string TakeFrom(Record old, Record& record) {
    for (Field& field : old.fields) {
      if (field.origin == FieldOrigin::kManifest) continue;
      field.page = 0;  // the pages are others now
      field.begin = field.end = 0;
    }
    std::string left = TakeRow(std::move(record.fields), old);
    record.fields = std::move(old.fields);
    std::erase_if(record.fields, [&](const Field& field) {
      const bool read = field.origin == FieldOrigin::kOcr && field.state == FieldState::kProposed;
      return read && field.name == "language";  // told from the pages before
    });
    for (RemovedValue& gone : record.removed) {
      if (std::ranges::count(old.removed, gone) == 0) old.removed.push_back(std::move(gone));
    }
    if (record.external_id.empty()) record.external_id = std::move(old.external_id);
    record.created_at = old.created_at;
    record.removed = std::move(old.removed);
    record.merged = std::move(old.merged);
    record.hold = std::move(old.hold);
    return left;
  }

  // Gives the record the id of the one that has its external id already, or of which the external id is the id, as an
  // export names records without one; or a new id.
  void TakeId(Record& record) {
    record.id = NewId();
    if (record.external_id.empty()) return;
    if (const auto in_group = group_.find(record.external_id); in_group != group_.end()) {
      Flush();  // the earlier line of the same name becomes true first
    }
    const auto old = FindRecord(archive_.store(), record.external_id);
    if (!old) {
      if (archive_.store().HasExternalId(record.external_id)) Refuse("\"external_id\" can't be given");
      group_[record.external_id] = record.id;
      return;
    }
    if (!old->source.empty()) Refuse("\"external_id\" belongs to a record that was scanned");
    if (old->deleted) Refuse("\"external_id\" belongs to a record that was deleted; restore it first");
    if (old->hold) Refuse("\"external_id\" belongs to a record under a legal hold");
    if (old->id == record.external_id) record.external_id.clear();
    record.id = old->id;
  }

  Archive& archive_;
  const std::string actor_;
  std::vector<Draft> drafts_;                 // of the group
  std::map<std::string, std::string> group_;  // external ids of records not committed yet
  size_t bytes_ = 0;
  uint64_t imported_ = 0, replaced_ = 0;                // of the group
  std::vector<std::pair<uint64_t, std::string>> left_;  // of the group: lines, and what persons said otherwise
  uint64_t sequence_ = 0;
  ImportLinks links_;
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
      importer.Add(number, ParseLine(line));
    } catch (const Error& e) {
      if (e.code() != ErrorCode::kInvalid) throw;
      importer.Problem(number, e.what());
    }
  }
  archive.WaitIndexed(importer.Finish());
  return importer.report;
}

}  // namespace diwan
