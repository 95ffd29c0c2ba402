// The folding of text. Every page goes through it on its way into the index, and every query on its way to it.
// Each code point folds on its own, so a word folds to the same letters wherever it stands; the one exception, hamza
// after yeh, looks at the letter before. docs/folding.md is the table of rules: keep the two in step, and raise the
// index's format when a rule changes, because what is indexed was folded by the old one.
#include "core/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "core/error.h"

namespace diwan {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kZwsp = 0x200B;  // zero width space
constexpr char32_t kZwnj = 0x200C;
constexpr char32_t kHamza = 0x0621;
constexpr char32_t kYeh = 0x064A;

// Marks in the table of what one code point becomes; neither is a code point.
constexpr char32_t kDropped = 0xFFFFFFFF;
constexpr char32_t kSeveral = 0xFFFFFFFE;  // or one that the table does not reach: ask Expand()

// A run of code points that folds to one target, to consecutive ones, or to nothing.
enum class To { kOne, kRow, kNothing };
struct Rule {
  char32_t first;
  char32_t last;
  To to;
  char32_t target;
};

// What compatibility decomposition and case folding, which come before, don't do.
constexpr Rule kRules[] = {
    {0x0610, 0x061A, To::kNothing, 0},   // honorifics and small letters above
    {0x061C, 0x061C, To::kNothing, 0},   // Arabic letter mark
    {0x0622, 0x0623, To::kOne, 0x0627},  // آ أ
    {0x0624, 0x0624, To::kOne, 0x0648},  // ؤ
    {0x0625, 0x0625, To::kOne, 0x0627},  // إ
    {0x0626, 0x0626, To::kOne, kYeh},    // ئ
    {0x0629, 0x0629, To::kOne, 0x0647},  // ة
    {0x0640, 0x0640, To::kNothing, 0},   // tatweel
    {0x0649, 0x0649, To::kOne, kYeh},    // ى
    {0x064B, 0x065F, To::kNothing, 0},   // tashkeel; maddah and hamza above and below
    {0x0660, 0x0669, To::kRow, U'0'},    // Arabic-Indic digits
    {0x066B, 0x066B, To::kOne, U'.'},    // decimal separator
    {0x066C, 0x066C, To::kOne, U','},    // thousands separator
    {0x0670, 0x0670, To::kNothing, 0},   // superscript alef
    {0x0671, 0x0671, To::kOne, 0x0627},  // ٱ
    {0x0674, 0x0674, To::kNothing, 0},   // high hamza
    {0x06A9, 0x06AA, To::kOne, 0x0643},  // ک ڪ
    {0x06BE, 0x06BE, To::kOne, 0x0647},  // ھ
    {0x06C0, 0x06C3, To::kOne, 0x0647},  // ۀ ہ ۂ ۃ
    {0x06CC, 0x06CD, To::kOne, kYeh},    // ی ۍ
    {0x06D0, 0x06D0, To::kOne, kYeh},    // ې
    {0x06D2, 0x06D3, To::kOne, kYeh},    // ے ۓ
    {0x06D5, 0x06D5, To::kOne, 0x0647},  // ە
    {0x06D6, 0x06ED, To::kNothing, 0},   // Quranic marks
    {0x06F0, 0x06F9, To::kRow, U'0'},    // Persian digits
    {0x08CA, 0x08FF, To::kNothing, 0},   // more Quranic marks; 08E2 is a sign of theirs too
    {0x0300, 0x036F, To::kNothing, 0},   // accents
    {0x1AB0, 0x1AFF, To::kNothing, 0},   // the same
    {0x1DC0, 0x1DFF, To::kNothing, 0},   // the same
    {0x20D0, 0x20FF, To::kNothing, 0},   // the same
    {0xFE20, 0xFE2F, To::kNothing, 0},   // the same
    {0x200D, 0x200F, To::kNothing, 0},   // ZWJ and direction marks
    {0x202A, 0x202E, To::kNothing, 0},   // embeddings and overrides
    {0x2060, 0x206F, To::kNothing, 0},   // word joiner, isolates
    {0xFEFF, 0xFEFF, To::kNothing, 0},   // byte order mark
};

char32_t ApplyRules(char32_t c) {
  for (const Rule& rule : kRules) {
    if (c < rule.first || c > rule.last) continue;
    if (rule.to == To::kNothing) return kDropped;
    return rule.to == To::kOne ? rule.target : rule.target + (c - rule.first);
  }
  return c;
}

const icu::Normalizer2& Instance(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = get(status);
  if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, "the Unicode tables of ICU can't be loaded");
  return *normalizer;
}

// What one code point folds to, the long way: decomposed, case folded, decomposed again, then by the rules.
std::u32string Expand(char32_t c) {
  static const icu::Normalizer2& fold_case = Instance(&icu::Normalizer2::getNFKCCasefoldInstance);
  static const icu::Normalizer2& decompose = Instance(&icu::Normalizer2::getNFKDInstance);
  if (c == kZwnj) return {kZwnj};  // case folding would drop them
  if (c == kZwsp) return {U' '};
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString whole(static_cast<UChar32>(c));
  const icu::UnicodeString parts = decompose.normalize(fold_case.normalize(whole, status), status);
  if (U_FAILURE(status)) return {c};
  std::u32string out;
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const char32_t folded = ApplyRules(static_cast<char32_t>(parts.char32At(i)));
    // A mark that stands alone decomposes to a space with the mark on it. That space would cut a word in two.
    const bool bearer = folded == U' ' && out.empty() && u_isUWhiteSpace(static_cast<UChar32>(c)) == 0;
    if (folded != kDropped && !bearer) out += folded;
  }
  return out;
}

