// Bodies of requests that change something, as hostile bytes: each is read, or refused with kInvalid.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/account_json.h"
#include "api/change_json.h"
#include "core/error.h"

namespace {

template <typename Read>
void Check(std::string_view body, const Read& read) {
  try {
    read(body);
  } catch (const diwan::Error& error) {
    if (error.code() != diwan::ErrorCode::kInvalid) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  Check(body, diwan::ReadFieldsBody);
  Check(body, diwan::ReadRelationBody);
  Check(body, diwan::ReadStateBody);
  Check(body, diwan::ReadMergeBody);
  Check(body, diwan::ReadSplitBody);
  Check(body, diwan::ReadReadingBody);
  Check(body, diwan::ReadHoldBody);
  Check(body, diwan::ReadWhyBody);
  Check(body, diwan::ReadSignInBody);
  Check(body, diwan::ReadOwnPasswordBody);
  Check(body, diwan::ReadNewAccountBody);
  Check(body, diwan::ReadAccountChangeBody);
  Check(body, diwan::ReadPasswordBody);
  Check(body, diwan::ReadNewTokenBody);
  Check(body, [](std::string_view bytes) {
    diwan::Page page;
    for (const char* text : {"one", "two", "three"}) page.words.push_back({.text = text, .box = {0, 0, 90, 9}});
    page = diwan::WithCorrections(std::move(page), diwan::ReadWordsBody(bytes).edits);
    for (const diwan::Word& word : page.words) {
      if (page.text.compare(word.offset, word.text.size(), word.text) != 0) std::abort();
    }
  });
  return 0;
}
