// The matrix of spellings: each way of writing each word, on a page of its own, must be found by every other way, told
// apart by exact: as far as the eye tells them apart, and marked to the byte.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "core/fold.h"
#include "index/stem.h"
#include "index_fixture.h"

namespace diwan {
namespace {

constexpr std::u32string_view kDirectionMarks = U"\u061C\u200E\u200F\u202A\u202B\u202C\u2066\u2067\u2069";

constexpr char32_t kZwnj = 0x200C;

// A way of writing a word, and what the eye sees of it.
struct Spelling {
  std::u32string text;
  std::u32string eye;
  bool operator<(const Spelling& other) const { return text < other.text; }
};

std::u32string Replaced(std::u32string word, std::u32string_view what, std::u32string_view by) {
  for (size_t at = word.find(what); at != std::u32string::npos; at = word.find(what, at + by.size())) {
    word.replace(at, what.size(), by);
  }
  return word;
}

std::u32string Replaced(std::u32string word, char32_t what, char32_t by) {
  std::replace(word.begin(), word.end(), what, by);
  return word;
}

// The word with `mark` behind each of its letters.
std::u32string Strewn(const std::u32string& word, std::u32string_view mark) {
  std::u32string out;
  for (const char32_t c : word) {
    out += c;
    if (c >= 0x621 && c <= 0x6CC) out += mark;
  }
  return out;
}

// Glyphs of a letter in the presentation forms: alone, at the end, and, where it joins the next, first and between.
struct Glyphs {
  char32_t alone = 0;
  bool joins_next = false;
};

Glyphs GlyphsOf(char32_t letter) {
  static const std::map<char32_t, Glyphs> glyphs = [] {
    std::map<char32_t, Glyphs> out = {{U'پ', {0xFB56, true}}, {U'چ', {0xFB7A, true}}, {U'ژ', {0xFB8A, false}},
                                      {U'ک', {0xFB8E, true}}, {U'گ', {0xFB92, true}}, {U'ی', {0xFBFC, true}}};
    char32_t next = 0xFE81;
    for (const char32_t c : std::u32string(U"آأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي")) {
      const bool joins = std::u32string(U"آأؤإاةدذرزوى").find(c) == std::u32string::npos;
      out[c] = {next, joins};
      next += joins ? 4 : 2;
    }
    return out;
  }();
  const auto found = glyphs.find(letter);
  return found == glyphs.end() ? Glyphs() : found->second;
}

// As an old PDF maker stores it: each letter as it is drawn, and لا as one glyph where `ligatures`.
std::u32string Drawn(const std::u32string& word, bool ligatures) {
  std::u32string out;
  bool joined = false;
  for (size_t i = 0; i < word.size(); ++i) {
    const size_t alef = i + 1 < word.size() ? std::u32string(U"آأإا").find(word[i + 1]) : std::u32string::npos;
    if (ligatures && word[i] == U'ل' && alef != std::u32string::npos) {
      out += static_cast<char32_t>(0xFEF5 + 2 * alef + (joined ? 1 : 0));
      joined = false;
      ++i;
      continue;
    }
    const Glyphs glyphs = GlyphsOf(word[i]);
    if (glyphs.alone == 0) {
      out += word[i];
      joined = false;
      continue;
    }
    const bool joins_next = glyphs.joins_next && i + 1 < word.size() && GlyphsOf(word[i + 1]).alone != 0;
    out += glyphs.alone + (joined ? 1 : 0) + (joins_next ? 2 : 0);
    joined = joins_next;
  }
  return out;
}

class Variants {
 public:
  explicit Variants(const std::u32string& word) : word_(word) {
    Add(word);
    for (const char32_t alef : std::u32string(U"اأإآٱ")) {
      for (const char32_t other : std::u32string(U"اأإآٱ")) Add(Replaced(word, alef, other));
    }
    for (const char32_t yeh : std::u32string(U"يىیئ")) {
      for (const char32_t other : std::u32string(U"يىیېئ")) Add(Replaced(word, yeh, other));
    }
    for (const char32_t kaf : std::u32string(U"كک")) {
      for (const char32_t other : std::u32string(U"كکڪ")) Add(Replaced(word, kaf, other));
    }
    Add(Replaced(word, U'ؤ', U'و'));
    for (const char32_t other : std::u32string(U"هۀەھہۃ")) Add(Replaced(word, U'ة', other));
    Add(Strewn(word, U"\u064E"));        // fatha
    Add(Strewn(word, U"\u0651\u064F"));  // shadda and damma
    Add(Strewn(word, U"\u0670"));        // small alef
    Add(Strewn(word, U"\u06DA"));        // a Quranic mark
    Add(Strewn(word, U"ـ"));
    Add(Strewn(word, U"ـــ"));
    for (const char32_t zero : std::u32string(U"٠۰")) AddDigits(zero);
    Add(Replaced(word, U'٬', U','));
    // What the eye does not tell apart.
    AddUnseen(Drawn(word, false));
    AddUnseen(Drawn(word, true));
    AddUnseen(Replaced(Replaced(Replaced(word, U"أ", U"ا\u0654"), U"إ", U"ا\u0655"), U"آ", U"ا\u0653"));
    AddUnseen(Replaced(Replaced(word, U"ؤ", U"و\u0654"), U"ئ", U"ي\u0654"));
    AddUnseen(U"\u200F" + word + U"\u200F");
    AddUnseen(U"\u202B" + word + U"\u202C");
    AddUnseen(U"\u2067" + word + U"\u2069");
    AddUnseen(word.substr(0, 2) + U"\u200E\u061C" + word.substr(2));
    AddUnseen(word.substr(0, 1) + U"\u200D" + word.substr(1));
    // ZWNJ, a space, or neither. A space parts what the eye sees as two words.
    Add(Replaced(word, U"\u200C", U""));
    Add(Replaced(word, U"\u200C", U" "));
  }

