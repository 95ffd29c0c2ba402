// Gives each part of the ink to a word. Parts between two lines go to the line whose middle is nearer.
#include "ingest/word_boxes.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "ingest/quantile.h"

namespace diwan {
namespace {

struct Area {
  double left = std::numeric_limits<double>::max();
  double top = std::numeric_limits<double>::max();
  double right = 0;
  double bottom = 0;

  double Width() const { return right - left; }
  double Height() const { return bottom - top; }
  double MiddleX() const { return (left + right) / 2; }
  double MiddleY() const { return (top + bottom) / 2; }
  bool IsEmpty() const { return right <= left; }
  void Add(const Area& other) {
    left = std::min(left, other.left);
    top = std::min(top, other.top);
    right = std::max(right, other.right);
    bottom = std::max(bottom, other.bottom);
  }
};

// A word as it was, the line it stands on, and the ink given to it.
struct Place {
  Area box;
  double line_middle = 0;
  double line_height = 0;
  Area ink;
};

std::vector<Place> PlacesOf(const std::vector<Word>& words, double scale) {
  std::vector<Place> places;
  std::map<int, std::vector<size_t>> lines;
  for (const Word& word : words) {
    lines[word.line].push_back(places.size());
    const Box& box = word.box;
    places.push_back(
        {{box.x / scale, box.y / scale, (box.x + box.width) / scale, (box.y + box.height) / scale}, 0, 0, {}});
  }
  for (const auto& [number, line] : lines) {
    std::vector<double> middles;
    std::vector<double> heights;
    for (const size_t i : line) {
      middles.push_back(places[i].box.MiddleY());
      heights.push_back(places[i].box.Height());
    }
    const double middle = Median(std::move(middles));
    const double height = Median(std::move(heights));
    for (const size_t i : line) {
      places[i].line_middle = middle;
      places[i].line_height = height;
    }
  }
  return places;
}

// Parts of the ink, specks of one pixel and what is larger than words left out.
std::vector<Area> InkOfWords(Pix* binary, double largest) {
  std::vector<Area> areas;
  for (const Box& part : PartsOf(binary)) {
    if (std::max(part.width, part.height) < 2 || part.height > largest) continue;
    areas.push_back({static_cast<double>(part.x), static_cast<double>(part.y), static_cast<double>(part.x + part.width),
                     static_cast<double>(part.y + part.height)});
  }
  return areas;
}

// How far a part is from belonging to a word; less is nearer. Inside several boxes the narrowest has it.
double Distance(const Place& place, const Area& part) {
  constexpr double kAbove = 0.2;   // heights of the line
  constexpr double kBeside = 0.2;  // the same
  constexpr double kNever = std::numeric_limits<double>::max();
  const double x = part.MiddleX();
  const double y = part.MiddleY();
  const double height = place.line_height;
  if (height <= 0 || y < place.box.top - kAbove * height || y > place.box.bottom + kAbove * height) return kNever;
  const double beside = std::max({0.0, place.box.left - x, x - place.box.right});
  if (beside > kBeside * height) return kNever;
  const double off = std::fabs(y - place.line_middle) / height;
  return std::floor(off * 4) * 1e6 + (beside > 0 ? 1e5 + beside : place.box.Width());
}

void GiveTo(std::vector<Place>& places, const Area& part) {
  Place* nearest = nullptr;
  double least = std::numeric_limits<double>::max();
  for (Place& place : places) {
    const double distance = Distance(place, part);
    if (distance >= least) continue;
    least = distance;
    nearest = &place;
  }
  if (nearest != nullptr) nearest->ink.Add(part);
}

}  // namespace

Box Union(const Box& a, const Box& b) {
  if (a.width == 0 && a.height == 0) return b;
  const int left = std::min(a.x, b.x);
  const int top = std::min(a.y, b.y);
  return {left, top, std::max(a.x + a.width, b.x + b.width) - left, std::max(a.y + a.height, b.y + b.height) - top};
}

std::vector<Word> FitToInk(std::vector<Word> words, Pix* binary, double scale) {
  constexpr size_t kMostPairs = 50'000'000;  // beyond, it is no page of text
  if (words.empty() || scale <= 0) return words;
  std::vector<Place> places = PlacesOf(words, scale);
  std::vector<double> heights;
  for (const Place& place : places) heights.push_back(place.line_height);
  constexpr double kLargest = 1.6;  // heights of a line, of a title too
  const std::vector<Area> parts = InkOfWords(binary, kLargest * *std::ranges::max_element(heights));
  if (parts.size() * places.size() > kMostPairs) return words;
  for (const Area& part : parts) GiveTo(places, part);
  for (size_t i = 0; i < words.size(); ++i) {
    const Area& ink = places[i].ink;
    if (ink.IsEmpty()) continue;
    const auto pixel = [&](double at) { return static_cast<int>(std::lround(at * scale)); };
    words[i].box = {pixel(ink.left), pixel(ink.top), pixel(ink.right) - pixel(ink.left),
                    pixel(ink.bottom) - pixel(ink.top)};
  }
  return words;
}

}  // namespace diwan
