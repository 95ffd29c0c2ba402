// The choice between the answers for one place of a line, by both readings and by what is possible there.
// Pure functions; any thread may call.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "ingest/number_label.h"
#include "ingest/number_merge.h"
#include "ingest/number_text.h"

namespace diwan {

// A part of a label between spaces, with all that was answered in its place.
struct Token {
  std::vector<NumberLabel> labels;  // the reading's own first
  double from = 0, to = 0;          // columns of the image
  double middle = 0;
  const std::u32string& text() const { return labels[0].text; }
};

// The parts of a reading, from left to right, none of them empty.
std::vector<Token> TokensOf(const NumberReading& reading);

// The first reading of a place.
struct First {
  std::string text;        // without spaces
  std::string bare;        // as BareNumber
  double probability = 0;  // 0..1, of the worst word
  bool is_word = false;    // letters alone
  size_t letters = 0;
  size_t latin_letters = 0;  // of those
  NumberExpected expected = NumberExpected::kNothing;
  bool alone = false;  // far from its neighbours, as in a table's cell
  FirstReader by = FirstReader::kEngine;
};

// What `words` of `line` say together.
First FirstOf(const std::vector<Word>& line, std::vector<size_t> words);

// A number that was settled on.
struct Settled {
  std::string text;
  double probability = 0;
  std::vector<std::string> alternatives;
  bool order_told = true;  // as OrderIsTold
  bool gainsaid = false;   // by an engine that is as sure of another number of the same length
};

// Weighs what the second reader answered by what is possible there, by what the first one said and by the page's
// digits. Nothing when the best answer is no number.
std::optional<Settled> Settle(const Token& token, const First& first, std::string_view language, DigitSet digits);

// The runs of digits of a text, as Latin ones, sorted: what it says in any order.
std::vector<std::string> DigitGroups(std::string_view text);

// Whether a number is more likely than what was first read. `token` is what it was settled from.
bool IsBelieved(const Settled& number, const Token& token, const First& first, std::string_view language);

}  // namespace diwan
