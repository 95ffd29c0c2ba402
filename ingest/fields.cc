// The fields of a record, out of its pages' texts. Every match of a rule is a candidate; which of them stands for the
// record is decided by where it stands and by the order of the rules.
#include "ingest/fields.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "core/fold.h"
#include "core/paper_number.h"
#include "ingest/fields_choice.h"
#include "ingest/fields_heading.h"
#include "ingest/fields_own.h"
#include "ingest/fields_page.h"
#include "ingest/fields_signed.h"
#include "ingest/fields_values.h"
#include "ingest/language.h"
#include "ingest/read_confidence.h"

namespace diwan {
namespace {

constexpr uint32_t kHeadLines = 14;   // of the first page, where the letterhead and the title stand
constexpr uint32_t kEndLines = 9;     // of the last page, where it is signed
constexpr float kBase = 0.95F;        // of a match to the letter
constexpr float kSureOpening = 0.9F;  // other dots, but no other letter: `التقرير` is no `تقرر`

class FieldReader {
 public:
  FieldReader(const RuleSet& rules, int pages) : rules_(rules), last_(pages) {}

  // A page at a time, since a record may have thousands.
  void Add(const TextPage& given, int number, bool jalali_likely) {
    FieldPage page(rules_, given, number, jalali_likely);
    if (number == 1) FindHead(page);
    extract_ = number == 1 && listing_ && IsExtract(page, head_end_);
    if (!extract_) listing_ = TakeListedItems(page, listing_);
    if (number == 1) TakeOwn(page);
    for (size_t at = 0; at < page.text.size(); ++at) Collect(page, at);
    if (number == 1) TakeHeading(page);
    for (CitationMatch& found : page.citations) {
      if (own_.AreCitedBy(found.citation)) continue;
      const CitedRelation relation = found.citation.relation;
      const bool done = relation != CitedRelation::kRefersTo && relation != CitedRelation::kImplements;
      if (undecided_ && done) found.citation.confidence = std::min(found.citation.confidence, kDoubtedRelation);
      citations_.push_back(std::move(found.citation));
    }
  }

  TextReading Finish() {
    const auto is_year = [](const FieldCandidate& candidate) { return candidate.field.name == "year"; };
    std::vector<FieldCandidate> years;
    std::ranges::copy_if(candidates_, std::back_inserter(years), is_year);
    std::erase_if(candidates_, is_year);
    TextReading out{.fields = ChooseFields(std::move(candidates_)), .citations = std::move(citations_)};
    AddYear(std::move(years), out.fields);
    NameByCourt(out.fields);
    NameBySitting(out.fields);
    std::erase_if(out.fields, [](const FoundField& field) { return field.name == kNoField; });
    std::ranges::stable_sort(out.fields, {},
                             [](const FoundField& f) { return std::tie(f.name, f.place.page, f.place.begin); });
    return out;
  }

 private:
  static constexpr size_t kOwnRanks = 1U << 20U;  // ranks below are of what stands in the title itself

  // The head ends where the text proper opens: `إن المجلس`, `بعد الاطلاع`. Minutes and agendas list decisions.
  void FindHead(FieldPage& page) {
    bool titled = false;
    while (head_end_ < page.text.size() && page.text[head_end_].line < kHeadLines) {
      const RuleMatch opening = page.matcher.LongestAt(head_end_, RuleUse::kOpening);
      if (opening.rule != nullptr && opening.sure >= kSureOpening) break;
      const RuleMatch type = page.matcher.LongestAt(head_end_, RuleUse::kType);
      const bool title = type.rule != nullptr && WordsBefore(page.text, head_end_) == 0;
      undecided_ = undecided_ || (!titled && IsUndecided(page, head_end_));
      titled = titled || (title && type.sure == 1 && type.rule->name != "letter");
      listing_ = listing_ || (title && (type.rule->name == "minutes" || type.rule->name == "agenda"));
      ++head_end_;
    }
    head_bytes_ = head_end_ == 0 ? 0 : page.text.EndByte(head_end_);
  }

  // A draft, a request, an agenda: what is said there is not done.
  static bool IsUndecided(FieldPage& page, size_t at) {
    if (WordsBefore(page.text, at) > 0) return false;
    const RuleMatch match = page.matcher.LongestAt(at, RuleUse::kUndecided);
    return match.rule != nullptr && match.sure == 1;
  }

