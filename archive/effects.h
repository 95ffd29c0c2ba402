// Amendments, repeals and replacements between papers, the matter that archive/force.h answers from.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "archive/force.h"

namespace diwan {

// What orders papers, whenever they came in: their day, else their year, then what they are called; ids last.
struct PaperOrder {
  int32_t first_day = 0;  // of all that its date may mean
  int32_t last_day = 0;   // INT32_MAX when nothing is known
  std::string name;
  bool operator==(const PaperOrder&) const = default;
  bool operator<(const PaperOrder& o) const {
    return std::tie(first_day, last_day, name) < std::tie(o.first_day, o.last_day, o.name);
  }
};
PaperOrder OrderOf(const Record& record);

// Whether `a` was certainly made before `b`.
bool IsBefore(const PaperOrder& a, const PaperOrder& b);

// "decision 45/2018 of 2018-03-12", as far as it is known.
std::string NameOfPaper(const Record& record);

// Looks effects up; records are read once each. One thread.
class EffectFinder {
 public:
  explicit EffectFinder(const Store& store) : store_(store), places_(store) {}

  // What other papers do to the record, in order: never an earlier one. `more` is set when there is too much to tell.
  std::vector<Effect> On(const Record& record, bool& more);
  // What the record does to others that its citations name alone.
  std::vector<Effect> By(const Record& record);
  // The words by which the record's text limits how long it is in force, but where that certainly goes on; "" when it
  // has none.
  std::string TermOf(const Record& record) const;
  // The record, or nullptr when it is not stored. The pointer lives as long as the finder.
  const Record* Find(const std::string& record_id);

 private:
  bool MayAffect(const Record& by, const Record& on) const;
  Effect EffectOf(const ResolvedCitation& found, const Record& on);

  const Store& store_;
  PlaceFinder places_;
  std::map<std::string, std::optional<Record>> records_;
};

// In the order of the papers that say them, then by place.
void SortEffects(std::vector<Effect>& effects, EffectFinder& finder);

}  // namespace diwan
