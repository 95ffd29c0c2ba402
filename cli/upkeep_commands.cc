// The short commands: make an archive, bring in text, look after it, and say what there is.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "api/json.h"
#include "api/version.h"
#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "cli/files.h"
#include "cli/open.h"
#include "core/error.h"

namespace diwan {
namespace {

// Takes only the options of every command.
void ParseNothing(Call& call) { ArgumentParser(call).Parse(); }

Response AskLong(Call& call, Request request) {
  OpenOptions open;
  open.answer_others = true;
  return Ask(*Connect(call, open), std::move(request));
}

// Standard input as a file without a name, since a request tells its size before its bytes.
std::unique_ptr<OpenFile> Spooled(std::istream& input) {
  std::string name = (std::filesystem::temp_directory_path() / "diwan-import-XXXXXX").string();
  const int fd = mkstemp(name.data());
  if (fd < 0) throw Error(ErrorCode::kUnavailable, fmt::format("no temporary file can be made as {}", name));
  close(fd);
  std::ofstream spool(name, std::ios::binary);
  if (input.peek() != std::istream::traits_type::eof()) spool << input.rdbuf();
  spool.close();
  std::unique_ptr<OpenFile> file;
  if (spool) file = std::make_unique<OpenFile>(name);
  std::filesystem::remove(name);
  if (!file) throw Error(ErrorCode::kUnavailable, fmt::format("{} could not be written; is the disk full?", name));
  return file;
}

}  // namespace

int RunInit(Call& call) {
  ParseNothing(call);
  if (!call.global.server.empty())
    ThrowUsage(call, "an archive is made on the machine where it lies, without --server");
  OpenOptions open;
  open.create = true;
  const Response stats = Ask(*Connect(call, open), Get("/v1/stats"));
  if (call.global.json) call.console.PrintLine(stats.body);
  if (!call.global.json) call.console.PrintLine(ArchiveFolder(call.global).string());
  return kExitSuccess;
}

int RunImport(Call& call) {
  std::string name;
  ArgumentParser parser(call);
  parser.Required("FILE", name, "JSON lines, one record each; - is standard input");
  OpenOptions open;
  parser.Access(open.access);
  parser.Parse();
  const std::unique_ptr<OpenFile> file = name == "-" ? Spooled(std::cin) : std::make_unique<OpenFile>(name);
  open.create = true;
  open.answer_others = true;
  const auto client = Connect(call, open);
  Request request = Post("/v1/import");
  request.body = &file->stream();
  request.body_size = file->size();
  const Response response = Ask(*client, std::move(request));
  const Json report = ReadAnswer(response);
  for (const Json& problem : ListOf(report, "problems")) {
    call.console.Say(fmt::format("{}, line {}: {}", name, NumberOf(problem, "line"), TextOf(problem, "reason")));
  }
  if (call.global.json) {
    call.console.PrintLine(response.body);
  } else {
    call.console.PrintLine(
        fmt::format("{} imported, {} replaced, {} left out", Count(NumberOf(report, "imported"), "record", "records"),
                    NumberOf(report, "replaced"), Count(NumberOf(report, "failed"), "line", "lines")));
  }
  if (!client->WaitSearchable()) call.console.Say("not everything can be found yet; the index goes on by itself");
  return NumberOf(report, "failed") > 0 ? kExitSomeFailed : kExitSuccess;
}

int RunVerify(Call& call) {
  ParseNothing(call);
  const Response response = AskLong(call, Post("/v1/verify"));
  const Json report = ReadAnswer(response);
  if (call.global.json) {
    call.console.PrintLine(response.body);
  } else {
    for (const Json& problem : ListOf(report, "problems")) call.console.PrintLine(problem.get<std::string>());
    call.console.PrintLine(
        fmt::format("{}, {}, {} ({} bytes) checked: {}", Count(NumberOf(report, "records"), "record", "records"),
                    Count(NumberOf(report, "pages"), "page", "pages"),
                    Count(NumberOf(report, "sources"), "source file", "source files"), NumberOf(report, "bytes"),
                    Count(NumberOf(report, "problem_count"), "problem", "problems")));
    if (const uint64_t waiting = NumberOf(report, "files_waiting"); waiting > 0) {
      call.console.PrintLine(fmt::format("{} to be read", Count(waiting, "file waits", "files wait")));
    }
  }
  return report.value("ok", false) ? kExitSuccess : kExitSomeFailed;
}

int RunReindex(Call& call) {
  ParseNothing(call);
  const Response response = AskLong(call, Post("/v1/reindex"));
  const uint64_t pages = NumberOf(ReadAnswer(response), "pages");
  call.console.PrintLine(call.global.json ? response.body : Count(pages, "page", "pages") + " indexed");
  return kExitSuccess;
}

int RunReadFields(Call& call) {
  std::string after;
  ArgumentParser parser(call);
  parser.Text("--after", after, "go on behind this record, as a run that was broken off has said");
  parser.Parse();
  OpenOptions open;
  open.answer_others = true;
  const auto client = Connect(call, open);
  uint64_t read = 0;
  uint64_t changed = 0;
  do {
    const Json report = ReadAnswer(Ask(*client, Post("/v1/read-fields", {{"after", after}, {"limit", "1000"}})));
    read += NumberOf(report, "read");
    changed += NumberOf(report, "changed");
    after = TextOf(report, "next");
    if (!after.empty())
      call.console.Say(fmt::format("{} read; --after {} goes on from here", Count(read, "record", "records"), after));
  } while (!after.empty());
  call.console.PrintLine(call.global.json
                             ? fmt::format(R"({{"read":{},"changed":{}}})", read, changed)
                             : fmt::format("{} read, {} changed", Count(read, "record", "records"), changed));
  return kExitSuccess;
}

int RunStats(Call& call) {
  ParseNothing(call);
  const Response response = Ask(*Connect(call), Get("/v1/stats"));
  if (call.global.json) {
    call.console.PrintLine(response.body);
    return kExitSuccess;
  }
  const Json stats = ReadAnswer(response);
  Table table{{}, {1}};
  for (const auto& [key, value] : stats.items()) table.rows.push_back({key, TextOf(stats, key.c_str())});
  call.console.Print(Format(table));
  return kExitSuccess;
}

int RunVersion(Call& call) {
  ParseNothing(call);
  if (!call.global.server.empty()) {
    const Response health = Ask(*Connect(call), Get("/v1/health"));
    call.console.PrintLine(call.global.json ? health.body : "diwan " + TextOf(ReadAnswer(health), "version"));
    return kExitSuccess;
  }
  call.console.PrintLine(call.global.json ? HealthJson() : fmt::format("diwan {}", kVersion));
  return kExitSuccess;
}

}  // namespace diwan
