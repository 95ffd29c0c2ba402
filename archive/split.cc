// The new record's pages are the old one's, with their images and corrections; the source file belongs to both.
#include "archive/split.h"

#include <fmt/core.h>

#include <algorithm>

#include "archive/read_again.h"
#include "archive/removal.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

// The pages as they will be stored. `put` gets them with their images.
std::vector<Page> MovePages(const Store& store, const Record& old, int from, const std::string& id,
                            ChangeSet& changes) {
  std::vector<Page> pages;
  size_t bytes = 0;
  for (int number = from; number <= old.page_count; ++number) {
    auto page = store.GetPage(old.id, number);
    if (!page) throw Error(ErrorCode::kCorrupt, fmt::format("record {} has no page {}", old.id, number));
    changes.bases.push_back({.record_id = old.id, .page = number, .version = page->version});
    page->record_id = id;
    page->number = number - from + 1;
    pages.push_back(*page);
    std::string image;
    if (!page->image_type.empty()) image = store.GetImage(old.id, number).value_or("");
    bytes += image.size() + page->text.size();
    if (bytes > kMostBytesMoved) {
      throw Error(ErrorCode::kTooLarge,
                  "the pages are too large to be moved at one time; split off the last ones first");
    }
    changes.pages.push_back({.page = std::move(*page), .image = std::move(image)});
  }
  return pages;
}

// What was said of the citations on pages `first` to `last`, which are pages 1, 2, ... now.
RecordCitations CitationsOn(const RecordCitations& all, int first, int last) {
  RecordCitations some{.record_id = all.record_id};
  for (const Citation& each : all.citations) {
    const bool related = !each.target.empty();  // by a person: of the record, on no page
    if (related ? first > 1 : each.place.page < first || each.place.page > last) continue;
    some.citations.push_back(each);
    if (!related) some.citations.back().place.page -= first - 1;
  }
  return some;
}

// The source file is of this record, too.
void NotePart(const Store& store, const Record& part, ChangeSet& changes) {
  auto source = part.source.empty() ? std::nullopt : store.GetSource(part.source);
  if (!source) return;
  source->parts.push_back(part.id);
  changes.sources.push_back(std::move(*source));
}

}  // namespace

SplitRecords SplitRecord(Archive& archive, const Edit& edit, int from) {
  CheckWhy(edit.why, /*needed=*/true);
  SplitRecords split;
  split.before = ChangeRecord(archive, edit, [&](const RecordChange& change) {
    const Store& store = archive.store();
    Record& old = change.record;
    CheckMayGo(store, old, "be split");
    if (from < 2 || from > old.page_count) {
      throw Error(ErrorCode::kInvalid, fmt::format("record {} has {} pages; it can be split before page 2 to {}",
                                                   old.id, old.page_count, std::max(old.page_count, 2)));
    }
    if (old.page_count - from + 1 > kMostPagesMoved) {
      throw Error(
          ErrorCode::kTooLarge,
          fmt::format("{} pages at most are moved at one time; split off the last ones first", kMostPagesMoved));
    }
    Record next{.id = NewId(), .state = RecordState::kComplete};
    next.page_count = old.page_count - from + 1;
    next.source = old.source;
    next.file_name = old.file_name;
    next.batch_id = old.batch_id;
    next.created_at = next.changed_at = change.audit.at;
    next.first_page = old.first_page + from - 1;
    next.access = old.access;
    if (const Field* language = old.Find("language")) next.fields.push_back(*language);
    if (const Field* body = old.Find("body"); body != nullptr && !AudienceOf(old).body.empty()) {
      next.fields.push_back(*body);  // it decides who sees the record
    }
    const std::vector<Page> pages = MovePages(store, old, from, next.id, change.changes);
    const RecordCitations said = store.GetCitations(old.id).value_or(RecordCitations());
    ReadAgain(store, next, pages, CitationsOn(said, from, old.page_count), change.changes);
    change.audit.action = "record.split";
    change.audit.detail = fmt::format("pages {} to {} are record {}", from, old.page_count, next.id);
    AuditEntry made = change.audit;
    made.action = "record.create";
    made.subject = next.id;
    made.detail = fmt::format("pages {} to {} of record {}", from, old.page_count, old.id);
    change.changes.audit.push_back(std::move(made));
    old.page_count = from - 1;
    ReadAgain(store, old, {}, CitationsOn(said, 1, old.page_count), change.changes);
    NotePart(archive.Whole().store(), next, change.changes);
    change.changes.records.push_back(next);
    split.after = std::move(next);
  });
  return split;
}

}  // namespace diwan
