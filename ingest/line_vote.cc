// The readings are aligned letter by letter; where both have a space, a unit ends, and each unit is decided alone.
#include "ingest/line_vote.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "core/fold.h"
#include "ingest/word_boxes.h"

namespace diwan {
namespace {

constexpr char32_t kSpace = U' ';
constexpr char32_t kZwnj = 0x200c;
constexpr size_t kNone = SIZE_MAX;

// A reading's letters with a space between its words.
struct Letters {
  std::u32string text;
  std::vector<size_t> word;  // of each letter; of a space the word before it

  template <typename AnyWord>
  explicit Letters(const std::vector<AnyWord>& words) {
    for (size_t i = 0; i < words.size(); ++i) {
      if (i > 0) Add(kSpace, i - 1);
      for (const char32_t letter : FromUtf8(words[i].text)) Add(letter, i);
    }
  }

  void Add(char32_t letter, size_t at) {
    text += letter;
    word.push_back(at);
  }
};

// A letter of each reading that stand for one another, or kNone.
struct Pair {
  size_t a = kNone;
  size_t b = kNone;
};

// The alignment of least cost (Wagner and Fischer); a space stands for no letter.
std::vector<Pair> Aligned(const std::u32string& a, const std::u32string& b) {
  constexpr int kLetter = 4;
  constexpr int kLooseSpace = 3;
  constexpr int kNever = 100;
  const auto lone = [](char32_t c) { return c == kSpace || c == kZwnj ? kLooseSpace : kLetter; };
  const auto both = [](char32_t x, char32_t y) {
    if (x == y) return 0;
    if ((x == kSpace && y == kZwnj) || (x == kZwnj && y == kSpace)) return 1;
    return x == kSpace || y == kSpace ? kNever : kLetter + 1;
  };
  const size_t width = b.size() + 1;
  std::vector<int> cost((a.size() + 1) * width);
  const auto at = [&](size_t i, size_t j) -> int& { return cost[i * width + j]; };
  for (size_t i = 1; i <= a.size(); ++i) at(i, 0) = at(i - 1, 0) + lone(a[i - 1]);
  for (size_t j = 1; j <= b.size(); ++j) at(0, j) = at(0, j - 1) + lone(b[j - 1]);
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      at(i, j) = std::min(
          {at(i - 1, j - 1) + both(a[i - 1], b[j - 1]), at(i - 1, j) + lone(a[i - 1]), at(i, j - 1) + lone(b[j - 1])});
    }
  }
  std::vector<Pair> pairs;
  for (size_t i = a.size(), j = b.size(); i > 0 || j > 0;) {
    if (i > 0 && j > 0 && at(i, j) == at(i - 1, j - 1) + both(a[i - 1], b[j - 1])) {
      pairs.push_back({--i, --j});
    } else if (i > 0 && at(i, j) == at(i - 1, j) + lone(a[i - 1])) {
      pairs.push_back({--i, kNone});
    } else {
      pairs.push_back({kNone, --j});
    }
  }
  std::ranges::reverse(pairs);
  return pairs;
}

class Vote {
 public:
  Vote(const std::vector<Word>& first, const std::vector<LineWord>& second)
      : first_(first), second_(second), a_(first), b_(second), pairs_(Aligned(a_.text, b_.text)) {}

  std::vector<Word> Words() {
    size_t begin = 0;
    for (size_t at = 0; at <= pairs_.size(); ++at) {
      if (at < pairs_.size() && !IsSpaceOfBoth(pairs_[at])) continue;
      Decide(begin, at);
      begin = at + 1;
    }
    return std::move(words_);
  }

 private:
  bool IsSpaceOfBoth(const Pair& pair) const {
    return pair.a != kNone && pair.b != kNone && a_.text[pair.a] == kSpace && b_.text[pair.b] == kSpace;
  }

  struct Side {
    std::u32string letters;
    double confidence = 0;  // mean over letters
  };

  Side SideOf(size_t begin, size_t end, const Letters& all, size_t Pair::*place, auto confidence_of) const {
    Side side;
    for (size_t i = begin; i < end; ++i) {
      const size_t at = pairs_[i].*place;
      if (at == kNone || all.text[at] == kSpace) continue;
      side.letters += all.text[at];
      side.confidence += confidence_of(all.word[at]);
    }
    if (!side.letters.empty()) side.confidence /= static_cast<double>(side.letters.size());
    return side;
  }

