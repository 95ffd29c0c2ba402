// A command is a client of the API. Which of the three ways it takes, and what happens when the holder of an archive
// comes or goes meanwhile, is decided here and nowhere else.
#include "cli/open.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "api/server.h"
#include "cli/answer.h"
#include "cli/secrets.h"
#include "cli/settings.h"
#include "cli/signals.h"
#include "core/error.h"

namespace diwan {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{10};  // with a holder that does not answer
constexpr std::chrono::seconds kSettling{2};   // for the index, when a short command opens the archive
constexpr std::chrono::milliseconds kPause{50};

std::unique_ptr<Archive> OpenHere(const Call& call, const OpenOptions& options) {
  const std::filesystem::path dir = ArchiveFolder(call.global);
  ArchiveOptions archive;
  archive.workers = options.workers;
  archive.catch_up = options.catch_up;
  archive.tidy_uploads = options.tidy_uploads;
  const Settings settings = ReadSettings(call.global).values;
  archive.usual_access = AccessLevelNamed(options.access.empty() ? settings.access : options.access).value();
  archive.receive = {.max_file_bytes = static_cast<uint64_t>(settings.file_bytes),
                     .max_waiting_bytes = static_cast<uint64_t>(settings.waiting_bytes)};
  try {
    return std::make_unique<Archive>(dir, archive);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kNotFound) throw;
    if (!options.create) {
      throw Error(error.code(), fmt::format("there is no archive in {}; make one with: diwan init, or name another "
                                            "with --archive DIR",
                                            dir.string()));
    }
  }
  archive.create = true;
  auto made = std::make_unique<Archive>(dir, archive);
  call.console.Say(fmt::format("made a new archive in {}", dir.string()));
  return made;
}

[[noreturn]] void ThrowBusy(const Call& call) {
  throw Error(ErrorCode::kBusy, fmt::format("the archive in {} is held by another process that does not answer; try "
                                            "again, or end that process",
                                            ArchiveFolder(call.global).string()));
}

// Looks at the totals until every stored page is searchable. False when a signal came, when nothing moved for
// kPatience, or after `limit`.
bool WatchIndex(Client& client, std::chrono::seconds limit = std::chrono::hours(24)) {
  const auto deadline = Clock::now() + limit;
  auto moved = Clock::now();
  uint64_t searchable = 0;
  while (true) {
    const Json stats = ReadAnswer(Ask(client, Get("/v1/stats")));
    const uint64_t now = NumberOf(stats, "pages_searchable");
    if (now >= NumberOf(stats, "pages")) return true;
    if (now != searchable) moved = Clock::now();
    if (Interrupted() || Clock::now() - moved > kPatience || Clock::now() > deadline) return false;
    searchable = now;
    std::this_thread::sleep_for(kPause);
  }
}

class ServerClient final : public Connection {
 public:
  ServerClient(const std::string& url, const std::string& token) : http_(ConnectHttp(url, token)) {}
  Response Send(Request& request, const std::function<void(std::string_view)>* sink) override {
    return http_->Send(request, sink);
  }
  bool WaitSearchable() override { return WatchIndex(*this); }

 private:
  const std::unique_ptr<Client> http_;
};

// Opens the archive or asks its holder, and changes over when the holder comes or goes.
class ArchiveClient final : public Connection {
 public:
  ArchiveClient(const Call& call, const OpenOptions& options) : call_(call), options_(options) {}

  Response Send(Request& request, const std::function<void(std::string_view)>* sink) override {
    if (request.caller.actor.empty()) request.caller.actor = actor_;
    const std::streamoff start = request.body == nullptr ? 0 : static_cast<std::streamoff>(request.body->tellg());
    bool answered = false;
    const std::function<void(std::string_view)> noting = [&](std::string_view piece) {
      answered = true;
      (*sink)(piece);
    };
    const auto deadline = Clock::now() + kPatience;
    while (true) {
      if (client_ || Reach()) {
        try {
          return client_->Send(request, sink == nullptr ? nullptr : &noting);
        } catch (const Error& error) {
          if (archive_ || error.code() != ErrorCode::kUnavailable) throw;
          client_.reset();
          // What was begun with the old holder can't be begun again with the next.
          if (answered || (request.body != nullptr && request.body->tellg() != start)) throw;
        }
      }
      if (Clock::now() > deadline) ThrowBusy(call_);
      std::this_thread::sleep_for(kPause);
    }
  }

