#include "tests/api/edit_soak.h"

#include <fmt/core.h>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <thread>

#include "api/client.h"
#include "api/server.h"
#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::json;

constexpr int kOk = 200;
constexpr int kStale = 412;

// A record, or its page, with the number that it counts.
struct Thing {
  std::string record;
  bool page = false;
  std::string path() const { return "/v1/records/" + record + (page ? "/pages/1" : ""); }
};

struct Seen {
  std::string etag;
  int number = 0;
};

Response Exchange(Client& client, Request request, const std::string& body = "") {
  std::istringstream bytes(body);
  if (!body.empty()) request.body = &bytes;
  request.body_size = body.size();
  return client.Send(request);
}

int NumberIn(const Json& thing, bool page) {
  return std::stoi((page ? thing["words"][0]["text"] : thing["title"]).get<std::string>());
}

std::string BodyFor(const Thing& thing, int number, const std::string& why) {
  const std::string text = std::to_string(number);
  if (thing.page) return Json({{"why", why}, {"words", {{{"first", 0}, {"text", text}}}}}).dump();
  return Json({{"why", why}, {"fields", {{{"do", "set"}, {"name", "title"}, {"value", text}}}}}).dump();
}

class Soak {
 public:
  Soak(Archive& archive, const EditSoakOptions& options) : archive_(archive), options_(options) {
    for (int i = 0; i < options.records; ++i) Store();
    server_ = ListenTcp(archive, "127.0.0.1:0", {.requests_per_minute = 0});
    archive.accounts().Add(
        {.name = "soak", .display_name = "", .role = Role::kAdministrator, .clearance = {}, .password = ""}, "soak");
    token_ = archive.accounts()
                 .AddToken({.account = "soak", .name = "soak", .rights = RightsOf(Role::kAdministrator)}, "soak")
                 .secret;
  }

  EditSoakReport Run() {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (int i = 0; i < options_.clients; ++i) threads.emplace_back([this, i] { RunClient(i); });
    for (std::thread& thread : threads) thread.join();
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const auto client = Connect();
    for (const Thing& thing : things_) Check(*client, thing);
    CheckArchive(*client);
    return std::move(report_);
  }

 private:
  std::unique_ptr<Client> Connect() const { return ConnectHttp("http://" + server_->address(), token_); }

  void Store() {
    Record record{.id = NewId(), .state = RecordState::kComplete, .page_count = 1};
    record.fields = {{.name = "title", .value = "0", .printed = "0"}};
    record.created_at = record.changed_at = NowMillis();
    Page page{.record_id = record.id, .number = 1, .width = 1000, .height = 1000, .origin = TextOrigin::kOcr};
    for (const char* text : {"0", "قرار", "رقم", "١٢٣"}) {
      page.words.push_back(
          {.text = text, .box = {0, 10 * static_cast<int>(page.words.size()), 50, 9}, .confidence = 60});
    }
    page.text = JoinWords(page.words);
    ChangeSet changes;
    changes.records = {record};
    changes.pages = {{.page = page, .image = {}}};
    changes.audit = {{.at = NowMillis(), .actor = "soak", .action = "record.create", .subject = record.id}};
    archive_.Commit(changes);
    things_.push_back({.record = record.id, .page = false});
    things_.push_back({.record = record.id, .page = true});
  }

  void Fault(const std::string& what) {
    const std::lock_guard lock(mutex_);
    report_.faults.push_back(what);
  }

  void RunClient(int number) {
    try {
      const auto client = Connect();
      std::mt19937 random(static_cast<unsigned>(number));
      std::map<size_t, Seen> old;  // what this client saw of a thing before its last look
      while (begun_++ < options_.edits) {
        const size_t at = random() % things_.size();
        EditOnce(*client, at, random() % 4 == 0, old);
      }
    } catch (const std::exception& e) {
      Fault(fmt::format("client {} failed: {}", number, e.what()));
    }
  }

