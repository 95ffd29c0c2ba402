// Names of councils and courts, as papers spell them. Any thread may call.
#pragma once

#include <string_view>

namespace diwan {

// Whether two names of a council or court may mean one: the words of the shorter are in the longer, but for one letter.
bool SameBody(std::string_view a, std::string_view b);

// Whether the name says whose it is, beside what kind of body: `بلدية صور`, not `المجلس البلدي`.
bool NamesPlace(std::string_view name);

enum class BodiesAre {
  kSame,     // of one kind, or of kinds that one body bears (a council, the municipality of its town), and of one place
  kPerhaps,  // one says no place or hardly differs in it; or of two kinds that one place may have
  kOther,    // of places that have no word in common, or of kinds that are never one: a town and a union of towns
};
BodiesAre CompareBodies(std::string_view a, std::string_view b);

}  // namespace diwan
