// Every query parameter of the API, on one screen: its name, its limits, and what it is for. Handlers read them, the
// operations (api/operations_*.h) name them, and the documents are made of these.
#pragma once

#include "api/parameters.h"
#include "archive/edit.h"
#include "ingest/image_cut.h"

namespace diwan::parameters {

constexpr Parameter Text(std::string_view name, std::string_view what, std::string_view example = "") {
  return {.name = name, .what = what, .example = example};
}

constexpr Parameter Number(std::string_view name, NumberRange range, std::string_view what) {
  return {.name = name, .kind = ParameterKind::kNumber, .what = what, .range = range};
}

constexpr Parameter Flag(std::string_view name, bool fallback, std::string_view what) {
  return {.name = name, .kind = ParameterKind::kFlag, .what = what, .fallback = fallback};
}

constexpr Parameter Choice(std::string_view name, std::string_view choices, std::string_view what) {
  return {.name = name, .kind = ParameterKind::kChoice, .what = what, .choices = choices};
}

// Lists
inline constexpr Parameter kCursor =
    Text("cursor", "goes on where an answer ended: its `next`, with all else the same. Opaque");
inline constexpr NumberRange kListRange = {.fallback = 100, .least = 1, .most = 1000};
inline constexpr Parameter kListLimit = Number("limit", kListRange, "how many at most");
inline constexpr Parameter kShortLimit = Number("limit", {.fallback = 10, .least = 1, .most = 50}, "how many at most");
inline constexpr Parameter kAfter = Text("after", "begins behind the record with this id");

// Search
inline constexpr Parameter kQuestion = Text("q", "the question, in the language of search.md", "أكشاك السوق");
inline constexpr Parameter kSearchLimit =
    Number("limit", {.fallback = 20, .least = 1, .most = 1000}, "how many results at most");
inline constexpr Parameter kOffset =
    Number("offset", {.fallback = 0, .least = 0, .most = 10'000},
           "how many results to leave out first; with `limit` at most 10,000. Not together with `cursor`");
inline constexpr Parameter kSort =
    Choice("sort", "relevance|newest|oldest", "`newest`, `oldest`: by the record's date, those without one last");
inline constexpr Parameter kSnippets = Flag("snippets", true, "with snippets and boxes");
inline constexpr Parameter kFacets = Flag("facets", false, "counts all records found by type, body, language and year");
inline constexpr Parameter kExplain = Flag("explain", false, "tells how `q` was understood and what of it matched");
inline constexpr Parameter kTyped = Text("q", "what was typed so far; its last word is completed", "الم");

// Records and pages
inline constexpr Parameter kDeleted = Flag("deleted", false, "also what was deleted, or merged into another record");
inline constexpr Parameter kNumber = Text("number", "only records that bear this number", "١٢٣/٢٠١٩");
inline constexpr Parameter kYear = Text("year", "only of this year", "2019");
inline constexpr Parameter kType = Text("type", "only of this type", "decision");
inline constexpr Parameter kBody = Text("body", "only of this body", "مجلس البلدية");
inline constexpr Parameter kRecordFormat =
    Choice("format", "json|text|alto|hocr|image|pdf", "the form, where `Accept` can't be set");
inline constexpr Parameter kPageFormat =
    Choice("format", "json|text|alto|hocr|image|pdf", "the form, where `Accept` can't be set");
inline constexpr Parameter kRegion = {.name = "region",
                                      .what = "only this part: x, y, width, height in its pixels",
                                      .longest = 64,
                                      .example = "0,0,400,300"};
inline constexpr Parameter kImageWidth = Number("width", {.fallback = 0, .least = 0, .most = kMaxCutWidth},
                                                "made smaller, to a width of so many pixels; 0: as large as it is");
inline constexpr Parameter kFrom =
    Number("from", {.fallback = 1, .least = 1, .most = 1'000'000'000}, "the first version that is shown");
inline constexpr Parameter kWhy = {
    .name = "why", .what = "the reason, for the history", .longest = kMaxWhy, .example = "إدخال مكرر"};

// Citations
inline constexpr Parameter kRejected = Flag("rejected", false, "also citations that a person rejected");
inline constexpr Parameter kCitedByLimit =
    Number("limit", {.fallback = 50, .least = 1, .most = 1000}, "how many at most");

// Deliveries
inline constexpr Parameter kBatch = Text("batch", "id of the delivery it belongs to; one of its own when left out");
inline constexpr Parameter kFileName = Text("name", "the file's name, for people", "0001.tif");
inline constexpr Parameter kLanguage = Text("language", "`ara`, `fas`, or `auto`", "auto");
inline constexpr Parameter kAccess =
    Text("access", "for whom it will be where it is new here: `public`, `internal`, `confidential`", "internal");
inline constexpr Parameter kGivenBody =
    Text("body", "the council or court, of a file that is new here", "مجلس البلدية");
inline constexpr Parameter kRow = Flag("row", false, "the body begins with a line of JSON that says what the file is");
inline constexpr Parameter kLabel = Text("label", "a name for people", "عربة ١");
inline constexpr Parameter kEntries = Flag("entries", true, "with what became of each file");
inline constexpr Parameter kEntryLimit =
    Number("limit", {.fallback = 1000, .least = 1, .most = 10'000}, "how many entries at most");
inline constexpr Parameter kExportLimit =
    Number("limit", {.fallback = 500, .least = 1, .most = 1000}, "how many records at most; an answer may have fewer");
inline constexpr Parameter kExportQuestion =
    Text("q", "only what this finds without guesses: up to 1,000 bytes and 10,000 records, else 413", "السوق");
inline constexpr Parameter kText = Flag("text", true, "with the pages' texts");
inline constexpr Parameter kProposed = Flag("proposed", false, "also values that nobody confirmed");

// What persons look at
inline constexpr Parameter kDoubtKind = Choice(
    "kind", "numbers|fields|words",
    "`numbers`: proposed numbers, years and dates of papers; `fields`: all other proposed fields; `words`: words "
    "that were read with doubt");
inline constexpr Parameter kLeast = Number("least", {.fallback = 0, .least = 0, .most = 100},
                                           "only what was read with this confidence, in percent, at least");
inline constexpr Parameter kDoubtLimit =
    Number("limit", {.fallback = 20, .least = 1, .most = 100}, "of how many records, or pages, at most");

// Tokens and the audit trail
inline constexpr Parameter kTokensOf = Text("account", "only tokens of this account", "ahmad");
inline constexpr NumberRange kAuditRange = {.fallback = 0, .least = 0, .most = 1'000'000'000'000};
inline constexpr Parameter kAuditFrom = Number("from", kAuditRange, "the number of the first entry that is shown");
inline constexpr Parameter kAuditExportLimit =
    Number("limit", {.fallback = 1000, .least = 1, .most = 1000}, "how many at most");
inline constexpr Parameter kKnownEntries = Number("entries", kAuditRange, "the `entries` of an earlier check");
inline constexpr Parameter kKnownHead = {.name = "head", .what = "its `head`", .longest = 64};

}  // namespace diwan::parameters
