// Where on paper something stands that was found in a page's text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/citation.h"
#include "core/record.h"
#include "store/store.h"

namespace diwan {

// A place as people and programs see it: code points of the page's text, and the words' boxes in the access image.
struct ShownPlace {
  int page = 0;
  size_t begin = 0;
  size_t end = 0;
  std::vector<Box> boxes;
  std::string words;  // the passage around it, in one line
};

// No value when the page has no such text. Pure.
std::optional<ShownPlace> ShowPlace(const Page& page, const TextPlace& place);

// Looks pages up, each once. One thread.
class PlaceFinder {
 public:
  explicit PlaceFinder(const Store& store) : store_(store) {}

  // No value when the page, or that much of its text, is not there any more.
  std::optional<ShownPlace> Show(const std::string& record_id, const TextPlace& place);

 private:
  const Store& store_;
  std::map<std::pair<std::string, int>, std::optional<Page>> pages_;
};

}  // namespace diwan
