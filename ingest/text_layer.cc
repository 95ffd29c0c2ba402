// The rules by which a text layer is believed or not. A page whose layer is not believed is recognised like a scan, so
// a doubt costs a second of work; believing a bad layer would lose the page for searches.
#include "ingest/text_layer.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/fold.h"
#include "ingest/script.h"

namespace diwan {
namespace {

// What the rules look at: counts over the layer.
struct Findings {
  double characters = 0;  // white space left out
  double letters = 0;     // Arabic and Latin
  double digits = 0;
  double presentation = 0;
  double meaningless = 0;
  double arabic_words = 0;    // of three letters and more
  double arabic_tokens = 0;   // words with an Arabic letter
  double single_letters = 0;  // of those, how many are one letter
  double begins_al = 0;       // the article: ال at the beginning
  double ends_la = 0;         // the article read backwards: لا at the end
  double final_first = 0;     // ة or ى, which only end words, at the beginning
  double common = 0;          // stop words
  double common_reversed = 0;
  double latin_words = 0;  // of three letters and more
  double latin_odd = 0;    // of those, without a vowel or with capitals inside
  double rows = 0;         // share of the page's height that has text
  LayerContext context;

  double Share(double count) const { return count / std::max(1.0, characters); }
  double ArabicShare(double count) const { return count / std::max(1.0, arabic_words); }
};

constexpr std::array kCommon = {
    U"في",  U"من",  U"على", U"إلى", U"عن",   U"أن",  U"ما",   U"لا", U"التي", U"الذي",
    U"هذا", U"هذه", U"ذلك", U"بعد", U"قرار", U"رقم", U"مجلس", U"از", U"به",   U"که",
    U"در",  U"را",  U"این", U"است", U"برای", U"شده", U"شهر",  U"می", U"آن",   U"های",
};

// Folded, and not a palindrome or the mirror of another common word.
std::set<std::u32string> CommonWords(bool reversed) {
  std::set<std::u32string> forward;
  std::set<std::u32string> backward;
  for (const char32_t* word : kCommon) {
    const std::u32string folded = Fold(ToUtf8(word)).text;
    forward.insert(folded);
    backward.insert({folded.rbegin(), folded.rend()});
  }
  const std::set<std::u32string>& other = reversed ? forward : backward;
  std::set<std::u32string> words = reversed ? backward : forward;
  for (const std::u32string& word : other) words.erase(word);
  return words;
}

void LookAtArabic(const std::u32string& raw, Findings& found) {
  static const std::set<std::u32string> kForward = CommonWords(false);
  static const std::set<std::u32string> kBackward = CommonWords(true);
  std::u32string word;
  for (const char32_t c : raw) {
    if (IsArabicLetter(c)) word += c;
  }
  ++found.arabic_tokens;
  found.single_letters += word.size() == 1;
  const std::u32string folded = Fold(ToUtf8(word)).text;
  found.common += kForward.count(folded) > 0;
  found.common_reversed += kBackward.count(folded) > 0;
  if (word.size() < 3) return;
  ++found.arabic_words;
  found.final_first += word.front() == U'ة' || word.front() == U'ى';
  found.begins_al += word.size() > 3 && word[0] == U'ا' && word[1] == U'ل';
  found.ends_la += word.size() > 3 && word[word.size() - 2] == U'ل' && word.back() == U'ا';
}

void LookAtLatin(const std::u32string& word, Findings& found) {
  std::u32string lower;
  int capitals = 0;
  for (const char32_t c : word) {
    if (!IsLatinLetter(c)) continue;
    capitals += !lower.empty() && c >= 'A' && c <= 'Z';
    lower += c >= 'A' && c <= 'Z' ? c + 32 : c;
  }
  if (lower.size() < 3) return;
  ++found.latin_words;
  const bool all_capitals = capitals + 1 == static_cast<int>(lower.size());
  const bool vowel = lower.find_first_of(U"aeiouyàâäçèéêëîïôöùûüáíóúñåæø") != std::u32string::npos;
  const bool mixed = lower.size() != word.size() && std::any_of(word.begin() + 1, word.end() - 1, [](char32_t c) {
                       return c < 'A' && !IsDigit(c) && c != '-' && c != '\'' && c != '.';
                     });
  found.latin_odd += (!vowel && !all_capitals) || (capitals > 0 && !all_capitals) || mixed;
}

Findings LookAt(const TextLayer& layer, const LayerContext& context) {
  Findings found;
  found.context = context;
  std::array<bool, 100> rows{};
  for (const TextLayer::PlacedWord& placed : layer.words) {
    const std::u32string word = FromUtf8(placed.text);
    bool arabic = false;
    bool latin = false;
    for (const char32_t c : word) {
      arabic = arabic || IsArabicLetter(c);
      latin = latin || IsLatinLetter(c);
      found.letters += IsArabicLetter(c) || IsLatinLetter(c);
      found.digits += IsDigit(c);
      found.presentation += IsPresentationForm(c);
      found.meaningless += IsMeaningless(c);
    }
    found.characters += static_cast<double>(word.size());
    if (arabic) LookAtArabic(word, found);
    if (latin && !arabic) LookAtLatin(word, found);
    const double per_row = std::max(1.0, layer.page_height) / static_cast<double>(rows.size());
    const auto row = [&](double y) { return std::clamp(y / per_row, 0.0, static_cast<double>(rows.size() - 1)); };
    for (auto i = static_cast<size_t>(row(placed.y)); i <= static_cast<size_t>(row(placed.y + placed.height)); ++i) {
      rows.at(i) = true;
    }
  }
  found.rows = static_cast<double>(std::count(rows.begin(), rows.end(), true)) / static_cast<double>(rows.size());
  return found;
}

// Each rule gives 0 (nothing to say) to 1 (clear), times its weight. The sum must not fall below zero.
struct Rule {
  const char* reason;
  double weight;
  double (*speaks)(const Findings&);
};

constexpr double Ramp(double value, double from, double to) {
  return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

constexpr Rule kRules[] = {
    {"there are too few letters", -10, [](const Findings& f) { return f.letters < 40 ? 1.0 : 0.0; }},
    {"most of the page is a picture and little is text", -10,
     [](const Findings& f) { return f.context.image_share > 0.5 ? 1 - Ramp(f.rows, 0.08, 0.12) : 0.0; }},
    {"letters stand for nothing", -10,
     [](const Findings& f) {
       return Ramp((f.meaningless + f.context.unmapped) / std::max(1.0, f.characters + f.context.unmapped), 0.01, 0.05);
     }},
    {"letters are presentation forms", -10, [](const Findings& f) { return Ramp(f.Share(f.presentation), 0.01, 0.1); }},
    {"letters do not lie on level lines", -10,
     [](const Findings& f) { return Ramp(f.Share(f.context.upended), 0.1, 0.3); }},
    {"words are broken into letters", -10,
     [](const Findings& f) {
       return f.arabic_tokens < 20 ? 0.0 : Ramp(f.single_letters / f.arabic_tokens, 0.25, 0.45);
     }},
    {"letters that end words begin them", -10,
     [](const Findings& f) { return f.arabic_words < 5 ? 0.0 : Ramp(f.ArabicShare(f.final_first), 0.01, 0.05); }},
    {"the article stands at the end of words", -10,
     [](const Findings& f) {
       return f.arabic_words < 5 ? 0.0 : Ramp(f.ArabicShare(f.ends_la - f.begins_al), 0.03, 0.1);
     }},
    {"common words are reversed", -10, [](const Findings& f) { return f.common_reversed > f.common + 1 ? 1.0 : 0.0; }},
    {"common words are missing", -10,
     [](const Findings& f) {
       return f.arabic_words > 60 && f.common + f.begins_al < 0.02 * f.arabic_words ? 1.0 : 0.0;
     }},
    {"Latin words are none", -10,
     [](const Findings& f) { return f.latin_words < 5 ? 0.0 : Ramp(f.latin_odd / f.latin_words, 0.15, 0.4); }},
    {"signs outnumber letters", -10,
     [](const Findings& f) { return Ramp(1 - f.Share(f.letters + f.digits), 0.25, 0.5); }},
    // A little doubt does not outweigh text that is plainly sane.
    {"", 3, [](const Findings& f) { return Ramp(f.common + f.begins_al, 1, 6); }},
    {"", 2, [](const Findings& f) { return f.latin_words > 20 ? 1.0 : 0.0; }},
};

}  // namespace

LayerVerdict JudgeTextLayer(const TextLayer& layer, const LayerContext& context) {
  const Findings found = LookAt(layer, context);
  LayerVerdict verdict;
  double worst = 0;
  for (const Rule& rule : kRules) {
    const double score = rule.weight * rule.speaks(found);
    verdict.score += score;
    if (score >= worst) continue;
    worst = score;
    verdict.reason = rule.reason;
  }
  verdict.trusted = verdict.score >= 0;
  return verdict;
}

}  // namespace diwan