  bool WaitSearchable() override {
    if (!archive_) return WatchIndex(*this);
    archive_->WaitIndexed(archive_->store().LastSequence());
    return true;
  }

 private:
  // Whether there is somebody to ask now. Throws what opening the archive throws, but for kBusy.
  bool Reach() {
    try {
      archive_ = OpenHere(call_, options_);
      if (options_.answer_others) server_ = ListenLocal(*archive_);
      client_ = ConnectInProcess(*archive_);
      // What a killed process left unindexed would else be missing from a short command's answer.
      if (!options_.answer_others) WatchIndex(*client_, kSettling);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kBusy) throw;
      try {
        client_ = ConnectLocal(ArchiveFolder(call_.global));
      } catch (const Error& silence) {
        if (silence.code() != ErrorCode::kUnavailable) throw;
      }
    }
    return client_ != nullptr;
  }

  const Call& call_;
  const OpenOptions options_;
  const std::string actor_ = LocalActor();
  std::unique_ptr<Archive> archive_;  // outlives what refers to it, below
  std::unique_ptr<Server> server_;
  std::unique_ptr<Client> client_;
};

}  // namespace

std::string LocalActor() {
  const passwd* const user = getpwuid(getuid());
  return user == nullptr ? fmt::format("local:{}", getuid()) : fmt::format("local:{}", user->pw_name);
}

std::unique_ptr<Connection> Connect(const Call& call, const OpenOptions& options) {
  if (!call.global.server.empty()) return std::make_unique<ServerClient>(call.global.server, ServerToken(call.global));
  return std::make_unique<ArchiveClient>(call, options);
}

std::unique_ptr<Archive> Hold(const Call& call, const OpenOptions& options) {
  const auto deadline = Clock::now() + kPatience;
  while (true) {
    try {
      return OpenHere(call, options);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kBusy || Clock::now() > deadline) throw;
    }
    std::this_thread::sleep_for(kPause);
  }
}

Response Ask(Client& client, Request request, const std::function<void(std::string_view)>* sink) {
  Response response = client.Send(request, sink);
  if (response.status >= 400) throw ProblemOf(response);
  return response;
}

Error ProblemOf(const Response& response) {
  const Json problem = Json::parse(response.body, nullptr, false);
  if (!problem.is_object() || TextOf(problem, "code").empty()) {
    return {ErrorCode::kUnavailable, fmt::format("the answer is not that of a Diwan: HTTP status {}", response.status)};
  }
  const std::string detail = TextOf(problem, "detail");
  return {CodeOfName(TextOf(problem, "code")), detail.empty() ? TextOf(problem, "title") : detail};
}

std::string RecordPath(const std::string& record) {
  if (record.find('/') != std::string::npos) {
    throw Error(ErrorCode::kNotFound,
                fmt::format("there is no record {0}; with a slash in it, an external id is looked for by "
                            "diwan search 'external_id:\"{0}\"', which tells the record's id",
                            record));
  }
  if (record.empty() || record == "." || record == "..") {
    throw Error(ErrorCode::kNotFound, fmt::format("there is no record \"{}\"", record));
  }
  return "/v1/records/" + record;
}

Request Get(std::string path, std::map<std::string, std::string> query) {
  Request request;
  request.path = std::move(path);
  request.query = std::move(query);
  return request;
}

Request Post(std::string path, std::map<std::string, std::string> query) {
  Request request = Get(std::move(path), std::move(query));
  request.method = "POST";
  return request;
}

}  // namespace diwan
