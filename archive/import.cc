// Records that are already text: JSON lines in, records with text pages out, group by group.
#include "archive/import.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/calendar.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

constexpr size_t kMaxLine = 64U << 20;  // bytes
constexpr size_t kMaxValue = 4096;      // bytes of one field
constexpr size_t kMaxExternalId = 512;  // bytes
constexpr size_t kMaxPages = 20'000;    // of one record
constexpr size_t kGroupRecords = 500;   // committed together, since each commit is a sync
constexpr size_t kGroupBytes = 8U << 20;
constexpr size_t kMaxProblemsTold = 1000;

struct Draft {
  Record record;
  std::vector<Page> pages;
};

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

// NUL would end the text for some who read it later; nothing else is changed.
std::string WithoutNul(std::string text) {
  std::erase(text, '\0');
  return text;
}

// A value that may be a text or a whole number; "" when it is missing or null.
std::string TextMember(const Json& line, std::string_view key, size_t limit) {
  const auto found = line.find(key);
  if (found == line.end() || found->is_null()) return {};
  std::string text;
  if (found->is_string()) {
    text = WithoutNul(found->get<std::string>());
  } else if (found->is_number_integer()) {
    text = found->dump();
  } else {
    Refuse(fmt::format("\"{}\" must be a text", key));
  }
  if (text.size() > limit) Refuse(fmt::format("\"{}\" is longer than {} bytes", key, limit));
  return text;
}

// ISO 8601 where one calendar day is meant, else the printed form with Latin digits. Of a Hijri day, which tables put
// up to a day apart, the day of Umm al-Qura.
std::string NormalDate(const std::string& printed, bool jalali_likely) {
  const auto dates = FindDates(printed, jalali_likely);
  if (dates.size() == 1 && dates.front().day != 0) {
    return FormatDay(std::midpoint(dates.front().days.first, dates.front().days.last));
  }
  return LatinDigits(printed);
}

std::string NormalForm(std::string_view name, const std::string& printed, bool jalali_likely) {
  if (name == "date") return NormalDate(printed, jalali_likely);
  if (name == "number") return LatinDigits(printed);
  return printed;
}

Draft ParseLine(const std::string& text) {
  const Json line = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (line.is_discarded()) Refuse("is not valid JSON in UTF-8");
  if (!line.is_object()) Refuse("is not a JSON object");
  Draft draft;
  draft.record.external_id = TextMember(line, "external_id", kMaxExternalId);
  const bool persian = TextMember(line, "language", kMaxValue) == "fas";
  for (const std::string_view name : KnownFieldNames()) {
    const std::string printed = TextMember(line, name, kMaxValue);
    if (printed.empty()) continue;
    draft.record.fields.push_back({.name = std::string(name),
                                   .value = NormalForm(name, printed, persian),
                                   .printed = printed,
                                   .origin = FieldOrigin::kManifest,
                                   .state = FieldState::kConfirmed,
                                   .confidence = 100});
  }
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
    const int64_t now = NowMillis();
    draft.record.created_at = draft.record.changed_at = now;
    const bool known = TakeId(draft.record);
    ++(known ? replaced_ : imported_);
    changes_.audit.push_back({.at = now,
                              .actor = actor_,
                              .action = known ? "record.replace" : "record.import",
                              .subject = draft.record.id,
                              .detail = draft.record.external_id});
    for (Page& page : draft.pages) {
      page.record_id = draft.record.id;
      page.read_at = now;
      bytes_ += page.text.size();
      changes_.pages.push_back({.page = std::move(page), .image = {}});
    }
    changes_.records.push_back(std::move(draft.record));
    if (changes_.records.size() >= kGroupRecords || bytes_ >= kGroupBytes) Flush();
  }

  void Flush() {
    if (changes_.records.empty()) return;
    sequence_ = archive_.Commit(changes_);
    report.imported += imported_;
    report.replaced += replaced_;
    changes_ = {};
    group_.clear();
    bytes_ = imported_ = replaced_ = 0;
  }

  void Problem(uint64_t line, const std::string& reason) {
    ++report.failed;
    if (report.problems.size() < kMaxProblemsTold) report.problems.push_back({.line = line, .reason = reason});
  }

  uint64_t sequence() const { return sequence_; }

  ImportReport report;

 private:
  // Gives the record the id of the one that has its external id already. Whether there is one.
  bool TakeId(Record& record) {
    record.id = NewId();
    if (record.external_id.empty()) return false;
    if (const auto in_group = group_.find(record.external_id); in_group != group_.end()) {
      Flush();  // the earlier line of the same name becomes true first
    }
    if (const auto known = archive_.store().RecordIdOfExternal(record.external_id)) {
      const auto old = archive_.store().GetRecord(*known);
      if (old && !old->source.empty()) Refuse("\"external_id\" belongs to a record that was scanned");
      record.id = *known;
      if (old) record.created_at = old->created_at;
      return true;
    }
    group_[record.external_id] = record.id;
    return false;
  }

  Archive& archive_;
  const std::string actor_;
  ChangeSet changes_;
  std::map<std::string, std::string> group_;  // external ids of records not committed yet
  size_t bytes_ = 0;
  uint64_t imported_ = 0, replaced_ = 0;  // of the group
  uint64_t sequence_ = 0;
};

// Reads to the next line end. False at the end of `in`. A line beyond the limit comes back cut, with `too_long` set.
bool ReadLine(std::istream& in, std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  std::array<char, 1U << 16> piece{};
  for (;;) {
    in.getline(piece.data(), piece.size());
    const auto got = static_cast<size_t>(in.gcount());
    const bool ended = !in.fail() && !in.eof();  // the line end was read and counted
    const size_t length = ended ? got - 1 : got;
    if (line.size() + length > kMaxLine) too_long = true;
    if (!too_long) line.append(piece.data(), length);
    if (ended) return true;
    if (in.bad()) throw Error(ErrorCode::kUnavailable, "the lines could not be read to their end");
    if (in.eof()) return !line.empty() || too_long;
    in.clear();  // the piece was full: the line goes on
  }
}

}  // namespace

ImportReport Import(Archive& archive, std::istream& lines, std::string_view actor) {
  Importer importer(archive, actor);
  std::string line;
  bool too_long = false;
  for (uint64_t number = 1; ReadLine(lines, line, too_long); ++number) {
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
