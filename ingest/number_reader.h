// Our own second reader: a small convolutional network (training/) that reads numbers in three digit sets and answers
// ordinary words with "no number". The only place that knows OpenCV.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/record.h"
#include "ingest/number_label.h"
#include "ingest/pix.h"

namespace diwan {

// What is to be read: the ink's box, and the top and bottom of the line that it stands on, in pixels.
struct NumberCrop {
  Box box;
  int top = 0;
  int bottom = 0;
};

// One thread. Holds about 20 MB.
class NumberReader {
 public:
  // Loads the network `model` (.onnx) and what its card (.json, beside it) says about it. Throws kNotFound when one of
  // them is missing, kCorrupt when they are damaged or don't belong together.
  explicit NumberReader(const std::filesystem::path& model);
  ~NumberReader();
  NumberReader(const NumberReader&) = delete;
  NumberReader& operator=(const NumberReader&) = delete;

  // Reads `crops` of `gray` (8 bits a pixel); an answer for each, in their order. The part of a crop that lies outside
  // the image is cut off; one that is too small or too long to be a number gets an empty label. Throws kInternal when
  // memory is short.
  std::vector<NumberReading> Read(Pix* gray, const std::vector<NumberCrop>& crops);

  // "numbers 12a9d6a3", for Page::engine: the beginning of the model's digest.
  const std::string& name() const;

 private:
  class Network;
  std::unique_ptr<Network> network_;
};

}  // namespace diwan
