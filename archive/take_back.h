// A person takes the last change back: what was there before it is there again, as a new version.
#pragma once

#include "archive/edit.h"

namespace diwan {

// The record's fields, removed values and level of access as they were before its last change, which must be one of
// EditFields, or one of these (so the change is made again). Throws kInvalid where it is another, otherwise as
// ChangeRecord.
Record TakeBackFields(Archive& archive, const Edit& edit);

// The words of the page as they were before its last change, which must be one of CorrectWords, or one of these. Throws
// as above; `edit.version` is the page's.
Page TakeBackWords(Archive& archive, const Edit& edit, int page);

}  // namespace diwan
