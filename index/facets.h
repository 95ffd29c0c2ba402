// Facets: how many of the records found have each type, body, language and year.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/query.h"

namespace diwan {

// Given to Enquire::add_matchspy, it counts each document that the match looks at: get_mset's check_at_least says how
// many that are. A record of several pages counts once, as its page that comes first; beyond a million such records
// in one answer, once for each run of its pages. Lives for one match; one thread.
class FacetSpy : public Xapian::MatchSpy {
 public:
  void operator()(const Xapian::Document& document, double weight) override;

  // "type", "body", "language", "year", those that have values; the values most first, ties in their own order,
  // `most_values` at most; of years 1,000.
  std::vector<Facet> Facets(size_t most_values) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Counts = std::unordered_map<std::string, uint64_t, Hash, std::equal_to<>>;

  bool SeenBefore(const std::string& record_id);
  void CountYear(const std::string& day);

  static constexpr size_t kTexts = 3;
  Counts texts_[kTexts];                     // by the value in the slot
  std::unordered_map<int, uint64_t> years_;  // bounded by the calendar
  std::unordered_set<uint64_t> records_;     // hashes of ids of those with several pages
  std::string last_record_;
};

}  // namespace diwan
