// A record's fields and citations, read anew from its pages when these, or what persons said of it, have changed.
#pragma once

#include <vector>

#include "core/citation.h"
#include "core/record.h"
#include "store/store.h"

namespace diwan {

// Gives `record` what is read from its stored pages, those of `changed` in place of the stored ones, and puts its
// citations into `changes`. What persons said stays: fields that they gave or confirmed, values that they removed,
// citations that they confirmed, rejected or made. Their places are found again where the words still stand. Takes time
// by the length of the record.
void ReadAgain(const Store& store, Record& record, const std::vector<Page>& changed, ChangeSet& changes);
// The same with other citations before than those that are stored.
void ReadAgain(const Store& store, Record& record, const std::vector<Page>& changed, const RecordCitations& before,
               ChangeSet& changes);

// Whether both are one mention of one paper in a record, though perhaps at another place of its page. Pure.
bool IsSameMention(const Citation& a, const Citation& b);

// The citations that were read, with what persons said of those before; persons' own relations, and what they said of
// citations that are not read any more, at the end, without a place. Pure.
RecordCitations KeepDecisions(const RecordCitations& before, RecordCitations read);

}  // namespace diwan
