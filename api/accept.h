// What a client would rather have, out of what there is: the Accept headers of RFC 9110, with their weights. Pure; any
// bytes may come in; any thread may call.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/message.h"

namespace diwan {

// The place in `offered` (media types, ours first) of what `accept` wants most: of two with one weight the first one.
// The most exact range that fits a type decides its weight. No value when nothing is wanted; the first when `accept`
// names nothing that can be read.
std::optional<size_t> ChooseMediaType(std::string_view accept, const std::vector<std::string_view>& offered);

// "ar", "fa" or "en", the languages of problems: the one of most weight, or the first of these; English when none is.
std::string_view LanguageOf(std::string_view accept_language);
std::string_view LanguageOf(const Request& request);

// The request's header of that name, in lower case; "" when it is not there.
std::string_view HeaderOf(const Request& request, const std::string& name);

// Adds `header` to those that the answer varies with.
void Vary(Response& response, std::string_view header);

}  // namespace diwan
