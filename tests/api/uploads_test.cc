// Files on their way in over the network: in parts, twice, too large, and by others than their owners.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "api/authentication.h"
#include "api/tus.h"
#include "api_fixture.h"
#include "archive/ingest.h"
#include "core/base64.h"
#include "core/digest.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::json;
using Headers = std::map<std::string, std::string>;
using testing::HasSubstr;

constexpr const char* kBytes = "application/offset+octet-stream";

std::string PdfOf(size_t size, const std::string& name) {
  std::string bytes = "%PDF-1.4\n" + name + "\n";
  while (bytes.size() < size) bytes += Sha256Hex(bytes.substr(bytes.size() - 10));
  bytes.resize(size);
  return bytes;
}

std::string NameOfFile(const std::string& name) { return "filename " + ToBase64(name); }

class UploadsTest : public ApiTest {
 protected:
  UploadsTest() { Open({}); }
  ~UploadsTest() override {
    server_.reset();
    archive_.reset();
  }

  void Open(const ReceiveLimits& limits) {
    server_.reset();
    archive_.reset();
    archive_ = std::make_unique<Archive>(dir_, ArchiveOptions{.receive = limits, .now = [this] { return now_; }});
    server_ = ListenTcp(*archive_, "127.0.0.1:0", {});
    if (token_.empty()) token_ = MakeToken(Role::kArchivist);
  }

  Response Ask(const std::string& method, const std::string& path, const Headers& headers = {},
               const std::string& body = "", const std::map<std::string, std::string>& query = {},
               const std::string& token = "") {
    std::istringstream bytes(body);
    Request request{.method = method, .path = path, .query = query, .headers = headers};
    request.body = &bytes;
    request.body_size = body.size();
    return ConnectHttp("http://" + server_->address(), token.empty() ? token_ : token)->Send(request);
  }
  Response Tus(const std::string& method, const std::string& path, Headers headers, const std::string& body = "",
               const std::string& token = "") {
    headers.emplace("Tus-Resumable", "1.0.0");
    return Ask(method, path, headers, body, {}, token);
  }
  std::string Begin(size_t size, const std::string& metadata = "") {
    Headers headers{{"Upload-Length", std::to_string(size)}};
    if (!metadata.empty()) headers["Upload-Metadata"] = metadata;
    const Response made = Tus("POST", "/v1/uploads", headers);
    EXPECT_EQ(made.status, 201) << made.body;
    return made.headers.contains("Location") ? made.headers.at("Location") : "";
  }
  Response Append(const std::string& upload, size_t offset, const std::string& bytes) {
    return Tus("PATCH", upload, {{"Upload-Offset", std::to_string(offset)}, {"Content-Type", kBytes}}, bytes);
  }
  size_t OffsetOf(const std::string& upload) {
    const Response head = Tus("HEAD", upload, {});
    return head.status == 200 ? std::stoul(head.headers.at("Upload-Offset")) : SIZE_MAX;
  }
  // A part of which only the first bytes come before the line breaks.
  void BreakOff(const std::string& upload, const std::string& bytes, size_t sent) {
    RawConnection line(PortOf(*server_));
    line.Send("PATCH " + upload + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token_ +
              "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: " + kBytes +
              "\r\nContent-Length: " + std::to_string(bytes.size()) + "\r\n\r\n" + bytes.substr(0, sent));
  }
  Json JobAt(const std::string& url) { return Json::parse(Ask("GET", url).body); }
  size_t Sources() { return archive_->store().ListSources("", 1000).size(); }

  int64_t now_ = NowMillis();
  std::string token_;
  std::unique_ptr<Server> server_;
};

