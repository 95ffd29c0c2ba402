// Bytes of a page's text as code points, boxes and a passage to quote.
#include "archive/place.h"

#include <algorithm>

#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kPagesKept = 64;
constexpr size_t kMostBefore = 160;  // bytes of the passage before and behind
constexpr size_t kMostBehind = 120;

// From a word's beginning to a word's end, not beyond a blank line or a full stop.
std::string Passage(std::string_view text, size_t begin, size_t end) {
  size_t first = begin - std::min(begin, kMostBefore);
  for (const std::string_view stop : {"\n\n", ". ", ".\n"}) {
    const size_t at = text.substr(0, begin).rfind(stop);
    if (at != std::string_view::npos) first = std::max(first, at + stop.size());
  }
  if (first > 0 && text[first - 1] != ' ' && text[first - 1] != '\n') {
    first = std::min(text.find_first_of(" \n", first), begin);
  }
  size_t last = std::min(text.size(), end + kMostBehind);
  for (const std::string_view stop : {"\n\n", ". ", ".\n"}) last = std::min(last, text.find(stop, end));
  if (last < text.size() && text[last] != ' ' && text[last] != '\n') {
    last = std::max(end, std::min(last, text.find_last_of(" \n.", last)));
  }
  std::string out;
  for (const char c : text.substr(first, last - first)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace

std::optional<ShownPlace> ShowPlace(const Page& page, const TextPlace& place) {
  if (place.begin >= place.end || place.end > page.text.size()) return std::nullopt;
  const std::string_view text = page.text;
  ShownPlace shown{.page = place.page, .begin = CodePoints(text.substr(0, place.begin))};
  shown.end = shown.begin + CodePoints(text.substr(place.begin, place.end - place.begin));
  for (const Word& word : page.words) {
    if (word.offset < place.end && word.offset + word.text.size() > place.begin) shown.boxes.push_back(word.box);
  }
  shown.words = Passage(text, place.begin, place.end);
  return shown;
}

std::optional<ShownPlace> PlaceFinder::Show(const std::string& record_id, const TextPlace& place) {
  const std::pair key(record_id, place.page);
  if (!pages_.contains(key)) {
    if (pages_.size() >= kPagesKept) pages_.clear();
    pages_[key] = store_.GetPage(record_id, place.page);
  }
  const std::optional<Page>& page = pages_[key];
  return page ? ShowPlace(*page, place) : std::nullopt;
}

}  // namespace diwan
