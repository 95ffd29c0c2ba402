// A sample paper before it is printed: what stands on it, how it was scanned, and in which kind of file it comes.
// Everything here is a constant; copies and seeds change numbers and noise only.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace diwan::papers {

enum class Digits { kArabic, kPersian, kLatin };

// What happened to the paper between the printer and the file.
enum class Condition {
  kClean,
  kBornDigital,
  kSkewed,
  kSaltPepper,
  kGaussian,
  kFaded,
  kFaxFine,      // 204 x 196 dots per inch, black and white
  kFaxStandard,  // 204 x 98
  kPhotocopied,
  kUpsideDown,
  kSideways,
  kLowQuality,  // 200 dpi, in colour, hard JPEG
};

enum class Format { kTiffG4, kTiffJpeg, kTiffLzw, kPdfJpeg, kPdfG4, kPdfText, kJpeg, kPng, kPngBilevel, kWebp };

// One page. Each line of `text` is printed as its first character says:
//   = letterhead   # title   ~ right end | left end   > addressee   * clause   | cell | cell   ^ role: name | role:
//   name
//   @ stamp (not part of the page's text)   + page number   anything else: a paragraph
// Numbers are written in Latin digits and printed in the paper's own, except between `backquotes`. {n} is the paper's
// number, {r} the page's readable number; both differ from copy to copy.
struct PageText {
  std::string_view text;
  std::array<std::string_view, 3> words;  // in this page, and in no other page of the corpus
  int readable = 0;                       // a number in digits that today's reader reads; 0 when there is none
};

struct Paper {
  std::string_view file;
  std::string_view language;  // "ara" or "fas"
  std::string_view type;      // "decision", "minutes", "ruling", "letter", "regulation"
  int serial = 0;             // with `year`, its number: 45/2018
  int year = 0;
  std::string_view calendar;      // of the date that follows: "hijri", "jalali" or "gregorian"
  std::string_view printed_date;  // in Latin digits
  std::string_view date;          // the same day as ISO 8601
  Digits digits = Digits::kLatin;
  Condition condition = Condition::kClean;
  Format format = Format::kTiffG4;
  std::string_view font;        // of the body
  std::string_view title_font;  // of letterhead and title
  std::span<const PageText> pages;
};

// All papers, in a fixed order. Any thread may call.
std::span<const Paper> Corpus();

// The names that ground truth uses.
std::string_view NameOf(Digits digits);
std::string_view NameOf(Condition condition);
std::string_view NameOf(Format format);

}  // namespace diwan::papers
