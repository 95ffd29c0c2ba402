// Keys and distances of look-alike words.
#include "index/likeness.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/fold.h"
#include "index/schema.h"

namespace diwan {
namespace {

constexpr size_t kMinLetters = 3;        // of a stem that has keys
constexpr size_t kMaxLetters = 14;       // of the part of a stem that keys are made of
constexpr size_t kEdgeLetters = 4;       // of an edge key
constexpr size_t kOtherLetters = 3;      // at least, of the other words run together with one
constexpr size_t kMinRunTogether = 7;    // a stem this long may be two words
constexpr size_t kMaxKnown = 200'000;    // stems remembered as entered
constexpr size_t kMaxCandidates = 4000;  // compared for one stem
constexpr size_t kMaxCompared = 63;      // letters of a word that is compared

constexpr double kSameShape = 0.3;  // a wrong number of dots
constexpr double kNearShape = 0.7;  // letters that bad print makes alike
constexpr double kLetter = 1.0;     // any other letter, one lost, one added

// Letters of one shape, by their folded forms; the first stands for all.
constexpr std::u32string_view kShapes[] = {U"بتثنيپ", U"حجخچ", U"دذ", U"رزژ", U"سش", U"صض",
                                           U"طظ",     U"عغ",   U"فق", U"كگ",  U"هۀ"};
constexpr std::u32string_view kNearPairs[] = {U"ال", U"مه", U"ور", U"در", U"نر", U"فع", U"فم", U"كل", U"لن", U"ءا"};

constexpr char32_t kFirst = 0x600;
constexpr char32_t kLast = 0x6FF;

bool IsArabic(char32_t c) { return c > 0x620 && c <= kLast; }

char32_t ShapeOf(char32_t c) {
  static const auto table = [] {
    std::array<char32_t, kLast - kFirst + 1> out{};
    for (char32_t i = kFirst; i <= kLast; ++i) out[i - kFirst] = i;
    for (const std::u32string_view shape : kShapes) {
      for (const char32_t letter : shape) out[letter - kFirst] = shape.front();
    }
    return out;
  }();
  return c >= kFirst && c <= kLast ? table[c - kFirst] : c;
}

std::u32string Skeleton(std::u32string_view stem) {
  std::u32string out;
  for (const char32_t c : stem) out += ShapeOf(c);
  return out;
}

std::string Key(char kind, std::u32string_view letters) { return std::string(kLikenessKey) + kind + ToUtf8(letters); }

// The skeleton, and the skeleton without one of its letters.
std::vector<std::string> WholeKeys(std::u32string_view skeleton) {
  std::vector<std::string> keys = {Key('w', skeleton)};
  if (skeleton.size() <= kMinLetters) return keys;
  for (size_t i = 0; i < skeleton.size(); ++i) {
    if (i > 0 && skeleton[i] == skeleton[i - 1]) continue;
    std::u32string rest(skeleton);
    rest.erase(i, 1);
    keys.push_back(Key('w', rest));
  }
  return keys;
}

// For short words, which have no keys without a letter: the skeleton with one of its letters read for a near one.
void AddNearKeys(std::u32string_view skeleton, std::vector<std::string>& keys) {
  for (size_t i = 0; i < skeleton.size(); ++i) {
    for (const std::u32string_view pair : kNearPairs) {
      for (const size_t of : {0, 1}) {
        if (ShapeOf(pair[of]) != skeleton[i]) continue;
        std::u32string other(skeleton);
        other[i] = ShapeOf(pair[1 - of]);
        keys.push_back(Key('w', other));
      }
    }
  }
}

std::vector<std::string> EdgeKeys(std::u32string_view skeleton) {
  return {Key('b', skeleton.substr(0, kEdgeLetters)), Key('e', skeleton.substr(skeleton.size() - kEdgeLetters))};
}

// Where the word begins that a badly read article stands before: اا, لا, لل, also after و ف ب ك. 0 when there is none.
size_t BadArticle(std::u32string_view word) {
  constexpr std::u32string_view kStems = U"ال";
  constexpr std::u32string_view kBefore = U"وفبكر";
  const auto both = [&](size_t at) {
    return word.size() >= at + 2 + kMinLetters && kStems.find(word[at]) != std::u32string_view::npos &&
           kStems.find(word[at + 1]) != std::u32string_view::npos;
  };
  if (both(0)) return 2;
  return !word.empty() && kBefore.find(word[0]) != std::u32string_view::npos && both(1) ? 3 : 0;
}

// Forms of what was meant: the stem, the word without its article, and that without an ending, as the rules stem a word
// that no list knows: a misread one.
std::vector<std::u32string> FormsOf(std::u32string_view word, std::u32string_view stem) {
  constexpr std::u32string_view kEndings[] = {U"ه", U"ي", U"يه", U"ات", U"ون", U"ين", U"ان", U"ها", U"هاي"};
  std::vector<std::u32string> out = {std::u32string(stem)};
  const auto add = [&](std::u32string_view form) {
    if (form.size() < kMinLetters || std::find(out.begin(), out.end(), form) != out.end()) return;
    out.emplace_back(form);
  };
  if (word.size() > kMinLetters && word.substr(0, 2) == U"ال") word.remove_prefix(2);
  add(word);
  if (const size_t at = word.find(stem); at != std::u32string_view::npos) add(word = word.substr(at));
  for (const std::u32string_view ending : kEndings) {
    if (word.size() > ending.size() && word.substr(word.size() - ending.size()) == ending) {
      add(word.substr(0, word.size() - ending.size()));
    }
  }
  return out;
}

bool HasKeys(std::u32string_view letters) {
  return letters.size() >= kMinLetters && std::all_of(letters.begin(), letters.end(), IsArabic);
}

// How far a stem of `letters` letters may be from what it is taken for.
double MostDistance(size_t letters) {
  if (letters <= 3) return kNearShape;
  if (letters == 4) return kLetter;
  return letters <= 6 ? kLetter + kSameShape : kLetter + 2 * kSameShape;
}

}  // namespace

double ReplaceCost(char32_t meant, char32_t read) {
  if (meant == read) return 0;
  if (ShapeOf(meant) == ShapeOf(read)) return kSameShape;
  for (const std::u32string_view pair : kNearPairs) {
    if ((pair[0] == meant && pair[1] == read) || (pair[1] == meant && pair[0] == read)) return kNearShape;
  }
  return kLetter;
}

std::u32string LettersLike(char32_t letter) {
  std::u32string out;
  for (const std::u32string_view shape : kShapes) {
    if (shape.find(letter) != std::u32string_view::npos) out += shape;
  }
  for (const std::u32string_view pair : kNearPairs) {
    if (const size_t at = pair.find(letter); at != std::u32string_view::npos) out += pair[1 - at];
  }
  std::erase(out, letter);
  return out;
}

double LikenessDistance(std::u32string_view meant, std::u32string_view read, double most) {
  const double beyond = most + kLetter;
  const size_t lengths = std::max(meant.size(), read.size()) - std::min(meant.size(), read.size());
  const auto band = static_cast<size_t>(most / kLetter);  // of letters lost or added at most
  if (lengths > band || std::max(meant.size(), read.size()) > kMaxCompared) return beyond;
  std::array<double, kMaxCompared + 1> row;  // of the table of edits: so far to so many letters read
  for (size_t j = 0; j <= read.size(); ++j) row[j] = j <= band ? kLetter * static_cast<double>(j) : beyond;
  for (size_t i = 1; i <= meant.size(); ++i) {
    const size_t first = i > band ? i - band : 1;
    double diagonal = row[first - 1];
    row[first - 1] = first == 1 ? kLetter * static_cast<double>(i) : beyond;
    double least = row[first - 1];
    for (size_t j = first; j <= std::min(read.size(), i + band); ++j) {
      const double replaced = diagonal + ReplaceCost(meant[i - 1], read[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + kLetter, row[j - 1] + kLetter});
      least = std::min(least, row[j]);
    }
    if (least > most) return least;
  }
  return row[read.size()];
}

namespace {

// Gathers the look-alikes of one word. What stands under a key is read once, though stems of both languages and several
// forms of the word ask for it.
class Finder {
 public:
  explicit Finder(const Xapian::Database& database) : database_(database) {}

