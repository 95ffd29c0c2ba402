// What a person says of a record goes before everything that was read or listed.
#include "archive/edit_fields.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "archive/description.h"
#include "archive/read_again.h"
#include "core/error.h"
#include "core/paper_number.h"

namespace diwan {
namespace {

constexpr std::array<std::pair<std::string_view, FieldAction>, 4> kActions = {{{"confirm", FieldAction::kConfirm},
                                                                               {"set", FieldAction::kSet},
                                                                               {"add", FieldAction::kAdd},
                                                                               {"remove", FieldAction::kRemove}}};

std::string_view NameOf(FieldAction action) {
  return std::ranges::find(kActions, action, [](const auto& row) { return row.second; })->first;
}

constexpr size_t kMostRemoved = 1000;  // values that are remembered of a record, the newest

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

class FieldEditor {
 public:
  explicit FieldEditor(Record& record) : record_(record) {}

  // Returns what it did, for the audit trail.
  std::string Apply(const FieldEdit& edit) {
    if (edit.name == "access") return SetAccess(edit);
    if (std::ranges::count(KnownFieldNames(), edit.name) == 0) {
      Refuse(fmt::format("{} is no field", Quoted(edit.name)));
    }
    switch (edit.action) {
      case FieldAction::kConfirm:
        return Confirm(edit);
      case FieldAction::kSet:
        return Set(edit);
      case FieldAction::kAdd:
        return Add(edit);
      case FieldAction::kRemove:
        return Remove(edit);
    }
    return {};
  }

 private:
  // No field, but said of the record in the same way.
  std::string SetAccess(const FieldEdit& edit) {
    const auto level = AccessLevelNamed(edit.value);
    if (edit.action != FieldAction::kSet || !level) {
      Refuse("'access' is set to public, internal or confidential");
    }
    const AccessLevel before = std::exchange(record_.access, *level);
    return fmt::format("access {} for {}", Quoted(edit.value), Quoted(diwan::NameOf(before)));
  }

  // The field that is meant, or nullptr when there is none of that name and no value was told.
  Field* Find(const FieldEdit& edit) {
    Field* found = nullptr;
    for (Field& field : record_.fields) {
      if (field.name != edit.name) continue;
      if (!edit.was.empty() && edit.was != field.value && edit.was != field.printed) continue;
      if (found != nullptr && found->value != field.value) {
        Refuse(fmt::format("the record has several values of '{}'; say which one is meant ('was')", edit.name));
      }
      if (found == nullptr) found = &field;
    }
    if (found == nullptr && !edit.was.empty()) {
      Refuse(fmt::format("the record has no '{}' with the value {}", edit.name, Quoted(edit.was)));
    }
    return found;
  }

  Field& Require(const FieldEdit& edit) {
    Field* field = Find(edit);
    if (field == nullptr) Refuse(fmt::format("the record has no '{}'", edit.name));
    return *field;
  }

  Field Given(const FieldEdit& edit) const {
    const bool persian = edit.name == "language" ? edit.value == "fas" : record_.Value("language") == "fas";
    const std::string why = edit.value.empty() ? "has no value" : WhyImpossible(edit.name, edit.value, persian);
    if (!why.empty()) Refuse(fmt::format("'{}' {}: {}", edit.name, why, Quoted(edit.value)));
    Field field = GivenField(edit.name, edit.value, persian);
    const std::string other = edit.name == "year" ? WhyOtherYear(record_.Value("number"), field.value) : "";
    if (!other.empty()) Refuse(fmt::format("'year' {}: {}", other, Quoted(edit.value)));
    field.origin = FieldOrigin::kPerson;
    return field;
  }

  // A value that is said now may have been removed before.
  void Welcome(const Field& field) {
    std::erase_if(record_.removed, [&](const RemovedValue& gone) {
      return gone.name == field.name && (gone.value.empty() || gone.value == field.value);
    });
  }

  // What was read does not come back; of a name with one value nothing does.
  void Bar(const Field& field) {
    RemovedValue gone{.name = field.name, .value = HasSeveralValues(field.name) ? field.value : ""};
    if (std::ranges::count(record_.removed, gone) > 0) return;
    if (record_.removed.size() >= kMostRemoved) record_.removed.erase(record_.removed.begin());
    record_.removed.push_back(std::move(gone));
  }

  std::string Confirm(const FieldEdit& edit) {
    Field& field = Require(edit);
    field.state = FieldState::kConfirmed;
    if (field.origin == FieldOrigin::kManifest) field.origin = FieldOrigin::kPerson;  // no other list goes before it
    return fmt::format("{} {}", edit.name, Quoted(field.value));
  }

  std::string Set(const FieldEdit& edit) {
    Field next = Given(edit);
    Field* old = Find(edit);
    Welcome(next);
    std::string told = fmt::format("{} {}", edit.name, Quoted(next.value));
    if (old == nullptr) {
      DropOtherYears(next);
      record_.fields.push_back(std::move(next));
      CheckCount(edit.name);
      return told;
    }
    if (HasSeveralValues(old->name) && old->value != next.value) Bar(*old);
    const std::string before = old->value;
    next.page = old->page;
    *old = next;
    DropOtherYears(next);
    return fmt::format("{} for {}", told, Quoted(before));
  }

