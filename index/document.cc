// Makes the document of one page: the record's fields first, then the page's words, numbers and dates. The database is
// not touched here, so a page that can't be indexed costs no other page anything.
#include "index/document.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/calendar.h"
#include "core/fold.h"
#include "index/analysis.h"
#include "index/complete.h"
#include "index/day_terms.h"
#include "index/query_fields.h"
#include "index/schema.h"
#include "index/stem_terms.h"

namespace diwan {
namespace {

std::string JoinPrefix(std::string_view first, std::string_view second) { return std::string(first).append(second); }

// A facet's value: one line of sound UTF-8 without direction marks, whatever the record has.
std::string MakeValue(std::string_view text) {
  std::u32string line;
  for (const char32_t c : FromUtf8(ExactForm(CutAtCodePoint(text, kMaxValueBytes)))) {
    const bool blank = c <= U' ' || (c >= 0x7F && c <= 0xA0);
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != U' ') {
      line += U' ';
    }
  }
  if (!line.empty() && line.back() == U' ') line.pop_back();
  return std::string(CutAtCodePoint(ToUtf8(line), kMaxValueBytes));
}

class DocumentMaker {
 public:
  DocumentMaker(Language language, bool first_page) : language_(language), first_page_(first_page) {}

  void AddWords(const AnalysedText& text, uint32_t weight) {
    for (const PlacedSurface& placed : PlacedSurfaces(text)) {
      document_.add_posting(MakeTerm(kSurfacePrefix, placed.surface), last_position_ + placed.position, weight);
    }
    for (const TextWord& word : text.words) {
      for (const std::string& stem : StemTermsOf(word, word.language)) {
        document_.add_posting(stem, last_position_ + word.position, weight);
      }
      AddCompound(word);
    }
    AddNumbers(text, kNumberPrefix, weight);
    MovePosition(text);
  }

  void AddDates(std::string_view text) {
    for (const PrintedDate& date : FindDates(text, language_ == Language::kPersian)) AddDays(date.days);
  }

  // A field's own terms: found by field:value only, without weight in ranking. `on_page`: it was read from the record's
  // own text, whose words count already; the title is worth more than they are.
  void AddField(const QueryField& field, std::string_view value, bool on_page = false) {
    if (field.kind == FieldKind::kExact) {
      document_.add_boolean_term(MakeTerm(field.prefix, ExactValue(field, value)));
      return;
    }
    const AnalysedText text = Words(value);
    const std::string surface = JoinPrefix(field.prefix, kSurfacePrefix);
    for (const PlacedSurface& placed : PlacedSurfaces(text)) {
      document_.add_posting(MakeTerm(surface, placed.surface), last_position_ + placed.position, 0);
    }
    for (const TextWord& word : text.words) {
      for (const std::string& stem : StemTermsOf(word, word.language)) {
        document_.add_boolean_term(MakeTerm(field.prefix, stem));
      }
    }
    for (const TextNumber& number : text.numbers) {
      document_.add_boolean_term(MakeTerm(JoinPrefix(field.prefix, kNumberPrefix), number.value));
    }
    MovePosition(text);
    if (!field.in_page_words || (on_page && field.name != "title")) return;
    // A record shows itself by its first page, unless its words stand on another.
    const uint32_t weight = field.name == "title" ? kTitleWeight : 1;
    AddWords(text, first_page_ ? weight : 0);
  }

  void AddRecordDate(const Field& field) {
    std::vector<DayRange> days = ParseDateQuery(field.value);
    if (days.empty()) days = ParseDateQuery(field.printed);
    for (const PrintedDate& date : FindDates(field.printed, language_ == Language::kPersian)) {
      if (days.empty()) days.push_back(date.days);
    }
    if (days.empty()) return AddPageWords(field.printed.empty() ? field.value : field.printed);  // 31/02/2019
    document_.add_value(kFirstDaySlot, Xapian::sortable_serialise(days.front().first));
    document_.add_value(kLastDaySlot, Xapian::sortable_serialise(days.front().last));
    constexpr int kFewDays = 3;  // a Hijri day; a month or a year is found by the slots
    if (days.front().last - days.front().first < kFewDays) AddDays(days.front());
  }

  void AddTitleKeys(std::string_view title) {
    for (const std::string& term : TitleKeys(title)) document_.add_boolean_term(term);
  }

  void AddPageWords(std::string_view text) { AddWords(Words(text), 1); }

