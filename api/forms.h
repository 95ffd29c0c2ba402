// In which form a record or page is given: by the parameter `format`, else by the Accept header. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/message.h"
#include "api/parameters.h"

namespace diwan {

enum class FormKind { kJson, kText, kAlto, kHocr, kPdf, kImage };

// A form that there is.
struct Form {
  FormKind kind = FormKind::kJson;
  std::string media_type = "application/json";
};

// As `format` names it: "alto".
std::string_view NameOf(FormKind kind);

// JSON, then the forms that every page has: text, ALTO, hOCR.
std::vector<Form> PageForms();

// Whether the request asks for nothing but JSON, so that nobody needs to look what else there is.
bool WantsJson(const Request& request, const Parameter& format);

// The one of `offered` (the dearest first) that the request asks for. Throws NotAcceptable, which lists them, when it
// asks for none of these; kInvalid for a `format` that is not known.
Form ChooseForm(const Request& request, const Parameter& format, const std::vector<Form>& offered);

}  // namespace diwan
