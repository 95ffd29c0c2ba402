// diwan-cite-bench FOLDER: time to find and resolve the citations of 1 MB of text (made of FOLDER/*.txt, the annotated
// texts of the fields' bench) and to look a number up in the server, with N=100000 records in the archive.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "api/client.h"
#include "api/server.h"
#include "archive/cite_text.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr size_t kTextBytes = 1'000'000;
constexpr int kBodies = 5;
constexpr int kYears = 40;
constexpr int kFirstYear = 1985;
constexpr int kLookUps = 2000;
constexpr const char* kNames[kBodies] = {"بلدية السلط", "بلدية إربد", "مجلس الوزراء", "شورای شهر", "أمانة العاصمة"};

Field Read(const char* name, const std::string& value) {
  return {.name = name, .value = value, .printed = value, .origin = FieldOrigin::kOcr, .confidence = 95};
}

Record NumberedRecord(int i) {
  Record record{.id = NewId(), .state = RecordState::kComplete};
  const int year = kFirstYear + i / kBodies % kYears;
  record.fields = {Read("type", i % 3 == 0 ? "ruling" : "decision"),
                   Read("number", fmt::format("{}/{}", i / kBodies / kYears + 1, year)),
                   Read("date", fmt::format("{}-{:02}-{:02}", year, i % 12 + 1, i % 28 + 1)),
                   Read("body", kNames[i % kBodies]), Read("title", fmt::format("موضوع القرار {}", i))};
  return record;
}

void Fill(Archive& archive, int records) {
  constexpr int kAtOnce = 1000;
  ChangeSet changes;
  for (int i = 0; i < records; ++i) {
    changes.records.push_back(NumberedRecord(i));
    if ((i + 1) % kAtOnce != 0 && i + 1 < records) continue;
    changes.audit = {{.actor = "bench", .action = "record.create"}};
    archive.Commit(changes);
    changes = {};
  }
}

// The texts without their annotations, again and again.
std::string MakeText(const fs::path& folder, const std::string& beginning) {
  std::string texts;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.path().filename().string().starts_with(beginning)) continue;
    std::ifstream in(entry.path());
    bool below = false;
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("=== ") || line == "---") {
        below = line == "---";
      } else if (!below) {
        texts += line + "\n";
      }
    }
  }
  if (texts.empty()) throw Error(ErrorCode::kNotFound, "there are no texts in " + folder.string());
  std::string text;
  while (text.size() < kTextBytes) text += texts;
  text.resize(kTextBytes);
  return text;
}

void MeasureText(Archive& archive, const fs::path& folder, const std::string& beginning, const std::string& language) {
  const std::string text = MakeText(folder, beginning);
  const std::clock_t cpu = std::clock();
  const auto wall = Clock::now();
  const std::vector<LookedUp> found = LookUpText(archive, text, language, SIZE_MAX);
  const double cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  const std::chrono::duration<double> seconds = Clock::now() - wall;
  const auto count = [&](LookUp result) { return std::ranges::count(found, result, &LookedUp::result); };
  fmt::print("{:8} 1 MB: {} citations, {} one, {} several, {} none, {} without number: {:.2f} s, {:.2f} s of CPU\n",
             language, found.size(), count(LookUp::kOne), count(LookUp::kSeveral), count(LookUp::kNone),
             count(LookUp::kNotLookedUp), seconds.count(), cpu_seconds);
}

// Milliseconds of CPU that this thread took so far.
double ThreadMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

std::string MedianAndTail(std::vector<double> times) {
  std::ranges::sort(times);
  return fmt::format("median {:.2f} ms, 99 of 100 below {:.2f} ms, all below {:.2f} ms", times[times.size() / 2],
                     times[times.size() * 99 / 100], times.back());
}

void MeasureLookUp(Client& client, int records, const std::string& way) {
  std::vector<double> times;
  std::vector<double> cpu;
  for (int i = 0; i < kLookUps; ++i) {
    const Record wanted = NumberedRecord(static_cast<int>(static_cast<int64_t>(i) * 7919 % records));
    Request request{.path = "/v1/records"};
    request.query = {{"number", std::string(wanted.Value("number"))}, {"body", std::string(wanted.Value("body"))}};
    const double cpu_begin = ThreadMilliseconds();
    const auto begin = Clock::now();
    const Response response = client.Send(request);
    cpu.push_back(ThreadMilliseconds() - cpu_begin);
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    if (response.body.find(wanted.Value("title")) == std::string::npos) {
      throw Error(ErrorCode::kInternal, "a record was not found by its number");
    }
  }
  fmt::print("look-up  {:9} {}\n", way, MedianAndTail(times));
  if (way == "in it") fmt::print("look-up  {:9} {}\n", "its CPU", MedianAndTail(cpu));
}

// By number and body: as a program asks over the network, and in the process that holds the archive, where nothing
// waits for another thread to be given a processor.
void MeasureLookUps(Archive& archive, int records) {
  const auto server = ListenTcp(archive, "127.0.0.1:0", {.requests_per_minute = 0});
  archive.accounts().Add({.name = "bench", .display_name = "", .role = Role::kReader, .clearance = {}, .password = ""},
                         "bench");
  const MadeToken token =
      archive.accounts().AddToken({.account = "bench", .name = "bench", .rights = RightsOf(Role::kReader)}, "bench");
  MeasureLookUp(*ConnectHttp("http://" + server->address(), token.secret), records, "over HTTP");
  MeasureLookUp(*ConnectInProcess(archive), records, "in it");
}

void Run(const fs::path& folder) {
  const char* const given = std::getenv("N");
  const int records = given == nullptr ? 100'000 : std::max(1, std::atoi(given));
  const fs::path dir = fs::temp_directory_path() / ("diwan-cite-bench-" + NewId());
  try {
    Fill(*std::make_unique<Archive>(dir, ArchiveOptions{.create = true}), records);
    Archive archive(dir, {});  // what was in memory lies in tables now
    fmt::print("{} records\n", archive.store().Totals().records);
    for (int round = 0; round < 2; ++round) {  // the second with a warm cache
      MeasureText(archive, folder, "arabic", "ara");
      MeasureText(archive, folder, "persian", "fas");
    }
    MeasureLookUps(archive, records);
  } catch (...) {
    fs::remove_all(dir);
    throw;
  }
  fs::remove_all(dir);
}

}  // namespace
}  // namespace diwan

int main(int argc, char** argv) {
  try {
    if (argc != 2) throw diwan::Error(diwan::ErrorCode::kInvalid, "diwan-cite-bench FOLDER");
    diwan::Run(argv[1]);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
  }
  return 2;
}
