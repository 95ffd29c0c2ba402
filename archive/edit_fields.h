// A person confirms, changes, adds or takes away what is said of a record.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/edit.h"

namespace diwan {

enum class FieldAction {
  kConfirm,  // the value is right
  kSet,      // the value is this one, where there was another or none
  kAdd,      // there is this value too
  kRemove,   // there is no such value
};

// "confirm", "set", "add", "remove".
std::optional<FieldAction> FieldActionOfName(std::string_view name);

struct FieldEdit {
  FieldAction action = FieldAction::kConfirm;
  std::string name;   // one of KnownFieldNames(); or "access", of which there is kSet alone
  std::string value;  // as a person writes it; kept as printed, and in normal form. Of kSet and kAdd
  std::string was;    // the value, in normal form or as printed, that is meant where there are several; "" for the one
};

struct EditedRecord {
  Record record;     // as it is stored then
  std::string note;  // what a new number made of the year, where somebody should know; "" when nothing
};

// Makes the changes, in order. What persons gave is confirmed, comes from
// a person, and stays when the text is read again; a value that was replaced or removed does not come back then. A
// number that has its year in it takes the place of another year too; the year that only the number before had goes
// with it. Throws
// kInvalid for a name or value that can't be (WhyImpossible), for a field that is not there, or of which there are
// several where one is meant; otherwise as ChangeRecord.
EditedRecord EditFields(Archive& archive, const Edit& edit, const std::vector<FieldEdit>& edits);

}  // namespace diwan
