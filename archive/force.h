// Whether a paper is in force, and the papers that made, changed and ended it. All of it is told from what papers say
// of each other; nothing is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/citations.h"

namespace diwan {

enum class Force { kInForce, kAmended, kPartlyRepealed, kRepealed, kReplaced, kNotKnown };

// "in_force", "amended", "partly_repealed", "repealed", "replaced", "not_known".
std::string_view NameOf(Force value);

// What one paper does to another, in the words of the one.
struct Effect {
  std::string by;                                   // record id of the paper that says it
  std::string on;                                   // of the paper that it is said of
  CitedRelation relation = CitedRelation::kAmends;  // kAmends, kRepeals or kReplaces; another where it is unclear
  Citation citation;                                // of `by`
  ShownPlace place;                                 // where it is said; page 0 when that text is not there any more
  int confidence = 0;                               // percent, that it is said and of this paper
  bool alone = false;                               // the citation names `on`, and no other paper
  bool certain = false;                             // so, with number and year, and read with kSureConfidence at least
  bool unclear = false;                             // nothing is said of it that is understood; never certain
  bool partial = false;                             // of articles or clauses only
  bool confirmed = false;                           // a person said or confirmed it
};

// An answer that rests on readings is never certain: `confirmed` is false until a person confirmed them.
struct ForceAnswer {
  Force force = Force::kNotKnown;
  bool confirmed = false;
  int confidence = 0;           // percent; 0 with kNotKnown
  std::string reason;           // one sentence or two, for people
  std::vector<Effect> effects;  // on the paper, by day; also those that are not certain
};

// Throws kNotFound. A paper never ends or changes one that is later. Where a paper that the viewer does not see
// decides, the answer is kNotKnown, and neither names nor counts it.
ForceAnswer ForceOf(Archive& archive, std::string_view record);

// The papers that hang together with a record: up to those that it changes, then down to all that change these.
struct Chain {
  std::vector<Record> papers;   // by day; those without one last
  std::vector<Effect> effects;  // between them, by day
  bool cut = false;             // there are more than kMostChain papers, or steps than kDeepestChain
};
inline constexpr size_t kMostChain = 100;
inline constexpr size_t kDeepestChain = 16;

// Throws kNotFound. Effects that are not certain are part of it, when their citation names one paper.
Chain ChainOf(Archive& archive, std::string_view record);

}  // namespace diwan
