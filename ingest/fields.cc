// The fields of a record, out of its pages' texts. Every match of a rule is a candidate; which of them stands for the
// record is decided by where it stands and by the order of the rules.
#include "ingest/fields.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/fold.h"
#include "ingest/find_citations.h"
#include "ingest/language.h"

namespace diwan {
namespace {

constexpr uint32_t kHeadLines = 14;   // of the first page, where the letterhead and the title stand
constexpr uint32_t kEndLines = 9;     // of the last page, where it is signed
constexpr size_t kMostLead = 4;       // words before the record's own number in its line
constexpr size_t kLongestLine = 400;  // tokens; what is longer is no line of a paper
constexpr size_t kMostOfOne = 200;    // values of one field
constexpr float kBase = 0.95F;        // of a match to the letter
constexpr float kRival = 0.7F;        // of what another candidate gainsays

// What fills no field but keeps others from it.
constexpr std::string_view kNoField = "_";

// Fields that a record may have several times.
constexpr std::string_view kSeveral[] = {"claimant", "respondent", "signatory", "place", "parcel", "money", kNoField};

bool MayBeSeveral(std::string_view name) { return std::ranges::find(kSeveral, name) != std::end(kSeveral); }

// A page cut and matched. Never moved, since the matcher refers to the text.
struct PageWork {
  PageWork(const RuleSet& rules, const TextPage& given, int page_number, bool jalali_likely)
      : page(given), number(page_number), text(given.text, jalali_likely), matcher(rules, text) {
    citations = MatchCitations(matcher, number, page.stretches);
  }
  PageWork(const PageWork&) = delete;
  PageWork& operator=(const PageWork&) = delete;

  TextPage page;
  int number;
  RuleText text;
  RuleMatcher matcher;
  std::vector<CitationMatch> citations;
};

struct Candidate {
  size_t rank = 0;  // lower goes before
  FoundField field;
};

class FieldReader {
 public:
  FieldReader(const RuleSet& rules, int pages) : rules_(rules), last_(pages) {}

  // A page at a time, since a record may have thousands.
  void Add(const TextPage& given, int number, bool jalali_likely) {
    PageWork page(rules_, given, number, jalali_likely);
    if (number == 1) FindHead(page);
    if (number == 1) TakeOwn(page);
    for (size_t at = 0; at < page.text.size(); ++at) Collect(page, at);
    for (CitationMatch& found : page.citations) {
      if (!IsOwnAgain(found.citation)) citations_.push_back(std::move(found.citation));
    }
  }

  TextReading Finish() {
    Choose();
    NameRuling();
    TextReading out{.fields = std::move(chosen_), .citations = std::move(citations_)};
    std::erase_if(out.fields, [](const FoundField& field) { return field.name == kNoField; });
    std::ranges::stable_sort(out.fields, {},
                             [](const FoundField& f) { return std::tie(f.name, f.place.page, f.place.begin); });
    return out;
  }

 private:
  // The head ends where the text proper opens: `إن المجلس`, `بعد الاطلاع`.
  void FindHead(PageWork& page) {
    while (head_end_ < page.text.size() && page.text[head_end_].line < kHeadLines) {
      if (page.matcher.LongestAt(head_end_, RuleUse::kOpening).rule != nullptr) break;
      ++head_end_;
    }
  }

  bool InZone(const PageWork& page, size_t at, RuleZone zone) const {
    if (zone == RuleZone::kHead) return page.number == 1 && at < head_end_;
    if (zone == RuleZone::kLine)
      return page.number == 1 && at < head_end_ && IsBareWord(page, at) && (LeadOf(page, at) == 0 || at == own_end_);
    if (zone == RuleZone::kEnd) return page.number == last_ && page.text[at].line + kEndLines >= page.text.lines();
    return true;
  }

  // Words and numbers before the token in its line.
  static size_t LeadOf(const PageWork& page, size_t at) {
    size_t words = 0;
    constexpr size_t kFarthest = 3 * kMostLead;  // tokens; a line may be as long as the text
    for (size_t i = 0; i < kFarthest && at > 0 && page.text[at - 1].kind < TokenKind::kLineEnd; ++i) {
      if (page.text[--at].kind <= TokenKind::kNumber) ++words;
    }
    return words;
  }

  // `والقرار`, `بالقرار`, `للقرار` speak of another paper.
  bool IsBareWord(const PageWork& page, size_t at) const {
    constexpr std::u32string_view kParticles = U"وفبلك";
    const std::u32string_view word = page.text.Folded(page.text[at]);
    return rules_.vocabulary.Has(word) || kParticles.find(word[0]) == std::u32string_view::npos;
  }

