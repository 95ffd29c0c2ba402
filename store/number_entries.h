// The entries of the families `numbers` and `cited_numbers`: by number, which records bear it and which citations name
// it. Derived from records and citations alone, so they can be checked and made anew. docs/on_disk_format.md has their
// layout. Any thread may call.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "store/store.h"

namespace diwan {

// Keys and values.
using NumberEntries = std::map<std::string, std::string>;

// Whether a record and its citations have entries: a deleted one has none, but one that was merged into another has.
bool HasEntries(const Record& record);

// What a record has in `numbers`, and its citations in `cited_numbers`, where the caller knows whether their record has
// entries; rejected citations have none. Throws kInvalid when the id is none.
NumberEntries EntriesOf(const Record& record);
NumberEntries EntriesOf(const RecordCitations& citations);

// The role, in `numbers` alone, of a number that a record bore and gave up in a later version; its entries are never
// removed, whatever becomes of the record.
inline constexpr auto kGivenUpNumber = static_cast<NumberRole>('f');

// What a record has in `numbers` when `now` replaced `before`, besides EntriesOf(now).
NumberEntries GivenUpEntries(const Record& before, const Record& now);

// What the keys of a number begin with: of one year, or of every year.
std::string NumberPrefix(NumberRole role, std::string_view number, const std::optional<std::string>& year);

// The opposite ways. Each throws kCorrupt when the bytes are no such entry. Safe for hostile bytes.
NumberedPaper ParsePaper(std::string_view key, std::string_view value);
NumberedCitation ParseCitation(std::string_view key, std::string_view value);

}  // namespace diwan
