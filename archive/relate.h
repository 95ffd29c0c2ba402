// What persons say of the relations between papers: one that no text says, and whether those that were read are right.
#pragma once

#include <cstddef>
#include <string>

#include "archive/edit.h"
#include "core/citation.h"

namespace diwan {

struct NewRelation {
  CitedRelation relation = CitedRelation::kRefersTo;
  std::string to;       // id or external id of the other record
  std::string article;  // of it that is meant; "" for the whole paper
  std::string clause;
};

// Puts it among the citations, confirmed, of the record `other`; false when it is there already. Throws kTooLarge when
// there are kMostCitations.
bool PutRelation(RecordCitations& citations, const Record& other, const NewRelation& relation);

// Says that the record amends, repeals, ... another one. It is confirmed, counts as a citation of that very record, and
// stays when the text is read again. Throws kInvalid for a relation to itself, one that is there already, or an article
// or clause of more than 200 bytes; kNotFound for the other record; otherwise as ChangeRecord.
Record AddRelation(Archive& archive, const Edit& edit, const NewRelation& relation);

// Says of a citation, by its index from 0, that it is right, wrong, or that nothing is known of it. A rejected one
// names nothing any more. Throws kNotFound for an index that is none, kInvalid for the state kProposed of a person's
// own relation; otherwise as ChangeRecord.
Record JudgeCitation(Archive& archive, const Edit& edit, size_t index, CitationState state);

// Takes a person's own relation away; a citation that was read is rejected. Throws as JudgeCitation.
Record RemoveRelation(Archive& archive, const Edit& edit, size_t index);

}  // namespace diwan
