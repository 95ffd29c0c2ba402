// The one text folding of Diwan, used at index and at query time and nowhere written twice. It makes spellings of one
// word equal and keeps the way back to the original, so that marks fall on the right letters.
// docs/folding.md has the table of rules with their reasons.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace diwan {

// A folded text. Character i of `text` came from bytes [begin[i], end[i]) of the original; a dropped mark belongs to
// the character before it. The three have one length.
struct FoldedText {
  std::u32string text;
  std::vector<uint32_t> begin;
  std::vector<uint32_t> end;
};

// Folds `utf8` of less than 4 GiB. Ill-formed bytes fold to U+FFFD, one each. Presentation forms become letters;
// tatweel, tashkeel, Quranic marks and bidi controls go; alef, yeh, kaf and heh forms (ة too) each become one; the
// three digit sets become 0-9, with ٫ as '.', ٬ as ','; Latin letters lose case and accents. ZWNJ stays, as U+200C, for
// the analyser. White space, of whatever width, and punctuation stay. Any thread may call.
FoldedText Fold(std::string_view utf8);

// The folded text alone, as UTF-8 without ZWNJ.
std::string FoldToUtf8(std::string_view utf8);

// The spelling of a text for comparing to the letter: canonically composed, presentation forms as letters, without
// what can't be seen on paper (direction marks, ZWJ and their like). Everything that Fold makes one stays apart.
std::string ExactForm(std::string_view utf8);

// UTF-8 of code points, and back; ill-formed bytes become U+FFFD.
std::string ToUtf8(std::u32string_view text);
std::u32string FromUtf8(std::string_view utf8);

// Whether a byte of well-formed UTF-8 begins a code point, and how many do.
constexpr bool BeginsCodePoint(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }
size_t CodePoints(std::string_view utf8);

// At most `most` bytes of `utf8`, without cutting a code point in two. The view lives as long as `utf8`'s bytes.
std::string_view CutAtCodePoint(std::string_view utf8, size_t most);

// The three digit sets as 0-9; everything else as it was. For normal forms of numbers.
std::string LatinDigits(std::string_view utf8);

}  // namespace diwan