  std::set<Spelling> All() const { return all_; }

 private:
  void Add(const std::u32string& text) { all_.insert({text, text}); }
  void AddUnseen(const std::u32string& text) { all_.insert({text, word_}); }

  void AddDigits(char32_t zero) {
    std::u32string out = word_;
    for (char32_t& c : out) {
      if (c >= U'0' && c <= U'9') c = zero + (c - U'0');
    }
    Add(out);
  }

  std::u32string word_;
  std::set<Spelling> all_;
};

struct Word {
  const char32_t* text;
  const char* language;
};

// Of the daily papers of councils and courts.
constexpr Word kWords[] = {{U"أسواق", "ara"},
                           {U"بلدية", "ara"},
                           {U"المؤسسات", "ara"},
                           {U"إدارة", "ara"},
                           {U"لائحة", "ara"},
                           {U"الأراضي", "ara"},
                           {U"آليات", "ara"},
                           {U"مستشفى", "ara"},
                           {U"شكوى", "ara"},
                           {U"الإيجارات", "ara"},
                           {U"مكتبة", "ara"},
                           {U"رئيس", "ara"},
                           {U"مسؤولية", "ara"},
                           {U"الاستئناف", "ara"},
                           {U"محكمة", "ara"},
                           {U"القضائي", "ara"},
                           {U"طلبات", "ara"},
                           {U"ولاية", "ara"},
                           {U"الآبار", "ara"},
                           {U"مبنى", "ara"},
                           {U"كهرباء", "ara"},
                           {U"وكالة", "ara"},
                           {U"بناء", "ara"},
                           {U"هيئة", "ara"},
                           {U"123/2019", "ara"},
                           {U"8٬750", "ara"},
                           {U"شورای", "fas"},
                           {U"شهرداری", "fas"},
                           {U"دادگاه", "fas"},
                           {U"شکایت", "fas"},
                           {U"گزارش", "fas"},
                           {U"پیمانکار", "fas"},
                           {U"چراغ", "fas"},
                           {U"آرا", "fas"},
                           {U"کمیسیون", "fas"},
                           {U"رأی", "fas"},
                           {U"مالیات", "fas"},
                           {U"تأسیسات", "fas"},
                           {U"آیین\u200Cنامه", "fas"},
                           {U"اساس\u200Cنامه", "fas"},
                           {U"بهره\u200Cبرداری", "fas"},
                           {U"خیابان\u200Cها", "fas"},
                           {U"تصویب\u200Cنامه", "fas"},
                           {U"می\u200Cگیرد", "fas"},
                           {U"دست\u200Cفروش", "fas"},
                           {U"هم\u200Cکاری", "fas"},
                           {U"حق\u200Cالزحمه", "fas"},
                           {U"نمی\u200Cپذیرد", "fas"},
                           {U"بزرگ\u200Cترین", "fas"},
                           {U"ساختمان\u200Cهای", "fas"},
                           {U"پیاده\u200Cرو", "fas"},
                           {U"کتاب\u200Cخانه", "fas"},
                           {U"پیش\u200Cنویس", "fas"},
                           {U"شماره\u200Cگذاری", "fas"},
                           {U"456/1402", "fas"}};

class Spellings : public IndexFixture {
 protected:
  struct Entry {
    Spelling spelling;
    std::string text;  // of its page
  };

