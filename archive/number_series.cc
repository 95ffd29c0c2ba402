// One walk over the papers of a series in the order of their numbers.
#include "archive/number_series.h"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace diwan {
namespace {

constexpr uint32_t kGreatestPlain = 999'999'999;

uint32_t ExpectedFrom(uint32_t first, uint32_t last) {
  constexpr uint32_t kNearOne = 10;
  constexpr uint32_t kPart = 20;
  return first <= std::max(kNearOne, last / kPart) ? 1 : first;
}

class Walk {
 public:
  explicit Walk(std::span<const NumberedRecord> papers) : papers_(papers) {
    for (const NumberedRecord& paper : papers_) {
      if (!paper.IsSure()) continue;
      if (findings_.first == 0) findings_.first = paper.number;
      findings_.last = paper.number;
    }
    if (findings_.last != 0) findings_.from = ExpectedFrom(findings_.first, findings_.last);
  }

  SeriesFindings Run() && {
    next_ = findings_.from;
    for (auto begin = papers_.begin(); begin != papers_.end();) {
      const auto end =
          std::find_if(begin, papers_.end(), [&](const NumberedRecord& p) { return p.number != begin->number; });
      Take({begin, end});
      begin = end;
    }
    return std::move(findings_);
  }

 private:
  // All papers of one number.
  void Take(std::span<const NumberedRecord> papers) {
    const NumberedRecord& best = papers.front();
    const bool within = best.number >= findings_.from && best.number <= findings_.last;
    if (papers.size() > 1) findings_.doubled.push_back(papers);
    for (const NumberedRecord& paper : papers) {
      const Standing standing = best.IsSure() ? Standing::kDoubles : within ? Standing::kFills : Standing::kBeyond;
      if (!paper.IsSure()) findings_.doubtful.push_back({&paper, standing});
    }
    if (!within) return;
    if (best.number > next_) AddMissing(best.number - 1);
    next_ = best.number + 1;
    if (!best.IsSure()) return;
    for (; open_ < findings_.missing.size(); ++open_) findings_.missing[open_].after = &best;
    before_ = &best;
  }

  void AddMissing(uint32_t last) {
    findings_.missing.push_back({.first = next_, .last = last, .before = before_});
    findings_.missing_count += last - next_ + 1;
  }

  std::span<const NumberedRecord> papers_;
  SeriesFindings findings_;
  uint32_t next_ = 0;                       // the number that comes next when none is missing
  const NumberedRecord* before_ = nullptr;  // the last sure paper
  size_t open_ = 0;                         // the first of `missing` that has no `after` yet
};

}  // namespace

std::optional<uint32_t> PlainNumber(std::string_view normal) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(normal.data(), normal.data() + normal.size(), number);
  if (error != std::errc() || end != normal.data() + normal.size()) return {};
  return number >= 1 && number <= kGreatestPlain ? std::optional(number) : std::nullopt;
}

SeriesFindings Examine(std::vector<NumberedRecord>& papers) {
  std::ranges::sort(papers, {}, [](const NumberedRecord& p) { return std::tuple(p.number, !p.IsSure(), p.id); });
  return Walk(papers).Run();
}

std::string_view NameOf(Standing value) {
  constexpr std::array<std::string_view, 3> kNames = {"fills", "doubles", "beyond"};
  return kNames[static_cast<size_t>(value)];
}

}  // namespace diwan