  bool InZone(const FieldPage& page, size_t at, RuleZone zone) const {
    if (zone == RuleZone::kHead) return page.number == 1 && at < head_end_;
    if (zone == RuleZone::kLine) {
      return page.number == 1 && at < head_end_ && IsBareWord(page, at) &&
             (WordsBefore(page.text, at) == 0 || IsBehindDash(page.text, at) || IsBehindOwn(page.text, at));
    }
    if (zone == RuleZone::kEnd) return page.number == last_ && page.text[at].line + kEndLines >= page.text.lines();
    return true;
  }

  // `بلدية النور - الدائرة الفنية`
  static bool IsBehindDash(const RuleText& text, size_t at) {
    constexpr std::u32string_view kDashes = U"-\u2013\u2014";
    if (at < 2 || text[at - 1].kind != TokenKind::kSign) return false;
    const bool spaced = text[at].begin > text[at - 1].end && text[at - 1].begin > text[at - 2].end;
    return spaced && kDashes.find(text.Folded(text[at - 1])[0]) != std::u32string_view::npos;
  }

  // Right behind the record's own number, or signs between.
  bool IsBehindOwn(const RuleText& text, size_t at) const {
    while (at > own_.end && text[at - 1].kind == TokenKind::kSign) --at;
    return at == own_.end;
  }

  void TakeOwn(FieldPage& page) {
    own_ = TakeOwnNumbers(page, head_end_);
    for (const OwnNumber& own : own_.found) AddOwn(page, own);
  }

  // The body that several lines name is no other than what each of them says. Who stands above a council in its heading
  // does not gainsay it.
  void TakeHeading(FieldPage& page) {
    const auto is_body = [](const FieldCandidate& c) { return c.field.name == "body"; };
    if (const auto headed = BodyOfHeading(page, head_end_)) {
      const size_t end = page.text.EndByte(headed->last);
      std::erase_if(candidates_, [&](const FieldCandidate& c) { return is_body(c) && c.field.place.begin < end; });
      const Capture where{.slot = nullptr, .first = headed->first, .last = headed->last};
      Add(page, kOwnRanks - 1, "body", {.value = headed->value, .where = where}, kBase * headed->sure);
    }
    const size_t title = own_.found.empty() ? head_bytes_ : page.text.BeginByte(own_.found.front().match.match.first);
    size_t council = 0;  // where the last one begins that nobody is above
    for (const FieldCandidate& c : candidates_) {
      const bool in_heading =
          is_body(c) && c.field.place.begin < title && BeginsLine(page, c) && !IsAbove(page, c.field);
      if (in_heading) council = std::max(council, c.field.place.begin);
    }
    std::erase_if(candidates_, [&](const FieldCandidate& c) {
      return is_body(c) && c.field.place.begin < council && IsAbove(page, c.field);
    });
  }

  static bool BeginsLine(const FieldPage& page, const FieldCandidate& candidate) {
    const size_t before = page.page.text.substr(0, candidate.field.place.begin).find_last_not_of(' ');
    return before == std::string_view::npos || page.page.text[before] == '\n';
  }

  // `وزارة الداخلية`
  static bool IsAbove(const FieldPage& page, const FoundField& body) {
    const std::u32string word = Fold(body.value.substr(0, body.value.find(' '))).text;
    return page.matcher.rules().above.contains(word);
  }

  void AddOwn(const FieldPage& page, const OwnNumber& own) {
    const RuleMatch& match = own.match.match;
    const FoundCitation& paper = own.match.citation;
    Capture whole = *match.Find("number");
    const Capture* year = match.Find("year");
    if (year != nullptr) whole.last = year->last;
    const std::string value = paper.number + (paper.year.empty() ? "" : "/" + paper.year);
    const size_t rank = own.rival ? 1 : 0;
    const float rest = extract_ ? kRival : 1;  // the minutes may go on, with others
    Add(page, rank, own.is_case ? "case" : "number", {.value = value, .where = whole}, paper.confidence * rest);
    if (own.rival) return;
    const float sure = kBase * match.sure;  // of what its keywords alone say
    for (const char* name : {"date", "session", "session_date", "body", "case"}) {
      if (const Capture* also = match.Find(name)) AddAlso(page, match, *also, sure);
    }
    if (own.is_case) return;
    const std::string own_year = paper.year.empty() ? YearInNumber(paper.number) : paper.year;
    Add(page, 0, "year", {.value = own_year, .where = year != nullptr ? *year : *match.Find("number")},
        std::min(sure, NumbersConfidence(page.text, match)));
    const Capture keyword{.slot = nullptr, .first = match.first, .last = match.first + 1};
    Add(page, extract_ ? 0 : match.first, "type", {.value = std::string(NameOf(paper.kind)), .where = keyword}, sure);
  }