  // Indexes each spelling of each word, as record "WORD-SPELLING".
  void IndexAll(bool tell_language) {
    IndexWriter writer(Dir());
    for (size_t i = 0; i < std::size(kWords); ++i) {
      for (const Spelling& spelling : Variants(kWords[i].text).All()) {
        const std::string id = std::to_string(i) + "-" + std::to_string(words_[i].size());
        const std::string before = kWords[i].language == std::string_view("fas") ? "در این xx " : "xx ";
        Entry entry{spelling, before + ToUtf8(spelling.text) + " yy"};
        const Record record = MakeRecord(id);
        const Page page = MakePage(record, 1, entry.text, tell_language ? kWords[i].language : "");
        writer.Put({&record, &page});
        entries_[id] = entry;
        words_[i].push_back(id);
      }
    }
    writer.Commit(1);
  }

  PageTexts Texts() const {
    return [this](std::string_view id, int) { return entries_.at(std::string(id)).text; };
  }

  // What the question finds for certain.
  std::set<std::string> Certain(IndexReader& reader, const std::string& text, IndexAnswer* whole = nullptr) {
    Query query;
    query.text = text;
    query.limit = 1000;
    IndexAnswer answer = reader.Search(query, Texts());
    std::set<std::string> ids;
    for (const IndexHit& hit : answer.hits) {
      if (!hit.guess) ids.insert(hit.record_id);
    }
    if (whole != nullptr) *whole = std::move(answer);
    return ids;
  }

  void EveryPairGivesTheSame() {
    IndexReader reader(Dir());
    for (const auto& [word, ids] : words_) {
      const std::set<std::string> own(ids.begin(), ids.end());
      std::set<std::string> first;
      for (const std::string& id : ids) {
        const std::string typed = ToUtf8(entries_[id].spelling.text);
        const std::set<std::string> found = Certain(reader, typed);
        if (first.empty()) first = found;
        EXPECT_EQ(found, first) << typed;
        EXPECT_TRUE(std::includes(found.begin(), found.end(), own.begin(), own.end())) << typed;
      }
    }
  }

