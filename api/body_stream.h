// A request's body as its handler reads it: exactly as long as was promised, or an error. Without it, a client that
// goes away in the middle of an upload would look like the end of a shorter file.
#pragma once

#include <cstdint>
#include <istream>
#include <streambuf>
#include <vector>

namespace diwan {

// One thread.
class BodyStream : public std::istream {
 public:
  // `size` bytes of `source`, which stays the caller's and must outlive this. Reading throws kInvalid when `source`
  // ends or fails before that.
  BodyStream(std::istream& source, uint64_t size);

  // Reads what is left, when it is at most `limit` bytes. Returns whether nothing is left now; never throws.
  bool Drain(uint64_t limit) noexcept;

 private:
  class Buffer : public std::streambuf {
   public:
    Buffer(std::istream& source, uint64_t size);
    uint64_t left() const { return left_ + static_cast<uint64_t>(egptr() - gptr()); }

   protected:
    int_type underflow() override;

   private:
    std::istream& source_;
    const uint64_t size_;
    uint64_t left_;  // not yet taken from source_
    std::vector<char> bytes_;
  };
  Buffer buffer_;
};

}  // namespace diwan
