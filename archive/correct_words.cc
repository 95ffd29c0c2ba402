// Step 6 in the life of a page: a person looks at the paper and says what stands there.
#include "archive/correct_words.h"

#include <fmt/core.h>

#include <algorithm>

#include "archive/read_again.h"
#include "core/error.h"
#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMostWords = 50'000;   // of a page
constexpr size_t kMostText = 8U << 20;  // the same, in bytes

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

bool IsBlank(char32_t c) { return c == U' ' || c == U'\u00A0' || (c >= U'\u2000' && c <= U'\u200A') || c == U'\u3000'; }

// Marks that turn the direction of what stands behind them; a word has none.
bool IsDirection(char32_t c) {
  return c == U'\u061C' || c == U'\u200E' || c == U'\u200F' || (c >= U'\u202A' && c <= U'\u202E') ||
         (c >= U'\u2066' && c <= U'\u2069') || c == U'\uFEFF';
}

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == U'\u2028' || c == U'\u2029'; }

std::vector<std::string> WordsOf(std::string_view text) {
  if (text.size() > kMaxReadingBytes) Refuse(fmt::format("a corrected text has more than {} bytes", kMaxReadingBytes));
  const std::u32string letters = FromUtf8(text);
  if (ToUtf8(letters) != text) Refuse("a corrected text is not UTF-8");
  std::vector<std::string> words;
  std::u32string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(ToUtf8(word));
    word.clear();
  };
  for (const char32_t c : letters) {
    if (IsControl(c)) Refuse("a corrected text has control characters or line ends in it");
    if (IsBlank(c)) {
      end_word();
    } else if (!IsDirection(c)) {
      word += c;
    }
  }
  end_word();
  if (words.empty()) Refuse("a corrected text has no word in it");
  return words;
}

// Words of a text that has none of its own, without boxes.
std::vector<Word> Tokens(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  std::vector<Word> words;
  for (size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    words.push_back({.text = std::string(text.substr(at, end - at)), .offset = static_cast<uint32_t>(at)});
    at = text.find_first_not_of(kBlanks, end);
  }
  return words;
}

bool HasDigit(std::string_view text) {
  return std::ranges::any_of(FromUtf8(text), [](char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'\u0660' && c <= U'\u0669') || (c >= U'\u06F0' && c <= U'\u06F9');
  });
}

bool IsRightToLeft(std::string_view text) {
  return std::ranges::any_of(FromUtf8(text), [](char32_t c) { return c >= U'\u0590' && c <= U'\u08FF'; }) &&
         !HasDigit(text);
}

// What the program read there last.
std::string ReadingOf(const Word& word) {
  return word.corrected && !word.first_reading.empty() ? word.first_reading : word.text;
}

