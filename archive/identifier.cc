// Papers by what is printed on them.
#include "archive/identifier.h"

#include <fmt/core.h>

#include <algorithm>

#include "archive/paper_kind.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kMostFound = 1000;

std::string Part(std::string_view text) {
  std::string part(text);
  std::ranges::replace(part, '/', '-');
  return part;
}

}  // namespace

std::string IdentifierOf(const Record& record) {
  const Field* number = record.Find("number");
  if (number == nullptr || !IsSure(*number)) return {};
  const std::string_view type = record.Value("type");
  const bool ruling = SameType(type, "ruling");
  if (!ruling && !SameType(type, "decision")) return {};
  const std::string_view court = record.Value("court");
  const std::string_view body = ruling && !court.empty() ? court : record.Value("body");
  const std::vector<PaperNumber> numbers = NumbersOf(record);
  const auto paper = std::ranges::find(numbers, NumberRole::kPaper, &PaperNumber::role);
  if (body.empty() || paper == numbers.end() || paper->year.empty()) return {};
  // Of a year in two calendars, the one that is printed with the number.
  const auto printed = NormalPaperNumber(NumberRole::kPaper, number->value, record.Value("year"));
  const std::string& year = printed && !printed->year.empty() ? printed->year : paper->year;
  return fmt::format("{}/{}/{}/{}", ruling ? "ruling" : "decision", Part(body), year, Part(paper->number));
}

std::vector<Record> FindByNumber(Archive& archive, std::string_view number, std::string_view year,
                                 const PaperFilter& filter, size_t limit) {
  if (limit == 0 || limit > kMostFound) {
    throw Error(ErrorCode::kInvalid, fmt::format("limit must be from 1 to {}", kMostFound));
  }
  if (number.find(',') != std::string_view::npos || number.find("،") != std::string_view::npos) {
    throw Error(ErrorCode::kInvalid, "'number' has a comma; ask for one number, without signs between its digits");
  }
  if (!NormalPaperNumber(NumberRole::kPaper, number, year)) throw Error(ErrorCode::kInvalid, "'number' is no number");
  std::vector<Record> records;
  for (const std::string& id : FindNumbered(archive.store(), number, year, filter, limit)) {
    if (auto record = archive.store().GetRecord(id)) records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace diwan
