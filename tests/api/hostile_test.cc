// Anything that a reader can type, or a program send, is answered: never by a fault of ours, always as documented.
#include <fmt/format.h>

#include "api/routes.h"
#include "contract_fixture.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

// What readers and attackers type.
std::vector<std::string> AnyTexts() {
  using std::string_literals::operator""s;
  std::vector<std::string> texts = {"",
                                    " ",
                                    "\0"s,
                                    "a\0b"s,
                                    "\xFF\xFE",
                                    "\xED\xA0\x80",
                                    "\xF4\x90\x80\x80",
                                    "\u202Eقرار",
                                    "\u200C",
                                    "\"",
                                    "((((",
                                    "))))",
                                    "AND OR NOT",
                                    "x AND",
                                    "A AND/OR B",
                                    "*",
                                    "م*",
                                    "-",
                                    "--",
                                    "+",
                                    "~",
                                    "^",
                                    "\\",
                                    "'",
                                    "%00",
                                    "%",
                                    "[a TO b]",
                                    "1..2",
                                    "1..2..3",
                                    "..",
                                    "number:",
                                    "number:()",
                                    "date:..",
                                    "date:99999-99-99",
                                    "date:۱۴۰۲/۱۳/۳۲",
                                    "type:\"",
                                    "body:*",
                                    "a:b:c",
                                    "sort:x",
                                    "0/0",
                                    "١٢٣/٢٠١٩",
                                    "99999999999999999999/99999999999999999999",
                                    "-1",
                                    "1e9",
                                    "NaN",
                                    "<script>alert(1)</script>",
                                    "\r\nX: y",
                                    "\x1B[2J",
                                    "${x}",
                                    "{n}",
                                    "null",
                                    "true",
                                    "2019-02-30",
                                    "ااااا",
                                    "قــــرار",
                                    "🙂",
                                    "ﷲ"};
  for (const char* piece : {"(", "\"", "x ", "NOT ", "م", "١/", "\u0651", "a* ", "-"}) {
    std::string text;
    while (text.size() < 4000) text += piece;
    texts.push_back(text);
  }
  return texts;
}

std::vector<std::string> AnyBodies() {
  std::vector<std::string> bodies = {"null", "[]",   "{}",    "\"", "{\"a\":",  "{\"why\":1}",
                                     "[[[[", "\xFF", "1e999", "-0", "{\"\":{}}"};
  bodies.push_back(std::string(200'000, '['));
  bodies.push_back(std::string(100'000, '[') + std::string(100'000, ']'));
  std::string nested;
  for (int i = 0; i < 20'000; ++i) nested += "{\"fields\":";
  bodies.push_back(nested);
  for (const std::string& text : AnyTexts()) {
    const std::string quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    for (const char* name : {"why", "text", "citation", "into", "relation", "state", "from", "page", "on", "fields"}) {
      bodies.push_back(fmt::format("{{\"{}\":{}}}", name, quoted));
    }
    bodies.push_back(fmt::format(R"({{"fields":[{{"do":"set","name":"number","value":{}}}],"why":"x"}})", quoted));
    bodies.push_back(fmt::format(R"({{"words":[{{"first":0,"text":{}}}],"why":"x"}})", quoted));
    bodies.push_back(fmt::format(R"({{"citation":{{"number":{0},"year":{0},"date":{0}}}}})", quoted));
  }
  return bodies;
}

TEST_F(ContractTest, NoTextIsAFaultOfOurs) {
  const auto expect_sound = [this](const Drive& drive, const Response& response) {
    EXPECT_NE(response.status, 500) << drive.method << " " << drive.path << ": " << response.body;
    if (FindRoute(drive.method, drive.path).route == nullptr) return;
    ExpectDocumented(OperationOf(drive.method, drive.path), response);
  };
  for (const Drive& drive : OneOfEach()) {
    SCOPED_TRACE(drive.method + " " + drive.path);
    for (const Json& parameter : OperationOf(drive.method, drive.path)["parameters"]) {
      if (parameter.value("in", "") != "query" || !drive.if_match.empty()) continue;
      for (const std::string& text : AnyTexts()) {
        Drive with = drive;
        with.query[parameter["name"]] = text;
        expect_sound(with, Send(with));
      }
    }
  }
}

TEST_F(ContractTest, NoPathIsAFaultOfOurs) {
  for (const Route& route : Routes()) {
    for (const std::string& text : AnyTexts()) {
      std::string path(route.pattern);
      for (const char* part : {"{id}", "{body}", "{year}", "{number}", "{code}"}) {
        if (const size_t at = path.find(part); at != std::string::npos)
          path.replace(at, std::string(part).size(), text);
      }
      for (const char* part : {"{n}", "{version}"}) {
        if (const size_t at = path.find(part); at != std::string::npos)
          path.replace(at, std::string(part).size(), "2147483647");
      }
      if (path == route.pattern) break;
      const Drive drive{std::string(route.method), path, {}, 0, "", "{}", "\"1\""};
      const Response response = Send(drive);
      EXPECT_NE(response.status, 500) << path << response.body;
      if (response.status >= 400) ExpectProblem(response, response.status);
    }
  }
}

TEST_F(ContractTest, NoBodyIsAFaultOfOurs) {
  const std::vector<std::string> bodies = AnyBodies();
  for (Drive drive : OneOfEach()) {
    if (drive.body.empty()) continue;
    SCOPED_TRACE(drive.method + " " + drive.path);
    for (const std::string& body : bodies) {
      drive.body = body;
      const Response response = Send(drive);
      EXPECT_NE(response.status, 500) << body.substr(0, 80) << response.body;
      ExpectDocumented(OperationOf(drive.method, drive.path), response);
    }
  }
}

}  // namespace
}  // namespace diwan