  void Decide(size_t begin, size_t end) {
    const Side a = SideOf(begin, end, a_, &Pair::a, [&](size_t word) { return first_[word].confidence; });
    const Side b = SideOf(begin, end, b_, &Pair::b, [&](size_t word) { return 100 * second_[word].confidence; });
    if (a.letters == b.letters) {
      TakeFirst(begin, end, std::max(a.confidence, b.confidence));
    } else if (!b.letters.empty() && (HasDigit(a.letters) || HasDigit(b.letters))) {
      TakeSecond(begin, end);  // which knows all digits
    } else if (a.confidence >= b.confidence) {
      TakeFirst(begin, end, 0);
    } else {
      TakeSecond(begin, end);
    }
  }

  static bool HasDigit(const std::u32string& letters) {
    return LatinDigits(ToUtf8(letters)).find_first_of("0123456789") != std::string::npos;
  }

  void TakeFirst(size_t begin, size_t end, double at_least) {
    for (const size_t word : WordsIn(begin, end)) {
      words_.push_back(first_[word]);
      words_.back().confidence = std::max(words_.back().confidence, static_cast<float>(at_least));
    }
  }

  // The words of the first reading in [begin, end).
  std::vector<size_t> WordsIn(size_t begin, size_t end) const {
    std::vector<size_t> words;
    for (size_t i = begin; i < end; ++i) {
      const size_t at = pairs_[i].a;
      if (at == kNone || a_.text[at] == kSpace) continue;
      if (words.empty() || words.back() != a_.word[at]) words.push_back(a_.word[at]);
    }
    return words;
  }

  // Whether `first` has a space here that `second` lacks, between letters that both read the same.
  bool IsLostSpace(size_t begin, size_t end, size_t i) const {
    const Pair& pair = pairs_[i];
    if (pair.a == kNone || pair.b != kNone || a_.text[pair.a] != kSpace) return false;
    return i > begin && i + 1 < end && IsSame(pairs_[i - 1]) && IsSame(pairs_[i + 1]);
  }

  bool IsSame(const Pair& pair) const {
    return pair.a != kNone && pair.b != kNone && a_.text[pair.a] == b_.text[pair.b];
  }

  void TakeSecond(size_t begin, size_t end) {
    std::vector<Word> taken;
    size_t last = kNone;
    for (size_t i = begin; i < end; ++i) {
      if (IsLostSpace(begin, end, i)) {
        last = kNone;
        continue;
      }
      if (pairs_[i].b == kNone || b_.text[pairs_[i].b] == kSpace) continue;
      const size_t word = b_.word[pairs_[i].b];
      if (word != last) taken.push_back(Begun(word));
      last = word;
      taken.back().text += ToUtf8(std::u32string(1, b_.text[pairs_[i].b]));
    }
    PutInPlaceOf(WordsIn(begin, end), taken);
    std::ranges::move(taken, std::back_inserter(words_));
  }

  Word Begun(size_t from) const {
    const LineWord& read = second_[from];
    Word word = first_.front();
    word.text.clear();
    word.first_reading.clear();
    word.confidence = static_cast<float>(100 * read.confidence);
    word.box.x = read.left;
    word.box.width = std::max(1, read.right - read.left);
    return word;
  }

  // Boxes and texts of the words of the first reading that they replace, since order and layout go by those boxes: each
  // its own or, when there are more or fewer, shares of the whole by their letters.
  void PutInPlaceOf(const std::vector<size_t>& replaced, std::vector<Word>& words) const {
    if (replaced.empty()) return;
    if (replaced.size() == words.size()) {
      for (size_t i = 0; i < words.size(); ++i) {
        words[i].box = first_[replaced[i]].box;
        KeepReading(first_[replaced[i]].text, words[i]);
      }
      return;
    }
    Box whole;
    std::string texts;
    for (const size_t word : replaced) {
      whole = Union(whole, first_[word].box);
      texts += first_[word].text;
    }
    KeepReading(std::move(texts), words.front());
    size_t letters = 0;
    for (const Word& word : words) letters += CodePoints(word.text);
    size_t before = 0;
    const auto place = [&] {
      return whole.x + whole.width - static_cast<int>(static_cast<size_t>(whole.width) * before / letters);
    };
    for (Word& word : words) {
      const int right = place();
      before += CodePoints(word.text);
      word.box = {place(), whole.y, std::max(1, right - place()), whole.height};
    }
  }

  static void KeepReading(std::string reading, Word& word) {
    if (reading != word.text && reading.size() <= kMaxReadingBytes) word.first_reading = std::move(reading);
  }

  const std::vector<Word>& first_;
  const std::vector<LineWord>& second_;
  Letters a_;
  Letters b_;
  std::vector<Pair> pairs_;
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> VotedWords(const std::vector<Word>& first, const std::vector<LineWord>& second) {
  if (first.empty() || second.empty()) return first;
  return Vote(first, second).Words();
}

}  // namespace diwan
