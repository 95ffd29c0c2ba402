// Which part of a number is the year, and which sign of an amount parts its thousands.
#include "ingest/printed_number.h"

#include <algorithm>

#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMostDigits = 15;

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Years that papers bear, in four digits and three calendars.
bool IsYear(std::string_view text) {
  if (text.size() != 4 || !IsDigits(text)) return false;
  return (text >= "1300" && text <= "1460") || (text >= "1900" && text <= "2099");
}

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
  const bool one_sign = digits.find_first_of(".,") == last;
  if (one_sign) return digits.size() - last == 4 ? std::string_view::npos : last;
  return InThousands(digits) ? std::string_view::npos : last;
}

}  // namespace

SplitNumber Split(std::string_view printed) {
  std::string latin = LatinDigits(printed);
  std::erase(latin, ' ');
  const size_t sign = latin.find_first_of("/-\\");
  if (sign == std::string::npos || latin.find_first_of("/-\\", sign + 1) != std::string::npos) return {.number = latin};
  const std::string first = latin.substr(0, sign);
  const std::string second = latin.substr(sign + 1);
  if (!IsDigits(first) || !IsDigits(second)) return {.number = latin};
  constexpr float kEither = 0.7F;
  if (IsYear(second)) return {.number = first, .year = second, .sure = IsYear(first) ? kEither : 1};
  if (IsYear(first)) return {.number = second, .year = first};
  return {.number = latin};
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
