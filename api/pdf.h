// PDF: the images of pages with their words over them as text that can be searched, marked and copied but not seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/fetch.h"
#include "core/record.h"

namespace diwan {

// Writes one PDF, page by page; keeps none of it. The same calls write the same bytes. One thread.
class PdfWriter {
 public:
  using Sink = std::function<bool(std::string_view)>;

  // `sink` takes the bytes, and returns false when it wants no more; then nothing more is written. `title` is what a
  // viewer shows above the paper.
  PdfWriter(Sink sink, std::string_view title);

  // A page of the image's size, or of A4 where `image` has no bytes. Throws kCorrupt for an image that is neither a
  // JPEG nor a PNG of the kinds that pages have.
  void AddPage(const Page& page, const PageImage& image);

  // The end, without which it is no PDF. Call once, last. Whether the sink took everything.
  bool Finish();

 private:
  int Begin();  // an object; its number
  void Reserve(int number);
  void Put(std::string_view bytes);
  int PutStream(std::string_view entries, std::string_view bytes);
  int PutPacked(std::string_view bytes);  // the same, deflated

  void PutFont();
  void PutCatalog();

  Sink sink_;
  std::string title_;
  std::string language_;  // of the first page that has one
  uint64_t written_ = 0;
  bool open_ = true;               // the sink takes more
  std::vector<uint64_t> offsets_;  // of each object, by number
  std::vector<int> pages_;         // numbers of their objects
};

}  // namespace diwan