  void EditOnce(Client& client, size_t at, bool from_old, std::map<size_t, Seen>& old) {
    const Thing& thing = things_[at];
    Seen seen = Look(client, thing);
    const auto before = old.find(at);
    const bool on_purpose = from_old && before != old.end() && before->second.etag != seen.etag;
    old[at] = on_purpose ? old[at] : seen;
    if (on_purpose) seen = before->second;
    Request request{.method = "PATCH", .path = thing.path()};
    request.headers["if-match"] = seen.etag;
    const std::string why = fmt::format("from {} to {}", seen.etag, seen.number + 1);
    const Response response = Exchange(client, std::move(request), BodyFor(thing, seen.number + 1, why));
    const std::lock_guard lock(mutex_);
    if (on_purpose) ++report_.stale_on_purpose;
    if (response.status == kStale) {
      ++report_.stale;
      if (!Json::parse(response.body).contains("version")) report_.faults.emplace_back("a 412 without the version");
      return;
    }
    if (response.status != kOk || on_purpose) {
      report_.faults.push_back(fmt::format("{} from {} was answered with {}: {}", thing.path(), seen.etag,
                                           response.status, response.body.substr(0, 300)));
      return;
    }
    ++report_.taken;
    ++taken_[at];
    whys_[at].push_back(why);
  }

  static Seen Look(Client& client, const Thing& thing) {
    const Response response = Exchange(client, {.path = thing.path()});
    return {.etag = response.headers.at("ETag"), .number = NumberIn(Json::parse(response.body), thing.page)};
  }

  // The number counts every change, and every change is in the history once, with its reason and its content.
  void Check(Client& client, const Thing& thing) {
    const size_t at = static_cast<size_t>(&thing - things_.data());
    const int number = Look(client, thing).number;
    if (number != taken_[at]) Fault(fmt::format("{} counts {} of {} changes", thing.path(), number, taken_[at]));
    std::map<std::string, int> told;
    int version = 0;
    for (int from = 1; from > 0;) {
      const Request request{.path = thing.path() + "/history",
                            .query = {{"from", std::to_string(from)}, {"limit", "1000"}}};
      const Json history = Json::parse(Exchange(client, request).body);
      for (const Json& each : history["versions"]) {
        if (each["version"] != ++version) Fault(fmt::format("{}: version {} is missing", thing.path(), version));
        if (each["why"].is_string() && each["action"] == (thing.page ? "page.correct" : "field.set")) {
          CheckVersion(client, thing, each, told[each["why"].get<std::string>()]++);
        }
      }
      from = history["next"].is_null() ? 0 : history["next"].get<int>();
    }
    for (const std::string& why : whys_[at]) {
      if (told[why] != 1) Fault(fmt::format("{}: {} is {} times in the history", thing.path(), why, told[why]));
    }
    if (told.size() != whys_[at].size()) Fault(thing.path() + ": the history has changes that nobody was told of");
  }

  void CheckVersion(Client& client, const Thing& thing, const Json& each, int before) {
    if (before > 0 || checked_++ % 7 != 0) return;  // each content is a request of its own
    const Json then = Json::parse(Exchange(client, {.path = each["url"].get<std::string>()}).body);
    const std::string why = each["why"];
    if (NumberIn(then, thing.page) != std::stoi(why.substr(why.rfind(' ')))) {
      Fault(fmt::format("{} is not what was written: {}", each["url"].get<std::string>(), why));
    }
  }

  void CheckArchive(Client& client) {
    const Json report = Json::parse(Exchange(client, {.method = "POST", .path = "/v1/verify"}).body);
    for (const Json& problem : report["problems"]) Fault("verify: " + problem.get<std::string>());
    if (report["records"] != options_.records) Fault("verify does not know the records");
  }

  Archive& archive_;
  const EditSoakOptions options_;
  std::vector<Thing> things_;
  std::unique_ptr<Server> server_;
  std::string token_;
  std::atomic<int> begun_ = 0;
  std::atomic<int> checked_ = 0;
  std::mutex mutex_;  // guards what follows
  EditSoakReport report_;
  std::map<size_t, int> taken_;
  std::map<size_t, std::vector<std::string>> whys_;
};

}  // namespace

EditSoakReport RunEditSoak(Archive& archive, const EditSoakOptions& options) { return Soak(archive, options).Run(); }

}  // namespace diwan