  bool IsOwn(const PageWork& page, const CitationMatch& found) const {
    return found.match.first < head_end_ && !found.related && !found.listed && found.citation.article.empty() &&
           IsBareWord(page, found.match.first) && !found.citation.number.empty() && BeginsTitle(page, found) &&
           EndsTitle(page, found);
  }

  // A title stands at the beginning of its line, or behind the name of the body; a case also behind `في`.
  bool BeginsTitle(const PageWork& page, const CitationMatch& found) const {
    const size_t first = found.match.first;
    const size_t lead = LeadOf(page, first);
    if (lead == 0 || (lead == 1 && found.citation.kind == CitedKind::kCase)) return true;
    return lead <= kMostLead && page.matcher.IsBody(LineBegin(page, first));
  }

  // Behind a title stands its subject, or little; behind a mention in a sentence stands the sentence.
  bool EndsTitle(const PageWork& page, const CitationMatch& found) const {
    constexpr size_t kMostWords = 4;
    const size_t last = found.match.last;
    const size_t end = LineEnd(page, last);
    constexpr size_t kNear = 2;  // a bracket and the colon
    for (size_t i = last; i < std::min(end, last + kNear); ++i) {
      if (page.text.Folded(page.text[i]) == U":") return true;
    }
    const auto next = std::ranges::lower_bound(page.citations, last, {}, [](const auto& c) { return c.match.first; });
    if (page.text[found.match.first].line == 0 && next != page.citations.end() && next->match.first < end) return true;
    if (end > last + 1 && EndsSentence(page.text, end - 1)) return false;
    size_t words = 0;
    for (size_t i = last; i < page.text.size() && page.text[i].kind < TokenKind::kLineEnd && words <= kMostWords; ++i) {
      if (page.text[i].kind != TokenKind::kWord) continue;
      if (++words == 1 && page.matcher.IsTitle(i)) return true;
    }
    return words <= kMostWords;
  }

  // The record's own number and, of a ruling, that of its case. The first of each in the head; others disagree.
  void TakeOwn(PageWork& page) {
    for (const CitationMatch& found : page.citations) {
      if (!IsOwn(page, found)) continue;
      const bool is_case = found.citation.kind == CitedKind::kCase;
      if (is_case ? has_case_ : has_number_) {
        AddOwn(page, found, is_case, 1);
        continue;
      }
      (is_case ? has_case_ : has_number_) = true;
      AddOwn(page, found, is_case, 0);
      own_.push_back(found.citation);
      own_end_ = found.match.last;
    }
    std::erase_if(page.citations, [&](const CitationMatch& found) { return IsOwnAgain(found.citation); });
  }

  void AddOwn(PageWork& page, const CitationMatch& found, bool is_case, size_t rank) {
    const FoundCitation& own = found.citation;
    const Capture* number = found.match.Find("number");
    const std::string value = own.number + (own.year.empty() ? "" : "/" + own.year);
    Capture whole = *number;
    if (const Capture* year = found.match.Find("year")) whole.last = year->last;
    Add(page, rank, is_case ? "case" : "number", value, whole, own.confidence);
    if (rank > 0) return;
    const float sure = kBase * found.match.sure;  // of what its keywords alone say
    const Capture* year = found.match.Find("year");
    if (!is_case && !own.year.empty()) Add(page, 0, "year", own.year, year != nullptr ? *year : *number, sure);
    if (const Capture* date = found.match.Find("date")) {
      Add(page, 0, "date", own.date, *date, sure * static_cast<float>(page.text.DateAt(date->first)->confidence));
    }
    const Capture keyword{.slot = nullptr, .first = found.match.first, .last = found.match.first + 1};
    if (!is_case) Add(page, found.match.first, "type", std::string(NameOf(own.kind)), keyword, sure);
  }

  bool IsOwnAgain(const FoundCitation& citation) const {
    return std::ranges::any_of(own_, [&](const FoundCitation& own) {
      return own.kind == citation.kind && own.number == citation.number && own.year == citation.year &&
             citation.article.empty();
    });
  }

  void Add(const PageWork& page, size_t rank, std::string name, std::string value, const Capture& where, float sure) {
    FoundField field{.name = std::move(name), .value = std::move(value)};
    field.place = {
        .page = page.number, .begin = page.text.BeginByte(where.first), .end = page.text.EndByte(where.last)};
    field.printed = std::string(page.text.Printed(where.first, where.last));
    field.confidence = std::min(sure, ReadConfidence(page.page.stretches, field.place.begin, field.place.end));
    if (!field.value.empty()) candidates_.push_back({.rank = rank, .field = std::move(field)});
  }

  bool InCitation(const PageWork& page, const Capture& capture) const {
    const auto last_of = [](const CitationMatch& found) { return found.match.last; };
    const auto found = std::ranges::upper_bound(page.citations, capture.first, {}, last_of);
    return found != page.citations.end() && found->match.first < capture.last;
  }

