// Our own second reader: a small convolutional network (training/) that reads numbers in three digit sets and answers
// ordinary words with "no number".
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ingest/number_label.h"
#include "ingest/pix.h"
#include "ingest/reader_network.h"

namespace diwan {

// One thread. Holds about 20 MB.
class NumberReader {
 public:
  // As ReaderNetwork.
  explicit NumberReader(const std::filesystem::path& model) : network_(model) {}

  // Reads `crops` of `gray` (8 bits a pixel); an answer for each, in their order. One that is too small or too long to
  // be a number gets an empty label. Throws as ReaderNetwork::Read.
  std::vector<NumberReading> Read(Pix* gray, const std::vector<InkCrop>& crops);

  // "numbers 12a9d6a3", for Page::engine: the beginning of the model's digest.
  const std::string& name() const { return network_.name(); }

 private:
  ReaderNetwork network_;
};

}  // namespace diwan
