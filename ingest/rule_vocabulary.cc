// Which word of the rules a word of the text is. Bad copies lose dots and change letters, so longer words have
// look-alikes; those are looked up by what is left when one letter is taken away.
#include <algorithm>

#include "ingest/rules.h"

namespace diwan {
namespace {

constexpr size_t kShortest = 5;  // letters of a word that has look-alikes
constexpr float kOtherDots = 0.9F;
constexpr float kOtherLetter = 0.8F;

// A letter without its dots.
char32_t Bare(char32_t c) {
  struct Shape {
    std::u32string_view letters;
    char32_t bare;
  };
  constexpr Shape kShapes[] = {{U"بتثنيپ", U'ب'}, {U"جحخچ", U'ح'}, {U"دذ", U'د'}, {U"رزژ", U'ر'}, {U"سش", U'س'},
                               {U"صض", U'ص'},     {U"طظ", U'ط'},   {U"عغ", U'ع'}, {U"فق", U'ف'},  {U"كگ", U'ك'}};
  for (const Shape& shape : kShapes) {
    if (shape.letters.find(c) != std::u32string_view::npos) return shape.bare;
  }
  return c;
}

std::u32string WithoutDots(std::u32string_view word) {
  std::u32string out(word);
  std::ranges::transform(out, out.begin(), Bare);
  return out;
}

// Whether one letter changed, lost or added makes one of the other.
bool OneLetterApart(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  const size_t skip = b.size() == a.size() ? 1 : 0;
  return same == a.size() || a.substr(same + skip) == b.substr(same + 1);
}

// The word without dots, and the same with each one of its letters taken away.
std::vector<std::u32string> NearKeys(std::u32string_view word) {
  std::vector<std::u32string> keys = {WithoutDots(word)};
  for (size_t i = 0; i < word.size(); ++i) {
    keys.push_back(keys.front());
    keys.back().erase(i, 1);
  }
  return keys;
}

void Keep(WordMatch match, std::vector<WordMatch>& out) {
  const auto known = std::ranges::find(out, match.word, &WordMatch::word);
  if (known == out.end()) {
    out.push_back(match);
  } else {
    known->sure = std::max(known->sure, match.sure);
  }
}

}  // namespace

uint32_t RuleVocabulary::Add(std::u32string_view folded) {
  const auto [place, added] = ids_.try_emplace(std::u32string(folded), static_cast<uint32_t>(words_.size()));
  if (added) words_.emplace_back(folded);
  return place->second;
}

void RuleVocabulary::Finish(std::vector<std::u32string> prefixes, const std::vector<std::u32string>& never) {
  prefixes_ = std::move(prefixes);
  never_.insert(never.begin(), never.end());
  constexpr std::u32string_view kArticle = U"ال";
  const bool has_article = std::ranges::find(prefixes_, kArticle) != prefixes_.end();
  for (uint32_t id = 0; id < words_.size(); ++id) {
    std::vector<std::u32string> forms = {words_[id]};
    if (has_article) forms.push_back(std::u32string(kArticle) + words_[id]);
    for (const std::u32string& form : forms) {
      if (form.size() < kShortest || words_[id].size() + 1 < kShortest) continue;
      for (std::u32string& key : NearKeys(form)) near_[std::move(key)].emplace_back(form, id);
    }
  }
}

void RuleVocabulary::AddExact(std::u32string_view token, std::vector<WordMatch>& out) const {
  const auto add = [&](std::u32string_view form) {
    const auto found = ids_.find(std::u32string(form));
    if (found != ids_.end()) Keep({.word = found->second, .sure = 1}, out);
  };
  add(token);
  if (never_.contains(std::u32string(token))) return;
  constexpr size_t kLeast = 2;  // letters behind a prefix
  for (const std::u32string& prefix : prefixes_) {
    if (token.size() >= prefix.size() + kLeast && token.starts_with(prefix)) add(token.substr(prefix.size()));
  }
}

// Short words of which it is told how they are misread: رفم for رقم.
void RuleVocabulary::AddMisread(std::u32string_view token, std::vector<WordMatch>& out) const {
  const auto add = [&](std::u32string_view form) {
    const auto found = misread_.find(std::u32string(form));
    if (found != misread_.end()) Keep({.word = found->second, .sure = kOtherDots}, out);
  };
  add(token);
  for (const std::u32string& prefix : prefixes_) {
    if (token.starts_with(prefix)) add(token.substr(prefix.size()));
  }
}

void RuleVocabulary::AddLookAlikes(std::u32string_view token, std::vector<WordMatch>& out) const {
  if (token.size() < kShortest || never_.contains(std::u32string(token))) return;
  const std::u32string bare = WithoutDots(token);
  for (const std::u32string& key : NearKeys(token)) {
    const auto found = near_.find(key);
    if (found == near_.end()) continue;
    for (const auto& [form, id] : found->second) {
      if (WithoutDots(form) == bare) {
        Keep({.word = id, .sure = kOtherDots}, out);
      } else if (OneLetterApart(form, token)) {
        Keep({.word = id, .sure = kOtherLetter}, out);
      }
    }
  }
}

std::vector<WordMatch> RuleVocabulary::Match(std::u32string_view token) const {
  constexpr size_t kLongest = 24;  // no word of the rules is longer
  std::vector<WordMatch> out;
  if (token.size() > kLongest) return out;
  AddExact(token, out);
  if (!out.empty()) return out;
  AddMisread(token, out);
  AddLookAlikes(token, out);
  if (never_.contains(std::u32string(token))) return out;
  for (const std::u32string& prefix : prefixes_) {
    if (out.empty() && token.starts_with(prefix)) AddLookAlikes(token.substr(prefix.size()), out);
  }
  return out;
}

}  // namespace diwan