  // What the title says beside the number.
  void AddAlso(const FieldPage& page, const RuleMatch& match, const Capture& capture, float sure) {
    const SlotValue value = ReadSlotValue(page, match, capture);
    const bool body = capture.slot->name == "body";  // better told by a line of its own
    Add(page, body ? kOwnRanks + rules_.rules.size() : 0, capture.slot->name, value, sure * value.sure);
  }

  void Add(const FieldPage& page, size_t rank, std::string name, const SlotValue& value, float sure) {
    if (value.value.empty()) return;
    FoundField field{.name = std::move(name), .value = value.value};
    const auto& [slot, first, last] = value.where;
    field.place = {.page = page.number, .begin = page.text.BeginByte(first), .end = page.text.EndByte(last)};
    field.printed = std::string(page.text.Printed(first, last));
    field.confidence = std::min(sure, ReadConfidence(page.page.stretches, field.place.begin, field.place.end));
    candidates_.push_back({.rank = rank, .field = std::move(field), .date = value.date});
  }

  static bool InCitation(const FieldPage& page, const Capture& capture) {
    const auto last_of = [](const CitationMatch& found) { return found.match.last; };
    const auto found = std::ranges::upper_bound(page.citations, capture.first, {}, last_of);
    return found != page.citations.end() && found->match.first < capture.last;
  }

  size_t RankOf(const RuleMatch& match) const {
    return kOwnRanks + static_cast<size_t>(match.rule - rules_.rules.data());
  }

  void Collect(FieldPage& page, size_t at) {
    for (const RuleMatch& match : page.matcher.MatchesAt(at, RuleUse::kField)) {
      if (!InZone(page, at, match.rule->zone)) continue;
      if (!match.rule->name.empty()) {
        TakeWhole(page, match);
      } else {
        for (const Capture& capture : match.captures) TakeSlot(page, match, capture);
      }
    }
    if (InZone(page, at, RuleZone::kLine)) TakeType(page, page.matcher.LongestAt(at, RuleUse::kType));
    if (InZone(page, at, RuleZone::kEnd) && page.text[at].kind == TokenKind::kWord) TakeSigned(page, at);
  }

  void TakeType(const FieldPage& page, const RuleMatch& type) {
    if (type.rule == nullptr || (listing_ && type.rule->name == NameOf(CitedKind::kDecision))) return;
    const Capture where{.slot = nullptr, .first = type.first, .last = type.last};
    const bool weak = type.rule->name == NameOf(CitedKind::kLetter);  // other papers have an addressee too
    Add(page, type.first + (weak ? kOwnRanks : 0) + (extract_ ? 1 : 0), "type",
        {.value = type.rule->name, .where = where}, kBase * type.sure);
  }

  void TakeSigned(FieldPage& page, size_t at) {
    constexpr uint32_t kColumn = 3;  // spaces before a further column
    const bool begins = WordsBefore(page.text, at) == 0 || page.text[at].begin >= page.text[at - 1].end + kColumn;
    if (!begins) return;
    const RuleMatch role = page.matcher.LongestAt(at, RuleUse::kSigned);
    if (role.rule == nullptr) return;
    const auto name = FindSignatory(page, role);
    if (!name) return;
    const std::string value = TidyText(page.text.Printed(name->first, name->last));
    Add(page, RankOf(role), "signatory", {.value = value, .where = *name}, kBase * role.sure);
  }

  // All that the rule fits, without a particle that its first word has: `بشارع النصر`.
  void TakeWhole(const FieldPage& page, const RuleMatch& match) {
    const Capture whole{.slot = nullptr, .first = match.first, .last = match.last};
    if (InCitation(page, whole)) return;
    std::string value = TidyText(page.text.Printed(whole.first, whole.last));
    constexpr size_t kParticle = 2;  // bytes of one letter
    if (!IsBareWord(page, match.first)) value.erase(0, kParticle);
    if (match.rule->name == "title") value = WithoutParticle(value);
    Add(page, RankOf(match), match.rule->name, {.value = value, .where = whole}, kBase * match.sure);
  }

  static bool IsRestOfLine(SlotKind kind) { return kind == SlotKind::kLine || kind == SlotKind::kTopic; }

