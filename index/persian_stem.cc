// Persian stems. Endings are taken off one after the other, by ZWNJ where it stands and by length where the word is
// written joined, until what is left is known to the lexicon or has none. Verbs are told by می, and stemmed to the past
// stem, so that می‌رود and می‌رفتند meet.
#include <algorithm>
#include <array>

#include "index/affixes.h"
#include "index/lexicon.h"
#include "index/stem_rules.h"

namespace diwan {
namespace {

using Letters = std::u32string_view;

constexpr char32_t kZwnj = 0x200C;

// The letters are the folded ones: ی is ي, ک is ك, آ is ا.
constexpr Affix kPresentEndings[] = {{U"ند", 2}, {U"يم", 2}, {U"يد", 2}, {U"د", 2}, {U"م", 2}, {U"ي", 2}};
constexpr Affix kPastEndings[] = {{U"هاند", 2}, {U"ند", 2}, {U"يم", 2}, {U"يد", 2}, {U"م", 2}, {U"ن", 2}, {U"ه", 2}};

constexpr Letters kApart[] = {  // endings after a ZWNJ
    U"ها",   U"هاي",    U"هايي",   U"هايم",   U"هايت",
    U"هايش", U"هايمان", U"هايتان", U"هايشان", U"تر",
    U"ترين", U"تري",    U"ترها",   U"ترينها", U"ترين‌ها",
    U"ي",    U"اي",     U"يي",     U"ام",     U"ات",
    U"اش",   U"م",      U"ت",      U"ش",      U"مان",
    U"تان",  U"شان",    U"ان",     U"اند",    U"ايم",
    U"ايد",  U"است",    U"ست"};

constexpr Affix kPlurals[] = {{U"هايشان", 3}, {U"هايمان", 3}, {U"هايتان", 3}, {U"هايش", 3}, {U"هايم", 3},
                              {U"هايت", 3},   {U"هايي", 3},   {U"هاي", 3},    {U"ها", 3},   {U"ترين", 3},
                              {U"تر", 3},     {U"شان", 4},    {U"اش", 4}};

// With ي these name a trade or an office, another thing than who is in it.
constexpr Affix kAgents[] = {{U"دار", 3},  {U"كار", 2},  {U"گر", 4},    {U"گذار", 2}, {U"گزار", 2}, {U"ساز", 3},
                             {U"نويس", 2}, {U"شناس", 2}, {U"پرداز", 2}, {U"فروش", 2}, {U"ياب", 3}};

const Lexicon& Known() { return Lexicon::Of(Language::kPersian); }

std::u32string WithoutZwnj(Letters word) {
  std::u32string out(word);
  out.erase(std::remove(out.begin(), out.end(), kZwnj), out.end());
  return out;
}

// The past stem of a verb's form, without می; or nothing.
Letters AfterMi(Letters form) {
  if (form == U"توان") return Known().FindVerb(form);
  for (const Affix& ending : kPresentEndings) {
    if (!Fits(form, ending)) continue;
    if (const Letters stem = Known().FindVerb(form.substr(0, form.size() - ending.letters.size())); !stem.empty())
      return stem;
  }
  const Letters past = Known().FindVerb(form);
  return past == form ? past : Letters();
}

Letters PastForm(Letters form) {
  for (const Affix& ending : kPastEndings) {
    if (!Fits(form, ending)) continue;
    const Letters bare = form.substr(0, form.size() - ending.letters.size());
    if (Known().FindVerb(bare) == bare) return bare;
  }
  return {};
}

Letters VerbStem(Letters form) {
  const Letters stem = AfterMi(form);
  return stem.empty() ? PastForm(form) : stem;
}

Letters Lookup(Letters word) {
  const Letters stem = Known().Find(word);
  return stem.empty() ? PastForm(word) : stem;
}

bool TakePossessive(Letters& word) {
  if (Fits(word, {U"انش", 4})) {
    word.remove_suffix(1);
    return true;
  }
  for (const Letters ending : {Letters(U"تان"), Letters(U"مان"), Letters(U"ش")}) {
    if (!Fits(word, {ending, 3})) continue;
    const Letters bare = word.substr(0, word.size() - ending.size());
    if (Known().Find(bare).empty()) continue;
    word = bare;
    return true;
  }
  return false;
}

bool TakeYa(Letters& word) {
  if (word.size() < 4 || word.back() != U'ي' || EndsIn(word, U"دگي") || EndsIn(word, U"تگي")) return false;
  const Letters bare = word.substr(0, word.size() - 1);
  for (const Affix& agent : kAgents) {
    if (Fits(bare, agent)) return false;
  }
  word = bare;
  if (EndsIn(word, U"اي") && word.size() >= 4) word.remove_suffix(1);  // اجرایی
  return true;
}

bool TakePersons(Letters& word) {
  if (!Fits(word, {U"ان", 4}) || EndsIn(word, U"ستان")) return false;
  word.remove_suffix(2);
  if (word.size() >= 4 && (EndsIn(word, U"اي") || EndsIn(word, U"وي"))) word.remove_suffix(1);  // دانشجویان
  return true;
}

Stems Joined(Letters word) {
  std::u32string changed;
  for (int taken = 0; taken < 5; ++taken) {
    if (const Letters stem = Lookup(word); !stem.empty()) return {std::u32string(stem), {}};
    if (Fits(word, {U"گان", 3})) {
      changed = std::u32string(word.substr(0, word.size() - 3)) + U'ه';
      word = changed;
      continue;
    }
    if (Fits(word, {U"ات", 4}) && !EndsIn(word, U"يات")) {
      word.remove_suffix(2);
      changed = std::u32string(word) + U'ه';
      for (const Letters form : {Letters(changed), word}) {
        if (const Letters stem = Known().Find(form); !stem.empty()) return {std::u32string(stem), {}};
      }
      return {std::u32string(word), changed};
    }
    if (TakeEnding(word, kPlurals) || TakePossessive(word) || TakePersons(word) || TakeYa(word)) continue;
    break;
  }
  const bool another = EndsIn(word, U"انه") || EndsIn(word, U"ينه") || EndsIn(word, U"اره");  // زمینه is not of زمین
  if (!another && Fits(word, {U"ه", 4})) word.remove_suffix(1);
  return {std::u32string(word), {}};
}

bool TakeEndingApart(Letters& word) {
  const size_t border = word.rfind(kZwnj);
  if (border == Letters::npos || border < 2) return false;
  if (std::find(std::begin(kApart), std::end(kApart), word.substr(border + 1)) == std::end(kApart)) return false;
  word = word.substr(0, border);
  return true;
}

}  // namespace

Stems PersianStems(Letters word) {
  Letters form = word;
  const bool apart = TakePrefix(form, std::array<Affix, 2>{{{U"نمي\u200C", 2}, {U"مي\u200C", 2}}});
  const bool joined = !apart && TakePrefix(form, std::array<Affix, 2>{{{U"نمي", 2}, {U"مي", 2}}});
  if (apart || (joined && Known().Find(word).empty())) {
    if (const Letters verb = VerbStem(WithoutZwnj(form)); !verb.empty()) return {std::u32string(verb), {}};
  }
  if (apart) word = form;
  while (TakeEndingApart(word)) {
  }
  return Joined(WithoutZwnj(word));
}

}  // namespace diwan
