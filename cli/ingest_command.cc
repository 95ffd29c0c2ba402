// `diwan ingest`: the first station in the life of a page. Files go one by one to the archive, whose workers start on
// the first at once; then we watch until nothing waits, and give the account.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "cli/answer.h"
#include "cli/arguments.h"
#include "cli/display.h"
#include "cli/exit_status.h"
#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/open.h"
#include "cli/progress.h"
#include "cli/row_body.h"
#include "cli/signals.h"
#include "core/error.h"

namespace diwan {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kShortestPoll{100};
constexpr std::chrono::seconds kLongestPoll{10};
constexpr int kPollShare = 50;  // a poll may take one part in so many of the time, which is the workers'
constexpr std::chrono::seconds kTroublePause{3};  // between looks at what went wrong
constexpr std::chrono::seconds kStandstill{60};   // after which we wonder aloud
constexpr size_t kLongestName = 1000;             // bytes; a request line has a limit

struct IngestOptions {
  std::vector<std::string> paths;
  std::string language = "auto";
  std::string label;
  std::string manifest;
  bool strict = false;
  int64_t workers = std::max(1U, std::thread::hardware_concurrency());
};

// One delivery, from the first file to the account.
class Ingestion {
 public:
  Ingestion(const Call& call, Connection& client, const IngestOptions& options, const RowsOfFiles& rows)
      : call_(call), client_(client), options_(options), rows_(rows), progress_(call.console) {}

  int Run(const Walk& walk) {
    for (const std::string& problem : walk.problems) SayFailed(problem);
    files_ = walk.files.size();
    const std::string label =
        options_.label.empty() ? Shorten(fmt::format("{}", fmt::join(options_.paths, " ")), 200) : options_.label;
    batch_ = TextOf(ReadAnswer(Ask(client_, Post("/v1/batches", {{"label", label}}))), "id");
    for (const FoundFile& file : walk.files) {
      if (Interrupted()) break;
      if (stopped_) {
        ++not_received_;
        continue;
      }
      Send(file);
      if (Clock::now() >= next_poll_) Poll();
    }
    while (!Interrupted() && !stopped_ && waiting_ > 0) {
      std::this_thread::sleep_for(kShortestPoll);
      if (Clock::now() >= next_poll_) Poll();
    }
    if (!Interrupted() && !stopped_) client_.WaitSearchable();
    return Account();
  }

 private:
  void SayFailed(const std::string& line) {
    failed_ = true;
    progress_.Say(line);
  }

  void Send(const FoundFile& file) {
    try {
      OpenFile source(file.path);
      Request request = Post("/v1/records", {{"batch", batch_}, {"language", options_.language}});
      request.query["name"] =
          file.name.size() <= kLongestName ? file.name : file.name.substr(file.name.size() - kLongestName);
      paths_[request.query["name"]] = file.path.string();
      request.body = &source.stream();
      request.body_size = source.size();
      const auto row = rows_.find(file.path);
      std::optional<RowBody> body;
      if (row != rows_.end()) {
        request.query["row"] = "yes";
        request.body = &body.emplace(row->second + '\n', source.stream());
        request.body_size += row->second.size() + 1;
      }
      const Response response = client_.Send(request);
      if (response.status >= 400) {
        Refused(file, response);
      } else {
        waiting_ = 1;  // until the next poll says better
        const Json entry = ReadAnswer(response);
        if (entry.value("row_left", false)) {
          SayFailed(fmt::format("{}: {}", file.path.string(), TextOf(entry, "reason")));
        }
      }
      if (source.changed()) {
        SayFailed(fmt::format("{}: was written to while it was read; ingest it again", file.path.string()));
      }
    } catch (const Error& error) {
      ++not_received_;
      SayFailed(error.what());
      stopped_ = error.code() == ErrorCode::kUnavailable || error.code() == ErrorCode::kBusy;
    }
  }

  void Refused(const FoundFile& file, const Response& response) {
    const Json problem = Json::parse(response.body, nullptr, false);
    const Json entry = problem.is_object() ? problem.value("entry", Json()) : Json();
    if (entry.is_object()) {
      told_.insert(NumberOf(entry, "number"));
      SayFailed(fmt::format("{}: {}", file.path.string(), TextOf(entry, "reason")));
      return;
    }
    const Error error = ProblemOf(response);
    ++not_received_;
    SayFailed(fmt::format("{}: {}", file.path.string(), error.what()));
    const bool of_the_file = error.code() == ErrorCode::kInvalid || error.code() == ErrorCode::kTooLarge ||
                             error.code() == ErrorCode::kCorrupt;
    if (of_the_file) return;
    stopped_ = true;
    progress_.Say("stopped here; the same command goes on when that is mended");
  }

  // Asks for the account and shows it. The time until the next poll grows with what a poll costs.
  void Poll() {
    const auto begin = Clock::now();
    const Json account = ReadAnswer(Ask(client_, Get("/v1/batches/" + batch_, {{"entries", "no"}})));
    waiting_ = NumberOf(account, "waiting") - NumberOf(account, "stalled");
    ProgressState state;
    state.files = files_;
    state.files_settled =
        NumberOf(account, "received") - std::min(waiting_, NumberOf(account, "received")) + not_received_;
    state.pages = NumberOf(account, "pages");
    state.pages_known = NumberOf(account, "pages_known");
    const auto now = Clock::now();
    progress_.Update(state, now);
    NoteStandstill(state, now);
    const uint64_t troubles =
        NumberOf(account, "quarantined") + NumberOf(account, "failed_pages") + NumberOf(account, "stalled");
    if (troubles != troubles_ && now - troubles_told_at_ > kTroublePause) {
      TellTroubles();
      troubles_ = troubles;
      troubles_told_at_ = now;
    }
    next_poll_ = Clock::now() + std::clamp<Clock::duration>((now - begin) * kPollShare, kShortestPoll, kLongestPoll);
  }

