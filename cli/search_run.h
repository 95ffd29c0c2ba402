// Many questions at once, their answers as a TREC run: the form in which search quality is measured.
#pragma once

#include <cstdint>
#include <istream>
#include <string>

#include "api/client.h"
#include "cli/console.h"

namespace diwan {

struct RunOptions {
  std::string name;       // of the run, the last column
  uint64_t limit = 1000;  // records for a question, 1,000 at most
};

// Answers the questions of `lines` ("id<TAB>text") and prints lines `query Q0 external_id rank score RUN`, one for each
// record found, best page first; the record's id where it has no external_id. Lines that are no question are told and
// left out. Returns the exit status: kExitSomeFailed where lines were left out, or nothing was asked. Throws what would
// fail for every question (no archive, no server) with the number of the line, and kUnavailable when `lines` can't be
// read to their end.
int RunQueries(Client& client, const Console& console, std::istream& lines, const RunOptions& options);

// `name` as one column of a run: white space and control characters as "_".
std::string RunColumn(std::string_view name);

}  // namespace diwan
