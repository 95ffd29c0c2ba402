// Papers drawn for the tests of reading: pages of Arabic and Persian text as scans and as PDF, and files around them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "ingest/pix.h"

namespace diwan::papers {

struct Paper {
  std::vector<std::string> lines;
  std::string font = "Amiri";
  double points = 15;
  int dpi = 300;
  double width = 6.2;  // inches
  double height = 0;   // inches; 0: as much as the lines need
};

const Paper& Arabic();   // six lines in Amiri
const Paper& Persian();  // six lines in Nazli

std::string Text(const Paper& paper);  // lines, each with '\n'

// Drawn as 8-bit grey, with its resolution.
PixPtr Draw(const Paper& paper);
// Box of each word as drawn, in pixels of Draw's image, line by line in logical order.
std::vector<Word> DrawnWords(const Paper& paper);
// As a born-digital PDF page; letters are text.
std::string DrawPdf(const Paper& paper);

// Degrees clockwise.
PixPtr Rotated(Pix* pix, double degrees);
PixPtr Noisy(Pix* gray);
PixPtr Black(Pix* gray);  // 1 bit

std::string Png(Pix* pix);
std::string Jpeg(Pix* pix, bool progressive = false);
std::string Webp(Pix* pix);
// A TIFF of these pages with Leptonica's IFF_TIFF_* compression.
std::string Tiff(const std::vector<Pix*>& pages, int format);

// One image on a PDF page.
struct PdfImage {
  std::string dictionary;  // /Filter, /ColorSpace and the like
  std::string bytes;
  int width = 0, height = 0;
  std::string matrix;  // "a b c d e f" of its cm operator
};
PdfImage AsJpegImage(Pix* pix, const std::string& matrix);
PdfImage AsRawImage(Pix* pix, const std::string& matrix);  // uncompressed; 1 or 8 bits
struct PdfPage {
  double width = 595, height = 842;  // points
  std::string extra;                 // of the page dictionary: "/Rotate 90"
  std::vector<PdfImage> images;
  std::string content;  // after the images
};
// Objects numbered from 1 with a correct cross reference table; the first is the catalogue.
std::string PdfOf(const std::vector<std::string>& objects, const std::string& trailer = "");
std::string Pdf(const std::vector<PdfPage>& pages);

// Levenshtein distance of the folded texts, white space made one, by the length of the truth.
double CharacterErrorRate(std::string_view truth, std::string_view text);

}  // namespace diwan::papers
