// The tree of a question as a line of text.
#include <fmt/format.h>

#include "index/query_parser.h"

namespace diwan {
namespace {

std::string DescribeDays(const std::vector<DayRange>& days) {
  std::string out;
  for (const DayRange& range : days) {
    if (!out.empty()) out += '|';
    out += FormatDay(range.first);
    if (range.last != range.first) out += ".." + FormatDay(range.last);
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
    }
  }
  return out;
}

std::string DescribePhrase(const AnalysedText& phrase) {
  std::string out;
  for (const TextWord& word : phrase.words) {
    if (!out.empty()) out += ' ';
    out += word.surface;
  }
  return fmt::format("\"{}\"", out);
}

std::string DescribeField(const QueryNode& node) {
  std::string value;
  if (!node.days.empty()) {
    value = DescribeDays(node.days);
  } else if (!node.phrase.words.empty()) {
    value = DescribePhrase(node.phrase);
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
      return DescribePhrase(node.phrase);
    case NodeKind::kField:
      return DescribeField(node);
    case NodeKind::kAny:
      return fmt::format("[{}]", DescribeChildren(node, " | "));
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
