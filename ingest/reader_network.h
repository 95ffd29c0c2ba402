// A trained network of ours and what it is shown: stretches of a line, brought to one height. OpenCV resizes
// them.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/record.h"
#include "ingest/ctc.h"
#include "ingest/pix.h"
#include "ingest/reader_card.h"

namespace diwan {

// What is to be read: the ink's box, and the top and bottom of the line that it stands on, in pixels.
struct InkCrop {
  Box box;
  int top = 0;
  int bottom = 0;
};

// What the network says of one crop, and where its steps lie in the image.
struct InkScores {
  CtcScores scores;
  std::function<int(int step)> column;  // pixels of the image, from its left
};

// One thread. Holds about five times the size of its file.
class ReaderNetwork {
 public:
  // Loads the network `model` (.onnx) and what its card (.json, beside it) says about it. Throws kNotFound when one of
  // them is missing, kCorrupt when they are damaged or don't belong together.
  explicit ReaderNetwork(const std::filesystem::path& model);
  ~ReaderNetwork();
  ReaderNetwork(const ReaderNetwork&) = delete;
  ReaderNetwork& operator=(const ReaderNetwork&) = delete;

  // Hands the scores of each of `crops` of `gray` (8 bits a pixel), by its place among them, to `take`, in any order.
  // The part of a crop that lies outside the image is cut off; one that is too small or too long is left out. Throws
  // kInternal when memory is short, and what `take` throws.
  void Read(Pix* gray, const std::vector<InkCrop>& crops, const std::function<void(size_t, const InkScores&)>& take);

  // A character for each class from 1 on.
  const std::u32string& alphabet() const;
  // "numbers 12a9d6a3", for Page::engine: the beginning of the model's digest.
  const std::string& name() const;

 private:
  class Network;
  std::unique_ptr<Network> network_;
};

}  // namespace diwan
