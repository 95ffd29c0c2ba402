#include "api/forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/accept.h"
#include "api/problem.h"

namespace diwan {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"json", "text", "alto", "hocr", "pdf", "image"};

[[noreturn]] void Refuse(const std::vector<Form>& offered) {
  std::vector<std::string> available;
  for (const Form& form : offered) available.push_back(form.media_type);
  throw NotAcceptable(fmt::format("it is there as {}", fmt::join(available, ", ")), available);
}

}  // namespace

std::string_view NameOf(FormKind kind) { return kNames[static_cast<size_t>(kind)]; }

std::vector<Form> PageForms() {
  return {{FormKind::kJson, "application/json"},
          {FormKind::kText, "text/plain"},
          {FormKind::kAlto, "application/alto+xml"},
          {FormKind::kHocr, "text/vnd.hocr+html"}};
}

bool WantsJson(const Request& request, const Parameter& format) {
  return !HasParameter(request, format) && HeaderOf(request, "accept").empty();
}

Form ChooseForm(const Request& request, const Parameter& format, const std::vector<Form>& offered) {
  if (HasParameter(request, format)) {
    const std::string_view name = ChoiceParameter(request, format);
    const auto found = std::ranges::find(offered, name, [](const Form& form) { return NameOf(form.kind); });
    if (found == offered.end()) Refuse(offered);
    return *found;
  }
  std::vector<std::string_view> types;
  for (const Form& form : offered) types.push_back(form.media_type);
  const auto chosen = ChooseMediaType(HeaderOf(request, "accept"), types);
  if (!chosen) Refuse(offered);
  return offered[*chosen];
}

}  // namespace diwan
