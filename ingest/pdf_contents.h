// What is drawn on a PDF page, found without drawing it: the images with their places, and whether anything else can
// be seen. Decides whether the page is a scan whose own pixels can be taken.
#pragma once

#include <optional>
#include <vector>

#include "ingest/reading.h"

class PDFDoc;

namespace diwan {

// A rectangle in points of the page as people see it: turned by its /Rotate, origin at the top left.
struct PointBox {
  double left = 0, top = 0, right = 0, bottom = 0;
  double Area() const;
  PointBox Intersect(const PointBox& other) const;
};

struct PlacedImage {
  int index = 0;  // among the images of the page, in the order in which they are drawn
  int width = 0;  // pixels
  int height = 0;
  PointBox box;
  PointBox visible;     // what its clip leaves
  int orientation = 0;  // EXIF's 1..8 that makes it stand as on the page; 0 when it lies askew
  bool plain = true;    // without transparency and colour keys
  double dpi_x = 0;     // as it stands on the page
  double dpi_y = 0;
  double Dpi() const;  // the larger one
};

struct PageContents {
  double width = 0;  // points
  double height = 0;
  std::vector<PlacedImage> images;
  int visible_marks = 0;  // letters, lines and areas that can be seen besides the images
};

// Bounds a call of Poppler's by the clock: a page can be written so that drawing it takes years.
class DrawDeadline {
 public:
  explicit DrawDeadline(double seconds);
  // Throws kTooLarge when the time ran out.
  void Check(int number) const;
  static bool Passed(void* deadline);

 private:
  double ends_at_;
  bool passed_ = false;
};

// Looks through page `number`. Throws kTooLarge for an image beyond `limits` or a page that takes too long.
PageContents LookThrough(PDFDoc& doc, int number, const ReadLimits& limits);

// The images that together are the scan: covering the page, side by side, of one resolution, with nothing else to be
// seen. Empty when the page has to be drawn.
std::vector<PlacedImage> FindScan(const PageContents& contents);

// Resolution at which a page that must be drawn loses nothing: the largest of the images that fill much of it, else
// 300.
double DrawingDpi(const PageContents& contents);

}  // namespace diwan
