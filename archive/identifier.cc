// Papers by what is printed on them.
#include "archive/identifier.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "archive/description.h"
#include "archive/given_number.h"
#include "archive/history.h"
#include "archive/merge.h"
#include "archive/paper_kind.h"
#include "core/encoding.h"
#include "core/error.h"
#include "core/fold.h"
#include "store/number_entries.h"

namespace diwan {
namespace {

constexpr size_t kMostFound = 1000;
constexpr size_t kMostNamed = 100;
constexpr char kSlash = '~';  // stands for '/'; never in a part by itself

[[noreturn]] void None(const std::string& why) { throw Error(ErrorCode::kNotFound, why); }

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool IsLetterOrDigit(char32_t c) {
  return IsDigit(c) || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c > 0xBF;
}

// Throws as None.
const Field& SureField(const Record& record, std::string_view name) {
  const Field* field = record.Find(name);
  if (field == nullptr || field->value.empty()) None(fmt::format("its {} is not known", name));
  if (!IsSure(*field)) None(fmt::format("its {} was read with doubt; confirm or set it", name));
  return *field;
}

std::string BodyPart(const std::string& body) {
  const std::u32string text = FromUtf8(body);
  const bool plain = std::ranges::any_of(text, IsLetterOrDigit) && body.find(kSlash) == std::string::npos &&
                     std::ranges::none_of(text, [](char32_t c) { return c < 0x20 || c == 0x7F; });
  if (!plain) None("its body has a name that can't be written in it");
  std::string part = body;
  std::ranges::replace(part, '/', kSlash);
  return part;
}

// A number's digits and letters, and the signs between them.
struct NumberParts {
  std::vector<std::string> parts = {""};
  std::string signs;
};

// Folded, with a slash on either side of مكرر, as numbers are looked up.
std::u32string WithRepeatsApart(const std::string& given) {
  const std::u32string folded = FromUtf8(FoldToUtf8(given));
  std::u32string out;
  for (size_t at = 0; at < folded.size();) {
    const auto is_letter = [](char32_t c) { return IsLetterOrDigit(c) && !IsDigit(c); };
    const auto from = folded.begin() + static_cast<std::ptrdiff_t>(at);
    const std::u32string word(from, std::find_if_not(from, folded.end(), is_letter));
    if (IsRepeatWord(word)) {
      out += U"/مكرر/";
    } else {
      out += word.empty() ? std::u32string(1, *from) : word;
    }
    at += std::max<size_t>(1, word.size());
  }
  return out;
}

// Throws as None where two numbers could come out as one.
NumberParts PartsOf(const std::string& given) {
  NumberParts out;
  bool space = false;
  for (const char32_t c : WithRepeatsApart(given)) {
    if (c == U' ' || c == U'(' || c == U')') {
      space = true;
      continue;
    }
    std::string& part = out.parts.back();
    const bool parted = space && !part.empty() && IsDigit(static_cast<unsigned char>(part.back())) && IsDigit(c);
    if (c == U'/' || c == U'-' || c == U'.' || c == U'\\') {
      out.parts.emplace_back();
      out.signs += c == U'/' || c == U'\\' ? kSlash : static_cast<char>(c);
    } else if (!IsLetterOrDigit(c) || parted) {
      None("its number has signs that can't be written in it");
    } else {
      part += ToUtf8({&c, 1});
    }
    space = false;
  }
  return out;
}

// Without the zeros before a number, as numbers are looked up.
std::string WithoutZeros(const std::string& part) {
  const bool number = std::ranges::all_of(part, [](char c) { return IsDigit(static_cast<unsigned char>(c)); });
  return number && !part.empty() ? part.substr(std::min(part.find_first_not_of('0'), part.size() - 1)) : part;
}

// A number as it is looked up has '/' for every sign between its parts; in a name they stay apart, since 12-3 and 12/3
// are two papers. `normal` is what is left of `given` without its year.
std::string NumberPart(const std::string& given, const std::string& normal) {
  const NumberParts in = PartsOf(given);
  for (size_t first = 0; first < in.parts.size(); ++first) {
    std::string looked_up = WithoutZeros(in.parts[first]);
    std::string part = looked_up;
    for (size_t next = first + 1; looked_up != normal && next < in.parts.size(); ++next) {
      const std::string each = WithoutZeros(in.parts[next]);
      looked_up += '/' + each;
      part += in.signs[next - 1] + each;
    }
    if (looked_up == normal) return part;
  }
  None("its number has signs that can't be written in it");
}

// Throws as None where words stand around the number, as imports took it once.
void CheckPlain(const std::string& value, const PaperNumber& normal) {
  const GivenNumber given = ReadGivenNumber(value);
  const auto plain = NormalPaperNumber(NumberRole::kPaper, given.value, normal.year);
  if (!given.problem.empty() || plain != normal) {
    None("its number has words in it; set it again as number and year, 45/2018");
  }
}

std::string YearOf(const Record& record, const Field& number) {
  const auto own = NormalPaperNumber(NumberRole::kPaper, number.value, "");
  if (!own) None("its number is no number");
  const Field* year = record.Find("year");
  if (!own->year.empty()) {
    const auto with_year = NormalPaperNumber(NumberRole::kPaper, number.value, record.Value("year"));
    if (year != nullptr && with_year && with_year->year != own->year) None("its number and its year name two years");
    return own->year;
  }
  SureField(record, year != nullptr ? "year" : "date");
  const std::vector<PaperNumber> numbers = NumbersOf(record);
  const auto paper = std::ranges::find(numbers, NumberRole::kPaper, &PaperNumber::role);
  if (paper == numbers.end() || paper->year.empty()) None("its year is not known");
  return paper->year;
}

std::string Identifier(const Record& record) {
  const std::string_view type = record.Value("type");
  const bool ruling = SameType(type, "ruling");
  if (!ruling && !SameType(type, "decision")) None("only decisions and rulings have one");
  const Field& number = SureField(record, "number");
  const Field& body = SureField(record, ruling && record.Find("court") != nullptr ? "court" : "body");
  const std::string year = YearOf(record, number);
  const auto normal = NormalPaperNumber(NumberRole::kPaper, number.value, year);
  if (!normal) None("its number is no number");
  CheckPlain(number.value, *normal);
  return fmt::format("{}/{}/{}/{}", ruling ? "ruling" : "decision", BodyPart(body.value), normal->year,
                     NumberPart(number.value, normal->number));
}

void CheckYear(std::string_view year) {
  constexpr size_t kMostDigits = 4;
  const std::u32string digits = FromUtf8(LatinDigits(year));
  if (digits.size() > kMostDigits || !std::ranges::all_of(digits, IsDigit)) {
    throw Error(ErrorCode::kInvalid, "'year' is no year");
  }
}

// Whether a version of the record before today's had the name.
bool HadName(const Store& store, const std::string& record_id, const std::string& name) {
  for (const int version : store.PastVersions(record_id, 0)) {
    const auto past = store.GetPast(record_id, 0, version);
    if (past && NameGivenTo(DecodeRecord(past->value, "a record's past version")).identifier == name) return true;
  }
  return false;
}

// Records of today that had the name, whichever body they have now.
std::vector<Record> FindRenamed(const Store& store, const PaperNumber& number, const std::string& name) {
  std::vector<std::string> seen;
  for (const NumberRole role : {number.role, kGivenUpNumber}) {
    store.VisitPapers(role, number.number, number.year, [&](const NumberedPaper& paper) {
      if (std::ranges::count(seen, paper.record_id) == 0) seen.push_back(paper.record_id);
      return seen.size() < kMostNamed;
    });
  }
  std::map<std::string, Record> records;
  for (const std::string& id : seen) {
    auto record = PresentRecord(store, id);
    if (record && HadName(store, id, name)) records.emplace(record->id, std::move(*record));
  }
  std::vector<Record> out;
  out.reserve(records.size());
  for (auto& [id, record] : records) out.push_back(std::move(record));
  return out;
}

std::vector<Record> Numbered(Archive& archive, std::string_view number, std::string_view year,
                             const PaperFilter& filter, size_t limit, NumberRole role) {
  if (number.find(',') != std::string_view::npos || number.find("،") != std::string_view::npos) {
    throw Error(ErrorCode::kInvalid, "'number' has a comma; ask for one number, without signs between its digits");
  }
  if (!NormalPaperNumber(NumberRole::kPaper, number, year)) throw Error(ErrorCode::kInvalid, "'number' is no number");
  std::vector<Record> records;
  for (const std::string& id : FindNumbered(archive.store(), number, year, filter, limit, role)) {
    if (auto record = archive.store().GetRecord(id)) records.push_back(std::move(*record));
  }
  return records;
}

// Whether what a name is made of was read with doubt.
bool HasDoubt(const Record& record) {
  return std::ranges::any_of(std::initializer_list<std::string_view>{"type", "body", "court", "year", "date"},
                             [&](std::string_view name) {
                               const Field* field = record.Find(name);
                               return field != nullptr && !IsSure(*field);
                             });
}

}  // namespace

PaperName NameGivenTo(const Record& record) {
  try {
    return {.identifier = Identifier(record), .why_none = {}};
  } catch (const Error& none) {
    return {.identifier = {}, .why_none = none.what()};
  }
}

std::vector<Record> FindByNumber(Archive& archive, std::string_view number, std::string_view year,
                                 const PaperFilter& filter, size_t limit) {
  if (limit == 0 || limit > kMostFound) {
    throw Error(ErrorCode::kInvalid, fmt::format("limit must be from 1 to {}", kMostFound));
  }
  CheckYear(year);
  const GivenNumber given = ReadGivenNumber(number);
  if (!given.problem.empty()) throw Error(ErrorCode::kInvalid, fmt::format("'number' {}", given.problem));
  const std::string within = year.empty() ? YearWithin(given.value) : "";
  const std::string_view in = within.empty() ? year : within;
  std::vector<Record> papers = Numbered(archive, given.value, in, filter, limit, NumberRole::kPaper);
  return papers.empty() ? Numbered(archive, given.value, year, filter, limit, NumberRole::kCase) : papers;
}

NamedRecords FindNamed(Archive& archive, const NameParts& parts) {
  const std::string name = fmt::format("{}/{}/{}/{}", parts.kind, parts.body, parts.year, parts.number);
  std::string number = parts.number;
  std::string body = parts.body;
  for (std::string* part : {&number, &body}) std::ranges::replace(*part, kSlash, '/');
  CheckYear(parts.year);
  std::vector<Record> found =
      Numbered(archive, number, parts.year, {.kind = parts.kind, .body = body}, kMostNamed, NumberRole::kPaper);
  std::vector<Record> named;
  std::ranges::copy_if(found, std::back_inserter(named),
                       [&](const Record& record) { return NameGivenTo(record).identifier == name; });
  if (named.empty()) {
    const auto normal = NormalPaperNumber(NumberRole::kPaper, number, parts.year);
    named = FindRenamed(archive.store(), *normal, name);
  }
  const bool guessed = named.empty();
  if (guessed) named = std::move(found);
  const Field* borne = named.size() == 1 ? named.front().Find("number") : nullptr;
  const bool doubtful =
      (borne != nullptr && !IsSure(*borne)) || (guessed && named.size() == 1 && HasDoubt(named.front()));
  const bool certain = named.size() == 1 && !doubtful;
  return {.records = std::move(named), .certain = certain};
}

}  // namespace diwan
