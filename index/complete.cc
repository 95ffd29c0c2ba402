// Understands what is typed as the index would, and picks the most frequent terms that begin so.
#include "index/complete.h"

#include <algorithm>
#include <set>

#include "core/fold.h"
#include "index/analysis.h"
#include "index/expansion.h"
#include "index/frequent_terms.h"
#include "index/pages.h"
#include "index/schema.h"

namespace diwan {
namespace {

constexpr size_t kMaxCompletions = 100;
constexpr size_t kMaxTextBytes = 1024;  // of what is typed, its end; of a title, its beginning
constexpr size_t kTitleStarts = 4;      // first words from which a title is completed
constexpr size_t kTitleShare = 3;       // one of so many places is a title's
constexpr char kTurn = '|';             // between a title's end and its beginning; on disk

// What the text typed is the beginning of; "" where it is of nothing.
struct Beginning {
  std::string word;
  std::string number;
  std::string title;
};

// A word with ZWNJ is completed as its pieces with spaces, so both ways of typing it are one.
void AppendWord(const TextWord& word, std::string& out) {
  const auto append = [&](std::string_view piece) {
    if (!out.empty()) out += ' ';
    out += piece;
  };
  if (word.pieces.empty()) append(word.surface);
  for (const std::string& piece : word.pieces) append(piece);
}

// A title from one of its words on; what stands before comes last, so that keys of unlike titles stay unlike.
std::string TitleFrom(const std::vector<TextWord>& words, size_t first) {
  std::string end;
  for (size_t i = first; i < words.size() && end.size() < kMaxTitleKeyBytes; ++i) AppendWord(words[i], end);
  std::string beginning;
  for (size_t i = 0; i < first; ++i) AppendWord(words[i], beginning);
  if (first > 0) end.append(1, kTurn).append(beginning);
  return std::string(CutAtCodePoint(end, kMaxTitleKeyBytes));
}

// The opposite, as far as the key was not cut.
std::string TitleOf(const std::string& key) {
  const size_t turn = key.find(kTurn);
  return turn == std::string::npos ? key : key.substr(turn + 1) + ' ' + key.substr(0, turn);
}

// The number that the text ends with: 123/20 of "رقم 123/20".
std::string LastNumber(const AnalysedText& text) {
  for (const TextNumber& number : text.numbers) {
    if (!number.parts.empty() && number.end_word == text.words.size()) return number.value;
  }
  return text.words.back().surface;
}

Beginning Understand(std::string_view typed) {
  const AnalysedText text = Analyse(typed);
  Beginning out;
  if (text.words.empty()) return out;
  const TextWord& last = text.words.back();
  const std::string rest = FoldToUtf8(typed.substr(last.end));
  for (const TextWord& word : text.words) AppendWord(word, out.title);
  if (!rest.empty()) out.title += ' ';
  if (last.number && (rest.empty() || rest == "/")) out.number = LastNumber(text) + rest;
  if (!last.number && rest.empty()) out.word = last.surface;
  return out;
}

class Completer {
 public:
  explicit Completer(const Xapian::Database& database) : database_(database) {}

  // Words longer than the beginning by `more` bytes at least.
  std::vector<IndexCompletion> Words(const std::string& beginning, size_t more, size_t most) const {
    return Find(CompletionKind::kWord, kSurfacePrefix, beginning, most, [&](const std::string& term) {
      return term.size() >= kSurfacePrefix.size() + beginning.size() + more &&
             !IsStopWord(FromUtf8(std::string_view(term).substr(kSurfacePrefix.size())));
    });
  }

  std::vector<IndexCompletion> Numbers(const std::string& beginning, size_t most) const {
    return Find(CompletionKind::kNumber, kNumberPrefix, beginning, most,
                [&](const std::string& term) { return term.size() > kNumberPrefix.size() + beginning.size(); });
  }

  // One of each record: a title may go on from several of its words.
  std::vector<IndexCompletion> Titles(const std::string& beginning, size_t most) const {
    if (beginning.size() > kMaxTitleKeyBytes) return {};
    std::vector<IndexCompletion> out = Find(CompletionKind::kTitle, kTitleKeyPrefix, beginning, most,
                                            [](const std::string& /*term*/) { return true; });
    std::set<std::string> seen;
    std::erase_if(out, [&](const IndexCompletion& title) { return !seen.insert(title.record_id).second; });
    return out;
  }

 private:
  std::vector<IndexCompletion> Find(CompletionKind kind, std::string_view prefix, const std::string& beginning,
                                    size_t most, const std::function<bool(const std::string&)>& fits) const {
    std::vector<IndexCompletion> out;
    if (beginning.empty()) return out;
    for (const FrequentTerm& found : MostFrequentTerms(database_, MakeTerm(prefix, beginning), most, fits)) {
      IndexCompletion completion{.kind = kind, .text = found.term.substr(prefix.size()), .pages = found.pages};
      if (kind == CompletionKind::kWord) completion.samples = SomePagesWith(database_, found.term, kSamplePages);
      if (kind == CompletionKind::kTitle) {
        completion.text = TitleOf(completion.text);
        completion.record_id = SomePagesWith(database_, found.term, 1).at(0).first;
      }
      out.push_back(std::move(completion));
    }
    return out;
  }

