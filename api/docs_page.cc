// A heading, a table of parameters and the answers of each operation, then the shapes; texts are written by hand for
// this and escaped all the same.
#include "api/docs_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/openapi.h"
#include "api/page_layout.h"
#include "api/schemas.h"
#include "api/version.h"
#include "core/base64.h"
#include "core/digest.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kStyle =
    "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;line-height:1.4}"
    "code,pre{background:#f2f2ee}pre{padding:.6em;overflow:auto}h2{border-top:1px solid #aaa;padding-top:.6em}"
    "table{border-collapse:collapse}th,td{border:1px solid #ccc;padding:.2em .5em;text-align:start;vertical-align:top}"
    "nav li{font-family:monospace}";

std::string HtmlPage(std::string_view title, const std::string& body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{}</style>\n"
      "</head>\n<body>\n{}</body>\n</html>\n",
      XmlEscape(title), kStyle, body);
}

// Markdown's `code` as HTML, and its [text](#place) as the text.
std::string Prose(std::string_view markdown) {
  std::string html;
  bool code = false;
  for (size_t i = 0; i < markdown.size(); ++i) {
    if (markdown[i] == '`') {
      html += code ? "</code>" : "<code>";
      code = !code;
    } else if (markdown.substr(i, 3) == "](#") {
      i = std::min(markdown.find(')', i), markdown.size());
    } else if (code || markdown[i] != '[') {
      html += XmlEscape(markdown.substr(i, 1));
    }
  }
  return html;
}

std::string Row(std::string_view name, std::string_view where, const std::string& what, std::string_view values) {
  return fmt::format("<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td></tr>\n", XmlEscape(name), where,
                     what, XmlEscape(values));
}

std::string ParameterTable(const Route& route) {
  std::string rows;
  for (const PathPart& part : PathPartsOf(route)) rows += Row(part.name, "path", Prose(part.what), part.example);
  for (const Parameter& parameter : route.operation.query) {
    rows += Row(parameter.name, "query", Prose(parameter.what), ValuesOf(parameter));
  }
  if (route.operation.if_match) rows += Row("If-Match", "header", "the ETag that the change was made from", "required");
  if (rows.empty()) return "";
  return fmt::format("<table>\n<tr><th>name</th><th>in</th><th>what</th><th>values</th></tr>\n{}</table>\n", rows);
}

std::string Example(const Json& json) { return fmt::format("<pre dir=\"ltr\">{}</pre>\n", XmlEscape(json.dump(2))); }

std::string ShapeLink(std::string_view schema) {
  const std::string_view name = schema.substr(0, schema.find('['));
  return fmt::format(" <a href=\"#{}\">{}</a>", XmlEscape(name), XmlEscape(schema));
}

std::string AnswerList(const Route& route) {
  std::string items;
  for (const DescribedAnswer& answer : route.operation.answers) {
    items += fmt::format("<li>{} {} <code>{}</code>{}</li>\n", answer.status, TitleOfStatus(answer.status),
                         XmlEscape(answer.media_type), answer.schema.empty() ? "" : ShapeLink(answer.schema));
  }
  if (route.operation.etag) items += "<li>206, 304: by <code>Range</code> and <code>If-None-Match</code></li>\n";
  if (route.operation.list) items += "<li><code>Link: …; rel=\"next\"</code> until the end of the list</li>\n";
  return fmt::format("<ul>\n{}<li>problems: {}</li>\n</ul>\n", items, fmt::join(ProblemStatuses(route), ", "));
}

std::string OperationSection(const Route& route) {
  const RequestBody& body = route.operation.body;
  std::string html =
      fmt::format("<h2 id=\"{}\"><code>{} {}</code></h2>\n<p>{}. Right: {}.</p>\n{}", route.operation.id, route.method,
                  XmlEscape(route.pattern), Prose(route.operation.summary), NameOf(route.needs), ParameterTable(route));
  if (!body.media_type.empty()) {
    html += fmt::format("<p>Body: <code>{}</code>{}</p>\n", body.media_type,
                        body.schema.empty() ? "" : ShapeLink(body.schema));
  }
  if (!body.example.empty()) html += Example(Json::parse(body.example));
  return html + AnswerList(route);
}

std::string ShapeSection(const std::string& name, const Json& schema) {
  return fmt::format("<h3 id=\"{0}\">{0}</h3>\n<p>{1}</p>\n{2}", XmlEscape(name),
                     XmlEscape(schema["description"].get<std::string>()), Example(schema["example"]));
}

std::string ProblemList() {
  std::string items;
  for (const ProblemType& type : ProblemTypes()) {
    items += fmt::format("<li>{} <a href=\"/problems/{}\">{}</a></li>\n", type.status, type.name,
                         XmlEscape(TextOf(type, "en").title));
  }
  return "<h2 id=\"problems\">Problems</h2>\n<ul>\n" + items + "</ul>\n";
}

}  // namespace

std::string DocsPage() {
  std::string contents;
  std::string sections;
  for (const Route& route : Routes()) {
    contents +=
        fmt::format("<li><a href=\"#{}\">{} {}</a></li>\n", route.operation.id, route.method, XmlEscape(route.pattern));
    sections += OperationSection(route);
  }
  std::string shapes;
  for (const auto& [name, schema] : Schemas().items()) shapes += ShapeSection(name, schema);
  return HtmlPage(
      fmt::format("Diwan {}: the HTTP API", kVersion),
      fmt::format("<h1>Diwan {}: the HTTP API</h1>\n<p>For programs: <a href=\"/openapi.json\">OpenAPI 3.1</a>, "
                  "<a href=\"/opensearch.xml\">OpenSearch</a>.</p>\n<nav><ul>\n{}</ul></nav>\n{}{}"
                  "<h2>Shapes</h2>\n{}",
                  kVersion, contents, sections, ProblemList(), shapes));
}

std::string ProblemPage(const ProblemType& type) {
  std::string body;
  for (const ProblemText& text : type.texts) {
    body += fmt::format("<section lang=\"{0}\" dir=\"{1}\">\n<h1>{2}</h1>\n<p>{3}</p>\n</section>\n", text.language,
                        text.language == "en" ? "ltr" : "rtl", XmlEscape(text.title), XmlEscape(text.explanation));
  }
  body += fmt::format("<p>HTTP {}, <code>code</code> <code>{}</code>. <a href=\"/docs\">The HTTP API</a></p>\n",
                      type.status, CodeName(type.code));
  return HtmlPage(TextOf(type, "en").title, body);
}

std::string PagePolicy() {
  const std::string hex = Sha256Hex(kStyle);
  std::string digest;
  for (size_t i = 0; i < hex.size(); i += 2) digest += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      ToBase64(digest));
}

}  // namespace diwan
