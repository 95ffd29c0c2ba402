// What lines of an import say of their records that leads to other records, which may come later, or that would keep
// the same line from being brought in again: it is made true when all lines are stored.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/said.h"

namespace diwan {

inline constexpr size_t kMostLinkedRecords = 200'000;  // of one import, since they are kept until its end

// One thread.
class ImportLinks {
 public:
  using Tell = std::function<void(uint64_t line, const std::string& problem)>;

  ImportLinks(Archive& archive, std::string_view actor) : archive_(archive), actor_(actor) {}

  // Keeps the relations and marks of `said`; nothing when there are none. Throws kInvalid when it is too much.
  void Add(uint64_t line, const std::string& record_id, const Said& said);

  // Makes all of them true, each record's in one change, and tells what could not be.
  void Apply(const Tell& tell);

 private:
  struct Links {
    uint64_t line = 0;
    std::string record_id;
    Said said;
  };
  void Apply(const Links& links, const Tell& tell);

  Archive& archive_;
  const std::string actor_;
  std::vector<Links> links_;
};

}  // namespace diwan
