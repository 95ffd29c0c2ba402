// New ids, and the clock that goes into them.
#include "core/id.h"

#include <fmt/core.h>
#include <openssl/rand.h>

#include <array>
#include <atomic>
#include <chrono>

#include "core/error.h"

namespace diwan {
namespace {

constexpr int kCounterBits = 12;

// The time with a counter of kCounterBits below it, greater than any given before (RFC 9562, 6.2, method 1). A new
// millisecond's counter begins at `start`; when it runs over, or the clock was set back, the time runs ahead.
uint64_t NextMoment(uint64_t start) {
  static std::atomic<uint64_t> last = 0;
  const uint64_t now = static_cast<uint64_t>(NowMillis()) << kCounterBits | start;
  uint64_t before = last.load();
  uint64_t next = 0;
  do {
    next = now >> kCounterBits > before >> kCounterBits ? now : before + 1;
  } while (!last.compare_exchange_weak(before, next));
  return next;
}

}  // namespace

std::string NewId() {
  std::array<unsigned char, 16> b{};
  if (RAND_bytes(b.data(), static_cast<int>(b.size())) != 1) {
    throw Error(ErrorCode::kInternal, "the system gives no random numbers for a new id");
  }
  const uint64_t moment = NextMoment(static_cast<uint64_t>(b[6] & 0x03) << 8 | b[7]);
  const uint64_t millis = moment >> kCounterBits;
  for (size_t i = 0; i < 6; ++i) b[i] = static_cast<unsigned char>(millis >> (40 - 8 * i));
  b[6] = static_cast<unsigned char>((moment >> 8 & 0x0f) | 0x70);
  b[7] = static_cast<unsigned char>(moment & 0xff);
  b[8] = static_cast<unsigned char>((b[8] & 0x3f) | 0x80);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string id;
  id.reserve(36);
  for (size_t i = 0; i < b.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
    id += kHex[b[i] >> 4];
    id += kHex[b[i] & 0x0f];
  }
  return id;
}

bool IsId(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

int64_t NowMillis() {
  using std::chrono::milliseconds;
  return std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string FormatTime(int64_t millis) {
  using std::chrono::milliseconds;
  const std::chrono::sys_time<milliseconds> time{milliseconds(millis)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss<milliseconds> clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

}  // namespace diwan
