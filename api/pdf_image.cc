// JPEG and PNG taken apart as far as a PDF wants them; between a stored page and its PDF. The bytes are our own
// workers', but a stored file may be damaged: nothing behind its end is read.
#include "api/pdf_image.h"

#include <fmt/format.h>

#include <cstdint>

#include "core/digest.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kJpeg = "\xff\xd8\xff";

[[noreturn]] void Refuse(std::string_view why) {
  throw Error(ErrorCode::kCorrupt, fmt::format("the page's image can't be put into a PDF: {}", why));
}

// Big endian, of `count` bytes.
uint32_t NumberAt(std::string_view bytes, size_t at, size_t count) {
  if (at > bytes.size() || bytes.size() - at < count) Refuse("it ends too early");
  uint32_t number = 0;
  for (const char byte : bytes.substr(at, count)) number = number << 8U | static_cast<uint8_t>(byte);
  return number;
}

// Start of frame, of any process; the markers between them that are none are left out.
bool IsFrame(uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

PdfImage OfJpeg(std::string_view bytes) {
  size_t at = 2;
  while (true) {
    while (NumberAt(bytes, at + 1, 1) == 0xFF) ++at;  // filling
    const uint32_t marker = NumberAt(bytes, at + 1, 1);
    if (NumberAt(bytes, at, 1) != 0xFF || marker == 0xD9 || marker == 0xDA) Refuse("the JPEG has no frame");
    if (IsFrame(marker)) break;
    at += 2 + NumberAt(bytes, at + 2, 2);
  }
  const uint32_t channels = NumberAt(bytes, at + 9, 1);
  if (channels != 1 && channels != 3) Refuse("the JPEG is neither grey nor of three colours");
  PdfImage image{.width = static_cast<int>(NumberAt(bytes, at + 7, 2)),
                 .height = static_cast<int>(NumberAt(bytes, at + 5, 2))};
  image.entries =
      fmt::format("/Filter /DCTDecode /ColorSpace /{} /BitsPerComponent 8", channels == 1 ? "DeviceGray" : "DeviceRGB");
  image.samples = bytes;
  return image;
}

std::string ColoursOfPng(uint32_t kind, std::string_view palette) {
  if (kind == 0) return "/DeviceGray";
  if (kind == 2) return "/DeviceRGB";
  if (kind != 3 || palette.empty()) Refuse("a PNG of this kind is not known");
  return fmt::format("[/Indexed /DeviceRGB {} <{}>]", palette.size() / 3 - 1, Hex(palette));
}

PdfImage OfPng(std::string_view bytes) {
  std::string_view head;
  std::string_view palette;
  PdfImage image;
  size_t at = kPng.size();
  while (true) {
    const size_t size = NumberAt(bytes, at, 4);
    if (size > bytes.size() - at - 4) Refuse("it ends too early");
    const std::string_view name = bytes.substr(at + 4, 4);
    const std::string_view part = bytes.substr(at + 8, size);
    if (name == "IEND") break;
    if (name == "IHDR") head = part;
    if (name == "PLTE") palette = part;
    if (name == "tRNS") Refuse("it is see-through");
    if (name == "IDAT") image.samples += part;
    at += size + 12;
  }
  const uint32_t kind = NumberAt(head, 9, 1);
  if (NumberAt(head, 12, 1) != 0) Refuse("it is interlaced");
  image.width = static_cast<int>(NumberAt(head, 0, 4));
  image.height = static_cast<int>(NumberAt(head, 4, 4));
  const uint32_t depth = NumberAt(head, 8, 1);
  image.entries = fmt::format(
      "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {} /BitsPerComponent {} /Columns {} >> /ColorSpace "
      "{} "
      "/BitsPerComponent {}",
      kind == 2 ? 3 : 1, depth, image.width, ColoursOfPng(kind, palette), depth);
  return image;
}

}  // namespace

PdfImage PdfImageOf(std::string_view bytes) {
  PdfImage image;
  if (bytes.starts_with(kJpeg)) {
    image = OfJpeg(bytes);
  } else if (bytes.starts_with(kPng)) {
    image = OfPng(bytes);
  } else {
    Refuse("it is neither JPEG nor PNG");
  }
  if (image.width <= 0 || image.height <= 0) Refuse("it has no size");
  return image;
}

}  // namespace diwan
