// From rows of the route table to their OpenAPI, in the order of that format: operation, parameters, body, answers.
#include "api/openapi.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "api/problem.h"
#include "api/schemas.h"
#include "api/version.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

constexpr PathPart kPathParts[] = {
    {"id", "a record's id or external id; of a delivery, upload, job or token its id; of an account its name", "id",
     "دفتر-1"},
    {"n", "a page, or a citation of the record, from 1", "place", "1"},
    {"version", "from 1", "place", "1"},
    {"body", "the council or court", "text", "مجلس البلدية"},
    {"year", "as it is printed with the number", "text", "2019"},
    {"number", "the paper's number", "text", "123"},
    {"code", "the last part of a problem's `type`", "text", "not_found"},
};

bool HasBody(const Route& route) { return route.method == "POST" || route.method == "PATCH" || route.method == "PUT"; }

Json ParameterSchema(const Parameter& parameter) {
  switch (parameter.kind) {
    case ParameterKind::kNumber:
      return {{"type", "integer"},
              {"minimum", parameter.range.least},
              {"maximum", parameter.range.most},
              {"default", parameter.range.fallback}};
    case ParameterKind::kFlag:
      return {{"type", "string"},
              {"enum", {"yes", "no", "true", "false", "1", "0"}},
              {"default", parameter.fallback ? "yes" : "no"}};
    case ParameterKind::kChoice:
      return {{"type", "string"}, {"enum", ChoicesOf(parameter)}};
    case ParameterKind::kText:
      break;
  }
  return {{"type", "string"}, {"maxLength", parameter.longest}};
}

Json ParameterJson(const Parameter& parameter) {
  Json json = {{"name", parameter.name},
               {"in", "query"},
               {"description", parameter.what},
               {"schema", ParameterSchema(parameter)}};
  if (!parameter.example.empty()) json["example"] = parameter.example;
  return json;
}

Json HeaderParameter(std::string_view name) { return {{"$ref", fmt::format("#/components/parameters/{}", name)}}; }

Json ParametersOf(const Route& route) {
  Json list = Json::array();
  for (const PathPart& part : PathPartsOf(route)) {
    Json example = part.example;
    if (part.type == "place") example = 1;
    list.push_back({{"name", part.name},
                    {"in", "path"},
                    {"required", true},
                    {"description", part.what},
                    {"schema", SchemaOfType(part.type)},
                    {"example", example}});
  }
  for (const Parameter& parameter : route.operation.query) list.push_back(ParameterJson(parameter));
  for (const Header& header : route.operation.headers) {
    list.push_back({{"name", header.name},
                    {"in", "header"},
                    {"required", header.required},
                    {"description", header.what},
                    {"schema", {{"type", "string"}}},
                    {"example", header.example}});
  }
  if (route.operation.if_match) list.push_back(HeaderParameter("IfMatch"));
  if (route.operation.etag) list.push_back(HeaderParameter("IfNoneMatch"));
  if (route.operation.etag) list.push_back(HeaderParameter("Range"));
  list.push_back(HeaderParameter("AcceptLanguage"));
  return list;
}

Json BodyJson(const RequestBody& body) {
  Json content = Json::object();
  if (!body.schema.empty()) content["schema"] = SchemaOfType(body.schema);
  if (!body.example.empty()) content["example"] = body.schema.empty() ? Json(body.example) : Json::parse(body.example);
  return {{"required", true}, {"content", {{std::string(body.media_type), std::move(content)}}}};
}

Json HeadersOf(const Operation& operation, int status) {
  Json headers = Json::object();
  if (status == 200 && operation.list) headers["Link"] = {{"$ref", "#/components/headers/Link"}};
  if (status < 300 && (operation.etag || operation.if_match)) headers["ETag"] = {{"$ref", "#/components/headers/ETag"}};
  for (const Header& header : operation.sends) {
    if (status < 300)
      headers[std::string(header.name)] = {{"description", header.what}, {"schema", {{"type", "string"}}}};
  }
  if (status == 201 || status == 301 || status == 302)
    headers["Location"] = {{"$ref", "#/components/headers/Location"}};
  return headers;
}

