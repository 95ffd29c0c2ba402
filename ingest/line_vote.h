// Two readings of the same stretch of a line, made one: word by word, the surer reading of the letters, and the spaces
// of both.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/line_reader.h"

namespace diwan {

// `first` are words of one line as the engine read them, in logical order, with confidences 0..100; `second` what the
// reader of lines found in their place. Where they differ, the words of the surer, but numbers of the second; a space
// that only `first` has is put into those of `second`, which reads letters better than gaps. A word that replaces
// others keeps what they said as its first reading. Pure; any thread may call.
std::vector<Word> VotedWords(const std::vector<Word>& first, const std::vector<LineWord>& second);

}  // namespace diwan