  void Collect(PageWork& page, size_t at) {
    for (const RuleMatch& match : page.matcher.MatchesAt(at, RuleUse::kField)) {
      if (!InZone(page, at, match.rule->zone)) continue;
      const size_t rank = kOwnRanks + static_cast<size_t>(match.rule - rules_.rules.data());
      if (!match.rule->name.empty()) {
        TakeWhole(page, rank, match);
      } else {
        for (const Capture& capture : match.captures) TakeSlot(page, rank, match, capture);
      }
    }
    if (InZone(page, at, RuleZone::kLine)) {
      const RuleMatch type = page.matcher.LongestAt(at, RuleUse::kType);
      const Capture where{.slot = nullptr, .first = type.first, .last = type.last};
      if (type.rule != nullptr) Add(page, at, "type", type.rule->name, where, kBase * type.sure);
    }
    if (InZone(page, at, RuleZone::kEnd) && LeadOf(page, at) == 0) {
      const RuleMatch role = page.matcher.LongestAt(at, RuleUse::kSigned);
      if (role.rule != nullptr) TakeSignatory(page, role);
    }
  }

  void TakeWhole(PageWork& page, size_t rank, const RuleMatch& match) {
    const Capture whole{.slot = nullptr, .first = match.first, .last = match.last};
    if (InCitation(page, whole)) return;
    Add(page, rank, match.rule->name, Tidy(page.text.Printed(whole.first, whole.last)), whole, kBase * match.sure);
  }

  void TakeSlot(PageWork& page, size_t rank, const RuleMatch& match, const Capture& capture) {
    const SlotKind kind = capture.slot->kind;
    if (kind != SlotKind::kLine && InCitation(page, capture)) return;
    Capture where = capture;
    if (kind == SlotKind::kAmount) where.last = match.last;
    const std::string printed(page.text.Printed(where.first, where.last));
    std::string value = Tidy(printed);
    float sure = kBase * match.sure;
    if (kind == SlotKind::kDate) {
      const PrintedDate& date = *page.text.DateAt(capture.first);
      value = page.text.NormalForm(date);
      sure *= static_cast<float>(date.confidence);
    } else if (kind == SlotKind::kAmount) {
      value = NormalAmount(page, capture, match.last);
    } else if (kind == SlotKind::kNumber) {
      const SplitNumber split = Split(printed);
      value = split.number + (split.year.empty() ? "" : "/" + split.year);
      sure *= split.sure;
      if (capture.slot->name == "number" && !split.year.empty()) Add(page, rank, "year", split.year, where, sure);
    } else if (kind == SlotKind::kArticle) {
      value = ArticleNumbers(page.matcher, capture.first, capture.last);
    } else if (kind == SlotKind::kYear) {
      value = LatinDigits(printed);
    }
    Add(page, rank, capture.slot->name, value, where, sure);
  }

  std::string NormalAmount(const PageWork& page, const Capture& amount, size_t last) const {
    int64_t times = 1;
    if (amount.last > amount.first + 1) {
      for (const WordMatch& word : page.matcher.WordsOf(amount.last - 1)) {
        const auto found = rules_.times.find(word.word);
        if (found != rules_.times.end()) times = found->second;
      }
    }
    std::string number = PlainAmount(page.text.Printed(amount.first, amount.first + 1), times);
    if (number.empty() || amount.last >= last) return number;
    std::string unit;
    for (size_t i = amount.last; i < last; ++i) {
      if (page.text[i].kind == TokenKind::kWord) unit += " " + std::string(page.text.Printed(i, i + 1));
    }
    return number + unit;
  }

  // The name beside what he signs as: behind it in the line, else in the line below, else above.
  void TakeSignatory(PageWork& page, const RuleMatch& role) {
    const size_t end = LineEnd(page, role.last);
    const bool alone = end == role.last;
    size_t above = role.first;
    while (above > 0 && page.text[above - 1].kind >= TokenKind::kLineEnd) --above;
    if (!alone) {
      TakeName(page, role, role.last, end);
    } else if (!TakeName(page, role, end + 1, LineEnd(page, end + 1)) && above > 0) {
      TakeName(page, role, LineBegin(page, above - 1), above);
    }
  }

  static size_t LineEnd(const PageWork& page, size_t at) {
    const size_t limit = std::min(page.text.size(), at + kLongestLine);
    while (at < limit && page.text[at].kind < TokenKind::kLineEnd) ++at;
    return at;
  }

  static size_t LineBegin(const PageWork& page, size_t at) {
    const size_t limit = at - std::min(at, kLongestLine);
    while (at > limit && page.text[at - 1].kind < TokenKind::kLineEnd) --at;
    return at;
  }