void AddAnswer(const Operation& operation, const DescribedAnswer& answer, Json& responses) {
  Json& json = responses[std::to_string(answer.status)];
  json["description"] = TitleOfStatus(answer.status);
  Json headers = HeadersOf(operation, answer.status);
  if (!headers.empty()) json["headers"] = std::move(headers);
  if (answer.media_type.empty()) return;
  Json& content = json["content"][std::string(answer.media_type)] = Json::object();
  if (answer.schema.empty()) return;
  content["schema"] = SchemaOfType(answer.schema);
  content["example"] = ExampleOf(answer.schema);
}

Json ResponsesOf(const Route& route) {
  Json responses = Json::object();
  for (const DescribedAnswer& answer : route.operation.answers) AddAnswer(route.operation, answer, responses);
  if (route.operation.etag) {
    responses["206"] = {{"description", "the range asked for"}};
    responses["304"] = {{"description", "it is what If-None-Match names"}};
  }
  for (const int status : ProblemStatuses(route)) {
    responses[std::to_string(status)] = {{"$ref", fmt::format("#/components/responses/{}", status)}};
  }
  return responses;
}

Json OperationJson(const Route& route) {
  Json json = {{"operationId", route.operation.id},
               {"summary", route.operation.summary},
               {"x-right", NameOf(route.needs)},
               {"parameters", ParametersOf(route)}};
  if (route.needs == Right::kNone)
    json["security"] = {Json::object(), {{"bearer", Json::array()}}, {{"cookie", Json::array()}}};
  if (!route.operation.body.media_type.empty()) json["requestBody"] = BodyJson(route.operation.body);
  json["responses"] = ResponsesOf(route);
  return json;
}

// Of each status, the kinds of problem that have it.
Json ProblemResponses() {
  Json responses;
  for (const ProblemType& type : ProblemTypes()) {
    Json& json = responses[std::to_string(type.status)];
    json["description"] = TitleOfStatus(type.status);
    Json& content = json["content"]["application/problem+json"];
    content["schema"] = SchemaOfType("Problem");
    const ProblemText& text = TextOf(type, "en");
    content["examples"][std::string(type.name)]["value"] = {{"type", fmt::format("/problems/{}", type.name)},
                                                            {"title", text.title},
                                                            {"status", type.status},
                                                            {"code", CodeName(type.code)},
                                                            {"detail", "…"},
                                                            {"explanation", text.explanation}};
  }
  return responses;
}

Json HeaderParameters() {
  const Json text = {{"type", "string"}};
  return {{"IfMatch",
           {{"name", "If-Match"},
            {"in", "header"},
            {"required", true},
            {"description", "the ETag of the version that the change was made from"},
            {"schema", text},
            {"example", "\"3\""}}},
          {"IfNoneMatch",
           {{"name", "If-None-Match"},
            {"in", "header"},
            {"description", "the ETag of what is at hand; 304 when it is still the same"},
            {"schema", text},
            {"example", "\"3\""}}},
          {"Range",
           {{"name", "Range"},
            {"in", "header"},
            {"description", "one range of bytes"},
            {"schema", text},
            {"example", "bytes=0-1023"}}},
          {"AcceptLanguage",
           {{"name", "Accept-Language"},
            {"in", "header"},
            {"description", "the language of problems: ar, fa or en"},
            {"schema", text},
            {"example", "ar, en;q=0.5"}}}};
}

Json SecuritySchemes() {
  return {{"bearer", {{"type", "http"}, {"scheme", "bearer"}, {"description", "of programs: a token of /v1/tokens"}}},
          {"cookie",
           {{"type", "apiKey"},
            {"in", "cookie"},
            {"name", "diwan"},
            {"description",
             "of persons: POST /v1/session sets it, over TLS as `__Host-diwan`. A change also needs the header "
             "`X-CSRF-Token` with the session's `csrf_token`"}}}};
}

Json HeaderTypes() {
  const auto header = [](std::string_view what) {
    return Json{{"description", what}, {"schema", {{"type", "string"}}}};
  };
  return {{"ETag", header("of this version and form")},
          {"Link", header("`<address>; rel=\"next\"`, until the end of the list")},
          {"Location", header("where it is")}};
}

