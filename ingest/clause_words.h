// Whether the words of a clause are understood, each and all: what is said to be done to a paper is done for certain
// only where nothing beside it may say otherwise. Words of known neutral kinds are the rules' `neutral`.
#pragma once

#include <cstddef>
#include <vector>

#include "ingest/find_citations.h"

namespace diwan {

// Reads clauses of one text; keeps references to all arguments. One thread.
class ClauseWords {
 public:
  ClauseWords(RuleMatcher& matcher, const std::vector<CitationMatch>& citations)
      : matcher_(matcher), text_(matcher.text()), citations_(citations) {}

  // Whether all tokens of [first, last) are understood.
  bool AreUnderstood(size_t first, size_t last);
  // Whether those from `first` to the end of the clause are, and nothing behind it takes it back. `closed`: the verb
  // stands before `first`, so that `و` begins another clause.
  bool AreUnderstoodToEnd(size_t first, bool closed);
  // Whether the line that ends at the token ends a clause too: what follows is labelled, signed, or the line is short.
  bool EndsClause(size_t line_end);
  // The token behind the neutral phrase that begins with the token, or the token itself.
  size_t PhraseEnd(size_t token) const;
  // Where the clause begins in which the token stands: behind a comma, a colon, a sentence, or such a line.
  size_t ClauseBegin(size_t token);
  // Whether the token is one of the list, or is behind a و or ف.
  bool IsLed(size_t token, const RuleWords& list) const;

 private:
  struct Walk {
    size_t at = 0;
    bool topic = false;  // a free text goes on
    bool ready = false;  // what stands before leads to another mention
    size_t words = 0;    // of the topic
  };

  enum class Met { kEnd, kGoOn, kUnknown };
  Met Step(Walk& walk, bool closed);
  Met StepRule(Walk& walk, bool closed);
  bool IsToCome(size_t first, size_t last) const;
  bool HoldsLimit(size_t first) const;
  bool IsTakenBack(size_t first) const;
  bool BeginsClause(size_t token) const;
  const RuleMatch* MentionAt(size_t token) const;
  void FindLongest();

  RuleMatcher& matcher_;
  const RuleText& text_;
  const std::vector<CitationMatch>& citations_;
  uint32_t longest_ = 0;  // characters of a line; 0: not known yet
};

}  // namespace diwan
