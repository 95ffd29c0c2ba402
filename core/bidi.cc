// The order of a line as it looks (Unicode's bidirectional algorithm): the last step before words go into a PDF.
#include "core/bidi.h"

#include <unicode/ubidi.h>
#include <unicode/unistr.h>

#include <memory>

namespace diwan {

std::u32string FromLeftToRight(std::u32string_view logical) {
  const auto text = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(logical.data()),
                                                  static_cast<int32_t>(logical.size()));
  const std::unique_ptr<UBiDi, decltype(&ubidi_close)> bidi(ubidi_open(), ubidi_close);
  UErrorCode status = U_ZERO_ERROR;
  ubidi_setPara(bidi.get(), text.getBuffer(), text.length(), UBIDI_RTL, nullptr, &status);
  icu::UnicodeString seen;
  UChar* out = seen.getBuffer(text.length() + 1);
  const int32_t length = ubidi_writeReordered(bidi.get(), out, text.length() + 1, 0, &status);
  seen.releaseBuffer(U_SUCCESS(status) ? length : 0);
  if (U_FAILURE(status)) return std::u32string(logical);
  std::u32string result(static_cast<size_t>(seen.countChar32()), U'\0');
  seen.toUTF32(reinterpret_cast<UChar32*>(result.data()), static_cast<int32_t>(result.size()), status);
  return result;
}

}  // namespace diwan
