// Classes of characters that the reading of text layers and of OCR asks for. Any thread may call.
#pragma once

namespace diwan {

constexpr bool IsDigit(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 0x0660 && c <= 0x0669) || (c >= 0x06f0 && c <= 0x06f9);
}
constexpr bool IsPresentationForm(char32_t c) { return (c >= 0xfb50 && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefc); }
// Vowel signs and Quranic marks, which sit on the letter before them.
constexpr bool IsArabicMark(char32_t c) {
  return (c >= 0x0610 && c <= 0x061a) || (c >= 0x064b && c <= 0x065f) || c == 0x0670 || (c >= 0x06d6 && c <= 0x06ed);
}
constexpr bool IsArabicLetter(char32_t c) {
  return (c >= 0x0620 && c <= 0x064a) || (c >= 0x066e && c <= 0x06d3) || c == 0x06d5 || (c >= 0x06ee && c <= 0x06ef) ||
         (c >= 0x06fa && c <= 0x06ff) || (c >= 0x0750 && c <= 0x077f) || IsPresentationForm(c);
}
constexpr bool IsLatinLetter(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7);
}
constexpr bool IsBidiMark(char32_t c) {
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xfeff;
}
// U+FFFD, private use and control characters: what a font without a map to Unicode leaves.
constexpr bool IsMeaningless(char32_t c) {
  return c == 0xfffd || (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000 || c < ' ' || (c >= 0x7f && c < 0xa0);
}

}  // namespace diwan
