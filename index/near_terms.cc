// Terms of words beside a ~.
#include "index/near_terms.h"

#include <algorithm>

#include "index/expansion.h"
#include "index/schema.h"
#include "index/stem_terms.h"

namespace diwan {
namespace {

constexpr size_t kMostTerms = 20;  // of one word; more are only of one with many ZWNJs

void AddSurfaces(const TextWord& word, std::vector<std::string>& terms) {
  terms.push_back(MakeTerm(kSurfacePrefix, word.surface));
  const std::string other = word.number ? "" : OtherArticle(word.surface);
  if (!other.empty()) terms.push_back(MakeTerm(kSurfacePrefix, other));
}

}  // namespace

std::vector<std::string> WordTerms(const TextWord& word) {
  std::vector<std::string> terms;
  AddSurfaces(word, terms);
  for (const Language language : {Language::kArabic, Language::kPersian}) {
    for (std::string& stem : StemTermsOf(word, language)) {
      if (terms.size() < kMostTerms) terms.push_back(std::move(stem));
    }
  }
  return terms;
}

std::vector<std::string> QuotedWordTerms(const AnalysedText& quotation) {
  const TextWord& first = quotation.words.front();
  if (quotation.words.size() > 1) return {MakeTerm(kSurfacePrefix, first.surface)};
  std::vector<std::string> terms;
  AddSurfaces(first, terms);
  return terms;
}

uint32_t NearWindow(const QueryNode& near) {
  size_t longest = 1;
  for (const QueryNode& operand : near.children) longest = std::max(longest, operand.phrase.words.size());
  return static_cast<uint32_t>(near.distance + longest - 1);
}

}  // namespace diwan
