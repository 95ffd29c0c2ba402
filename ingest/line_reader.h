// Our own reader of whole lines: a convolutional network (training/lines.toml) that answers with the ink from left to
// right; here it becomes text.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/pix.h"
#include "ingest/reader_network.h"

namespace diwan {

// A word as the network reads it.
struct LineWord {
  std::string text;  // UTF-8, logical order
  int left = 0;      // columns of the image, where its first character begins and its last one ends
  int right = 0;
  double confidence = 0;  // 0..1: of its least certain character; not calibrated
  bool operator==(const LineWord&) const = default;
};

// A character of a line's label: from left to right, as the alphabet of the network names what is printed.
struct LineSign {
  char32_t sign = 0;
  int left = 0;  // columns of the image
  int right = 0;
  double confidence = 0;  // 0..1
};

// The words of a label in logical order. `language`, "ara" or "fas", decides what print does not tell: ي and ى, ك,
// digits. Pure.
std::vector<LineWord> WordsOfLabel(const std::vector<LineSign>& label, std::string_view language);

// One thread.
class LineReader {
 public:
  // As ReaderNetwork.
  explicit LineReader(const std::filesystem::path& model) : network_(model) {}

  // The label of each of `lines` of `gray` (8 bits a pixel), from left to right; none where the line is too small or
  // too long. Throws as ReaderNetwork::Read.
  std::vector<std::vector<LineSign>> Read(Pix* gray, const std::vector<InkCrop>& lines);

  // "lines 12a9d6a3", for Page::engine: the beginning of the model's digest.
  const std::string& name() const { return network_.name(); }

 private:
  ReaderNetwork network_;
};

}  // namespace diwan
