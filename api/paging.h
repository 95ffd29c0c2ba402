// Lists in parts: cursors that a client hands back as they are, and the Link to what comes next. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/message.h"

namespace diwan {

// A cursor of this request's list: goes on behind `position`, which must stay true when the archive grows, as an id
// does. Bound to the path and to every parameter but `limit`, so that it can't go astray.
std::string MakeListCursor(const Request& request, std::string_view position);

// The position in the request's `cursor`; "" without one. Throws kInvalid, naming it, for what MakeListCursor did not
// make for the same list.
std::string CursorPosition(const Request& request);
// The same where positions are numbers; no value without a cursor.
std::optional<uint32_t> CursorNumber(const Request& request);

// Of a list that was asked for one item more than `limit`: takes that off, and returns the cursor behind the last one
// that stays; "" where there was none more. Items have an id.
template <typename Item>
std::string CutList(const Request& request, size_t limit, std::vector<Item>& items) {
  if (items.size() <= limit) return "";
  items.resize(limit);
  return MakeListCursor(request, items.back().id);
}

// Adds `Link: <this request with the cursor>; rel="next"`, unless `next` is "" or the line would be too long for
// clients.
void LinkNext(const Request& request, const std::string& next, Response& response);

}  // namespace diwan