TEST_F(UploadsTest, GoOnWhereTheLineBrokeAndAfterARestart) {
  const std::string bytes = PdfOf(700'000, "a");
  const std::string upload = Begin(bytes.size(), NameOfFile("قرار.pdf"));
  BreakOff(upload, bytes, 400'000);
  size_t offset = 0;
  for (int i = 0; i < 200 && offset == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    offset = OffsetOf(upload);
  }
  EXPECT_GT(offset, 300'000U);
  EXPECT_LE(offset, 400'000U);
  Open({});
  EXPECT_EQ(OffsetOf(upload), offset);
  const Response some = Append(upload, offset, bytes.substr(offset, 100'000));
  EXPECT_EQ(some.status, 204);
  EXPECT_EQ(some.headers.at("Upload-Offset"), std::to_string(offset + 100'000));
  EXPECT_FALSE(some.headers.contains("Diwan-Job"));
  // What a crash left beyond the offset that was told is cut off.
  std::ofstream(dir_ / "uploads" / upload.substr(12), std::ios::app) << std::string(1'000'000, 'x');
  const Response last = Append(upload, offset + 100'000, bytes.substr(offset + 100'000));
  ASSERT_EQ(last.status, 204) << last.body;
  const Json job = JobAt(last.headers.at("Diwan-Job"));
  EXPECT_EQ(job["entry"]["digest"], Sha256Hex(bytes));
  EXPECT_EQ(job["entry"]["file_name"], "قرار.pdf");
  EXPECT_EQ(job["state"], "waiting");
  EXPECT_EQ(OffsetOf(upload), bytes.size());
  EXPECT_EQ(Json::parse(Ask("GET", upload).body)["job"], job["id"]);
  EXPECT_FALSE(std::filesystem::exists(dir_ / "uploads" / upload.substr(12)));
  Open({});
  EXPECT_EQ(JobAt(last.headers.at("Diwan-Job")), job);
  EXPECT_EQ(archive_->store().ListJobs().size(), 1U);
}

// A file that is whole after a crash is brought in as its owner would: what that one does not see is not told.
TEST_F(UploadsTest, AfterACrashNoMoreIsToldThanBefore) {
  const std::string bytes = PdfOf(1000, "secret");
  Ask("POST", "/v1/records", {}, bytes, {{"access", "confidential"}, {"name", "secret.pdf"}}, MakeToken());
  archive_->accounts().Add({.name = "sami",
                            .display_name = "",
                            .role = Role::kArchivist,
                            .clearance = {.level = AccessLevel::kInternal, .bodies = {}},
                            .password = ""},
                           "test");
  Parcel parcel = archive_->parcels().Begin(*archive_, {.owner = "sami", .language = "auto", .size = 1000}, true);
  std::ofstream(dir_ / "uploads" / parcel.id) << bytes;
  parcel.received = parcel.size;
  ChangeSet changes;
  changes.parcels = {parcel};
  archive_->Commit(changes);
  archive_->parcels().Tidy(*archive_);
  parcel = *archive_->store().GetParcel(parcel.id);
  EXPECT_EQ(archive_->store().GetEntry(parcel.batch_id, 1)->outcome, Outcome::kWaiting);
}

// The process died between the last byte and its being received.
TEST_F(UploadsTest, WhatIsWholeIsReceivedAfterACrash) {
  const std::string bytes = PdfOf(1000, "whole");
  const std::string id = Begin(bytes.size()).substr(12);
  Parcel parcel = *archive_->store().GetParcel(id);
  std::ofstream(dir_ / "uploads" / id) << bytes;
  parcel.received = parcel.size;
  ChangeSet changes;
  changes.parcels = {parcel};
  archive_->Commit(changes);
  archive_->parcels().Tidy(*archive_);
  parcel = *archive_->store().GetParcel(id);
  ASSERT_EQ(parcel.entry, 1U);
  EXPECT_EQ(archive_->store().GetEntry(parcel.batch_id, 1)->digest, Sha256Hex(bytes));
  archive_->parcels().Tidy(*archive_);
  EXPECT_EQ(archive_->store().ListJobs().size(), 1U);
}

TEST_F(UploadsTest, AreBegunAnewWhereTheirBytesAreGone) {
  const std::string upload = Begin(100);
  EXPECT_EQ(Append(upload, 0, "%PDF").status, 204);
  std::filesystem::remove_all(dir_ / "uploads");
  EXPECT_EQ(Append(upload, 4, "-1.4").status, 404);
  EXPECT_EQ(Tus("HEAD", upload, {}).status, 404);
}

TEST_F(UploadsTest, OnlyTheirOwnersFindThem) {
  const std::string upload = Begin(100);
  const std::string other = MakeToken(Role::kAdministrator);
  for (const char* method : {"HEAD", "PATCH", "DELETE", "GET"}) {
    const Headers headers{{"Upload-Offset", "0"}, {"Content-Type", kBytes}};
    EXPECT_EQ(Tus(method, upload, headers, method == std::string("PATCH") ? "%PDF" : "", other).status, 404) << method;
  }
  EXPECT_EQ(Tus("POST", "/v1/uploads", {{"Upload-Length", "5"}}, "", MakeToken(Role::kReader)).status, 403);
  EXPECT_EQ(OffsetOf(upload), 0U);
  EXPECT_EQ(Tus("DELETE", upload, {}).status, 204);
  EXPECT_EQ(Tus("HEAD", upload, {}).status, 404);
  EXPECT_TRUE(std::filesystem::is_empty(dir_ / "uploads"));
}

TEST_F(UploadsTest, WhatTusIsSpoken) {
  const Response options = Ask("OPTIONS", "/v1/uploads");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.headers.at("Tus-Version"), "1.0.0");
  EXPECT_EQ(options.headers.at("Tus-Extension"), "creation,termination,expiration");
  EXPECT_EQ(options.headers.at("Tus-Max-Size"), std::to_string(4ULL << 30));
  const Response head = Tus("HEAD", Begin(12), {});
  EXPECT_EQ(head.headers.at("Upload-Length"), "12");
  EXPECT_EQ(head.headers.at("Tus-Resumable"), "1.0.0");
  EXPECT_EQ(head.headers.at("Cache-Control"), "no-store");
  EXPECT_EQ(head.headers.at("Upload-Expires"), HttpDate(now_ + kParcelLivesMs));
}

TEST_F(UploadsTest, HostileHeaders) {
  const std::string upload = Begin(100);
  const std::string longest = std::to_string(INT64_MAX);
  struct Row {
    std::string method;
    Headers headers;
    int status;
    std::string body = "";
  };
  const auto post = [](const std::string& length, const std::string& metadata = "a YQ==") {
    return Row{"POST", {{"Upload-Length", length}, {"Upload-Metadata", metadata}}, 400};
  };
  const auto patch = [](const std::string& offset, int status, const std::string& body = "%PDF") {
    return Row{"PATCH", {{"Upload-Offset", offset}, {"Content-Type", kBytes}}, status, body};
  };
  const Row rows[] = {
      post("-1"),
      post("0"),
      post(""),
      post("1e3"),
      post("0x10"),
      post(" "),
      post("1,2"),
      post("18446744073709551616"),
      post("9223372036854775808"),
      post("5", "filename ==="),
      post("5", "filename YQ"),
      post("5", "a YQ==,a YQ=="),
      post("5", ",,,"),
      post("5", "language eHg="),
      post("5", "row e30=,access cHVibGlj"),
      post("5", "access eA=="),
      {"POST", {{"Upload-Length", longest}}, 413},
      {"POST", {{"Upload-Length", "4294967297"}}, 413},
      {"POST", {{"Upload-Length", "5"}, {"Upload-Metadata", "batch " + ToBase64(NewId())}}, 404},
      {"POST", {{"Upload-Length", "5"}, {"Upload-Metadata", "batch Li4vLi4="}}, 404},
      {"POST", {{"Upload-Length", "5"}}, 400, "bytes"},
      {"POST", {{"Upload-Defer-Length", "1"}}, 400},
      {"POST", {{"Upload-Length", "5"}, {"Tus-Resumable", "0.2.2"}}, 412},
      {"POST", {{"Upload-Length", "5"}, {"Tus-Resumable", ""}}, 412},
      patch("-1", 400),
      patch("", 400),
      patch("1", 409),
      patch(longest, 409),
      patch("18446744073709551615", 400),
      patch("0 ", 204, ""),
      patch("0", 413, std::string(101, 'x')),
      {"PATCH", {{"Upload-Offset", "0"}, {"Content-Type", "application/octet-stream"}}, 415, "x"},
      {"PATCH", {{"Upload-Offset", "0"}, {"Content-Type", kBytes}, {"Tus-Resumable", "2"}}, 412, "x"},
      {"HEAD", {{"Tus-Resumable", "1.0"}}, 412},
      {"DELETE", {{"Tus-Resumable", "x"}}, 412},
  };
  for (const Row& row : rows) {
    const Response response = Tus(row.method, row.method == "POST" ? "/v1/uploads" : upload, row.headers, row.body);
    std::string what = row.method;
    for (const auto& [name, value] : row.headers) what += " " + name + ": " + value;
    EXPECT_EQ(response.status, row.status) << what << "\n" << response.body;
    EXPECT_EQ(response.headers.at("Tus-Resumable"), "1.0.0") << what;
    EXPECT_EQ(response.headers.contains("Tus-Version"), row.status == 412) << what;
    EXPECT_EQ(response.headers.contains("Upload-Offset"), row.status == 409 || row.status == 204) << what;
  }
  for (const char* id : {"..", "%2e%2e%2fstore", "x", "0197c0de-0000-7000-8000-000000000000"}) {
    const int status = Tus("HEAD", std::string("/v1/uploads/") + id, {}).status;
    EXPECT_TRUE(status == 404 || status == 400) << id << status;
  }
  EXPECT_EQ(OffsetOf(upload), 0U);
}

TEST_F(UploadsTest, OneAtATime) {
  const std::string bytes = PdfOf(500'000, "busy");
  const std::string upload = Begin(bytes.size());
  RawConnection slow(PortOf(*server_));
  slow.Send("PATCH " + upload + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token_ +
            "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: " + kBytes +
            "\r\nContent-Length: 500000\r\n\r\n" + bytes.substr(0, 250'000));
  const std::filesystem::path file = dir_ / "uploads" / upload.substr(upload.rfind('/') + 1);
  while (!std::filesystem::exists(file) || std::filesystem::file_size(file) == 0) {  // until its bytes are coming
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const Response second = Append(upload, 0, "");
  EXPECT_EQ(second.status, 423) << second.body;
  EXPECT_TRUE(second.headers.contains("Retry-After"));
  slow.Send(bytes.substr(250'000));
  EXPECT_THAT(slow.ReceiveSome(), HasSubstr("HTTP/1.1 204"));
  EXPECT_EQ(OffsetOf(upload), bytes.size());
}

TEST_F(UploadsTest, Expire) {
  const std::string upload = Begin(100);
  EXPECT_EQ(Append(upload, 0, "%PDF").status, 204);
  now_ += kParcelLivesMs - 1;
  EXPECT_EQ(Append(upload, 4, "-1.4").status, 204);
  now_ += kParcelLivesMs - 1;
  archive_->parcels().Tidy(*archive_);
  EXPECT_EQ(OffsetOf(upload), 8U);
  now_ += 1;
  EXPECT_EQ(Tus("HEAD", upload, {}).status, 404);
  EXPECT_EQ(Append(upload, 8, "x").status, 404);
  archive_->parcels().Tidy(*archive_);
  EXPECT_TRUE(archive_->store().ListParcels().empty());
  EXPECT_TRUE(std::filesystem::is_empty(dir_ / "uploads"));
}

TEST_F(UploadsTest, ExpireWhereNothingIsRead) {
  EXPECT_EQ(Append(Begin(100), 0, "%PDF").status, 204);
  server_.reset();
  archive_.reset();
  const int64_t later = now_ + kParcelLivesMs + 1;
  archive_ = std::make_unique<Archive>(dir_, ArchiveOptions{.tidy_uploads = true, .now = [later] { return later; }});
  for (int i = 0; i < 100 && !archive_->store().ListParcels().empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_TRUE(archive_->store().ListParcels().empty());
}

TEST_F(UploadsTest, WhatIsSaidOfThem) {
  const std::string row = R"({"external_id":"p-1","number":"7/2020"})";
  const auto bring = [&](const std::string& bytes, const std::string& metadata) {
    const std::string upload = Begin(bytes.size(), metadata);
    const std::string url = Append(upload, 0, bytes).headers.at("Diwan-Job");
    return *archive_->store().GetJob(JobAt(url)["entry"]["record"].get<std::string>());
  };
  const Job said =
      bring(PdfOf(50, "1"), "name YQ==,language YXJh,access " + ToBase64("public") + ",body " + ToBase64("محكمة"));
  EXPECT_EQ(said.access, AccessLevel::kPublic);
  EXPECT_EQ(said.language, "ara");
  ASSERT_EQ(said.fields.size(), 1U);
  EXPECT_EQ(said.fields[0].name, "body");
  EXPECT_EQ(bring(PdfOf(50, "2"), "row " + ToBase64(row)).external_id, "p-1");
  const Response raw = Ask("POST", "/v1/records", {}, PdfOf(50, "3"), {{"access", "confidential"}, {"body", "محكمة"}});
  ASSERT_EQ(raw.status, 202) << raw.body;
  EXPECT_EQ(archive_->store().GetJob(Json::parse(raw.body)["record"].get<std::string>())->access,
            AccessLevel::kConfidential);
  EXPECT_EQ(Ask("POST", "/v1/records", {}, PdfOf(50, "4"), {{"access", "secret"}}).status, 400);
  EXPECT_EQ(Ask("POST", "/v1/records", {}, row + "\n" + PdfOf(50, "4"), {{"row", "yes"}, {"access", "public"}}).status,
            400);
}

TEST_F(UploadsTest, AKeyStoresOnce) {
  const std::string bytes = PdfOf(300'000, "once");
  const Headers key{{"Idempotency-Key", "box-1/1"}};
  const size_t before = Sources();
  const size_t batches = archive_->store().ListBatches().size();
  std::vector<Response> answers(6);
  std::vector<std::thread> threads;
  for (Response& answer : answers) {
    threads.emplace_back([&] { answer = Ask("POST", "/v1/records", key, bytes, {{"name", "a.pdf"}}); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Response& answer : answers) {
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(answer.body, answers[0].body);
    EXPECT_EQ(answer.headers.at("Location"), answers[0].headers.at("Location"));
  }
  EXPECT_EQ(Sources(), before + 1);
  EXPECT_EQ(archive_->store().ListBatches().size(), batches + 1);
  EXPECT_EQ(archive_->store().ListEntries(Json::parse(answers[0].body)["batch"].get<std::string>()).size(), 1U);
  EXPECT_EQ(archive_->store().ListJobs().size(), 1U);
  Open({});
  EXPECT_EQ(Ask("POST", "/v1/records", key, bytes, {{"name", "a.pdf"}}).body, answers[0].body);
  const Response other = Ask("POST", "/v1/records", key, PdfOf(300'000, "other"), {{"name", "a.pdf"}});
  EXPECT_EQ(other.status, 422);
  EXPECT_THAT(other.body, HasSubstr("/problems/idempotency_key_reused"));
  EXPECT_EQ(Ask("POST", "/v1/records", key, bytes, {{"name", "b.pdf"}}).status, 422);
  EXPECT_EQ(Sources(), before + 1);
  // The keys of another account are its own, and a duplicate without the key is told as one.
  EXPECT_EQ(Ask("POST", "/v1/records", key, bytes, {{"name", "a.pdf"}}, MakeToken(Role::kArchivist)).status, 200);
  now_ += kReceiptLivesMs;
  EXPECT_EQ(Ask("POST", "/v1/records", key, bytes, {{"name", "a.pdf"}}).status, 200);
  now_ += kReceiptLivesMs + 1;
  archive_->parcels().Tidy(*archive_);
  EXPECT_TRUE(archive_->store().ReceiptsBefore(INT64_MAX, 10).empty());
}

TEST_F(UploadsTest, AKeyOfARefusedFile) {
  const Headers key{{"Idempotency-Key", "k"}};
  const Response first = Ask("POST", "/v1/records", key, "MZ no scan");
  EXPECT_EQ(first.status, 422);
  EXPECT_EQ(Ask("POST", "/v1/records", key, "MZ no scan").body, first.body);
  EXPECT_THAT(Ask("POST", "/v1/records", key, "MZ no scam").body, HasSubstr("idempotency_key_reused"));
  for (const std::string& bad : {std::string(), std::string("a b"), std::string(256, 'x'), std::string("مفتاح")}) {
    EXPECT_EQ(Ask("POST", "/v1/records", {{"Idempotency-Key", bad}}, "%PDF-1.4 x").status, 400) << bad;
  }
}

TEST_F(UploadsTest, AnAccountMayHaveSoMuchWaiting) {
  Open({.max_file_bytes = 5000, .max_waiting_bytes = 10'000});
  const auto send = [&](const std::string& name) { return Ask("POST", "/v1/records", {}, PdfOf(4000, name)); };
  EXPECT_EQ(send("1").status, 202);
  const Response longer = Ask("POST", "/v1/records", {}, PdfOf(5001, "longer"));
  EXPECT_EQ(longer.status, 413);
  EXPECT_THAT(longer.body, HasSubstr("5000 bytes at most"));
  const std::string upload = Begin(4000);
  const Response refused = send("2");
  EXPECT_EQ(refused.status, 413);
  EXPECT_THAT(refused.body, HasSubstr("10000 bytes at most"));
  EXPECT_EQ(Tus("POST", "/v1/uploads", {{"Upload-Length", "2001"}}).status, 413);
  EXPECT_EQ(Tus("POST", "/v1/uploads", {{"Upload-Length", "5001"}}).status, 413);
  Open({.max_file_bytes = 5000, .max_waiting_bytes = 10'000});
  EXPECT_EQ(send("2").status, 413);
  EXPECT_EQ(Tus("DELETE", upload, {}).status, 204);
  EXPECT_EQ(send("2").status, 202);
  EXPECT_EQ(send("2").status, 413);
  // What was read counts no more; other accounts, and who holds the archive, have their own.
  ChangeSet changes;
  changes.finished_jobs = {archive_->store().ListJobs()[0].record_id};
  archive_->Commit(changes);
  EXPECT_EQ(send("3").status, 202);
  EXPECT_EQ(Ask("POST", "/v1/records", {}, PdfOf(4000, "4"), {}, MakeToken(Role::kArchivist)).status, 202);
  for (int i = 5; i < 9; ++i) {
    std::istringstream bytes(PdfOf(4000, std::to_string(i)));
    Request request{.method = "POST", .path = "/v1/records", .body = &bytes, .body_size = 4000};
    request.caller.actor = "local:x";
    EXPECT_EQ(ConnectInProcess(*archive_)->Send(request).status, 202);
  }
}

TEST_F(UploadsTest, WithinASessionTheyNeedItsToken) {
  archive_->accounts().Add({.name = "sami",
                            .display_name = "",
                            .role = Role::kArchivist,
                            .clearance = {},
                            .password = "correct horse",
                            .must_change = false},
                           "test");
  const SignedIn who = archive_->sign_ins().SignIn({.name = "sami", .password = "correct horse"});
  const auto ask = [&](const std::string& method, Headers headers) {
    headers["cookie"] = "diwan=" + who.secret;
    headers["Tus-Resumable"] = "1.0.0";
    Request request{.method = method, .path = "/v1/uploads", .headers = headers};
    return ConnectHttp("http://" + server_->address())->Send(request);
  };
  EXPECT_EQ(ask("POST", {{"Upload-Length", "5"}}).status, 403);
  const Response made = ask("POST", {{"Upload-Length", "5"}, {"X-CSRF-Token", CsrfToken(who.secret)}});
  ASSERT_EQ(made.status, 201);
  EXPECT_EQ(archive_->store().GetParcel(made.headers.at("Location").substr(12))->owner, "sami");
  EXPECT_EQ(ask("OPTIONS", {}).status, 204);
}

}  // namespace
}  // namespace diwan
