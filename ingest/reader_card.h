// A trained network and its card: what training wrote, checked before anything is read with it.
#pragma once

#include <filesystem>
#include <string>

namespace diwan {

// How a line's picture becomes the network's input, and its output text. Lengths in columns of the input.
struct ReaderCard {
  std::u32string alphabet;  // character i is class i + 1; class 0 is CTC's blank. هـ stands as H
  std::string digest;       // SHA-256 of the network
  int height = 0;           // rows of the input
  double side_padding = 0;  // left and right of a word, of its line's height
  int margin = 0;           // empty columns on either side
  int frame = 0;            // columns for one frame of the output
  int steps_per_frame = 0;

  int classes() const { return static_cast<int>(alphabet.size()) + 1; }
};

struct TrainedReader {
  ReaderCard card;
  std::string network;  // ONNX
};

// Reads `model` (.onnx) and the card beside it (.json). Throws kNotFound when one of them is missing, kCorrupt when the
// card makes no sense or is another network's, kTooLarge beyond 20 MB.
TrainedReader LoadReader(const std::filesystem::path& model);

}  // namespace diwan
