// The tree of a question as a line of text.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "index/query_parser.h"

namespace diwan {
namespace {

std::string DescribeDays(const std::vector<DayRange>& days) {
  std::string out;
  for (const DayRange& range : days) {
    if (!out.empty()) out += '|';
    if (range.first != kAllDays.first) out += FormatDay(range.first);
    if (range.last != range.first) out += "..";
    if (range.last != range.first && range.last != kAllDays.last) out += FormatDay(range.last);
  }
  return out;
}

std::string DescribeLeaves(const std::vector<Leaf>& leaves) {
  std::string out;
  for (const Leaf& leaf : leaves) {
    if (!out.empty()) out += ' ';
    switch (leaf.kind) {
      case LeafKind::kWord:
        out += leaf.word.surface;
        break;
      case LeafKind::kNumber:
        out += "#" + leaf.number;
        break;
      case LeafKind::kDays:
        out += "@" + DescribeDays(leaf.days);
        break;
      case LeafKind::kBeginning:
        out += leaf.number.empty() ? leaf.word.surface + "*" : "#" + leaf.number + "*";
        break;
    }
  }
  return out;
}

std::string DescribePhrase(const QueryNode& node) {
  std::string out;
  for (const TextWord& word : node.phrase.words) {
    if (!out.empty()) out += ' ';
    out += word.surface;
  }
  return fmt::format("\"{}\"", out) + (node.distance > 0 ? fmt::format("~{}", node.distance) : "");
}

std::string DescribeNumbers(const NumberSpan& span) {
  const std::string first = span.first > 0 ? "#" + span.Number(span.first) : "";
  return first + ".." + (span.last < NumberSpan::kNoEnd ? "#" + span.Number(span.last) : "");
}

std::string DescribeField(const QueryNode& node) {
  std::string value;
  if (!node.days.empty()) {
    value = DescribeDays(node.days);
  } else if (!node.phrase.words.empty()) {
    value = DescribePhrase(node);
  } else if (node.numbers) {
    value = DescribeNumbers(*node.numbers);
  } else if (node.field->kind == FieldKind::kExact) {
    value = ExactValue(*node.field, node.text);
  } else {
    value = DescribeLeaves(node.leaves);
  }
  return fmt::format("{}:{}", node.field->name, value);
}

std::string DescribeChildren(const QueryNode& node, std::string_view between) {
  std::string out;
  for (const QueryNode& child : node.children) {
    if (!out.empty()) out += between;
    out += Describe(child);
  }
  return out;
}

}  // namespace

std::string Describe(const QueryNode& node) {
  switch (node.kind) {
    case NodeKind::kNothing:
      return "";
    case NodeKind::kWords:
      return DescribeLeaves(node.leaves);
    case NodeKind::kPhrase:
      return DescribePhrase(node);
    case NodeKind::kExact:
      return fmt::format("exact:\"{}\"", fmt::join(node.exact, " "));
    case NodeKind::kNear:
      return fmt::format("({})", DescribeChildren(node, fmt::format(" ~{} ", node.distance)));
    case NodeKind::kField:
      return DescribeField(node);
    case NodeKind::kAny:
      return fmt::format("[{}]", DescribeChildren(node, " | "));
    case NodeKind::kMust:
      return fmt::format("+{}", DescribeChildren(node, ""));
    case NodeKind::kAnd:
      return fmt::format("({})", DescribeChildren(node, " AND "));
    case NodeKind::kOr:
      return fmt::format("({})", DescribeChildren(node, " OR "));
    case NodeKind::kNot:
      return fmt::format("NOT {}", DescribeChildren(node, ""));
  }
  return "";
}

}  // namespace diwan