  std::map<std::string, Entry> entries_;
  std::map<size_t, std::vector<std::string>> words_;
};

// The bytes of the word on its page, without what can't be seen at its ends. Where a space is in it, the bytes of each
// part that says something by itself: not of پیش in پیش نویس.
std::vector<std::pair<uint32_t, uint32_t>> PlacesOf(const std::string& page) {
  std::vector<std::pair<uint32_t, uint32_t>> out;
  const size_t start = page.find("xx ") + 3;
  const bool parts = std::count(page.begin() + static_cast<std::ptrdiff_t>(start), page.end(), ' ') > 1;
  for (size_t begin = start; page.find(' ', begin) != std::string::npos; begin = page.find(' ', begin) + 1) {
    const std::u32string word = FromUtf8(page.substr(begin, page.find(' ', begin) - begin));
    const size_t first = word.find_first_not_of(kDirectionMarks);
    const size_t last = word.find_last_not_of(kDirectionMarks) + 1;
    if (parts && IsStopWord(Fold(ToUtf8(word)).text)) continue;
    out.emplace_back(begin + ToUtf8(word.substr(0, first)).size(), begin + ToUtf8(word.substr(0, last)).size());
  }
  return out;
}

TEST_F(Spellings, TheMatrixIsLargeEnough) {
  IndexAll(true);
  EXPECT_GE(words_.size(), 40U);
  for (const auto& [word, ids] : words_) EXPECT_GE(ids.size(), 8U) << ToUtf8(kWords[word].text);
}

TEST_F(Spellings, EveryOneFindsEveryOther) {
  IndexAll(true);
  EveryPairGivesTheSame();
}

TEST_F(Spellings, EveryOneFindsEveryOtherWhereNobodySaidTheLanguage) {
  IndexAll(false);
  EveryPairGivesTheSame();
}

// An archive that prints a word in one way only is found by the two others.
TEST_F(Spellings, ZwnjSpaceOrNeitherWhereTheArchiveHasOneOfThem) {
  for (const Word& word : kWords) {
    const std::u32string text = word.text;
    const size_t zwnj = text.find(kZwnj);
    if (zwnj == std::u32string::npos) continue;
    // That هم‌کاری is one word shows only where the archive prints it with ZWNJ: هم stands before any word.
    if (IsStopWord(Fold(ToUtf8(text.substr(0, zwnj))).text)) continue;
    std::vector<std::string> ways;
    for (const std::u32string_view between : {U"\u200C", U" ", U""}) {
      ways.push_back(ToUtf8(Replaced(text, std::u32string_view(&kZwnj, 1), between)));
    }
    for (const std::string& printed : ways) {
      std::filesystem::remove_all(Dir());
      IndexTexts({"در این xx " + printed + " yy", "xx zz"}, "fas");
      for (const std::string& typed : ways) EXPECT_EQ(Found(typed), "r1") << typed << " where it has " << printed;
      for (const IndexHit& hit : Ask(ways[0]).hits) EXPECT_FALSE(hit.guess) << printed;
    }
  }
}

TEST_F(Spellings, ExactTellsApartWhatTheEyeDoes) {
  IndexAll(true);
  IndexReader reader(Dir());
  for (const auto& [word, ids] : words_) {
    for (const std::string& id : ids) {
      std::set<std::string> same;
      for (const std::string& other : ids) {
        if (entries_[other].spelling.eye == entries_[id].spelling.eye) same.insert(other);
      }
      const std::string typed = "exact:\"" + ToUtf8(entries_[id].spelling.text) + "\"";
      EXPECT_EQ(Certain(reader, typed), same) << typed;
    }
  }
}

TEST_F(Spellings, MarksAreTheWordToTheByte) {
  IndexAll(true);
  IndexReader reader(Dir());
  for (const auto& [word, ids] : words_) {
    for (const std::string& id : ids) {
      const std::string typed = ToUtf8(entries_[id].spelling.text);
      IndexAnswer answer;
      Certain(reader, typed, &answer);
      for (const std::string& other : ids) {
        const std::string& text = entries_[other].text;
        EXPECT_EQ(MarkMatches(typed, text, answer.guessed), PlacesOf(text)) << typed << " in " << text;
      }
    }
  }
}

}  // namespace
}  // namespace diwan
