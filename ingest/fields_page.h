// A page of a record while its fields are read: its text cut and matched, and where lines begin and end.
#pragma once

#include <vector>

#include "ingest/fields.h"
#include "ingest/find_citations.h"
#include "ingest/rule_matcher.h"
#include "ingest/rule_tokens.h"

namespace diwan {

// Refers to the rules and to the page's text, which outlive it. Never moved, since the matcher refers to `text`.
struct FieldPage {
  FieldPage(const RuleSet& rules, const TextPage& given, int page_number, bool jalali_likely);
  FieldPage(const FieldPage&) = delete;
  FieldPage& operator=(const FieldPage&) = delete;

  TextPage page;
  int number;
  RuleText text;
  RuleMatcher matcher;
  std::vector<CitationMatch> citations;
};

// The ends of the line that the token stands in, at most some hundred tokens away.
size_t LineBegin(const RuleText& text, size_t at);
size_t LineEnd(const RuleText& text, size_t at);

// Words and numbers before the token in its line; of a long line not all are counted.
size_t WordsBefore(const RuleText& text, size_t at);

// Whether the word stands without a particle before it: `والقرار`, `بالقرار`, `للقرار` speak of another paper.
bool IsBareWord(const FieldPage& page, size_t at);

// The value as printed, in one line with single spaces, without quotation marks or stops at its ends.
std::string TidyText(std::string_view printed);

// Without a ب or ل at the beginning.
std::string WithoutParticle(const std::string& text);

}  // namespace diwan
