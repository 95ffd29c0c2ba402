// The table of hostile files, and the PDFs and plain bytes among them; hostile_images.cc builds the images.
#include "tests/papers/hostile.h"

#include <fmt/format.h>

#include <fstream>
#include <span>

#include "core/error.h"
#include "tests/papers/hostile_images.h"
#include "tests/papers/random.h"

namespace diwan::papers {
namespace {

std::string FromHex(std::string_view hex) {
  const auto nibble = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(nibble(hex[i]) << 4 | nibble(hex[i + 1]));
  }
  return bytes;
}

// A PDF of `objects`, the first being the catalogue, with a correct table of offsets.
std::string Pdf(std::span<const std::string> objects, std::string_view trailer = "") {
  std::string pdf = "%PDF-1.4\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const size_t start = pdf.size();
  return pdf + fmt::format("{}trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{}\n%%EOF\n", table,
                           objects.size() + 1, trailer, start);
}

// RC4 with 40 bits (standard security handler, revision 2). The keys and the page's content were computed once, for
// kHostilePassword and the file identifier below; object numbers are part of the key and must stay.
std::string PdfWithPassword() {
  const std::string content =
      FromHex("07f192871fc36f9596f7fd5f5a32d3754be55862239f4537670e38d6e4f0ed7ed584e198413fee81aa24fe447262c2bd");
  const std::string objects[] = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
      fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content),
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      "<< /Filter /Standard /V 1 /R 2 /P -4 "
      "/O <b1ed6205c51785465013318b543b7545c4b1905f00a0fc23d1741a6b98319a39> "
      "/U <0077e49323ac9cca7a431f4b3152ab391aec6ae47455508d9a1781471162aaf3> >>"};
  return Pdf(objects, "/Encrypt 6 0 R /ID [<000102030405060708090a0b0c0d0e0f> <000102030405060708090a0b0c0d0e0f>]");
}

// The page tree has itself, and its child its parent, as children.
std::string PdfLoop() {
  const std::string objects[] = {"<< /Type /Catalog /Pages 2 0 R >>",
                                 "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2000000 >>",
                                 "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 1000000 >>"};
  return Pdf(objects);
}

std::string PdfOfNoise() {
  Random random(7);
  std::string pdf = "%PDF-1.4\n";
  for (int i = 0; i < 20'000; ++i) pdf += static_cast<char>(random.Next());
  return pdf;
}

// A whole 64-bit executable that ends at once: ELF header, one loadable segment, exit(0).
std::string Program() {
  return FromHex(
      "7f454c4602010100000000000000000002003e00010000007800400000000000400000000000000000000000000000000000000040003800"
      "0100000000000000010000000500000000000000000000000000400000000000000040000000000080000000000000008000000000000000"
      "001000000000000031ff6a3c580f05c3");
}

}  // namespace

std::vector<HostileFile> HostileFiles() {
  return {
      {.name = "empty.tif", .fault = "no bytes at all", .bytes = ""},
      {.name = "truncated.tif",
       .fault = "ends in the middle of its pixels",
       .readable_pages = 1,
       .bytes = TruncatedTiff()},
      {.name = "huge.tif", .fault = "claims 100,000 x 100,000 pixels", .bytes = TiffClaiming(100'000, 100'000)},
      {.name = "huge.png", .fault = "claims 100,000 x 100,000 pixels", .bytes = PngClaiming(100'000, 100'000)},
      {.name = "bomb.png", .fault = "small file, 203 million pixels", .bytes = PngBomb(58'000, 3'500)},
      {.name = "many-pages.tif",
       .fault = "claims 3,000 pages, has one",
       .readable_pages = 1,
       .bytes = ManyPagesTiff(kClaimedPages)},
      {.name = "loop.tif", .fault = "its page follows itself", .readable_pages = 1, .bytes = LoopingTiff()},
      {.name = "cut.jpg", .fault = "ends in the middle", .readable_pages = 1, .bytes = CutJpeg()},
      {.name = "dot.png", .fault = "one pixel", .readable_pages = 1, .bytes = DotPng()},
      {.name = "password.pdf", .fault = "wants a password", .bytes = PdfWithPassword()},
      {.name = "loop.pdf", .fault = "its page tree holds itself", .bytes = PdfLoop()},
      {.name = "noise.pdf", .fault = "random bytes after the header", .bytes = PdfOfNoise()},
      {.name = "text.pdf", .fault = "a text file renamed", .bytes = "محضر الجلسة\nلا يوجد في هذا الملف غير نص.\n"},
      {.name = "program.tif", .fault = "an executable renamed", .bytes = Program()},
  };
}

void WriteHostileFiles(const std::filesystem::path& dir) {
  std::filesystem::create_directories(dir);
  for (const HostileFile& file : HostileFiles()) {
    std::ofstream out(dir / file.name, std::ios::binary | std::ios::trunc);
    out.write(file.bytes.data(), static_cast<std::streamsize>(file.bytes.size()));
    if (!out.flush()) throw Error(ErrorCode::kUnavailable, fmt::format("{}: can't be written", file.name));
  }
}

}  // namespace diwan::papers