  // Two to six words, none of which is known to be something else.
  bool TakeName(PageWork& page, const RuleMatch& role, size_t first, size_t last) {
    constexpr size_t kLeast = 2;
    constexpr size_t kMost = 6;
    while (first < last && page.text[first].kind == TokenKind::kSign) ++first;
    while (last > first && page.text[last - 1].kind == TokenKind::kSign) --last;
    if (last < first + kLeast || last > std::min(first + kMost, page.text.size())) return false;
    for (size_t i = first; i < last; ++i) {
      const bool dot = page.text[i].kind == TokenKind::kSign && page.text.Folded(page.text[i]) == U".";
      if (!dot && page.text[i].kind != TokenKind::kWord) return false;
      if ((page.matcher.IsStop(i) && !page.matcher.IsName(i)) || (i == first && page.matcher.IsBody(i))) return false;
      if (page.matcher.LongestAt(i, RuleUse::kSigned).rule != nullptr) return false;
    }
    const Capture name{.slot = nullptr, .first = first, .last = last};
    const size_t rank = kOwnRanks + static_cast<size_t>(role.rule - rules_.rules.data());
    Add(page, rank, "signatory", Tidy(page.text.Printed(first, last)), name, kBase * role.sure);
    return true;
  }

  // One line, single spaces, no quotation marks or stops at its ends.
  static std::string Tidy(std::string_view printed) {
    std::string out;
    for (const char c : printed) {
      const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!blank) out += c;
      if (blank && !out.empty() && out.back() != ' ') out += ' ';
    }
    constexpr std::string_view kTrailing[] = {" ", ".", "،", "؛", ":", ",", "»", "\"", "-", ")"};
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view sign : kTrailing) {
        if (!out.ends_with(sign)) continue;
        out.resize(out.size() - sign.size());
        again = true;
      }
    }
    return out;
  }

  // What a court decides is a ruling, though it may be headed قرار.
  void NameRuling() {
    const auto type = std::ranges::find(chosen_, std::string_view("type"), &FoundField::name);
    const bool court = std::ranges::find(chosen_, std::string_view("court"), &FoundField::name) != chosen_.end();
    if (court && type != chosen_.end() && type->value == NameOf(CitedKind::kDecision)) {
      type->value = NameOf(CitedKind::kRuling);
    }
  }

  static bool Overlap(const TextPlace& a, const TextPlace& b) {
    return a.page == b.page && a.begin < b.end && b.begin < a.end;
  }

  // By rank, then by place. What one field took, another can't have.
  void Choose() {
    std::ranges::stable_sort(candidates_, {}, [](const Candidate& c) {
      return std::tuple(c.rank, c.field.place.page, c.field.place.begin);
    });
    std::map<std::string, size_t> count;
    for (Candidate& candidate : candidates_) {
      FoundField& field = candidate.field;
      const auto same = std::ranges::find(chosen_, field.name, &FoundField::name);
      const bool several = MayBeSeveral(field.name);
      if (same != chosen_.end() && !several) {
        if (same->value != field.value) same->confidence *= kRival;
        continue;
      }
      const bool taken = std::ranges::any_of(chosen_, [&](const FoundField& other) {
        if (other.name == field.name && other.value == field.value) return true;
        const bool number_and_year = (other.name == "number" && field.name == "year") || field.name == "type" ||
                                     (other.name == "case" && field.name == "year");
        return !number_and_year && other.name != "type" && Overlap(other.place, field.place);
      });
      if (!taken && ++count[field.name] <= kMostOfOne) chosen_.push_back(std::move(field));
    }
  }

  static constexpr size_t kOwnRanks = 1U << 20U;  // ranks below are of what stands in the title itself

  const RuleSet& rules_;
  int last_;  // number of the last page
  std::vector<FoundCitation> citations_;
  size_t head_end_ = 0;
  bool has_number_ = false;
  bool has_case_ = false;
  size_t own_end_ = 0;  // the token behind the record's own number, where its title may go on
  std::vector<FoundCitation> own_;
  std::vector<Candidate> candidates_;
  std::vector<FoundField> chosen_;
};

}  // namespace

TextReading ReadTextFields(const std::vector<TextPage>& pages, std::string_view language) {
  std::string told(language);
  for (const TextPage& page : pages) {
    if (told == "ara" || told == "fas") break;
    told = GuessLanguage(page.text).value_or("");
  }
  FieldReader reader(BuiltInRules(told), static_cast<int>(pages.size()));
  int number = 0;
  for (const TextPage& page : pages) reader.Add(page, ++number, told == "fas");
  return reader.Finish();
}

}  // namespace diwan
