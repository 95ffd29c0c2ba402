// `diwan cite`: which records a text cites.
#include <fmt/format.h>

#include <iostream>
#include <sstream>

#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/display.h"
#include "cli/exit_status.h"
#include "cli/files.h"
#include "cli/open.h"
#include "core/error.h"
#include "core/fold.h"

namespace diwan {
namespace {

constexpr size_t kMostText = 1U << 20;  // bytes; the API takes less

std::string ReadAll(std::istream& in) {
  std::string text(kMostText + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kMostText) throw Error(ErrorCode::kTooLarge, "the text is longer than 1 MiB; split it");
  return text;
}

std::string TextGiven(const Call& call, const std::vector<std::string>& words, const std::string& file) {
  if (words.empty() == file.empty()) ThrowUsage(call, "give a text, --file FILE, or - for standard input");
  if (!file.empty()) return ReadAll(OpenFile(file, Openable::kAnyFile).stream());
  if (words.size() == 1 && words.front() == "-") return ReadAll(std::cin);
  return fmt::format("{}", fmt::join(words, " "));
}

std::string Shown(const std::string& text) { return Isolate(CleanLine(text)); }

void PrintMatch(const Console& console, const Json& match) {
  std::string line;
  for (const std::string& part : {TextOf(match, "type"), TextOf(match, "number"), DateText(match),
                                  TextOf(match, "title"), TextOf(match, "body")}) {
    if (!part.empty()) line += (line.empty() ? "" : "  ") + Shown(part);
  }
  console.out << fmt::format("     {}  {}", CleanLine(TextOf(match, "id")), Shown(TextOf(match, "external_id")));
  if (const std::string kind = TextOf(match, "match"); kind != "exact") console.out << "  (" << CleanLine(kind) << ')';
  console.out << "\n       " << line << '\n';
}

void PrintLookUp(const Console& console, const Json& found) {
  std::string normal;
  for (const Json& each : ListOf(found, "normalized_citations")) {
    if (each.is_string()) normal += (normal.empty() ? "" : ", ") + each.get<std::string>();
  }
  console.out << fmt::format("{}  {}  {}\n", NumberOf(found, "status"), Shown(TextOf(found, "citation")),
                             Shown(normal));
  const std::string message = TextOf(found, "error_message");
  if (!message.empty()) console.out << "     " << CleanLine(message) << '\n';
  for (const Json& match : ListOf(found, "matches")) PrintMatch(console, match);
}

}  // namespace

int RunCite(Call& call) {
  std::vector<std::string> words;
  std::string file;
  std::string language = "auto";
  ArgumentParser parser(call);
  parser.List("TEXT", words, "a text that cites decisions, rulings or laws; - is standard input");
  parser.Text("--file", file, "a file with the text instead");
  parser.Choice("--language", language, {"auto", "ara", "fas"}, "of the text");
  parser.Parse();
  const std::string text = TextGiven(call, words, file);
  if (ToUtf8(FromUtf8(text)) != text) throw Error(ErrorCode::kInvalid, "the text is not UTF-8; save it as UTF-8");
  Json body = {{"text", text}};
  if (language != "auto") body["language"] = language;
  std::istringstream bytes(body.dump(-1, ' ', false, Json::error_handler_t::replace));
  Request request = Post("/v1/citations/resolve");
  request.body = &bytes;
  request.body_size = bytes.view().size();
  const Response response = Ask(*Connect(call), std::move(request));
  if (call.global.json) {
    call.console.PrintLine(response.body);
    return kExitSuccess;
  }
  const Json found = Json::parse(response.body, nullptr, false);
  if (!found.is_array()) throw Error(ErrorCode::kUnavailable, "the answer is not that of a Diwan");
  for (const Json& each : found) PrintLookUp(call.console, each);
  if (found.empty()) call.console.Say("no citation was found in the text");
  return kExitSuccess;
}

}  // namespace diwan
