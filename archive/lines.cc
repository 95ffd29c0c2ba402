// Reading a line without trusting that it ends.
#include "archive/lines.h"

#include <algorithm>
#include <array>

#include "core/error.h"

namespace diwan {

bool ReadLine(std::istream& in, size_t limit, std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  std::array<char, 1U << 16> piece{};
  for (;;) {
    in.getline(piece.data(), piece.size());
    const auto got = static_cast<size_t>(in.gcount());
    const bool ended = !in.fail() && !in.eof();  // the line end was read and counted
    const size_t length = ended ? got - 1 : got;
    if (line.size() + length > limit) too_long = true;
    if (!too_long) line.append(piece.data(), length);
    if (ended) return true;
    if (in.bad()) throw Error(ErrorCode::kUnavailable, "the lines could not be read to their end");
    if (in.eof()) return !line.empty() || too_long;
    in.clear();  // the piece was full: the line goes on
  }
}

std::string WithoutControls(std::string text) {
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && (byte < '\t' || byte > '\r')) || byte == 0x7F;
  };
  std::ranges::replace_if(text, is_control, ' ');
  return text;
}

}  // namespace diwan