  // A number that is said with its year leaves no other year beside it.
  void DropOtherYears(const Field& said) {
    if (said.name != "number") return;
    const auto number = NormalPaperNumber(NumberRole::kPaper, said.value, "");
    if (const std::string within = YearWithin(said.value); !within.empty()) {
      std::erase_if(record_.fields, [](const Field& field) { return field.name == "year"; });
      record_.fields.push_back(GivenField("year", within, /*persian=*/false));
      record_.fields.back().origin = FieldOrigin::kPerson;
    }
    if (!number || number->year.empty()) return;
    std::erase_if(record_.fields, [&](const Field& field) {
      const auto with = NormalPaperNumber(NumberRole::kPaper, said.value, field.value);
      return field.name == "year" && (!with || *with != *number);
    });
  }

  std::string Add(const FieldEdit& edit) {
    Field next = Given(edit);
    const bool there = std::ranges::any_of(record_.fields, [&](const Field& field) {
      return field.name == edit.name && (!HasSeveralValues(edit.name) || field.value == next.value);
    });
    if (there) Refuse(fmt::format("the record has '{}' already; 'set' changes it", edit.name));
    Welcome(next);
    std::string told = fmt::format("{} {}", edit.name, Quoted(next.value));
    DropOtherYears(next);
    record_.fields.push_back(std::move(next));
    CheckCount(edit.name);
    return told;
  }

  std::string Remove(const FieldEdit& edit) {
    const Field gone = Require(edit);
    Bar(gone);
    std::erase_if(record_.fields,
                  [&](const Field& field) { return field.name == gone.name && field.value == gone.value; });
    return fmt::format("{} {}", edit.name, Quoted(gone.value));
  }

  void CheckCount(const std::string& name) const {
    if (static_cast<size_t>(std::ranges::count(record_.fields, name, &Field::name)) <= kMaxGivenValues) return;
    Refuse(fmt::format("the record would have more than {} values of '{}'", kMaxGivenValues, name));
  }

  Record& record_;
};

// Whether the reading of other fields rests on this one.
bool DecidesOthers(const FieldEdit& edit) {
  return edit.action != FieldAction::kConfirm &&
         (edit.name == "number" || edit.name == "year" || edit.name == "language");
}

// The year with which the paper is looked up; "" when it is not known.
std::string YearOf(const Record& record) {
  const std::vector<PaperNumber> numbers = NumbersOf(record);
  const auto paper = std::ranges::find(numbers, NumberRole::kPaper, &PaperNumber::role);
  return paper == numbers.end() ? "" : paper->year;
}

// A year is said with the number, by a field of its own, or by the date: what a new number made of it.
std::string NoteOfYear(const Record& before, const Record& now) {
  const std::string old_year = YearOf(before);
  const std::string year = YearOf(now);
  if (old_year.empty() || now.Find("number") == nullptr || before.Value("number") == now.Value("number")) return {};
  if (year.empty()) {
    return fmt::format(
        "the year {} was said with the number before and is not kept; give it with the number ({}/{}) "
        "or as 'year'",
        old_year, now.Value("number"), old_year);
  }
  if (year != old_year) return fmt::format("the year is {} now; it was {}", year, old_year);
  const auto own = NormalPaperNumber(NumberRole::kPaper, now.Value("number"), "");
  if (own && !own->year.empty()) return {};
  return fmt::format("the year stays {}, as its {} says", year, now.Find("year") != nullptr ? "field 'year'" : "date");
}

}  // namespace

std::optional<FieldAction> FieldActionOfName(std::string_view name) {
  for (const auto& [known, action] : kActions) {
    if (known == name) return action;
  }
  return std::nullopt;
}

EditedRecord EditFields(Archive& archive, const Edit& edit, const std::vector<FieldEdit>& edits) {
  if (edits.empty()) Refuse("there is no field to change");
  if (edits.size() > kMostEdits) Refuse(fmt::format("more than {} changes at one time", kMostEdits));
  EditedRecord edited;
  edited.record = ChangeRecord(archive, edit, [&](const RecordChange& change) {
    const Record before = change.record;
    FieldEditor editor(change.record);
    change.audit.action = edits.size() == 1 ? fmt::format("field.{}", NameOf(edits.front().action)) : "field.edit";
    for (const FieldEdit& each : edits) {
      change.audit.detail += change.audit.detail.empty() ? "" : "; ";
      if (edits.size() > 1) change.audit.detail += fmt::format("{} ", NameOf(each.action));
      change.audit.detail += editor.Apply(each);
    }
    if (std::ranges::any_of(edits, DecidesOthers)) ReadAgain(archive.store(), change.record, {}, change.changes);
    edited.note = NoteOfYear(before, change.record);
    if (!edited.note.empty()) change.audit.detail += "; " + edited.note;
  });
  return edited;
}

}  // namespace diwan
