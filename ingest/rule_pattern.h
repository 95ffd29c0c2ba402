// The compiler of patterns: what stands behind the colon of a rule becomes steps for the matcher.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/rules.h"

namespace diwan {

// Pieces of patterns by the name under which rules use them.
using RuleDefinitions = std::map<std::string, std::vector<std::string>>;

// Signs of patterns that take nothing of the text: where a line begins, where at most three words stand before in the
// line or the sentence, where a line ends.
constexpr char32_t kAtLineBegin = U'^';
constexpr char32_t kNearLineBegin = U'3';
constexpr char32_t kAtLineEnd = U'$';

// One pattern piece by piece: `[`, `|`, `<name>`, `{slot}`, `...`, a word or a sign.
std::vector<std::string> PatternPieces(std::string_view pattern);

// Fills the program and the slots of `rule`, adds the pattern's words to the vocabulary. Throws kInvalid with "PLACE:
// what is wrong", `place` being "NAME:LINE".
void CompilePattern(std::vector<std::string> pieces, const RuleDefinitions& definitions, const std::string& place,
                    RuleVocabulary& vocabulary, Rule& rule);

}  // namespace diwan
