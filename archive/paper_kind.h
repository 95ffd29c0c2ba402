// Types of papers as citations name them. Any thread may call.
#pragma once

#include <string>
#include <string_view>

#include "core/citation.h"

namespace diwan {

// Whether a record of this type may be what a citation of this kind names. A type that is not known to us may be
// anything; what a court decides may be called a decision, for want of a better reading.
bool MayBe(std::string_view type, CitedKind kind);

// Whether nothing that is known of the type says otherwise. A case has no kind of its own: what names it, bears it.
bool IsOfKind(std::string_view type, CitedKind kind);

// Whether two types may be one: `decision`, `قرار`, `مصوبه`.
bool SameType(std::string_view a, std::string_view b);

// One name for all types that are one by SameType: "decision", of a type that is not known to us its folded text.
std::string NormalType(std::string_view type);

// Whether a type is one of those that have a name here; and those names, for people.
bool IsKnownType(std::string_view type);
std::string KnownTypes();

// Whether a paper of the type may change others: what is decided, and minutes that record it; no letters and agendas.
bool MayDecide(std::string_view type);

// Whether papers of the type are in force until another says otherwise: rules and decisions, no letters and minutes.
bool MayBeInForce(std::string_view type);

}  // namespace diwan
