// The models were trained on texts that mix the characters; a page's language tells which are meant.
#include "ingest/letter_forms.h"

#include <array>

#include "core/fold.h"

namespace diwan {
namespace {

struct Form {
  char32_t arabic;
  char32_t persian;
  bool both_ways;
};
constexpr std::array<Form, 3> kForms = {{{U'ي', U'ی', true}, {U'ك', U'ک', true}, {U'ى', U'ی', false}}};

}  // namespace

std::string InLettersOf(std::string_view language, std::string_view text) {
  const bool persian = language == "fas";
  std::u32string letters = FromUtf8(text);
  for (char32_t& c : letters) {
    for (const Form& form : kForms) {
      if (persian && c == form.arabic) c = form.persian;
      if (!persian && form.both_ways && c == form.persian) c = form.arabic;
    }
  }
  return ToUtf8(letters);
}

}  // namespace diwan