  // What facets and the grouping of pages are told by.
  void AddValues(const Record& record, const Page& page) {
    // A page beyond the first belongs to several, whatever the record says.
    if (record.page_count > 1 || page.number > 1) document_.add_value(kRecordSlot, page.record_id);
    document_.add_value(kTypeSlot, MakeValue(record.Value("type")));
    document_.add_value(kBodySlot, MakeValue(record.Value("body")));
    const std::string_view own = record.Value("language");
    const std::string language = ExactValue(*FindQueryField("language"), own.empty() ? page.language : own);
    document_.add_value(kLanguageSlot, MakeValue(language));
  }

  PageDocument Finish(const std::string& key) {
    document_.add_boolean_term(JoinPrefix(kKeyPrefix, key));
    document_.add_value(kKeySlot, key);
    return {std::move(document_), std::move(compounds_)};
  }

 private:
  AnalysedText Words(std::string_view utf8) const {
    AnalysedText text = Analyse(utf8);
    SetLanguages(text, language_);
    return text;
  }

  // An ending apart and می before a verb are the stemmer's; what else has ZWNJ is a compound.
  void AddCompound(const TextWord& word) {
    if (word.pieces.empty() || IsStopWord(FromUtf8(word.pieces.back()))) return;
    if (word.pieces.front() == "مي" || word.pieces.front() == "نمي") return;
    std::string pieces;
    for (const std::string& piece : word.pieces) pieces += (pieces.empty() ? "" : " ") + piece;
    compounds_.emplace_back(word.surface, std::move(pieces));
  }

  void AddNumbers(const AnalysedText& text, std::string_view prefix, uint32_t weight) {
    std::vector<bool> in_compound(text.words.size(), false);
    for (const TextNumber& number : text.numbers) {
      if (number.parts.empty()) continue;
      for (size_t i = number.first_word; i < number.end_word; ++i) in_compound[i] = true;
    }
    for (const TextNumber& number : text.numbers) {
      const bool part = number.parts.empty() && in_compound[number.first_word];
      document_.add_term(MakeTerm(prefix, number.value), part ? weight : 2 * weight);
    }
  }

  void AddDays(DayRange days) {
    for (const std::string& term : DayTermsOf(days)) document_.add_term(term);
  }

  void MovePosition(const AnalysedText& text) {
    if (text.words.empty()) return;
    const TextWord& last = text.words.back();
    last_position_ += last.position + static_cast<uint32_t>(last.pieces.size()) + kFieldGap;
  }

  Language language_;
  bool first_page_;  // of its record
  Xapian::Document document_;
  std::vector<std::pair<std::string, std::string>> compounds_;
  uint32_t last_position_ = 0;
};

std::optional<Language> NamedLanguage(std::string_view name) {
  static const QueryField& field = *FindQueryField("language");
  const std::string code = ExactValue(field, name);
  if (code == "ara") return Language::kArabic;
  if (code == "fas") return Language::kPersian;
  return std::nullopt;
}

constexpr size_t kMostValues = 20;  // of one field that may have several: they stand on each page of the record

void AddValue(DocumentMaker& maker, const QueryField& field, const Field& value) {
  if (field.kind == FieldKind::kDate) return maker.AddRecordDate(value);
  const bool on_page = value.origin == FieldOrigin::kOcr;
  maker.AddField(field, value.value, on_page);
  if (value.printed != value.value && !value.printed.empty()) maker.AddField(field, value.printed, on_page);
}

}  // namespace

PageDocument MakeDocument(const IndexedPage& indexed) {
  const Record& record = *indexed.record;
  const Page& page = *indexed.page;
  const std::string key = PageKey(page.record_id, page.number);
  AnalysedText text = Analyse(page.text);
  const Language language = NamedLanguage(page.language).value_or(GuessLanguage(text));
  SetLanguages(text, language);
  DocumentMaker maker(language, page.number == 1);
  for (const QueryField& field : QueryFields()) {
    size_t values = 0;
    for (const Field& value : record.fields) {
      if (value.name == field.name && values++ < kMostValues) AddValue(maker, field, value);
      if (field.kind == FieldKind::kDate && values > 0) break;
    }
  }
  const QueryField& id = *FindQueryField("id");
  maker.AddField(id, page.record_id);
  if (!record.external_id.empty()) {
    maker.AddField(id, record.external_id);
    maker.AddField(*FindQueryField("external_id"), record.external_id);
  }
  if (page.number == 1) maker.AddTitleKeys(record.Value("title"));
  maker.AddValues(record, page);
  if (record.Find("language") == nullptr) maker.AddField(*FindQueryField("language"), page.language);
  maker.AddWords(text, 1);
  maker.AddDates(page.text);
  return maker.Finish(key);
}

}  // namespace diwan