  void Begin(std::string_view prefix) {
    prefix_ = prefix;
    found_.clear();
    compared_ = 0;
  }

  void LookFor(std::u32string_view form) {
    if (!HasKeys(form)) return;
    const std::u32string skeleton = Skeleton(form).substr(0, kMaxLetters);
    const double reach = MostDistance(form.size());
    std::vector<std::string> keys = WholeKeys(skeleton);
    if (skeleton.size() <= kMinLetters) AddNearKeys(skeleton, keys);
    for (const std::string& key : keys) {
      Look(key, reach, [&](std::u32string_view read) {
        const double whole = LikenessDistance(form, read, reach);
        const size_t article = BadArticle(read);
        return article == 0 ? whole : std::min(whole, kSameShape + LikenessDistance(form, read.substr(article), reach));
      });
    }
    if (form.size() < kEdgeLetters) return;
    const std::vector<std::string> edges = EdgeKeys(skeleton);
    const double near = form.size() == kEdgeLetters ? kSameShape : kNearShape + kSameShape;
    Look(edges[0], near, [&](std::u32string_view read) {
      const size_t article = BadArticle(read);
      return std::min(AtEdge(form, read, 0, near), AtEdge(form, read, article, near));
    });
    Look(edges[1], near, [&](std::u32string_view read) { return AtEdge(form, read, read.size() - form.size(), near); });
  }

