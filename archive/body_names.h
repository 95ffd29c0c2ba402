// Names of councils and courts, as papers spell them. Any thread may call.
#pragma once

#include <string_view>

namespace diwan {

// Whether two names of a council or court may mean one: the words of the shorter are in the longer, but for one letter.
bool SameBody(std::string_view a, std::string_view b);

// Whether two names certainly mean two: what each says beside its kind (بلدية, شورای شهر) is not in the other. A
// council and the municipality of its town are not told apart.
bool AreOtherBodies(std::string_view a, std::string_view b);

}  // namespace diwan