constexpr std::string_view kAbout =
    "An archive for council records. HEAD works wherever GET does. A query parameter that an operation doesn't have is "
    "refused. Every failure is a problem (RFC 9457). Operations whose 200 comes in several media types choose by "
    "Accept.";

std::string Grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

// Problems that docs/api.md tells once for all.
constexpr int kAnywhere[] = {400, 401, 403, 411, 429, 500, 503};

std::string AnswersOf(const Route& route) {
  std::set<int> statuses;
  for (const DescribedAnswer& answer : route.operation.answers) statuses.insert(answer.status);
  std::string schema;
  for (const DescribedAnswer& answer : route.operation.answers) {
    if (schema.empty() && !answer.schema.empty()) schema = fmt::format(" `{}`", answer.schema);
  }
  std::string text = fmt::format("{}{}", fmt::join(statuses, ", "), schema);
  if (route.operation.etag) text += ", 304";
  std::vector<int> problems = ProblemStatuses(route);
  std::erase_if(problems, [](int status) { return std::ranges::find(kAnywhere, status) != std::end(kAnywhere); });
  return problems.empty() ? text : fmt::format("{}; {}", text, fmt::join(problems, ", "));
}

}  // namespace

std::vector<int> ProblemStatuses(const Route& route) {
  std::set<int> statuses(route.operation.problems.begin(), route.operation.problems.end());
  statuses.insert({400, 401, 429, 500, 503});
  if (route.needs != Right::kNone) statuses.insert(403);
  if (route.pattern.find('{') != std::string_view::npos) statuses.insert(404);
  if (HasBody(route)) statuses.insert({411, 413});
  if (route.operation.if_match) statuses.insert({412, 428});
  if (route.operation.etag) statuses.insert(416);
  return {statuses.begin(), statuses.end()};
}

std::vector<PathPart> PathPartsOf(const Route& route) {
  std::vector<PathPart> parts;
  for (const PathPart& part : kPathParts) {
    if (route.pattern.find(fmt::format("{{{}}}", part.name)) != std::string_view::npos) parts.push_back(part);
  }
  return parts;
}

std::string Signature(const Route& route) {
  std::string signature = fmt::format("{} {}", route.method, route.pattern);
  char separator = '?';
  for (const Parameter& parameter : route.operation.query) {
    signature += fmt::format("{}{}=", separator, parameter.name);
    separator = '&';
  }
  return signature;
}

std::string ValuesOf(const Parameter& parameter) {
  switch (parameter.kind) {
    case ParameterKind::kNumber:
      return fmt::format("{} to {} ({})", parameter.range.least, Grouped(parameter.range.most),
                         parameter.range.fallback);
    case ParameterKind::kFlag:
      return parameter.fallback ? "yes, no (yes)" : "yes, no (no)";
    case ParameterKind::kChoice:
      return fmt::format("{} ({})", fmt::join(ChoicesOf(parameter), ", "), ChoicesOf(parameter).front());
    case ParameterKind::kText:
      break;
  }
  return fmt::format("text, up to {} bytes", Grouped(parameter.longest));
}

std::string RouteRows() {
  std::string rows;
  for (const Route& route : Routes()) {
    rows += fmt::format("| `{}` | {} | {} | {} |\n", Signature(route), NameOf(route.needs), route.operation.summary,
                        AnswersOf(route));
  }
  return rows;
}

Json OpenApi() {
  Json paths = Json::object();
  for (const Route& route : Routes()) {
    std::string method(route.method);
    std::ranges::transform(method, method.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    paths[std::string(route.pattern)][method] = OperationJson(route);
  }
  return {{"openapi", "3.1.0"},
          {"info", {{"title", "Diwan"}, {"version", kVersion}, {"description", kAbout}}},
          {"servers", {{{"url", "/"}}}},
          {"security", {{{"bearer", Json::array()}}, {{"cookie", Json::array()}}}},
          {"paths", std::move(paths)},
          {"components",
           {{"schemas", Schemas()},
            {"parameters", HeaderParameters()},
            {"headers", HeaderTypes()},
            {"securitySchemes", SecuritySchemes()},
            {"responses", ProblemResponses()}}}};
}

}  // namespace diwan
