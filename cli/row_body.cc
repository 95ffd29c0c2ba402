// What is said of a file travels before the file, in one request, so that neither can arrive without the other.
#include "cli/row_body.h"

#include <utility>

namespace diwan {

RowBody::RowBody(std::string row, std::istream& file) : std::istream(nullptr), buffer_(std::move(row), file) {
  rdbuf(&buffer_);
}

RowBody::Buffer::Buffer(std::string row, std::istream& file) : file_(file), piece_(std::move(row)) {
  setg(piece_.data(), piece_.data(), piece_.data() + piece_.size());
}

RowBody::Buffer::int_type RowBody::Buffer::underflow() {
  constexpr size_t kPiece = 64U << 10;
  if (gptr() != egptr()) return traits_type::to_int_type(*gptr());
  taken_ += static_cast<off_type>(piece_.size());
  piece_.resize(kPiece);
  file_.read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
  piece_.resize(static_cast<size_t>(file_.gcount()));
  setg(piece_.data(), piece_.data(), piece_.data() + piece_.size());
  return piece_.empty() ? traits_type::eof() : traits_type::to_int_type(*gptr());
}

// Tells the place, so that whoever sends this can see whether anything was taken; goes nowhere else.
RowBody::Buffer::pos_type RowBody::Buffer::seekoff(off_type offset, std::ios_base::seekdir way,
                                                   std::ios_base::openmode /*mode*/) {
  if (offset != 0 || way != std::ios_base::cur) return pos_type(off_type(-1));
  return pos_type(taken_ + (gptr() - eback()));
}

}  // namespace diwan
