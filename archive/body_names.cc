// Bodies are named in full, in short, and misread; so names are compared word by word.
#include "archive/body_names.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "core/fold.h"

namespace diwan {
namespace {

// Words of a name, folded, without the article.
std::vector<std::u32string> NameWords(std::string_view name) {
  std::vector<std::u32string> words;
  std::u32string word;
  const auto end_word = [&] {
    if (word.size() > 3 && word.starts_with(U"ال")) word.erase(0, 2);
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char32_t c : FromUtf8(FoldToUtf8(name))) {
    const bool letter = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'\u0621' && c <= U'\u06D3');
    if (letter) word += c;
    if (!letter) end_word();
  }
  end_word();
  return words;
}

// Whether one letter changed, lost or added makes one of the other.
bool NearlySame(const std::u32string& a, const std::u32string& b) {
  if (a == b) return true;
  constexpr size_t kLeast = 4;
  const auto& [shorter, longer] = a.size() <= b.size() ? std::tie(a, b) : std::tie(b, a);
  if (shorter.size() < kLeast || longer.size() > shorter.size() + 1) return false;
  size_t same = 0;
  while (same < shorter.size() && shorter[same] == longer[same]) ++same;
  const size_t skip = longer.size() == shorter.size() ? same + 1 : same;
  return std::u32string_view(shorter).substr(std::min(skip, shorter.size())) ==
         std::u32string_view(longer).substr(same + 1);
}

bool Has(const std::vector<std::u32string>& words, const std::u32string& word) {
  return std::ranges::any_of(words, [&](const std::u32string& other) { return NearlySame(word, other); });
}

// Says what kind of body it is, not which.
bool IsOfKindOnly(const std::u32string& word) {
  static const std::vector<std::u32string> words = NameWords(
      "مجلس مجالس بلدي بلدية البلدية محافظة محافظ وزارة وزير هيئة لجنة أمانة مدينة لمدينة قرية لقرية بلدة لبلدة قضاء "
      "لواء إقليم جهة جماعة مديرية دائرة رئاسة رئيس إدارة قروي محلي محلية عام عامة كبرى جديدة مركز ولاية "
      "سلطة مؤسسة ديوان شورای شوراي اسلامی شهر شهرداری شهرستان استان استانداری فرمانداری بخشداری وزارت "
      "سازمان کمیسیون هیئت هیات اداره کل دهیاری روستا روستای منطقه بخش شاروالی ولسوالی ریاست كميته من في از و");
  return std::ranges::find(words, word) != words.end();
}

std::vector<std::u32string> TellingWords(std::string_view name) {
  std::vector<std::u32string> words = NameWords(name);
  std::erase_if(words, IsOfKindOnly);
  return words;
}

}  // namespace

bool SameBody(std::string_view a, std::string_view b) {
  std::vector<std::u32string> first = NameWords(a);
  std::vector<std::u32string> second = NameWords(b);
  if (first.size() > second.size()) std::swap(first, second);
  return !first.empty() && std::ranges::all_of(first, [&](const std::u32string& word) { return Has(second, word); });
}

bool AreOtherBodies(std::string_view a, std::string_view b) {
  const std::vector<std::u32string> first = TellingWords(a);
  const std::vector<std::u32string> second = TellingWords(b);
  return !first.empty() && !second.empty() &&
         std::ranges::none_of(first, [&](const std::u32string& word) { return Has(second, word); });
}

}  // namespace diwan