  void NoteStandstill(const ProgressState& state, Clock::time_point now) {
    if (state != last_state_) {
      last_state_ = state;
      moved_at_ = now;
    } else if (now - moved_at_ > kStandstill && !wondered_) {
      wondered_ = true;
      progress_.Say("nothing was read for a minute; does the process that holds the archive have workers?");
    }
  }

  // The path that the person knows the file by.
  std::string PathOf(const std::string& name) const {
    const auto path = paths_.find(name);
    return path == paths_.end() ? name : path->second;
  }

  // The account with all its entries, which come in parts.
  Json WholeAccount() {
    const std::string path = "/v1/batches/" + batch_;
    Json account = ReadAnswer(Ask(client_, Get(path, {{"limit", "10000"}})));
    for (std::string next = TextOf(account, "next"); !next.empty();) {
      const Json part = ReadAnswer(Ask(client_, Get(path, {{"limit", "10000"}, {"cursor", next}})));
      for (const Json& entry : ListOf(part, "entries")) account["entries"].push_back(entry);
      next = TextOf(part, "next");
    }
    account["next"] = nullptr;
    return account;
  }

  // One line for each file of which something could not be read, and that was not told yet. Returns the account.
  Json TellTroubles() {
    Json account = WholeAccount();
    for (const Json& entry : ListOf(account, "entries")) {
      const std::string outcome = TextOf(entry, "outcome");
      const std::string reason = TextOf(entry, "reason");
      const bool only_duplicate = outcome == "duplicate" && NumberOf(entry, "failed_pages") == 0;
      if (only_duplicate || reason.empty()) continue;
      if (!told_.insert(NumberOf(entry, "number")).second) continue;
      SayFailed(fmt::format("{}: {}{}", PathOf(TextOf(entry, "file_name")), reason,
                            outcome == "waiting" ? "; it is kept, and the same command tries it again" : ""));
    }
    return account;
  }

  int Account() {
    const Json account = TellTroubles();
    const uint64_t waiting = NumberOf(account, "waiting");
    const double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
    const uint64_t pages = NumberOf(account, "pages");
    std::string line = fmt::format("{} received: {} stored, {} duplicate, {} quarantined",
                                   Count(NumberOf(account, "received"), "file", "files"), NumberOf(account, "stored"),
                                   NumberOf(account, "duplicate"), NumberOf(account, "quarantined"));
    if (waiting > 0) line += fmt::format(", {} waiting to be read", waiting);
    if (not_received_ > 0) line += fmt::format("; {} not received", not_received_);
    line += fmt::format("; {} in {}", Count(pages, "page", "pages"), FormatSeconds(seconds));
    if (seconds > 1 && pages > 0) line += fmt::format(" ({:.1f} a minute)", static_cast<double>(pages) / seconds * 60);
    progress_.Clear();
    if (call_.global.json) {
      call_.console.PrintLine(account.dump());
    } else {
      call_.console.PrintLine(line);
    }
    if (Interrupted()) {
      call_.console.Say("stopped; what is stored stays, and the same command goes on from here");
      return kExitInterrupted;
    }
    failed_ = failed_ || stopped_ || NumberOf(account, "quarantined") > 0 || NumberOf(account, "failed_pages") > 0;
    return failed_ ? kExitSomeFailed : kExitSuccess;
  }

  const Call& call_;
  Connection& client_;
  const IngestOptions& options_;
  const RowsOfFiles& rows_;
  Progress progress_;
  std::string batch_;
  uint64_t files_ = 0;
  uint64_t not_received_ = 0;
  uint64_t waiting_ = 0;
  bool failed_ = false;                       // something in it
  bool stopped_ = false;                      // nothing more can be sent
  std::map<std::string, std::string> paths_;  // by the names that were sent
  std::set<uint64_t> told_;                   // entries whose trouble was told
  uint64_t troubles_ = 0;
  ProgressState last_state_;
  bool wondered_ = false;
  const Clock::time_point started_ = Clock::now();
  Clock::time_point next_poll_ = started_;
  Clock::time_point moved_at_ = started_;
  Clock::time_point troubles_told_at_ = started_;
};

}  // namespace

int RunIngest(Call& call) {
  IngestOptions options;
  ArgumentParser parser(call);
  parser.List("PATH", options.paths, "files and folders; folders with all that is in them");
  parser.Choice("--language", options.language, {"auto", "ara", "fas"}, "what the papers are written in");
  parser.Number("--workers", options.workers, 1, 256, "processes that read pages");
  parser.Text("--label", options.label, "a name for this delivery");
  parser.Text("--manifest", options.manifest, "a list that says what the files are, besides manifest.csv beside them");
  OpenOptions open;
  parser.Access(open.access);
  parser.Flag("--strict", options.strict, "bring nothing in when a file has no row in a manifest");
  parser.Parse();
  if (options.paths.empty()) ThrowUsage(call, "name a file or a folder to bring in");

  std::vector<std::filesystem::path> left_out;
  if (call.global.server.empty()) left_out.push_back(ArchiveFolder(call.global));
  Walk walk = FindFiles(options.paths, left_out);
  ManifestOptions manifests{.language = options.language, .strict = options.strict};
  if (!options.manifest.empty()) manifests.files.push_back(options.manifest);
  const RowsOfFiles rows = TakeManifests(walk, options.paths, manifests, call.console);
  FinishOnSignals();
  open.create = true;
  open.workers = static_cast<int>(options.workers);
  open.answer_others = true;
  const auto client = Connect(call, open);
  return Ingestion(call, *client, options, rows).Run(walk);
}

}  // namespace diwan
