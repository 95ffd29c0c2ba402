// From the first and the last number of a range to all of them.
#include "ingest/number_range.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

namespace diwan {
namespace {

std::optional<size_t> Whole(const std::string& number) {
  constexpr size_t kMostDigits = 9;
  size_t value = 0;
  const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (failure != std::errc() || end != number.data() + number.size() || number.size() > kMostDigits) return {};
  return value;
}

void Doubt(CitationMatch& found) { found.citation.confidence = std::min(found.citation.confidence, kDoubtedNumber); }

class Expander {
 public:
  Expander(const RuleText& text, std::vector<CitationMatch>& out) : text_(text), out_(out) {}

  // `first` is the last of `out`.
  void Add(CitationMatch last) {
    CitationMatch& first = out_.back();
    const auto from = Whole(first.citation.number);
    const auto to = Whole(last.citation.number);
    const bool years = first.citation.year != last.citation.year;
    if (!from || !to || years) return out_.push_back(std::move(last));
    if (*from >= *to) {
      Doubt(first);
      Doubt(last);
      return out_.push_back(std::move(last));
    }
    if (*to - *from + 1 > kMostRange || expanded_ + (*to - *from) > kMostRanged) return KeepOpen(last);
    expanded_ += *to - *from;
    AddBetween(*from, *to, last);
    out_.push_back(std::move(last));
  }

 private:
  void KeepOpen(const CitationMatch& last) {
    CitationMatch& open = out_.back();
    open.match.last = last.match.last;
    open.citation.number.clear();
    open.citation.place.end = last.citation.place.end;
    open.citation.printed = std::string(text_.Printed(open.match.first, open.match.last));
  }

  // They stand where the whole range does.
  void AddBetween(size_t from, size_t to, const CitationMatch& last) {
    CitationMatch between = last;
    const size_t begin = out_.back().match.Find("number")->first;
    between.citation.place.begin = text_.BeginByte(begin);
    between.citation.printed = std::string(text_.Printed(begin, last.match.last));
    between.citation.confidence = std::min(out_.back().citation.confidence, last.citation.confidence);
    for (size_t number = from + 1; number < to; ++number) {
      between.citation.number = std::to_string(number);
      out_.push_back(between);
    }
  }

  const RuleText& text_;
  std::vector<CitationMatch>& out_;
  size_t expanded_ = 0;
};

}  // namespace

void ExpandRanges(const RuleText& text, std::vector<CitationMatch>& citations) {
  if (std::ranges::none_of(citations, &CitationMatch::ends_range)) return;
  std::vector<CitationMatch> out;
  Expander expander(text, out);
  for (CitationMatch& found : citations) {
    if (found.ends_range && !out.empty()) {
      expander.Add(std::move(found));
    } else {
      out.push_back(std::move(found));
    }
  }
  citations = std::move(out);
}

void SplitLists(std::vector<CitationMatch>& citations) {
  std::vector<CitationMatch> out;
  size_t added = 0;
  for (CitationMatch& found : citations) {
    std::string rest = found.citation.number;
    const bool digits = rest.find_first_not_of("0123456789,") == std::string::npos && !rest.ends_with(',');
    for (size_t comma = rest.find(','); found.several && digits && comma != std::string::npos && added < kMostRanged;
         comma = rest.find(','), ++added) {
      out.push_back(found);
      out.back().listed = true;
      out.back().citation.number = rest.substr(0, comma);
      rest.erase(0, comma + 1);
      found.ends_range = false;
      found.listed = true;
    }
    found.citation.number = std::move(rest);
    const bool joined = found.citation.number.find(',') != std::string::npos;
    if (joined) Doubt(found);
    out.push_back(std::move(found));
  }
  citations = std::move(out);
}

}  // namespace diwan
