// Walks TIFF directories by hand: the limits on pages and pixels are checked on what they claim, before libtiff
// allocates anything. The same directories carry a JPEG's EXIF orientation.
#include "ingest/tiff_directory.h"

#include <algorithm>
#include <unordered_set>

namespace diwan {
namespace {

constexpr uint64_t kMaxEntries = 4096;  // of one directory; real ones have a few dozen

// Bytes in the file's own order. Reading beyond the end gives 0 and clears `ok`.
class TiffReader {
 public:
  explicit TiffReader(std::string_view bytes) : bytes_(bytes) {
    big_endian_ = bytes.substr(0, 2) == "MM";
    big_tiff_ = Number(2, 2) == 43;
    valid_ = (big_endian_ || bytes.substr(0, 2) == "II") && (big_tiff_ || Number(2, 2) == 42) && ok_;
  }

  bool valid() const { return valid_; }
  bool ok() const { return ok_; }
  bool big_tiff() const { return big_tiff_; }

  uint64_t Number(uint64_t at, unsigned size) {
    if (at > bytes_.size() || bytes_.size() - at < size) {
      ok_ = false;
      return 0;
    }
    uint64_t value = 0;
    for (unsigned i = 0; i < size; ++i) {
      const unsigned from = big_endian_ ? i : size - 1 - i;
      value = value << 8 | static_cast<unsigned char>(bytes_[at + from]);
    }
    return value;
  }

 private:
  std::string_view bytes_;
  bool big_endian_ = false;
  bool big_tiff_ = false;
  bool valid_ = false;
  bool ok_ = true;
};

// How wide the parts of the two formats are.
struct Widths {
  unsigned count;   // number of entries
  unsigned entry;   // one entry
  unsigned offset;  // an offset, and an entry's value field
};
Widths WidthsOf(const TiffReader& reader) { return reader.big_tiff() ? Widths{8, 20, 8} : Widths{2, 12, 4}; }

// The first number of an entry of an integer type.
uint64_t EntryValue(TiffReader& reader, uint64_t at, const Widths& widths) {
  const uint64_t type = reader.Number(at + 2, 2);
  const unsigned size = type == 1 ? 1 : type == 3 ? 2 : type == 4 ? 4 : type == 16 ? 8 : 0;
  if (size == 0) return 0;
  const uint64_t count = reader.Number(at + 4, widths.offset);
  uint64_t value_at = at + 4 + widths.offset;
  if (count > widths.offset / size) value_at = reader.Number(value_at, widths.offset);
  return reader.Number(value_at, size);
}

struct Tag {
  uint64_t tag;
  uint64_t TiffPage::*field;
};
constexpr Tag kTags[] = {
    {256, &TiffPage::width},       {257, &TiffPage::height},      {258, &TiffPage::bits_per_pixel},
    {262, &TiffPage::photometric}, {274, &TiffPage::orientation}, {277, &TiffPage::planes},
    {254, &TiffPage::subfile},
};

// Reads the directory at `offset`; `next` becomes the following one's offset, 0 at the end.
TiffPage ReadDirectory(TiffReader& reader, uint64_t offset, uint64_t& next) {
  const Widths widths = WidthsOf(reader);
  TiffPage page;
  page.offset = offset;
  const uint64_t entries = reader.Number(offset, widths.count);
  next = 0;
  if (!reader.ok() || entries == 0 || entries > kMaxEntries) return page;
  for (uint64_t i = 0; i < entries && reader.ok(); ++i) {
    const uint64_t at = offset + widths.count + i * widths.entry;
    const uint64_t tag = reader.Number(at, 2);
    const auto* known = std::find_if(std::begin(kTags), std::end(kTags), [&](const Tag& t) { return t.tag == tag; });
    if (known != std::end(kTags)) page.*known->field = EntryValue(reader, at, widths);
  }
  if (!reader.ok()) return TiffPage{.offset = offset};
  next = reader.Number(offset + widths.count + entries * widths.entry, widths.offset);
  if (!reader.ok()) next = 0;
  page.bits_per_pixel *= std::max<uint64_t>(1, page.planes);
  return page;
}

}  // namespace

std::vector<TiffPage> WalkTiff(std::string_view bytes, int max_pages) {
  std::vector<TiffPage> pages;
  TiffReader reader(bytes);
  if (!reader.valid()) return pages;
  uint64_t next = reader.big_tiff() ? reader.Number(8, 8) : reader.Number(4, 4);
  std::unordered_set<uint64_t> visited;
  while (next != 0 && reader.ok() && pages.size() <= static_cast<size_t>(max_pages) && visited.insert(next).second) {
    pages.push_back(ReadDirectory(reader, next, next));
  }
  return pages;
}

int JpegOrientation(std::string_view bytes) {
  constexpr std::string_view kExif("Exif\0\0", 6);
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(bytes[at]); };
  size_t at = 2;
  while (at + 4 <= bytes.size() && byte(at) == 0xff && byte(at + 1) != 0xda) {
    const size_t length = static_cast<size_t>(byte(at + 2) << 8 | byte(at + 3));
    const std::string_view segment = bytes.substr(at + 4, length < 2 ? 0 : length - 2);
    if (byte(at + 1) == 0xe1 && segment.substr(0, kExif.size()) == kExif) {
      const std::vector<TiffPage> exif = WalkTiff(segment.substr(kExif.size()), 1);
      const uint64_t orientation = exif.empty() ? 1 : exif[0].orientation;
      return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
    }
    at += 2 + std::max<size_t>(length, 2);
  }
  return 1;
}

}  // namespace diwan