  const Xapian::Database& database_;
};

// A letter that goes on a word: digits beside one don't.
bool IsLetter(char32_t c) { return (c < U'0' || c > U'9') && Xapian::Unicode::is_wordchar(c); }

// As it is usually written: without what the folding drops.
std::string WithoutMarks(std::string_view printed) {
  std::string out;
  for (const char32_t c : FromUtf8(ExactForm(printed))) {
    const std::string letter = ToUtf8(std::u32string(1, c));
    if (!Fold(letter).text.empty()) out += letter;
  }
  return out;
}

// Calls found(printed) for each place where `word`, without ZWNJ, stands in the text as a word or a piece of one.
template <typename Found>
void EachPrinted(std::u32string_view word, std::string_view utf8, Found found) {
  constexpr char32_t kZwnj = 0x200C;
  const FoldedText folded = Fold(utf8);
  std::u32string letters;
  std::vector<size_t> places;  // of `letters` in the folded text
  for (size_t i = 0; i < folded.text.size(); ++i) {
    if (folded.text[i] == kZwnj) continue;
    letters += folded.text[i];
    places.push_back(i);
  }
  for (size_t at = letters.find(word); at != std::u32string::npos; at = letters.find(word, at + 1)) {
    const size_t first = places[at];
    const size_t last = places[at + word.size() - 1];
    if (first > 0 && IsLetter(folded.text[first - 1])) continue;
    if (last + 1 < folded.text.size() && IsLetter(folded.text[last + 1])) continue;
    found(utf8.substr(folded.begin[first], folded.end[last] - folded.begin[first]));
  }
}

}  // namespace

std::vector<IndexCompletion> CompleteLast(const Xapian::Database& database, std::string_view typed, size_t limit) {
  const Beginning beginning = Understand(typed.substr(typed.size() - std::min(typed.size(), kMaxTextBytes)));
  const Completer completer(database);
  limit = std::min(limit, kMaxCompletions);
  std::vector<IndexCompletion> out = completer.Words(beginning.word, 1, limit);
  if (const std::string other = OtherArticle(beginning.word); !other.empty()) {
    std::ranges::move(completer.Words(other, 0, limit), std::back_inserter(out));
    std::ranges::stable_sort(out, std::greater<>(), &IndexCompletion::pages);
    out.resize(std::min(out.size(), limit));
  }
  std::ranges::move(completer.Numbers(beginning.number, limit), std::back_inserter(out));
  std::vector<IndexCompletion> titles = completer.Titles(beginning.title, limit);
  const size_t places = std::min(titles.size(), std::max(limit / kTitleShare, limit - out.size()));
  titles.resize(places);
  out.resize(std::min(out.size(), limit - places));
  std::ranges::move(titles, std::back_inserter(out));
  std::ranges::stable_sort(out, std::greater<>(), &IndexCompletion::pages);
  return out;
}

std::vector<std::string> TitleKeys(std::string_view title) {
  const AnalysedText text = Analyse(CutAtCodePoint(title, kMaxTextBytes));
  std::vector<std::string> keys;
  for (size_t first = 0; first < std::min(text.words.size(), kTitleStarts); ++first) {
    if (first > 0 && text.words[first].stop) continue;
    keys.push_back(MakeTerm(kTitleKeyPrefix, TitleFrom(text.words, first)));
  }
  return keys;
}

std::string UsualSpelling(std::string_view folded, const std::vector<std::string_view>& texts) {
  constexpr size_t kMaxPageBytes = size_t{64} << 10U;
  constexpr size_t kMaxPlaces = 200;
  const std::u32string word = FromUtf8(folded);
  std::vector<std::pair<std::string, size_t>> spellings;  // with their count, in the order of the texts
  if (word.empty()) return "";
  size_t seen = 0;
  for (const std::string_view text : texts) {
    EachPrinted(word, CutAtCodePoint(text, kMaxPageBytes), [&](std::string_view printed) {
      if (++seen > kMaxPlaces) return;
      std::string spelling = WithoutMarks(printed);
      const auto known = std::ranges::find(spellings, spelling, &std::pair<std::string, size_t>::first);
      if (known == spellings.end()) {
        spellings.emplace_back(std::move(spelling), 1);
      } else {
        ++known->second;
      }
    });
  }
  const auto usual = std::ranges::max_element(spellings, {}, &std::pair<std::string, size_t>::second);
  return usual == spellings.end() ? "" : usual->first;
}

}  // namespace diwan
