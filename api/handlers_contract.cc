// What the API tells of itself.
#include <fmt/core.h>

#include <algorithm>

#include "api/accept.h"
#include "api/docs_page.h"
#include "api/handlers.h"
#include "api/json_parts.h"
#include "api/openapi.h"
#include "api/problem.h"
#include "core/digest.h"
#include "core/error.h"

namespace diwan {
namespace {

// A document that changes with the program alone.
Response DocumentResponse(std::string_view media_type, const std::string& document) {
  Response response;
  response.headers["Content-Type"] = media_type;
  response.headers["ETag"] = fmt::format("\"{}\"", Sha256Hex(document).substr(0, 32));
  response.body = document;
  return response;
}

Response HtmlResponse(const std::string& html) {
  Response response = DocumentResponse("text/html; charset=utf-8", html);
  response.headers["Content-Security-Policy"] = PagePolicy();
  return response;
}

// "http://HOST" as the client names us; "" when that is no host, so that addresses are without one.
std::string OriginOf(const Request& request) {
  const std::string_view host = HeaderOf(request, "host");
  const bool plain = !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-:[]").find(c) != std::string_view::npos;
  });
  return plain ? fmt::format("{}://{}", request.secure ? "https" : "http", host) : "";
}

constexpr const char* kOpenSearch = R"(<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Diwan</ShortName>
<Description>Council records: decisions, minutes, rulings, letters</Description>
<Url type="application/json" rel="results" indexOffset="0" template="{0}/v1/search?q={{searchTerms}}&amp;limit={{count?}}&amp;offset={{startIndex?}}"/>
<Url type="text/html" template="{0}/?q={{searchTerms}}"/>
<Language>ar</Language>
<Language>fa</Language>
<InputEncoding>UTF-8</InputEncoding>
<OutputEncoding>UTF-8</OutputEncoding>
</OpenSearchDescription>
)";

}  // namespace

Response ShowOpenApi(Archive& /*archive*/, const Request& /*request*/, const PathParameters& /*path*/) {
  static const std::string document = json_parts::Dump(OpenApi());
  return DocumentResponse("application/json", document);
}

Response ShowDocs(Archive& /*archive*/, const Request& /*request*/, const PathParameters& /*path*/) {
  static const std::string document = DocsPage();
  return HtmlResponse(document);
}

Response ShowOpenSearch(Archive& /*archive*/, const Request& request, const PathParameters& /*path*/) {
  Response response;
  response.headers["Content-Type"] = "application/opensearchdescription+xml";
  response.body = fmt::format(kOpenSearch, OriginOf(request));
  return response;
}

Response ShowProblem(Archive& /*archive*/, const Request& /*request*/, const PathParameters& path) {
  const auto types = ProblemTypes();
  const auto type = std::ranges::find(types, path.code, &ProblemType::name);
  if (type == types.end()) throw Error(ErrorCode::kNotFound, "there is no problem of that name; /docs lists them");
  return HtmlResponse(ProblemPage(*type));
}

}  // namespace diwan