Box Union(const Box& a, const Box& b) {
  const int x = std::min(a.x, b.x);
  const int y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

// The box parted among the words by their length, in the direction of the writing.
std::vector<Box> Parted(const Box& box, const std::vector<std::string>& texts) {
  size_t letters = 0;
  for (const std::string& text : texts) letters += CodePoints(text);
  const bool right_to_left = std::ranges::any_of(texts, IsRightToLeft);
  std::vector<Box> boxes;
  size_t before = 0;
  for (const std::string& text : texts) {
    const size_t behind = before + CodePoints(text);
    const auto at = [&](size_t n) { return static_cast<int>(static_cast<size_t>(box.width) * n / letters); };
    const int x = right_to_left ? box.x + box.width - at(behind) : box.x + at(before);
    boxes.push_back({x, box.y, at(behind) - at(before), box.height});
    before = behind;
  }
  return boxes;
}

Word Corrected(const Word& old, std::string text, const Box& box, const std::string& reading) {
  Word word{.text = std::move(text), .box = box, .confidence = 100, .line = old.line, .block = old.block};
  word.number = HasDigit(word.text) ? NumberState::kSure : NumberState::kNone;
  if (reading != word.text) word.first_reading = CutAtCodePoint(reading, kMaxReadingBytes);
  word.corrected = true;
  return word;
}

std::vector<Word> Replacement(const std::vector<Word>& old, std::vector<std::string> texts) {
  std::vector<Word> words;
  if (texts.size() == old.size()) {
    for (size_t i = 0; i < old.size(); ++i) {
      words.push_back(Corrected(old[i], std::move(texts[i]), old[i].box, ReadingOf(old[i])));
    }
    return words;
  }
  Box box = old.front().box;
  std::string reading;
  for (const Word& word : old) {
    if (word.line != old.front().line || word.block != old.front().block) {
      Refuse("words on two lines can't be joined or parted; correct each line");
    }
    box = Union(box, word.box);
    reading += ReadingOf(word);
  }
  const std::vector<Box> boxes = Parted(box, texts);
  for (size_t i = 0; i < texts.size(); ++i) {
    words.push_back(Corrected(old.front(), std::move(texts[i]), boxes[i], reading));
  }
  return words;
}

void CheckEdits(std::vector<WordEdit>& edits, size_t words) {
  if (edits.empty()) Refuse("there is no word to correct");
  if (edits.size() > kMostEdits) Refuse(fmt::format("more than {} corrections at one time", kMostEdits));
  std::ranges::sort(edits, {}, &WordEdit::first);
  for (size_t i = 0; i < edits.size(); ++i) {
    const WordEdit& edit = edits[i];
    if (edit.first > edit.last || edit.last >= words) {
      Refuse(fmt::format("the page has no words {} to {}; it has {}", edit.first, edit.last, words));
    }
    if (i > 0 && edit.first <= edits[i - 1].last) Refuse(fmt::format("word {} is corrected twice", edit.first));
  }
}

std::string Told(const Page& before, const std::vector<WordEdit>& edits) {
  const std::vector<Word> tokens = before.words.empty() ? Tokens(before.text) : std::vector<Word>();
  const std::vector<Word>& words = before.words.empty() ? tokens : before.words;
  std::string told = fmt::format("page {}:", before.number);
  for (const WordEdit& edit : edits) {
    std::string old;
    for (size_t i = edit.first; i <= edit.last; ++i) old += (old.empty() ? "" : " ") + words[i].text;
    told += fmt::format(" {} for {};", Quoted(edit.text), Quoted(old));
  }
  told.pop_back();
  return told;
}

// Of imported text, which has no words of its own: the bytes of the old words become those of the new.
void CorrectText(std::string& text, const std::vector<Word>& words, const WordEdit& edit) {
  const Word& last = words[edit.last];
  std::string joined;
  for (const std::string& word : WordsOf(edit.text)) joined += (joined.empty() ? "" : " ") + word;
  text.replace(words[edit.first].offset, last.offset + last.text.size() - words[edit.first].offset, joined);
}

// A page that was larger before corrections, as imported ones may be, may only not grow.
void CheckSize(const Page& page, size_t before) {
  if (page.words.size() > kMostWords) Refuse(fmt::format("the page would have more than {} words", kMostWords));
  if (page.text.size() > std::max(before, kMostText)) {
    Refuse(fmt::format("the page's text would have more than {} bytes", kMostText));
  }
}

}  // namespace

Page WithCorrections(Page page, std::vector<WordEdit> edits) {
  const size_t before = page.text.size();
  const bool text_alone = page.words.empty();
  const std::vector<Word> old = text_alone ? Tokens(page.text) : std::move(page.words);
  CheckEdits(edits, old.size());
  if (text_alone) {
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) CorrectText(page.text, old, *edit);
    CheckSize(page, before);
    return page;
  }
  page.words.clear();
  size_t at = 0;
  for (const WordEdit& edit : edits) {
    page.words.insert(page.words.end(), old.begin() + static_cast<ptrdiff_t>(at),
                      old.begin() + static_cast<ptrdiff_t>(edit.first));
    at = edit.last + 1;
    const std::vector<Word> replaced(old.begin() + static_cast<ptrdiff_t>(edit.first),
                                     old.begin() + static_cast<ptrdiff_t>(at));
    for (Word& word : Replacement(replaced, WordsOf(edit.text))) page.words.push_back(std::move(word));
  }
  page.words.insert(page.words.end(), old.begin() + static_cast<ptrdiff_t>(at), old.end());
  page.text = JoinWords(page.words);
  CheckSize(page, before);
  return page;
}

Page CorrectWords(Archive& archive, const Edit& edit, int page, std::vector<WordEdit> edits) {
  Page corrected;
  ChangeInRecord(archive, edit, [&](const RecordChange& change) {
    const Store& store = archive.store();
    const auto old = store.GetPage(change.record.id, page);
    if (!old) throw Error(ErrorCode::kNotFound, fmt::format("record {} has no page {}", change.record.id, page));
    if (old->version != edit.version) {
      throw Conflict(fmt::format("page {} of record {} has version {}, and the change was made from version {}; look "
                                 "at it again",
                                 page, change.record.id, old->version, edit.version),
                     old->version);
    }
    corrected = WithCorrections(*old, edits);
    change.audit.action = "page.correct";
    change.audit.detail = Told(*old, edits);
    change.changes.bases.push_back({.record_id = change.record.id, .page = page, .version = old->version});
    ReadAgain(store, change.record, {corrected}, change.changes);
    change.changes.pages.push_back({.page = corrected, .image = {}, .keep_image = true});
  });
  ++corrected.version;
  return corrected;
}

}  // namespace diwan
