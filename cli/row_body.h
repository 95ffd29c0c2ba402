// The body of an upload with a row of a manifest: a line of JSON, then the file's bytes.
#pragma once

#include <istream>
#include <streambuf>
#include <string>
#include <vector>

namespace diwan {

// One thread.
class RowBody : public std::istream {
 public:
  // `row` with its line end goes before the rest of `file`, which must outlive this. Fails where `file` fails.
  RowBody(std::string row, std::istream& file);

 private:
  class Buffer : public std::streambuf {
   public:
    Buffer(std::string row, std::istream& file);

   protected:
    int_type underflow() override;
    pos_type seekoff(off_type offset, std::ios_base::seekdir way, std::ios_base::openmode mode) override;

   private:
    std::istream& file_;
    std::string piece_;   // the row, then pieces of the file
    off_type taken_ = 0;  // bytes of pieces before this one
  };
  Buffer buffer_;
};

}  // namespace diwan
