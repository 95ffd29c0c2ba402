// Xapian asks of each page that the folded words found whether it is one of these.
#include "index/exact_pages.h"

#include <utility>

#include "core/fold.h"
#include "index/pages.h"

namespace diwan {
namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + " ";
  return out;
}

}  // namespace

std::vector<size_t> FindExact(std::string_view utf8, const AnalysedText& text, const std::vector<std::string>& exact) {
  std::vector<size_t> places;
  if (exact.empty()) return places;
  const std::string first = FoldToUtf8(exact.front());
  const auto is_word = [&](size_t i, const std::string& wanted) {
    const TextWord& word = text.words[i];
    return ExactForm(utf8.substr(word.begin, word.end - word.begin)) == wanted;
  };
  for (size_t i = 0; i + exact.size() <= text.words.size(); ++i) {
    if (!text.words[i].number && text.words[i].surface != first) continue;  // for speed
    size_t same = 0;
    while (same < exact.size() && is_word(i + same, exact[same])) ++same;
    if (same == exact.size()) places.push_back(i);
  }
  return places;
}

ExactPages::ExactPages(const std::vector<std::string>& exact, const PageTexts& texts, ExactReading& reading)
    : exact_(exact), texts_(texts), reading_(reading) {}

ExactPages* ExactPages::clone() const { return new ExactPages(exact_, texts_, reading_); }

void ExactPages::init(const Xapian::Database& database) {
  CheckedPages::init(database);
  known_ = &reading_.known[Joined(exact_) + database.get_uuid()];
}

bool ExactPages::Has(Xapian::docid document) {
  const auto known = known_->find(document);
  if (known != known_->end()) return known->second;
  if (reading_.texts_left == 0) {
    reading_.cut = true;
    return false;
  }
  const bool has = Compare(document);
  known_->emplace(document, has);
  return has;
}

bool ExactPages::Compare(Xapian::docid document) {
  std::pair<std::string, int> page;
  try {
    page = PageOf(database().get_document(document));
  } catch (const Xapian::DocNotFoundError&) {
    return false;  // numbers of documents have gaps
  }
  --reading_.texts_left;
  const auto text = texts_(page.first, page.second);
  return text && !FindExact(*text, Analyse(*text), exact_).empty();
}

}  // namespace diwan
