// Bodies between the connection (or the file of a command in this process) and the use case that stores them.
#include "api/body_stream.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/error.h"

namespace diwan {
namespace {

constexpr uint64_t kBufferBytes = 64U << 10;

}  // namespace

BodyStream::Buffer::Buffer(std::istream& source, uint64_t size)
    : source_(source), size_(size), left_(size), bytes_(std::min(size, kBufferBytes)) {}

BodyStream::Buffer::int_type BodyStream::Buffer::underflow() {
  if (left_ == 0) return traits_type::eof();
  const auto wanted = static_cast<std::streamsize>(std::min<uint64_t>(left_, bytes_.size()));
  source_.read(bytes_.data(), wanted);
  const std::streamsize got = source_.gcount();
  left_ -= static_cast<uint64_t>(got);
  if (got == 0) {
    throw Error(ErrorCode::kInvalid, fmt::format("the body broke off after {} of {} bytes", size_ - left_, size_));
  }
  setg(bytes_.data(), bytes_.data(), bytes_.data() + got);
  return traits_type::to_int_type(bytes_.front());
}

// With badbit among the exceptions, what the buffer throws reaches the reader instead of being swallowed.
BodyStream::BodyStream(std::istream& source, uint64_t size) : std::istream(nullptr), buffer_(source, size) {
  rdbuf(&buffer_);
  exceptions(std::ios::badbit);
}

bool BodyStream::Drain(uint64_t limit) noexcept {
  if (buffer_.left() > limit) return false;
  try {
    clear();
    ignore(static_cast<std::streamsize>(limit) + 1);
  } catch (...) {
    return false;
  }
  return buffer_.left() == 0;
}

}  // namespace diwan
