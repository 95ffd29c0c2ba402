// Which sign of an amount parts its thousands, and which its fraction.
#include "ingest/printed_number.h"

#include <algorithm>

#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMostDigits = 15;

// Whether every part between signs, the first aside, has three digits.
bool InThousands(std::string_view digits) {
  for (size_t sign = digits.find_first_of(".,"); sign != std::string_view::npos;) {
    const size_t next = digits.find_first_of(".,", sign + 1);
    if (std::min(next, digits.size()) - sign != 4) return false;
    sign = next;
  }
  return true;
}

// The sign that stands before a fraction, or npos.
size_t FractionSign(std::string_view digits) {
  const size_t last = digits.find_last_of(".,");
  if (last == std::string_view::npos) return last;
  const size_t first = digits.find_first_of(".,");
  const bool one_sign = first == last;
  if (digits[first] != digits[last]) return last;  // `85,000.000`
  if (one_sign) return digits.size() - last == 4 ? std::string_view::npos : last;
  return InThousands(digits) ? std::string_view::npos : last;
}

}  // namespace

SplitNumber SplitPrinted(std::string_view printed) {
  SplitNumber split = Split(printed);
  if (!split.year.empty()) return split;
  std::string latin = LatinDigits(printed);
  constexpr std::string_view kJoiner = "\u200D";  // shapes a lone letter: `۷۷۱/ه‍`
  for (size_t at = latin.find(kJoiner); at != std::string::npos; at = latin.find(kJoiner))
    latin.erase(at, kJoiner.size());
  constexpr std::string_view kAround = "/-\\.0123456789";
  split.number.clear();
  for (size_t i = 0; i < latin.size(); ++i) {
    const bool keeps = latin[i] != ' ' || (!split.number.empty() && i + 1 < latin.size() && latin[i + 1] != ' ' &&
                                           kAround.find(latin[i + 1]) == std::string_view::npos &&
                                           kAround.find(split.number.back()) == std::string_view::npos);
    if (keeps) split.number += latin[i];
  }
  return split;
}

std::string PlainAmount(std::string_view printed, int64_t times) {
  const std::string latin = FoldToUtf8(printed);
  // The Arabic decimal separator says what '.' may not.
  const size_t sign = printed.find("٫") != std::string_view::npos ? latin.find_last_of('.') : FractionSign(latin);
  std::string whole = latin.substr(0, sign);
  std::string fraction(sign == std::string::npos ? "" : latin.substr(sign + 1));
  if (!InThousands(whole)) return {};
  std::erase_if(whole, [](char c) { return c == '.' || c == ','; });
  for (; times >= 10; times /= 10) {
    whole += fraction.empty() ? '0' : fraction.front();
    fraction.erase(0, fraction.empty() ? 0 : 1);
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (whole.size() + fraction.size() > kMostDigits) return {};
  return fraction.empty() ? whole : whole + "." + fraction;
}

}  // namespace diwan