  std::vector<LikeTerm> Take(std::string_view own, size_t most) {
    std::vector<std::pair<double, std::string_view>> nearest;
    for (const auto& [term, distance] : found_) {
      if (term != own) nearest.emplace_back(distance, term);
    }
    std::sort(nearest.begin(), nearest.end());
    std::vector<LikeTerm> out;
    for (const auto& [distance, term] : nearest) {
      if (out.size() == most) break;
      LikeTerm like{std::string(term), distance, 0};
      like.pages = database_.get_termfreq(like.term);
      if (like.pages > 0) out.push_back(std::move(like));
    }
    return out;
  }

 private:
  // `form` at the beginning or end of a word that others run together with.
  static double AtEdge(std::u32string_view form, std::u32string_view read, size_t at, double most) {
    if (read.size() < form.size() + kOtherLetters || at + form.size() > read.size()) return most + 1;
    return LikenessDistance(form, read.substr(at, form.size()), most);
  }

  struct Entry {
    std::string term;
    std::u32string letters;
  };

  const std::vector<Entry>& Under(const std::string& key) {
    const auto [known, added] = keys_.try_emplace(key);
    if (!added) return known->second;
    for (auto at = database_.synonyms_begin(key); at != database_.synonyms_end(key); ++at) {
      if (known->second.size() == kMaxCandidates) break;
      std::string term = *at;
      std::u32string letters = FromUtf8(std::string_view(term).substr(1));
      known->second.push_back({std::move(term), std::move(letters)});
    }
    return known->second;
  }

  template <typename Distance>
  void Look(const std::string& key, double reach, Distance distance_of) {
    for (const Entry& entry : Under(key)) {
      if (entry.term.front() != prefix_.front()) continue;
      if (++compared_ > kMaxCandidates) return;
      const double distance = distance_of(entry.letters);
      if (distance > reach) continue;
      const auto [known, added] = found_.emplace(entry.term, distance);
      if (!added) known->second = std::min(known->second, distance);
    }
  }

  const Xapian::Database& database_;
  std::unordered_map<std::string, std::vector<Entry>> keys_;
  std::string_view prefix_;
  std::unordered_map<std::string, double> found_;
  size_t compared_ = 0;
};

void AddKeys(std::u32string_view letters, std::vector<std::string>& keys) {
  if (!HasKeys(letters)) return;
  const std::u32string skeleton = Skeleton(letters).substr(0, kMaxLetters);
  for (std::string& key : WholeKeys(skeleton)) keys.push_back(std::move(key));
  if (letters.size() < kMinRunTogether) return;
  for (std::string& key : EdgeKeys(skeleton)) keys.push_back(std::move(key));
}

}  // namespace

std::vector<LikeTerm> FindAlike(const Xapian::Database& database, std::u32string_view word,
                                const std::vector<MeantStem>& stems, size_t most) {
  Finder finder(database);
  std::vector<LikeTerm> out;
  for (const auto& [prefix, stem] : stems) {
    finder.Begin(prefix);
    for (const std::u32string& form : FormsOf(word, stem)) finder.LookFor(form);
    for (LikeTerm& like : finder.Take(MakeTerm(prefix, ToUtf8(stem)), most)) out.push_back(std::move(like));
  }
  return out;
}

void LikenessWriter::Note(const Xapian::WritableDatabase& database, const Xapian::Document& document) {
  if (known_.size() > kMaxKnown) known_.clear();
  for (const std::string_view prefix : {kArabicPrefix, kPersianPrefix}) {
    auto at = document.termlist_begin();
    for (at.skip_to(std::string(prefix)); at != document.termlist_end(); ++at) {
      std::string term = *at;
      if (term.front() != prefix.front()) break;
      if (!known_.insert(term).second || database.term_exists(term)) continue;
      const std::u32string letters = FromUtf8(std::string_view(term).substr(1));
      std::vector<std::string> keys;
      AddKeys(letters, keys);
      if (const size_t article = BadArticle(letters)) AddKeys(std::u32string_view(letters).substr(article), keys);
      for (std::string& key : keys) entries_.emplace_back(std::move(key), term);
    }
  }
}

void LikenessWriter::Write(Xapian::WritableDatabase& database) {
  std::sort(entries_.begin(), entries_.end());  // Xapian writes a key's values once while the key stays the same
  for (const auto& [key, term] : entries_) database.add_synonym(key, term);
  entries_.clear();
}

}  // namespace diwan