  void TakeSlot(const FieldPage& page, const RuleMatch& match, const Capture& capture) {
    if (!IsRestOfLine(capture.slot->kind) && InCitation(page, capture)) return;
    if (capture.slot->name == "year") return;  // it is read with its number
    const SlotValue value = ReadSlotValue(page, match, capture);
    const float words = WordsConfidence(page.text, page.page.stretches, match.first, match.last);
    const SlotKind kind = capture.slot->kind;
    const bool number = kind == SlotKind::kNumber || kind == SlotKind::kPair || kind == SlotKind::kYear;
    const float numbers = number ? NumbersConfidence(page.text, match) : 1;
    const float sure = std::min({kBase * match.sure * value.sure, words, numbers});
    Add(page, RankOf(match), capture.slot->name, value, sure);
    if (!value.year.empty()) Add(page, RankOf(match), "year", {.value = value.year, .where = value.where}, sure);
  }

  // The year is that of the number which was chosen.
  static void AddYear(std::vector<FieldCandidate> years, std::vector<FoundField>& fields) {
    const auto number = std::ranges::find(fields, "number", &FoundField::name);
    if (number == fields.end()) return;
    const auto is_of_number = [&](const FieldCandidate& year) {
      return number->value.ends_with("/" + year.field.value) || YearOfNumber(number->value) == year.field.value;
    };
    std::ranges::stable_sort(years, {}, &FieldCandidate::rank);
    const auto found = std::ranges::find_if(years, is_of_number);
    if (found == years.end()) return;
    if (!std::ranges::all_of(years, is_of_number)) found->field.confidence *= kRival;
    fields.push_back(std::move(found->field));
  }

  // The day above the minutes of a sitting is the day of the sitting.
  void NameBySitting(std::vector<FoundField>& fields) const {
    const auto find = [&](std::string_view name) { return std::ranges::find(fields, name, &FoundField::name); };
    const auto type = find("type");
    const auto date = find("date");
    const bool sitting = type != fields.end() && (type->value == "minutes" || type->value == "agenda") &&
                         find("session") != fields.end() && find("session_date") == fields.end();
    if (sitting && date != fields.end() && date->place.page == 1 && date->place.end <= head_bytes_) {
      date->name = "session_date";
    }
  }

  // What a court decides is a ruling, though it may be headed قرار, or only bear a case's number and the parties. Rooms
  // are chambers of a court and departments of others.
  static void NameByCourt(std::vector<FoundField>& fields) {
    const auto find = [&](std::string_view name) { return std::ranges::find(fields, name, &FoundField::name); };
    const auto court = find("court");
    const auto chamber = find("chamber");
    if (court == fields.end()) {
      const bool of_body = find("body") != fields.end() && find("case") == fields.end();
      if (chamber != fields.end() && of_body && find("department") == fields.end()) chamber->name = "department";
      return;
    }
    const bool of_case = find("case") != fields.end();
    const auto type = find("type");
    const std::string ruling(NameOf(CitedKind::kRuling));
    if (type != fields.end()) {
      const bool weak = type->value == NameOf(CitedKind::kLetter) && of_case;
      if (weak || type->value == NameOf(CitedKind::kDecision)) type->value = ruling;
    } else if (of_case) {
      FoundField out = *court;
      out.name = "type";
      out.value = ruling;
      fields.push_back(std::move(out));
    }
  }

  const RuleSet& rules_;
  int last_;  // number of the last page
  std::vector<FoundCitation> citations_;
  bool undecided_ = false;  // by its first lines, the record
  size_t head_end_ = 0;
  size_t head_bytes_ = 0;  // of the first page, up to head_end_
  bool listing_ = false;   // the record lists decisions, as minutes do
  bool extract_ = false;   // it is headed as minutes, and is one decision of theirs
  OwnNumbers own_;
  std::vector<FieldCandidate> candidates_;
};

}  // namespace

TextReading ReadTextFields(const std::vector<TextPage>& pages, std::string_view language) {
  std::string told(language);
  for (const TextPage& page : pages) {
    if (told == "ara" || told == "fas") break;
    told = GuessWrittenLanguage(page.text).value_or("");
  }
  FieldReader reader(BuiltInRules(told), static_cast<int>(pages.size()));
  int number = 0;
  for (const TextPage& page : pages) reader.Add(page, ++number, told == "fas");
  return reader.Finish();
}

}  // namespace diwan