// What Expand() says, kept for the blocks that pages are made of.
class Table {
 public:
  static const Table& Get() {
    static const Table table;
    return table;
  }

  // A code point, kDropped, or kSeveral.
  char32_t One(char32_t c) const {
    return c < kLowEnd ? low_[c] : c - kPunctuation < kRun ? punctuation_[c - kPunctuation] : kSeveral;
  }

  // For those that One() calls kSeveral.
  std::u32string Several(char32_t c) const { return c >= kForms && c <= kFormsLast ? forms_[c - kForms] : Expand(c); }

 private:
  static constexpr char32_t kLowEnd = 0x800;        // all that takes one or two bytes: Latin, Arabic
  static constexpr char32_t kPunctuation = 0x2000;  // general punctuation
  static constexpr char32_t kRun = 0x70;            // and its length
  static constexpr char32_t kForms = 0xFB50;        // presentation forms A and B, with what stands between them
  static constexpr char32_t kFormsLast = 0xFEFF;

  Table() {
    for (char32_t c = 0; c < kLowEnd; ++c) low_[c] = Single(c);
    for (char32_t i = 0; i < kRun; ++i) punctuation_[i] = Single(kPunctuation + i);
    for (char32_t c = kForms; c <= kFormsLast; ++c) forms_[c - kForms] = Expand(c);
  }

  static char32_t Single(char32_t c) {
    const std::u32string all = Expand(c);
    return all.empty() ? kDropped : all.size() == 1 ? all[0] : kSeveral;
  }

  std::array<char32_t, kLowEnd> low_{};
  std::array<char32_t, kRun> punctuation_{};
  std::array<std::u32string, kFormsLast - kForms + 1> forms_;
};

// The code point at `at`, which moves past it; past one byte when it is ill-formed.
char32_t Next(std::string_view utf8, size_t& at) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(utf8.data());
  if (bytes[at] < 0x80) return bytes[at++];
  const size_t start = at;
  UChar32 c = 0;
  U8_NEXT(bytes, at, utf8.size(), c);
  if (c >= 0) return static_cast<char32_t>(c);
  at = start + 1;
  return kReplacement;
}

void AppendUtf8(char32_t c, std::string& out) {
  std::array<uint8_t, U8_MAX_LENGTH> bytes{};
  size_t size = 0;
  UBool failed = 0;
  U8_APPEND(bytes, size, bytes.size(), static_cast<UChar32>(c), failed);
  if (failed != 0) return AppendUtf8(kReplacement, out);
  out.append(reinterpret_cast<const char*>(bytes.data()), size);
}

void Push(FoldedText& out, char32_t c, size_t begin, size_t end) {
  const bool dropped = c == kDropped || (c == kHamza && !out.text.empty() && out.text.back() == kYeh);
  if (dropped) {
    if (!out.end.empty()) out.end.back() = static_cast<uint32_t>(end);
    return;
  }
  out.text.push_back(c);
  out.begin.push_back(static_cast<uint32_t>(begin));
  out.end.push_back(static_cast<uint32_t>(end));
}

}  // namespace

FoldedText Fold(std::string_view utf8) {
  const Table& table = Table::Get();
  FoldedText out;
  out.text.reserve(utf8.size());
  out.begin.reserve(utf8.size());
  out.end.reserve(utf8.size());
  for (size_t at = 0; at < utf8.size();) {
    const size_t begin = at;
    const char32_t c = Next(utf8, at);
    const char32_t folded = table.One(c);
    if (folded != kSeveral) {
      Push(out, folded, begin, at);
      continue;
    }
    const std::u32string several = table.Several(c);
    if (several.empty()) Push(out, kDropped, begin, at);
    for (const char32_t part : several) Push(out, part, begin, at);
  }
  return out;
}

std::string FoldToUtf8(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (const char32_t c : Fold(utf8).text) {
    if (c != kZwnj) AppendUtf8(c, out);
  }
  return out;
}

std::string ExactForm(std::string_view utf8) {
  static const icu::Normalizer2& decompose = Instance(&icu::Normalizer2::getNFKDInstance);
  static const icu::Normalizer2& compose = Instance(&icu::Normalizer2::getNFCInstance);
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString plain;
  for (size_t at = 0; at < utf8.size();) {
    const char32_t c = Next(utf8, at);
    const auto code = static_cast<UChar32>(c);
    if (c != kZwnj && u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) continue;
    const bool form = (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF);
    plain += form ? decompose.normalize(icu::UnicodeString(code), status) : icu::UnicodeString(code);
  }
  std::string out;
  compose.normalize(plain, status).toUTF8String(out);
  return U_FAILURE(status) ? std::string(utf8) : out;
}

size_t CodePoints(std::string_view utf8) { return static_cast<size_t>(std::ranges::count_if(utf8, BeginsCodePoint)); }

std::string_view CutAtCodePoint(std::string_view utf8, size_t most) {
  if (utf8.size() <= most) return utf8;
  while (most > 0 && !BeginsCodePoint(utf8[most])) --most;
  return utf8.substr(0, most);
}

std::string ToUtf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  for (const char32_t c : text) AppendUtf8(c, out);
  return out;
}

std::u32string FromUtf8(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  for (size_t at = 0; at < utf8.size();) out += Next(utf8, at);
  return out;
}

std::string LatinDigits(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (size_t at = 0; at < utf8.size();) {
    const size_t begin = at;
    const char32_t c = Next(utf8, at);
    const bool digit = (c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9);
    if (digit) {
      out += static_cast<char>('0' + (c & 15));
    } else {
      out += utf8.substr(begin, at - begin);
    }
  }
  return out;
}

}  // namespace diwan
