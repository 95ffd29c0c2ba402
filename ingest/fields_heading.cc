// A heading is cut where its lines end and where signs part them. Of the pieces, one is but a council (`organ` and
// `open` rules) and another the town that it is of (`seat` rules).
#include "ingest/fields_heading.h"

#include <algorithm>
#include <vector>

#include "ingest/fields_choice.h"

namespace diwan {
namespace {

constexpr size_t kFarthest = 6;  // pieces between a council and its town

struct Piece {
  size_t first = 0;  // tokens [first, last), words and numbers
  size_t last = 0;
};

class Heading {
 public:
  Heading(FieldPage& page, size_t head_end) : page_(page), text_(page.text) { Cut(head_end); }

  std::optional<HeadedBody> Find() {
    for (size_t i = 0; i < pieces_.size(); ++i) {
      for (const RuleUse use : {RuleUse::kOrgan, RuleUse::kOpen}) {
        for (const RuleMatch& organ : All(i, use)) {
          if (auto body = WithSeat(i, organ)) return body;
          if (use == RuleUse::kOpen && IsName(i + 1)) return WithName(i, organ);
        }
      }
    }
    return std::nullopt;
  }

 private:
  void Cut(size_t head_end) {
    constexpr uint32_t kColumn = 3;  // spaces before a further column
    bool inside = false;
    for (size_t at = 0; at < head_end; ++at) {
      const bool word = text_[at].kind <= TokenKind::kNumber;
      if (word && inside && text_[at].begin >= text_[at - 1].end + kColumn) inside = false;
      if (word && !inside) pieces_.push_back({.first = at});
      if (word) pieces_.back().last = at + 1;
      inside = word;
    }
  }

  // The rules that the whole piece fits.
  std::vector<RuleMatch> All(size_t piece, RuleUse use) {
    std::vector<RuleMatch> matches = page_.matcher.MatchesAt(pieces_[piece].first, use);
    std::erase_if(matches, [&](const RuleMatch& match) { return match.last != pieces_[piece].last; });
    return matches;
  }

  // The nearest town of the council's kind: above it, else below.
  std::optional<HeadedBody> WithSeat(size_t at, const RuleMatch& organ) {
    for (size_t i = at; i > 0 && i + kFarthest >= at; --i) {
      if (auto body = WithSeatIn(i - 1, organ, i == at)) return body;
    }
    for (size_t i = at + 1; i < pieces_.size() && i <= at + 2; ++i) {
      if (auto body = WithSeatIn(i, organ, i == at + 1)) return body;
    }
    return std::nullopt;
  }

  std::optional<HeadedBody> WithSeatIn(size_t piece, const RuleMatch& organ, bool side_by_side) {
    for (const RuleMatch& seat : All(piece, RuleUse::kSeat)) {
      if (organ.rule->name.empty() || seat.rule->name == organ.rule->name) return Joined(organ, seat, side_by_side);
    }
    return std::nullopt;
  }

  HeadedBody Joined(const RuleMatch& organ, const RuleMatch& seat, bool side_by_side) {
    const Capture& town = seat.captures.front();
    const std::string of = organ.rule->name.empty() ? seat.rule->name : "";
    HeadedBody body{.value = NameOf({organ.rule->begins, of, TidyText(text_.Printed(town.first, town.last))}),
                    .first = organ.first,
                    .last = organ.last,
                    .sure = organ.sure * seat.sure * (HasOtherTown(seat) ? kRival : 1)};
    if (side_by_side) {
      body.first = std::min(organ.first, seat.first);
      body.last = std::max(organ.last, seat.last);
    }
    return body;
  }

  // Whether another piece names a town of the kind too.
  bool HasOtherTown(const RuleMatch& seat) {
    const auto name = [&](const RuleMatch& of) {
      return TidyText(text_.Printed(of.captures.front().first, of.captures.front().last));
    };
    for (size_t i = 0; i < pieces_.size(); ++i) {
      for (const RuleMatch& other : All(i, RuleUse::kSeat)) {
        if (other.rule->name == seat.rule->name && name(other) != name(seat)) return true;
      }
    }
    return false;
  }

  HeadedBody WithName(size_t at, const RuleMatch& organ) const {
    const Piece& name = pieces_[at + 1];
    return {.value = NameOf({organ.rule->begins, TidyText(text_.Printed(name.first, name.last))}),
            .first = organ.first,
            .last = name.last,
            .sure = organ.sure};
  }

  static std::string NameOf(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() || part.empty() ? "" : " ") + part;
    return out;
  }

  // Words of the next line of which no rule knows anything: `صور`.
  bool IsName(size_t piece) {
    constexpr size_t kMostWords = 3;
    if (piece >= pieces_.size()) return false;
    const auto& [first, last] = pieces_[piece];
    const bool next = piece + 1 < pieces_.size() && text_[pieces_[piece + 1].first].line == text_[first].line;
    const bool alone = !next && last - first <= kMostWords && text_[first].line > text_[pieces_[piece - 1].first].line;
    if (!alone || text_[first].line != text_[pieces_[piece - 1].first].line + 1) return false;
    for (size_t i = first; i < last; ++i) {
      const bool known = text_[i].kind != TokenKind::kWord || page_.matcher.IsStop(i) || page_.matcher.IsBody(i) ||
                         page_.matcher.IsLead(i) || page_.matcher.IsTitle(i);
      if (known) return false;
    }
    constexpr RuleUse kOthers[] = {RuleUse::kCite,    RuleUse::kType,   RuleUse::kField,
                                   RuleUse::kOpening, RuleUse::kSigned, RuleUse::kSeat};
    return std::ranges::none_of(
        kOthers, [&, begin = first](RuleUse use) { return page_.matcher.LongestAt(begin, use).rule != nullptr; });
  }

  FieldPage& page_;
  const RuleText& text_;
  std::vector<Piece> pieces_;
};

}  // namespace

std::optional<HeadedBody> BodyOfHeading(FieldPage& page, size_t head_end) { return Heading(page, head_end).Find(); }

}  // namespace diwan
